import type { Side, TreeReader } from '../change/change.js';
import { changeFromCommits } from '../change/from-commits.js';
import { GitError } from '../git/repository.js';
import { KINDS } from '../invariants/registry.js';
import type { Oid } from '../model/brand.js';
import { repoPath } from '../model/brand.js';
import type { Finding, Verdict, VerdictError } from '../model/verdict.js';
import { CONFIG_PLACES, HOME } from '../policy/places.js';
import { changeOf, withBringer } from './bringers.js';
import { judgeChange } from './judge-change.js';
import { PolicyReader } from './policies.js';
import type { GateContext, PushLine } from './types.js';

/**
 * With no base at all, each commit since the policy first appeared is judged against its parents: a new
 * remote must not turn the whole of an old repository into "introduced" code. As at any push the net
 * result decides: what a later commit of the same push has mended is not held against it.
 */
export async function judgeFirstPush(
  context: GateContext,
  line: PushLine,
  head: Oid,
  trusted: Oid | null,
  trees: TreeReader,
): Promise<Verdict> {
  const { repository } = context;
  const tip = await trees.side(head);
  const whole = await changeFromCommits(
    repository,
    {
      source: 'push',
      head,
      bases: [],
      trusted: { ref: line.remoteRef, commit: trusted },
      ref: line.remoteRef,
    },
    trees,
  );
  const outline = await judgeChange(context, whole, 'push');
  if (outline.policy.ungoverned) return outline;
  const standing = new Set<string>(outline.findings.map(({ fingerprint }) => fingerprint));

  const findings = new Map<string, Finding>();
  const errors = new Map<string, VerdictError>();
  const commits = await commitsSincePolicy(context, head, tip);
  let done = 0;
  for (const oid of commits) {
    context.progress?.({ stage: 'judging', done: done++, total: commits.length });
    const commit = await repository.commit(oid);
    const verdict = await judgeChange(context, await changeOf(context, commit, trees), 'push', {
      waiversFrom: tip,
    });
    for (const finding of verdict.findings) {
      if (!isOnlyOfChanges(finding.kind) && !standing.has(finding.fingerprint)) continue;
      if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, withBringer(finding, commit));
    }
    // A file that can't be judged matters only while it is there.
    for (const error of verdict.errors) {
      if (
        error.path === null ||
        outline.errors.some(other => other.path === error.path && other.code === error.code)
      ) {
        errors.set(`${error.code}\0${error.path ?? ''}`, error);
      }
    }
  }
  const found = [...findings.values()];
  const blocking = found.some(({ state, severity }) => state === 'introduced' && severity === 'block');
  const { expected } = outline.policy.invariants;
  return {
    ...outline,
    result: errors.size > 0 ? 'error' : blocking ? 'blocked' : 'admitted',
    findings: found,
    standing: standing.size - found.filter(({ fingerprint }) => standing.has(fingerprint)).length,
    errors: [...errors.values()],
    policy: {
      ...outline.policy,
      invariants: { expected, evaluated: errors.size > 0 ? outline.policy.invariants.evaluated : expected },
    },
  };
}

/** A kind that no tree alone can violate: the tip's tree can't tell whether it was mended. */
function isOnlyOfChanges(kind: string): boolean {
  return KINDS.get(kind)?.evaluate === undefined;
}

/** Oldest first: the commit that first holds a policy file and all after it. */
async function commitsSincePolicy(context: GateContext, head: Oid, tip: Side): Promise<readonly Oid[]> {
  const { repository, store } = context;
  const loaded = await new PolicyReader(repository, store).load(tip);
  const places = [HOME, ...CONFIG_PLACES].map(repoPath);
  if (loaded.kind === 'policy') {
    places.push(...loaded.policy.decisionsFolders);
    if (loaded.policy.configPath !== null) places.push(loaded.policy.configPath);
  }
  const touching = await repository.listCommits({
    include: [head],
    exclude: [],
    paths: places,
    oldestFirst: true,
  });
  const [first] = touching;
  const parents = first === undefined ? [] : (await repository.commit(first)).parents;
  const commits = await repository.listCommits({ include: [head], exclude: parents, oldestFirst: true });
  // The tip holds a policy, so that some commit brought it, and the tip comes after all: else git did not look.
  if (first === undefined || !commits.includes(head))
    throw new GitError(
      'failed',
      `git names no commit that brought the policy of ${head}`,
      'Run the command again; git fsck if it stays so.',
    );
  return commits;
}
