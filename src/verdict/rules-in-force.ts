import type { CompiledInvariant, CompiledPolicy, WaiverClause } from '../model/decision.js';
import { stricter } from './waivers.js';

/** One invariant to evaluate, once, with the sides that hold it. */
export interface RuleInForce {
  readonly invariant: CompiledInvariant;
  /** In the trusted policy (P), in the change's own (H), or equal in both. */
  readonly side: 'trusted' | 'proposed' | 'both';
  readonly waiver: WaiverClause;
}

/**
 * P's invariants and H's, equal ones once. A decision that the change loosens is therefore still judged
 * as P has it, and one that it tightens already as H has it.
 */
export function rulesInForce(
  trusted: CompiledPolicy | null,
  proposed: CompiledPolicy | null,
): readonly RuleInForce[] {
  const rules: RuleInForce[] = [];
  const proposedByDigest = new Map(
    (proposed?.invariants ?? []).map(invariant => [invariant.digest, invariant]),
  );
  for (const invariant of trusted?.invariants ?? []) {
    const twin = findTwin(proposed, invariant);
    const waiver = twin === undefined ? invariant.waiver : stricter(invariant.waiver, twin.waiver);
    const side = proposedByDigest.delete(invariant.digest) ? 'both' : 'trusted';
    rules.push({ invariant, side, waiver });
  }
  for (const invariant of proposedByDigest.values()) {
    const twin = findTwin(trusted, invariant);
    const waiver = twin === undefined ? invariant.waiver : stricter(invariant.waiver, twin.waiver);
    rules.push({ invariant, side: 'proposed', waiver });
  }
  return rules;
}

function findTwin(
  policy: CompiledPolicy | null,
  invariant: CompiledInvariant,
): CompiledInvariant | undefined {
  return policy?.invariants.find(other => other.decision === invariant.decision && other.id === invariant.id);
}
