import type { Change } from '../change/change.js';
import { changeFromIndex } from '../change/from-index.js';
import { rawDiffText } from '../change/raw-diff.js';
import { readMergeHeads } from '../git/merge-heads.js';
import type { Verdict } from '../model/verdict.js';
import { judgeChange } from './judge-change.js';
import { prepareQuickGate } from './quick/build.js';
import type { GateContext } from './types.js';

/** Which hook asks: `pre-merge-commit` is told of the merged heads by the environment, the others by MERGE_HEAD. */
export type CommitMoment = 'commit' | 'pre-merge-commit';

/** Judges the index that git is about to commit. An admitted change gets its receipt. */
export async function judgeCommit(context: GateContext, moment: CommitMoment = 'commit'): Promise<Verdict> {
  const { repository, environment, store } = context;
  const change = await changeFromIndex(
    repository,
    moment === 'pre-merge-commit'
      ? { from: 'environment', environment }
      : { from: 'merge-head', heads: await readMergeHeads(repository.gitDirectory) },
  );
  const verdict = await judgeChange(context, change, 'commit');
  store.saveLastVerdicts([verdict]);
  if (verdict.result === 'admitted') saveReceipt(context, change, verdict);
  await store.flush();
  await prepareQuickGate(context, change);
  return verdict;
}

function saveReceipt({ store, tool, asOf }: GateContext, change: Change, verdict: Verdict): void {
  const [first] = change.bases;
  store.saveReceipt({
    bases: change.bases.map(({ tree }) => tree),
    rawDiff: rawDiffText(first?.changes ?? []),
    policies: [verdict.policy.digest],
    waivers: [
      ...new Set(verdict.findings.flatMap(({ waiver }) => (waiver === null ? [] : [waiver.id]))),
    ].sort(),
    tool: tool.digest,
    asOf,
    result: verdict.gate === 'warn' ? 'warned' : 'admitted',
  });
}
