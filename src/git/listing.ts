import type { RepoPath } from '../model/brand.js';
import type { FileChange, TreeEntry, TreeListing } from '../model/tree.js';
import { comparePaths } from './path-bytes.js';

/** Every leaf of one tree with quick look-ups. Folders are worked out when first asked for. */
export function createListing(entries: Iterable<TreeEntry>): TreeListing {
  const byPath = new Map<string, TreeEntry>();
  for (const entry of entries) byPath.set(entry.path, entry);
  return listingOf({
    size: byPath.size,
    entry: path => byPath.get(path),
    entries: () => byPath.values(),
  });
}

/**
 * A listing with changes laid over it: costs what the changes cost, not what the listing costs.
 * Entries come in git's order if the listing's do.
 */
export function overlay(listing: TreeListing, changes: readonly FileChange[]): TreeListing {
  if (changes.length === 0) return listing;
  const changed = new Map<string, TreeEntry | undefined>();
  let size = listing.size;
  for (const { path, after } of changes) {
    const known = changed.has(path) ? changed.get(path) !== undefined : listing.has(path);
    const next = after === null ? undefined : { mode: after.mode, oid: after.oid, path };
    size += (next === undefined ? 0 : 1) - (known ? 1 : 0);
    changed.set(path, next);
  }
  return listingOf({
    size,
    entry: path => (changed.has(path) ? changed.get(path) : listing.entry(path)),
    entries: () => merged(listing, changed),
  });
}

function* merged(
  listing: TreeListing,
  changed: ReadonlyMap<string, TreeEntry | undefined>,
): IterableIterator<TreeEntry> {
  const added = [...changed.values()]
    .filter(entry => entry !== undefined)
    .filter(entry => !listing.has(entry.path))
    .sort((a, b) => comparePaths(a.path, b.path));
  let next = 0;
  for (const entry of listing.entries()) {
    for (;;) {
      const candidate = added[next];
      if (candidate === undefined || comparePaths(candidate.path, entry.path) > 0) break;
      yield candidate;
      next += 1;
    }
    const current = changed.has(entry.path) ? changed.get(entry.path) : entry;
    if (current !== undefined) yield current;
  }
  yield* added.slice(next);
}

interface Leaves {
  readonly size: number;
  entry(path: RepoPath): TreeEntry | undefined;
  entries(): IterableIterator<TreeEntry>;
}

function listingOf(leaves: Leaves): TreeListing {
  let folders: ReadonlyMap<string, readonly string[]> | null = null;
  const foldersOf = (): ReadonlyMap<string, readonly string[]> => {
    folders ??= collectFolders(leaves.entries());
    return folders;
  };
  return {
    size: leaves.size,
    entry: leaves.entry,
    entries: leaves.entries,
    has: path => leaves.entry(path as RepoPath) !== undefined,
    hasFolder: path => foldersOf().has(path),
    children: folder => foldersOf().get(folder) ?? [],
  };
}

/** Folder → names directly in it. The root is `''`, and is no folder of a tree without leaves. */
function collectFolders(entries: Iterable<TreeEntry>): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const { path } of entries) {
    let child: string = path;
    for (;;) {
      const slash = child.lastIndexOf('/');
      const folder = slash === -1 ? '' : child.slice(0, slash);
      const name = child.slice(slash + 1);
      const names = folders.get(folder);
      if (names !== undefined) {
        names.push(name);
        break;
      }
      folders.set(folder, [name]);
      if (folder === '') break;
      child = folder;
    }
  }
  return folders;
}
