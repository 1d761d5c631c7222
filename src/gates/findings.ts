import { shortId } from '../model/brand.js';
import type { CompiledPolicy, DecisionSummary } from '../model/decision.js';
import { inBatches } from '../model/in-batches.js';
import type { Finding } from '../model/verdict.js';
import type { Judged } from '../verdict/introduced.js';
import { keySubject } from '../verdict/keys.js';
import type { RuleInForce } from '../verdict/rules-in-force.js';
import { askWaivers } from '../verdict/waivers.js';
import type { Provenance } from './provenance.js';
import type { FactSide } from './sides.js';
import type { GateContext } from './types.js';

/** What one rule found, with the rule. */
export interface RuleFindings {
  readonly rule: RuleInForce;
  readonly judged: readonly Judged[];
}

export interface FindingSources {
  readonly trusted: CompiledPolicy | null;
  readonly proposed: CompiledPolicy | null;
  readonly waivers: FactSide;
  readonly provenance: Provenance;
  readonly gate: GateContext;
  /** Standing findings are listed by `check --all` only; elsewhere they are counted. */
  readonly listStanding: boolean;
}

export interface BuiltFindings {
  readonly findings: readonly Finding[];
  readonly standing: number;
}

/**
 * Findings of all rules: the same key found by P's and by H's form of an invariant is one finding, and
 * it is waived only where the waiver is bound to both forms.
 */
export async function buildFindings(
  results: readonly RuleFindings[],
  sources: FindingSources,
): Promise<BuiltFindings> {
  const merged = new Map<string, { rule: RuleInForce; judged: Judged; rules: RuleInForce[] }>();
  for (const { rule, judged } of results) {
    for (const item of judged) {
      const known = merged.get(item.fingerprint);
      if (known === undefined) merged.set(item.fingerprint, { rule, judged: item, rules: [rule] });
      else if (item.introduced && !known.judged.introduced) {
        merged.set(item.fingerprint, { rule, judged: item, rules: [rule] });
      } else if (item.introduced === known.judged.introduced) known.rules.push(rule);
    }
  }
  const all = [...merged.values()];
  const told = all.filter(({ judged }) => judged.introduced || sources.listStanding);
  await lookUpHistories(told, sources);
  const findings: Finding[] = [];
  for (const { rule, judged, rules } of told) findings.push(await finding(rule, judged, rules, sources));
  return {
    findings: findings.sort(inOrder),
    standing: all.filter(({ judged }) => !judged.introduced).length,
  };
}

/** Walks through history side by side: each takes seconds in a long one. */
const WALKS = 4;

async function lookUpHistories(
  told: readonly { readonly rule: RuleInForce }[],
  sources: FindingSources,
): Promise<void> {
  const rules = [...new Set(told.map(({ rule }) => rule))].filter(({ side }) => side !== 'proposed');
  await inBatches(
    rules,
    async rule => {
      await sources.provenance.inForceSince(decisionOf(rule, sources).path, rule.invariant.id);
    },
    WALKS,
  );
}

async function finding(
  rule: RuleInForce,
  judged: Judged,
  rules: readonly RuleInForce[],
  sources: FindingSources,
): Promise<Finding> {
  const { invariant } = rule;
  const { violation, fingerprint } = judged;
  const decision = decisionOf(rule, sources);
  const { waivers } = judged.introduced ? await sources.waivers.readWaivers() : { waivers: [] };
  const answer = askWaivers(
    {
      fingerprint,
      decision: invariant.decision,
      invariant: invariant.id,
      digests: rules.map(({ invariant: { digest } }) => digest),
      clause: rule.waiver,
      asOf: sources.gate.asOf,
    },
    waivers,
  );
  const since =
    rule.side === 'proposed'
      ? { commit: null, by: null }
      : await sources.provenance.inForceSince(decision.path, invariant.id);
  return {
    id: shortId(fingerprint),
    fingerprint,
    state: !judged.introduced ? 'standing' : answer.covered ? 'waived' : 'introduced',
    severity: invariant.severity,
    decision: {
      id: decision.id,
      title: decision.title,
      path: decision.path,
      line: invariant.at.line,
      ...since,
    },
    invariant: invariant.id,
    invariantDigest: invariant.digest,
    invariantDigests: rules.map(({ invariant: { digest } }) => digest),
    waivable: rule.waiver,
    kind: invariant.kind,
    path: violation.path,
    line: violation.line,
    column: violation.column,
    subject: keySubject(violation),
    message: violation.message,
    because: invariant.because ?? null,
    instead: invariant.instead ?? null,
    chain: violation.chain ?? [],
    ...(violation.package === undefined ? {} : { package: violation.package }),
    sites: violation.sites ?? [],
    waiver: answer.covered
      ? {
          id: answer.waiver.id,
          path: answer.waiver.path,
          until: answer.waiver.until,
          reason: answer.waiver.reason,
        }
      : null,
    waiverNote: answer.covered ? null : answer.note,
    broughtBy: null,
  };
}

function decisionOf(rule: RuleInForce, sources: FindingSources): DecisionSummary {
  const policies = rule.side === 'proposed' ? [sources.proposed] : [sources.trusted, sources.proposed];
  for (const policy of policies) {
    const decision = policy?.decisions.find(({ id }) => id === rule.invariant.decision);
    if (decision !== undefined) return decision;
  }
  throw new Error(`the policy does not hold its own decision ${rule.invariant.decision}`);
}

/** By decision, then by target, then by place: the order in which they are shown and written. */
function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.decision.id, b.decision.id) ||
    compare(a.invariant, b.invariant) ||
    compare(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
