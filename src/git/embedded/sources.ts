import type { Oid, RepoPath } from '../../model/brand.js';
import type { Mode } from '../../model/tree.js';
import type { ObjectType } from '../objects/hash.js';
import type { Boundary } from '../walk/shallow.js';

/** One entry of an index, before anything is decided about it. */
export interface IndexEntry {
  readonly path: RepoPath;
  readonly mode: Mode;
  readonly oid: Oid;
  /** 0; 1 to 3 for the sides of a conflict. */
  readonly stage: number;
  readonly intentToAdd: boolean;
}

export interface StoredObject {
  readonly type: ObjectType;
  readonly content: Buffer;
}

export type RefValue = { readonly to: string } | { readonly oid: Oid };

/** Where `ObjectRepository` gets what it is made of: files of a git directory, or memory. */
export interface Sources {
  /** `null`: the repository does not have it. */
  object(id: Oid): Promise<StoredObject | null>;
  /** Objects whose id starts so. */
  expand(prefix: string): Promise<readonly Oid[]>;
  /** By full name (`HEAD`, `refs/heads/main`), not followed. */
  ref(name: string): Promise<RefValue | null>;
  /** Full names below `refs/`. */
  refNames(): Promise<readonly string[]>;
  index(): Promise<readonly IndexEntry[]>;
  boundary(): Promise<Boundary>;
  /** The last value of a normalised key. */
  config(key: string): Promise<string | null>;
}
