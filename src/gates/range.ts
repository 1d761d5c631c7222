import { TreeReader } from '../change/change.js';
import { changeFromCommits } from '../change/from-commits.js';
import { changeFromIndex } from '../change/from-index.js';
import { createListing } from '../git/listing.js';
import { GitError } from '../git/repository.js';
import type { Oid } from '../model/brand.js';
import type { Verdict } from '../model/verdict.js';
import { judgeChange } from './judge-change.js';
import type { GateContext } from './types.js';

/** `check --base REV [--head REV]`: head against all merge bases, by the policy at the tip of the base. */
export async function judgeRange(
  context: GateContext,
  range: { readonly base: string; readonly head: string },
): Promise<Verdict> {
  const { repository, store } = context;
  const base = await commitOf(context, range.base);
  const head = await commitOf(context, range.head);
  const bases = await repository.mergeBases(base, head);
  if (bases.length === 0) {
    throw new GitError(
      'failed',
      `${range.base} and ${range.head} have no commit in common, so there is nothing to compare from`,
      'name a base that the head descends from',
    );
  }
  const change = await changeFromCommits(repository, {
    source: 'range',
    head,
    bases,
    trusted: { ref: range.base, commit: base },
  });
  const verdict = await judgeChange(context, change, 'push');
  store.saveLastVerdicts([verdict]);
  await store.flush();
  return verdict;
}

/**
 * `check --all`: every file of HEAD by HEAD's policy. Nothing is introduced by no change, so findings
 * stand; what only an expired waiver held is introduced again.
 */
export async function judgeAll(context: GateContext): Promise<Verdict> {
  const verdict = await judgeHead(context);
  context.store.saveLastVerdicts([verdict]);
  await context.store.flush();
  return verdict;
}

/** As `judgeAll`, and `explain` goes on speaking of what was judged before. */
export async function judgeHead(context: GateContext): Promise<Verdict> {
  const { repository } = context;
  const head = await repository.resolveCommit('HEAD');
  if (head === null)
    throw new GitError('failed', 'there is no commit yet', 'git commit, or lintel check --staged');
  const side = await new TreeReader(repository, createListing).side(head);
  return judgeChange(
    context,
    { source: 'all', head: side, bases: [{ ...side, changes: [] }], trusted: { ref: 'HEAD', side } },
    'push',
  );
}

/** As `judgeAll`, on the index: what stands in the next commit, waivers that are staged included. */
export async function judgeWholeIndex(context: GateContext): Promise<Verdict> {
  const change = await changeFromIndex(context.repository, { from: 'merge-head', heads: [] });
  const [first] = change.bases;
  if (first === undefined) throw new GitError('failed', 'a change from the index has no base');
  const base = { ...change.head, tree: first.tree, changes: [] };
  return judgeChange(
    context,
    { source: 'all', head: change.head, bases: [base], trusted: { ref: 'index', side: change.head } },
    'push',
  );
}

async function commitOf({ repository }: GateContext, revision: string): Promise<Oid> {
  const commit = await repository.resolveCommit(revision);
  if (commit !== null) return commit;
  const shallow = await repository.isShallow();
  throw new GitError(
    shallow ? 'shallow' : 'failed',
    `${revision} names no commit of this repository${shallow ? ' (it is a shallow clone)' : ''}`,
    shallow ? 'git fetch --unshallow' : `git fetch, then git rev-parse --verify '${revision}^{commit}'`,
  );
}
