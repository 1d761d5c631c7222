import type { Digest, Fingerprint, IsoDate } from '../model/brand.js';
import type { Waiver, WaiverClause } from '../model/decision.js';

const DAY_MS = 24 * 3600 * 1000;

/** Whole days from one date to another; negative when the second is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** A waiver's last week is told of; of a short one, the second half. */
const SOON_DAYS = 7;

export function endsSoon(waiver: Pick<Waiver, 'requestedAt' | 'until'>, asOf: IsoDate): boolean {
  const term = daysBetween(waiver.requestedAt.slice(0, 10) as IsoDate, waiver.until);
  const left = daysBetween(asOf, waiver.until);
  return left >= 0 && left <= Math.min(SOON_DAYS, term / 2);
}

/** The stricter of two clauses, part by part. */
export function stricter(a: WaiverClause, b: WaiverClause): WaiverClause {
  if (a === 'never' || b === 'never') return 'never';
  return {
    by: a.by === 'ratifiers' || b.by === 'ratifiers' ? 'ratifiers' : 'anyone',
    approvals: Math.max(a.approvals, b.approvals),
    maxDays: Math.min(a.maxDays, b.maxDays),
  };
}

/** What a finding asks of the waivers. */
export interface WaiverQuestion {
  readonly fingerprint: Fingerprint;
  readonly decision: string;
  readonly invariant: string;
  /** Digests under which the invariant was evaluated: a waiver must be bound to each. */
  readonly digests: readonly Digest[];
  /** P's clause, and H's where it is stricter. */
  readonly clause: WaiverClause;
  readonly asOf: IsoDate;
}

export type WaiverAnswer =
  | { readonly covered: true; readonly waiver: Waiver }
  /** `note`: why the waiver that names it does not hold; `null` when none names it. */
  | { readonly covered: false; readonly note: string | null };

/** The one evaluator of waivers: every gate, every report and `lintel waivers` ask here. */
export function askWaivers(question: WaiverQuestion, waivers: readonly Waiver[]): WaiverAnswer {
  let note: string | null = null;
  for (const waiver of waivers) {
    if (!waiver.findings.some(finding => finding.fingerprint === question.fingerprint)) continue;
    const refusal = refusalOf(waiver, question);
    if (refusal === null) return { covered: true, waiver };
    note ??= `${waiver.id} ${refusal}`;
  }
  return { covered: false, note };
}

function refusalOf(waiver: Waiver, question: WaiverQuestion): string | null {
  const { clause, asOf } = question;
  if (waiver.decision !== question.decision) return `was written for ${waiver.decision}`;
  if (clause === 'never') return `does not hold: ${question.decision} forbids waivers`;
  const bound = waiver.invariants.filter(({ id }) => id === question.invariant).map(({ digest }) => digest);
  if (bound.length === 0) return `does not name the invariant ${question.invariant}`;
  if (!question.digests.every(digest => bound.includes(digest))) {
    return `no longer holds: ${question.invariant} was amended since`;
  }
  if (waiver.until < asOf) return `expired on ${waiver.until}`;
  const requested = waiver.requestedAt.slice(0, 10) as IsoDate;
  if (daysBetween(asOf, requested) > 1)
    return `does not hold: it says it was asked for on ${requested}, which is yet to come`;
  if (daysBetween(requested, waiver.until) > clause.maxDays) {
    return `does not hold: ${question.decision} allows ${clause.maxDays} days, it asks for ${daysBetween(requested, waiver.until)}`;
  }
  if (waiver.reason.trim() === '') return 'gives no reason';
  if (clause.by === 'ratifiers' || clause.approvals > 0) {
    return `does not hold: ${question.decision} wants it approved by ratifiers, and this version can't verify signatures yet`;
  }
  return null;
}
