import { canonicalJson, type Json } from '../model/canonical.js';
import type { CompiledInvariant, CompiledPolicy, WaiverClause } from '../model/decision.js';
import type { PathSet } from '../model/path-set.js';
import type { GovernanceChange } from '../model/verdict.js';

/**
 * How the policy of a change differs from the policy in force. Loosening never acts on the change that carries
 * it; it is named here so that whoever ratifies the change sees it. An amendment whose direction can't be told
 * counts as loosened.
 */
export function compareGovernance(
  inForce: CompiledPolicy | null,
  proposed: CompiledPolicy | null,
): readonly GovernanceChange[] {
  if (inForce === null && proposed === null) return [];
  if (inForce === null) return [whole('policy-added', 'the repository comes under a policy')];
  if (proposed === null)
    return [
      whole('policy-removed', 'the policy is removed'),
      ...inForce.invariants.map(invariant => about(invariant, 'removed', 'is removed with the policy')),
    ];
  return [
    ...compareInvariants(inForce, proposed),
    ...compareComponents(inForce, proposed),
    ...compareSettings(inForce, proposed),
  ];
}

type Change = GovernanceChange['change'];

function whole(change: Change, message: string): GovernanceChange {
  return { change, decision: null, invariant: null, message };
}

function about({ decision, id }: CompiledInvariant, change: Change, message: string): GovernanceChange {
  return { change, decision, invariant: id, message: `${decision} ${id} ${message}` };
}

const keyOf = ({ decision, id }: CompiledInvariant): string => `${decision}\0${id}`;

function compareInvariants(inForce: CompiledPolicy, proposed: CompiledPolicy): readonly GovernanceChange[] {
  const before = new Map(inForce.invariants.map(invariant => [keyOf(invariant), invariant]));
  const after = new Map(proposed.invariants.map(invariant => [keyOf(invariant), invariant]));
  const changes: GovernanceChange[] = [];
  for (const [key, old] of before) {
    const now = after.get(key);
    if (now === undefined) changes.push(about(old, 'removed', whyGone(old, proposed)));
    else changes.push(...compareInvariant(old, now));
  }
  for (const [key, now] of after)
    if (!before.has(key)) changes.push(about(now, 'added', `comes into force (${now.kind})`));
  return changes;
}

function whyGone({ decision, id }: CompiledInvariant, proposed: CompiledPolicy): string {
  const summary = proposed.decisions.find(one => one.id === decision);
  if (summary === undefined) return 'is removed with its decision';
  if (summary.status !== 'accepted')
    return `leaves force: ${decision} is no longer accepted, but ${summary.status}`;
  return summary.invariants.includes(id) ? 'leaves force' : 'is removed';
}

function compareInvariant(old: CompiledInvariant, now: CompiledInvariant): readonly GovernanceChange[] {
  const changes: GovernanceChange[] = [];
  const say = (change: Change, message: string): void => void changes.push(about(now, change, message));
  if (old.kind !== now.kind) say('loosened', `is amended from ${old.kind} to ${now.kind} (may be looser)`);
  else if (!same(old.rule, now.rule))
    say('loosened', `is amended (may be looser): ${now.kind} says something else`);
  if (old.severity !== now.severity)
    say(
      now.severity === 'warn' ? 'loosened' : 'tightened',
      `has severity ${now.severity}, not ${old.severity}`,
    );
  const except = comparePaths(old.except, now.except);
  if (except !== null)
    say(except.widened ? 'loosened' : 'tightened', `leaves out other files: ${except.text}`);
  const waiver = compareWaiver(old.waiver, now.waiver);
  if (waiver !== null)
    say(waiver, `is waived by other terms: ${describe(now.waiver)}, not ${describe(old.waiver)}`);
  return changes;
}

/** @returns `null` when nothing changed; both ways at once is looser, for some path. */
function comparePaths(
  old: PathSet | undefined,
  now: PathSet | undefined,
): { readonly widened: boolean; readonly text: string } | null {
  const before = new Map((old?.include ?? []).map(({ source, glob }) => [source, glob]));
  const after = new Map((now?.include ?? []).map(({ source, glob }) => [source, glob]));
  const added = [...after].flatMap(([source, glob]) => (before.has(source) ? [] : [`+ ${glob}`]));
  const gone = [...before].flatMap(([source, glob]) => (after.has(source) ? [] : [`- ${glob}`]));
  if (added.length + gone.length === 0) return null;
  return { widened: added.length > 0, text: [...added, ...gone].join(', ') };
}

function compareWaiver(old: WaiverClause, now: WaiverClause): 'loosened' | 'tightened' | null {
  if (same(old as unknown as Json, now as unknown as Json)) return null;
  if (old === 'never') return 'loosened';
  if (now === 'never') return 'tightened';
  const looser =
    now.maxDays > old.maxDays ||
    now.approvals < old.approvals ||
    (old.by === 'ratifiers' && now.by === 'anyone');
  return looser ? 'loosened' : 'tightened';
}

function describe(clause: WaiverClause): string {
  if (clause === 'never') return 'never';
  const approvals = clause.approvals === 0 ? '' : `, ${clause.approvals} approvals`;
  return `by ${clause.by}${approvals}, ${clause.maxDays} days at most`;
}

function compareComponents(inForce: CompiledPolicy, proposed: CompiledPolicy): readonly GovernanceChange[] {
  const before = inForce.components ?? {};
  const after = proposed.components ?? {};
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap(name => {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    const now = Object.hasOwn(after, name) ? after[name] : undefined;
    if (old === undefined) return [whole('added', `the component "${name}" is defined`)];
    if (now === undefined) return [whole('removed', `the component "${name}" is no longer defined`)];
    if (same(old as unknown as Json, now as unknown as Json)) return [];
    const paths = comparePaths(old, now);
    return [
      whole('loosened', `the component "${name}" is amended (may be looser): ${paths?.text ?? 'its order'}`),
    ];
  });
}

function compareSettings(inForce: CompiledPolicy, proposed: CompiledPolicy): readonly GovernanceChange[] {
  const changes: GovernanceChange[] = [];
  const say = (change: Change, message: string): void => void changes.push(whole(change, message));
  const ignore = comparePaths(inForce.ignore, proposed.ignore);
  if (ignore !== null)
    say(ignore.widened ? 'loosened' : 'tightened', `other paths are ignored: ${ignore.text}`);
  const gate = proposed.commitGate;
  if (gate !== inForce.commitGate)
    say(
      gate === 'warn' ? 'loosened' : 'tightened',
      `the commit gate is set to ${gate}, not ${inForce.commitGate}`,
    );
  if (inForce.trunk !== proposed.trunk)
    say(
      'loosened',
      `the trunk is ${proposed.trunk ?? "the remote's HEAD"}, not ${inForce.trunk ?? "the remote's HEAD"} (may be looser)`,
    );
  const limit = proposed.limits.fileBytes - inForce.limits.fileBytes;
  if (limit !== 0)
    say(
      limit > 0 ? 'loosened' : 'tightened',
      `the limit file-bytes is ${proposed.limits.fileBytes}, not ${inForce.limits.fileBytes}`,
    );
  if (resolvedOtherwise(inForce, proposed))
    say('loosened', 'imports are resolved by other settings (may be looser)');
  if (inForce.waiversFolder !== proposed.waiversFolder)
    say('amended', `waivers are read from ${proposed.waiversFolder}, not ${inForce.waiversFolder}`);
  return changes;
}

/** Settings that no rule uses change nothing. */
function resolvedOtherwise(inForce: CompiledPolicy, proposed: CompiledPolicy): boolean {
  const after = new Map(proposed.invariants.map(invariant => [keyOf(invariant), invariant.resolve]));
  return inForce.invariants.some(
    invariant =>
      after.has(keyOf(invariant)) &&
      !same((invariant.resolve ?? null) as Json, (after.get(keyOf(invariant)) ?? null) as Json),
  );
}

function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
