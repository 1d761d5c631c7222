import { rawDiffText } from '../change/raw-diff.js';
import { GitError } from '../git/repository.js';
import type { Oid } from '../model/brand.js';
import type { LogEntry } from '../store/store.js';
import { catchUp } from './quick/catch-up.js';
import type { GateContext } from './types.js';

/**
 * After a commit: was the change that it holds judged? A commit without a receipt is *unjudged*, never
 * "bypassed": a clean revert or a rebase looks the same as `--no-verify`.
 */
export async function recordCommit(context: GateContext, now: Date): Promise<LogEntry> {
  const { repository, store } = context;
  const oid = await repository.resolveCommit('HEAD');
  if (oid === null) throw new GitError('failed', 'there is no commit to record');
  const commit = await repository.commit(oid);
  const judged = (await receiptFor(context, commit.tree, commit.parents)) || (await amended(context, commit));
  const head = await repository.symbolicRef('HEAD');
  const entry: LogEntry = {
    commit: oid,
    state: judged ? 'judged' : 'unjudged',
    at: now.toISOString(),
    branch: head === null ? null : head.replace(/^refs\/heads\//, ''),
    subject: commit.message.split('\n')[0] ?? '',
  };
  store.appendLog(entry);
  store.trimReceipts(now.getTime());
  await catchUp(context, commit.tree);
  return entry;
}

async function receiptFor(
  { repository, store }: GateContext,
  tree: Oid,
  parents: readonly Oid[],
): Promise<boolean> {
  const bases =
    parents.length === 0
      ? [repository.emptyTree]
      : await Promise.all(parents.map(async parent => (await repository.commit(parent)).tree));
  const [first] = bases;
  if (first === undefined) return false;
  const rawDiff = rawDiffText(await repository.diffTrees(first, tree));
  return store.hasReceipt({ bases, rawDiff });
}

/**
 * Git hides `--amend` from hooks: the gate judged the index against the commit that was replaced. That
 * settles the new commit only where the replaced one had been judged itself.
 */
async function amended(
  context: GateContext,
  commit: { tree: Oid; parents: readonly Oid[] },
): Promise<boolean> {
  const { repository, store } = context;
  const replaced = await repository.resolveCommit('HEAD@{1}');
  if (replaced === null || commit.parents.includes(replaced)) return false;
  const wasJudged = store.log().some(entry => entry.commit === replaced && entry.state === 'judged');
  return wasJudged && receiptFor(context, commit.tree, [replaced]);
}
