import { createListing, overlay } from '../git/listing.js';
import type { Repository } from '../git/repository.js';
import type { Oid } from '../model/brand.js';
import type { ChangeSource } from '../model/verdict.js';
import { type Base, type Change, TreeReader } from './change.js';

export interface CommitRange {
  readonly source: ChangeSource;
  readonly head: Oid;
  /** Commits; none: the empty tree. */
  readonly bases: readonly Oid[];
  readonly trusted: { readonly ref: string; readonly commit: Oid | null };
  readonly ref?: string;
}

/** A change between commits. The head's listing is laid over the first base's, which git has listed already. */
export async function changeFromCommits(
  repository: Repository,
  range: CommitRange,
  trees: TreeReader = new TreeReader(repository, createListing),
): Promise<Change> {
  const { tree } = await repository.commit(range.head);
  const sides =
    range.bases.length === 0
      ? [await trees.emptySide()]
      : await Promise.all(range.bases.map(base => trees.side(base)));
  const bases: Base[] = await Promise.all(
    sides.map(async side => ({ ...side, changes: await repository.diffTrees(side.tree, tree) })),
  );
  const [first] = bases;
  const listing = first === undefined ? await trees.listing(tree) : overlay(first.listing, first.changes);
  const { ref, commit } = range.trusted;
  return {
    source: range.source,
    head: { commit: range.head, tree, listing },
    bases,
    trusted: { ref, side: commit === null ? null : await trees.side(commit) },
    ...(range.ref === undefined ? {} : { ref: range.ref }),
  };
}
