/**
 * What the spellings of a path have in common: without the extensions that resolution adds or swaps, and without
 * the names of files that stand for their folder. If a file is a place where an import may end, the stems of the two
 * are equal; that unequal places share one costs a second look.
 */
const FOR_FOLDER: ReadonlySet<string> = new Set(['index', '__init__', 'mod']);

export function stemOf(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  // A name may begin with its only dot.
  const dot = path.indexOf('.', name + 1);
  const end = dot === -1 ? path.length : dot;
  if (FOR_FOLDER.has(path.slice(name, end))) return name === 0 ? '' : path.slice(0, name - 1);
  return dot === -1 ? path : path.slice(0, dot);
}
