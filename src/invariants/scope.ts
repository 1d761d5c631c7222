import type { RepoPath } from '../model/brand.js';
import type { TreeListing } from '../model/tree.js';
import type { Scope } from './kind.js';

/** The leaves of the tree that lie in the scope, always in the same order. */
export function* leavesInScope(tree: TreeListing, scope: Scope): IterableIterator<RepoPath> {
  if (scope === 'all') {
    for (const { path } of tree.entries()) yield path;
    return;
  }
  for (const path of [...scope].sort()) if (tree.has(path)) yield path;
}
