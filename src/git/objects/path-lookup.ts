import type { Oid, RepoPath } from '../../model/brand.js';
import type { TreeEntry } from '../../model/tree.js';
import type { TreeItem } from './tree.js';

/** Walks from a tree to one path below it, reading one tree object a folder. */
export async function findInTree(
  tree: Oid,
  path: RepoPath,
  readTree: (id: Oid) => Promise<readonly TreeItem[]>,
): Promise<TreeEntry | null> {
  const names = path.split('/');
  let id = tree;
  for (const [depth, name] of names.entries()) {
    const item = (await readTree(id)).find(candidate => candidate.name === name);
    if (item === undefined) return null;
    if (depth === names.length - 1) return { mode: item.mode, oid: item.oid, path };
    if (item.mode !== '040000') return null;
    id = item.oid;
  }
  return null;
}
