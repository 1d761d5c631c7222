import type { DecisionStatus, DecisionSummary, Position } from '../model/decision.js';
import type { DecisionPart } from './decision-part.js';

/** A decision with all that its files say, before its invariants are compiled. */
export interface DecisionRecord {
  readonly summary: DecisionSummary;
  /** What the files state; the summary's status is `superseded` where another decision says so. */
  readonly stated: DecisionStatus;
  readonly at: Position;
  readonly supersedes: readonly { readonly id: string; readonly at: Position }[];
  /** Where `invariants` is written; `null` when the decision enforces nothing. */
  readonly enforced: DecisionPart | null;
  readonly parts: readonly DecisionPart[];
}
