import { createListing, overlay } from '../git/listing.js';
import { GitError, type Repository } from '../git/repository.js';
import { isOid, type Oid } from '../model/brand.js';
import { type Base, type Change, TreeReader } from './change.js';

const GITHEAD = 'GITHEAD_';

/** Where the heads that are being merged are named. */
export type MergeHeads =
  /** Everywhere but in `pre-merge-commit`: the file MERGE_HEAD, empty where no merge is under way. */
  | { readonly from: 'merge-head'; readonly heads: readonly Oid[] }
  /** `pre-merge-commit` sees no MERGE_HEAD yet: git names the heads in `GITHEAD_<oid>` variables. */
  | { readonly from: 'environment'; readonly environment: Readonly<Record<string, string | undefined>> };

/** The index that git is about to commit, against HEAD and every head that is being merged. */
export async function changeFromIndex(repository: Repository, mergeHeads: MergeHeads): Promise<Change> {
  const trees = new TreeReader(repository, createListing);
  const head = await repository.resolveCommit('HEAD');
  const merged = await mergedHeads(repository, mergeHeads, head);
  const commits = head === null ? [] : [head, ...merged];
  const sides =
    commits.length === 0
      ? [await trees.emptySide()]
      : await Promise.all(commits.map(commit => trees.side(commit)));
  const bases: Base[] = await Promise.all(
    sides.map(async side => ({ ...side, changes: await repository.diffIndex(side.tree) })),
  );
  const [first] = bases;
  if (first === undefined) throw new GitError('failed', 'a change from the index has no base');
  return {
    source: merged.length > 0 ? 'merge' : 'staged',
    head: { commit: null, tree: null, listing: overlay(first.listing, first.changes) },
    bases,
    trusted: { ref: 'HEAD', side: head === null ? null : first },
  };
}

/**
 * The environment is believed in `pre-merge-commit` alone: an invented `GITHEAD_…` around `git commit`
 * must not make a base of what is not being merged.
 */
async function mergedHeads(
  repository: Repository,
  mergeHeads: MergeHeads,
  head: Oid | null,
): Promise<readonly Oid[]> {
  if (mergeHeads.from === 'merge-head') return mergeHeads.heads.filter(oid => oid !== head);
  const named = Object.keys(mergeHeads.environment)
    .filter(name => name.startsWith(GITHEAD))
    .map(name => name.slice(GITHEAD.length))
    .filter(isOid);
  const merged: Oid[] = [];
  for (const oid of named) {
    const commit = await repository.peelToCommit(oid);
    if (commit === null)
      throw new GitError('missing-object', `the merged head ${oid} is not in this repository`);
    if (commit !== head) merged.push(commit);
  }
  return merged.sort();
}
