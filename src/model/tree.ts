import type { Oid, RepoPath } from './brand.js';

/** Git's file modes, as it writes them. */
export type Mode = '100644' | '100755' | '120000' | '160000' | '040000';

/** One leaf of a tree: a file, a symbolic link or a gitlink (submodule). Never a directory. */
export interface TreeEntry {
  readonly mode: Mode;
  readonly oid: Oid;
  readonly path: RepoPath;
}

/** Every leaf of one tree, with quick look-ups. Synchronous: it has been read already. */
export interface TreeListing {
  readonly size: number;
  entry(path: RepoPath): TreeEntry | undefined;
  /** True for a leaf of any mode. */
  has(path: string): boolean;
  /** True for a folder that holds at least one leaf (git knows no others). */
  hasFolder(path: string): boolean;
  entries(): IterableIterator<TreeEntry>;
  /** Names (last segment) of the leaves and folders directly in a folder; `''` is the root. */
  children(folder: string): readonly string[];
}

export type ChangeStatus = 'add' | 'modify' | 'delete' | 'type';

/** One line of a raw diff without rename detection: a rename is a deletion and an addition. */
export interface FileChange {
  readonly path: RepoPath;
  readonly status: ChangeStatus;
  /** `null` on the side where the path does not exist. */
  readonly before: { readonly mode: Mode; readonly oid: Oid } | null;
  readonly after: { readonly mode: Mode; readonly oid: Oid } | null;
}
