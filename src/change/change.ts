import type { Repository } from '../git/repository.js';
import type { Oid, RepoPath } from '../model/brand.js';
import type { FileChange, TreeListing } from '../model/tree.js';
import type { ChangeSource } from '../model/verdict.js';

/** One side of a change: a tree, or the index that is about to become one. */
export interface Side {
  /** `null` for the index, and for the empty tree that stands in where there is no base. */
  readonly commit: Oid | null;
  /** `null` for the index, whose tree is not written. */
  readonly tree: Oid | null;
  readonly listing: TreeListing;
}

export interface Base extends Side {
  readonly tree: Oid;
  /** What the head changes against this base: raw, renames as deletions and additions. */
  readonly changes: readonly FileChange[];
}

/** Base trees → head tree, and where the trusted policy is read. */
export interface Change {
  readonly source: ChangeSource;
  readonly head: Side;
  /** Never empty: without a base the empty tree stands in (its `commit` is null). */
  readonly bases: readonly Base[];
  /** P. Its `side` is null when there is no such commit: nothing is trusted yet. */
  readonly trusted: { readonly ref: string; readonly side: Side | null };
  /** At the push: the ref. */
  readonly ref?: string;
}

/** Paths that differ from every base: where a violation can be that no base has. */
export function changedAgainstAll(bases: readonly Base[]): ReadonlySet<RepoPath> {
  const [first, ...rest] = bases;
  if (first === undefined) return new Set();
  const others = rest.map(base => new Set(base.changes.map(change => change.path)));
  return new Set(
    first.changes.map(change => change.path).filter(path => others.every(paths => paths.has(path))),
  );
}

export function changedAgainstAny(bases: readonly Base[]): ReadonlySet<RepoPath> {
  return new Set(bases.flatMap(base => base.changes.map(change => change.path)));
}

/** Trees are listed once each, however many sides they appear on. */
export class TreeReader {
  private readonly listings = new Map<Oid, Promise<TreeListing>>();

  constructor(
    readonly repository: Repository,
    private readonly createListing: (entries: Awaited<ReturnType<Repository['listTree']>>) => TreeListing,
  ) {}

  listing(tree: Oid): Promise<TreeListing> {
    let listing = this.listings.get(tree);
    if (listing === undefined) {
      listing =
        tree === this.repository.emptyTree
          ? Promise.resolve(this.createListing([]))
          : this.repository.listTree(tree).then(this.createListing);
      this.listings.set(tree, listing);
    }
    return listing;
  }

  async side(commit: Oid): Promise<Side & { readonly tree: Oid }> {
    const { tree } = await this.repository.commit(commit);
    return { commit, tree, listing: await this.listing(tree) };
  }

  async emptySide(): Promise<Side & { readonly tree: Oid }> {
    const tree = this.repository.emptyTree;
    return { commit: null, tree, listing: await this.listing(tree) };
  }
}
