import { type RepoPath, repoPath } from '../../model/brand.js';
import type { FileChange, Mode } from '../../model/tree.js';
import { languageOf } from '../imports/index.js';
import { type ContextChanges, contextChanges, familyOf } from '../resolve/index.js';
import { externalKey, folderPlace, governedKey, keysOfPath, manifestKey, workspaceKey } from './places.js';
import type { GraphSource, TreeGraph } from './tree-graph.js';

const SYMLINK = '120000';
const GITLINK = '160000';

/** What of a known graph must be read anew for another tree. Rather too much than too little. */
export interface Suspects {
  /** Everything: no row of the known graph is to be trusted. */
  readonly all: boolean;
  /** Code files of the new tree. */
  readonly files: ReadonlySet<RepoPath>;
  /** Folders, each with its slash, that gained or lost a file. */
  readonly folders: ReadonlySet<string>;
}

export function findSuspects(
  known: TreeGraph,
  source: GraphSource,
  changes: readonly FileChange[],
): Suspects {
  const files = new Set<RepoPath>();
  const folders = new Set<string>();
  const keys = new Set<number>();
  if (linksDiffer(known, source, changes)) return { all: true, files, folders };
  for (const change of changes) {
    const { path } = change;
    if (isCode(path) && source.listing.has(path)) files.add(path);
    if (!isMoved(change)) continue;
    for (const key of keysOfPath(path)) keys.add(key);
    folders.add(folderPlace(path));
  }
  if (changes.length > 0)
    for (const [path] of known.links)
      if (isCode(path) && source.listing.has(path)) files.add(path as RepoPath);
  const context = contextChanges(known.context, source.context);
  if (context !== null) addByContext(known, source, context, keys, files);
  for (const node of rowsWith(known, keys)) addFile(known, source, node, files);
  return { all: false, files, folders };
}

function isCode(path: string): boolean {
  return languageOf(path) !== null;
}

/** Is there a file where none was, or something else than a file? */
function isMoved({ before, after }: FileChange): boolean {
  return before === null || after === null || leafOf(before.mode) !== leafOf(after.mode);
}

function leafOf(mode: Mode): string {
  return mode === '100755' ? '100644' : mode;
}

/** Where links are other ones, or a submodule lies at the end of one perhaps, nothing can be said cheaply. */
function linksDiffer(known: TreeGraph, source: GraphSource, changes: readonly FileChange[]): boolean {
  const modes = changes.flatMap(({ before, after }) => [before?.mode, after?.mode]);
  if (modes.includes(SYMLINK)) return true;
  if (JSON.stringify(known.links) !== JSON.stringify(source.links.texts())) return true;
  return known.links.length > 0 && modes.includes(GITLINK);
}

function addByContext(
  known: TreeGraph,
  source: GraphSource,
  context: ContextChanges,
  keys: Set<number>,
  files: Set<RepoPath>,
): void {
  for (const folder of context.manifests) keys.add(manifestKey(folder));
  for (const name of context.workspaces) keys.add(workspaceKey(name));
  for (const name of context.externals) keys.add(externalKey(name));
  for (const folder of known.folders) if (context.governs(folder)) keys.add(governedKey(folder));
  const answers = new Map<string, boolean>();
  const governs = (folder: string): boolean => {
    let answer = answers.get(folder);
    if (answer === undefined) {
      answer = context.governs(folder);
      answers.set(folder, answer);
    }
    return answer;
  };
  for (let node = 0; node < known.files; node++) {
    const path = known.imports.names.at(node);
    const family = familyOf(path);
    if (context.families.has(family) || (family === 'ecmascript' && governs(folderPlace(path).slice(0, -1))))
      addFile(known, source, node, files);
  }
}

function addFile(known: TreeGraph, source: GraphSource, node: number, files: Set<RepoPath>): void {
  const path = known.imports.names.at(node);
  if (source.listing.has(path)) files.add(repoPath(path));
}

/** Rows that depend on one of the keys: one pass over all of them. */
function rowsWith({ files, places }: TreeGraph, keys: ReadonlySet<number>): readonly number[] {
  if (keys.size === 0) return [];
  const { starts, hashes } = places;
  // Most numbers are told apart by their lower half, without asking the set.
  const lower = new Uint8Array(1 << 16);
  for (const key of keys) lower[key & 0xffff] = 1;
  const rows: number[] = [];
  for (let row = 0; row < files; row++) {
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at++) {
      const hash = hashes[at] ?? 0;
      if (lower[hash & 0xffff] === 1 && keys.has(hash)) {
        rows.push(row);
        break;
      }
    }
  }
  return rows;
}
