import { posix } from 'node:path';
import type { RepoPath } from '../model/brand.js';
import { repoPath } from '../model/brand.js';
import type { TreeEntry, TreeListing } from '../model/tree.js';

/** Where a symbolic link of the tree leads. */
export type LinkEnd =
  | { readonly type: 'file'; readonly entry: TreeEntry }
  | { readonly type: 'folder'; readonly path: string }
  | { readonly type: 'outside'; readonly target: string }
  | { readonly type: 'dangling'; readonly target: string };

const SYMLINK = '120000';
/** As Linux's ELOOP. */
const MAX_HOPS = 40;

/**
 * Symbolic links of one tree, followed inside the tree only: a link is judged as what it points to,
 * and nothing outside of the tree is ever read.
 */
export class Links {
  /** @param targets path of each link → its text */
  constructor(
    private readonly listing: TreeListing,
    private readonly targets: ReadonlyMap<string, string>,
  ) {}

  get size(): number {
    return this.targets.size;
  }

  /** Paths of all links, for callers that must be careful near them. */
  paths(): Iterable<string> {
    return this.targets.keys();
  }

  /** What stands at a path once every link in it is followed; `null`: nothing does, and no link is involved. */
  follow(path: string): LinkEnd | null {
    let current = path;
    let followed = false;
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      const entry = this.listing.entry(current as RepoPath);
      if (entry !== undefined && entry.mode !== SYMLINK) return { type: 'file', entry };
      if (this.listing.hasFolder(current)) return { type: 'folder', path: current };
      const link = this.linkIn(current);
      if (link === null) return followed ? { type: 'dangling', target: current } : null;
      followed = true;
      const next = this.step(current, link);
      if (next === null) return { type: 'outside', target: this.targets.get(link) ?? '' };
      if (next === '') return { type: 'folder', path: '' };
      current = next;
    }
    return { type: 'dangling', target: current };
  }

  /** One link of a path followed; `''`: the root; `null`: out of the tree. */
  private step(path: string, link: string): string | null {
    const text = this.targets.get(link) ?? '';
    const next = posix.normalize(posix.join(posix.dirname(link), text, path.slice(link.length)));
    if (text.startsWith('/') || next === '..' || next.startsWith('../')) return null;
    return next === '.' ? '' : next.replace(/\/$/, '');
  }

  /** Where a path leads by what its links say alone, whatever lies there; `null`: out of the tree, or in a circle. */
  place(path: string): string | null {
    let current = path;
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      const link = this.linkIn(current);
      if (link === null) return current;
      const next = this.step(current, link);
      if (next === null || next === '') return next;
      current = next;
    }
    return null;
  }

  /** Path and text of each link, by path. */
  texts(): readonly (readonly [path: string, text: string])[] {
    return [...this.targets].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** The path with every link in it followed, where it leads to a file or folder of the tree; else as it was. */
  real(path: RepoPath): RepoPath {
    if (this.targets.size === 0) return path;
    const end = this.follow(path);
    if (end === null) return path;
    if (end.type === 'file') return end.entry.path;
    return end.type === 'folder' && end.path !== '' ? repoPath(end.path) : path;
  }

  /** The first part of a path that is a link: the path itself or a folder above it. */
  private linkIn(path: string): string | null {
    if (this.targets.size === 0) return null;
    for (let slash = path.indexOf('/'); ; slash = path.indexOf('/', slash + 1)) {
      const part = slash < 0 ? path : path.slice(0, slash);
      if (this.targets.has(part)) return part;
      if (slash < 0) return null;
    }
  }
}

/** A listing in which paths through linked folders exist too, for the resolver. */
export function throughLinks(listing: TreeListing, links: Links): TreeListing {
  if (links.size === 0) return listing;
  return {
    size: listing.size,
    entries: () => listing.entries(),
    children: folder => {
      const end = listing.hasFolder(folder) ? null : links.follow(folder);
      return listing.children(end?.type === 'folder' ? end.path : folder);
    },
    entry: path => {
      const entry = listing.entry(path);
      if (entry !== undefined && entry.mode !== SYMLINK) return entry;
      const end = links.follow(path);
      return end?.type === 'file' ? { ...end.entry, path } : entry;
    },
    has: path => {
      const entry = listing.entry(path as RepoPath);
      if (entry !== undefined && entry.mode !== SYMLINK) return true;
      return links.follow(path)?.type === 'file';
    },
    hasFolder: path => listing.hasFolder(path) || links.follow(path)?.type === 'folder',
  };
}
