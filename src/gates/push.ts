import { TreeReader } from '../change/change.js';
import { changeFromCommits } from '../change/from-commits.js';
import { createListing } from '../git/listing.js';
import { GitError } from '../git/repository.js';
import { isZeroOid, type Oid, oid } from '../model/brand.js';
import { digestOf } from '../model/canonical.js';
import type { Verdict } from '../model/verdict.js';
import { nameBringers } from './bringers.js';
import { judgeFirstPush } from './first-push.js';
import { judgeChange } from './judge-change.js';
import { findTrunk, type Trunk } from './trunk.js';
import type { GateContext, PushLine, PushTarget } from './types.js';

/**
 * Judges every ref of a push, each on its own, from what the remote has: the old oid that git read from
 * the remote itself, and the remote's trunk. Never from what merely was pushed to some other ref: that
 * would let a commit reach a strict branch by way of a lax one.
 */
export async function judgePush(
  context: GateContext,
  target: PushTarget,
  lines: readonly PushLine[],
): Promise<readonly Verdict[]> {
  const trunk = await findTrunk(context, target, lines);
  const trees = new TreeReader(context.repository, createListing);
  const verdicts: Verdict[] = [];
  for (const line of lines) verdicts.push(await judgeRef(context, target, trunk, line, trees));
  context.store.saveLastVerdicts(verdicts);
  await context.store.flush();
  return verdicts;
}

async function judgeRef(
  context: GateContext,
  target: PushTarget,
  trunk: Trunk | null,
  line: PushLine,
  trees: TreeReader,
): Promise<Verdict> {
  const { repository } = context;
  if (isZeroOid(line.localOid)) return skipped(context, line, 'the ref is deleted: nothing to judge');
  const pushed = oid(line.localOid);
  const head = await repository.peelToCommit(pushed);
  if (head === null) {
    const type = await repository.objectType(pushed);
    if (type === null) throw missing(line.localRef, pushed, target);
    return skipped(context, line, `it names no commit (${type}): nothing to judge`);
  }
  const old = isZeroOid(line.remoteOid) ? null : await oldCommit(context, line, target);
  const isTrunk = trunk !== null && trunk.ref === line.remoteRef;
  const bases = new Set<Oid>();
  if (old !== null) bases.add(old);
  if (!isTrunk && trunk?.tip != null) {
    for (const base of await repository.mergeBases(trunk.tip, head)) bases.add(base);
  }
  const trusted = isTrunk || trunk?.tip == null ? old : trunk.tip;
  if (bases.size === 0) return judgeFirstPush(context, line, head, trusted, trees);
  const change = await changeFromCommits(
    repository,
    {
      source: 'push',
      head,
      bases: [...bases],
      trusted: { ref: isTrunk || trunk === null ? line.remoteRef : trunk.ref, commit: trusted },
      ref: line.remoteRef,
    },
    trees,
  );
  return nameBringers(context, change, await judgeChange(context, change, 'push'), trees);
}

/** What the remote has now may never have been fetched: then nothing can be said of the difference. */
async function oldCommit(context: GateContext, line: PushLine, target: PushTarget): Promise<Oid | null> {
  const old = oid(line.remoteOid);
  if ((await context.repository.objectType(old)) === null) throw missing(line.remoteRef, old, target);
  return context.repository.peelToCommit(old);
}

function missing(ref: string, object: Oid, { remote }: PushTarget): GitError {
  return new GitError(
    'missing-object',
    `${ref} is at ${object}, which is not in this repository: the change can't be told`,
    `git fetch ${remote}`,
  );
}

function skipped({ asOf, tool }: GateContext, line: PushLine, why: string): Verdict {
  return {
    schema: 'lintel.verdict/v1',
    result: 'admitted',
    asOf,
    tool: { name: tool.name, version: tool.version },
    change: {
      source: 'push',
      id: digestOf([]),
      bases: [],
      head: null,
      files: 0,
      ref: line.remoteRef,
      skipped: why,
    },
    policy: {
      ref: 'none',
      commit: null,
      digest: null,
      decisions: 0,
      invariants: { expected: 0, evaluated: 0 },
      ungoverned: false,
    },
    findings: [],
    standing: 0,
    governance: [],
    warnings: [],
    errors: [],
  };
}
