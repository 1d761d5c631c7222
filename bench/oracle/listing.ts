import { oid, type RepoPath, repoPath } from '../../src/model/brand.js';
import type { TreeEntry, TreeListing } from '../../src/model/tree.js';

const NO_OBJECT = oid('0'.repeat(40));

/** A listing of regular files by their paths alone. */
export function listingOf(paths: Iterable<string>): TreeListing {
  const entries = new Map<RepoPath, TreeEntry>();
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    entries.set(repoPath(path), { mode: '100644', oid: NO_OBJECT, path: repoPath(path) });
    for (let child = path; ; ) {
      const slash = child.lastIndexOf('/');
      const folder = slash === -1 ? '' : child.slice(0, slash);
      const children = folders.get(folder) ?? new Set();
      folders.set(folder, children.add(child.slice(slash + 1)));
      if (folder === '') break;
      child = folder;
    }
  }
  return {
    size: entries.size,
    entry: path => entries.get(path),
    has: path => entries.has(path as RepoPath),
    hasFolder: path => folders.has(path),
    entries: () => entries.values(),
    children: folder => [...(folders.get(folder) ?? [])],
  };
}
