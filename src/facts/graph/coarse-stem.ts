/** Names of files that stand for their folder, in one language or another. */
const FOR_FOLDER: ReadonlySet<string> = new Set(['index', '__init__', 'mod']);

/**
 * What the spellings of a path have in common, in any language: all before the first dot of its name, or its folder
 * where the file stands for that. If a file is a place where an import may end, the stems of the two are equal; that
 * unequal places share one (`a.service.ts` and `a.ts`) costs a second look at one import. The quick gate, where a
 * shared stem costs the whole quick way, has a finer one (`stemOf` in `gates/quick/stems.ts`): it knows only the
 * spellings that are tried. The two can't be one: notes of the graph are stored by the hashes of this.
 */
export function coarseStemOf(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  // A name may begin with its only dot.
  const dot = path.indexOf('.', name + 1);
  const end = dot === -1 ? path.length : dot;
  if (FOR_FOLDER.has(path.slice(name, end))) return name === 0 ? '' : path.slice(0, name - 1);
  return dot === -1 ? path : path.slice(0, dot);
}
