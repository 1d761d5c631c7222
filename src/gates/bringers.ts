import type { Change, TreeReader } from '../change/change.js';
import { changeFromCommits } from '../change/from-commits.js';
import type { Commit } from '../git/repository.js';
import type { Oid } from '../model/brand.js';
import type { Finding, Verdict } from '../model/verdict.js';
import { introducedBy } from './judge-change.js';
import { personOf } from './provenance.js';
import type { GateContext } from './types.js';

/** Commits of one push that are looked through for the one that brought a finding in. */
const MAX_COMMITS = 200;

/** Names, for each finding of a push, the commit that brought it in: the first whose own change introduces it. */
export async function nameBringers(
  context: GateContext,
  change: Change,
  verdict: Verdict,
  trees: TreeReader,
): Promise<Verdict> {
  const open = new Map(
    verdict.findings
      .filter(({ state }) => state === 'introduced')
      .map(found => [found.fingerprint as string, found]),
  );
  const { commit: head } = change.head;
  if (open.size === 0 || head === null) return verdict;
  const { repository } = context;
  const exclude = change.bases.flatMap(({ commit }) => (commit === null ? [] : [commit]));
  const commits = await repository.listCommits({
    include: [head],
    exclude,
    oldestFirst: true,
    limit: MAX_COMMITS,
  });
  const brought = new Map<string, Commit>();
  const decisions = new Set([...open.values()].map(({ decision }) => decision.id));
  for (const oid of commits) {
    const commit = await repository.commit(oid);
    const introduced = await introducedBy(context, await changeOf(context, commit, trees), change, decisions);
    for (const fingerprint of introduced)
      if (open.has(fingerprint)) brought.set(fingerprint, brought.get(fingerprint) ?? commit);
    if (brought.size === open.size) break;
  }
  return {
    ...verdict,
    findings: verdict.findings.map(finding => withBringer(finding, brought.get(finding.fingerprint))),
  };
}

export async function changeOf(
  { repository }: GateContext,
  commit: Commit,
  trees: TreeReader,
): Promise<Change> {
  const bases: readonly Oid[] = commit.parents;
  return changeFromCommits(
    repository,
    { source: 'push', head: commit.oid, bases, trusted: { ref: 'parent', commit: bases[0] ?? null } },
    trees,
  );
}

export function withBringer(finding: Finding, commit: Commit | undefined): Finding {
  if (commit === undefined) return finding;
  const [subject = ''] = commit.message.split('\n');
  return { ...finding, broughtBy: { commit: commit.oid, subject, author: personOf(commit.author) } };
}
