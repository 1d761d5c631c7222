import { changeFromIndex } from '../change/from-index.js';
import { type IsoDate, isoDate, type RepoPath, repoPath } from '../model/brand.js';
import { DEFAULT_WAIVER, type Waiver, type WaiverFile } from '../model/decision.js';
import type { Finding } from '../model/verdict.js';
import { newWaiverId, serializeWaiver } from '../policy/index.js';
import { askWaivers, daysBetween, endsSoon } from '../verdict/waivers.js';
import { judgeCommit } from './commit.js';
import { PolicyReader } from './policies.js';
import { judgeWholeIndex } from './range.js';
import { FactSide } from './sides.js';
import type { GateContext } from './types.js';

export interface WaiveRequest {
  /** Finding ids, or the first digits of their fingerprints. */
  readonly findings: readonly string[];
  readonly reason: string;
  /** Default: what the decision allows, at most 30. */
  readonly days?: number;
  readonly ticket?: string;
  /** Who asks: an e-mail address. */
  readonly by: string;
  /** ISO time of the request. */
  readonly at: string;
}

export type WaiveOutcome =
  | { readonly ok: true; readonly files: readonly WaiverDraft[] }
  /** 1: the decision forbids it. 2: the request is wrong. */
  | { readonly ok: false; readonly code: 1 | 2; readonly problem: string };

interface WaiverDraft {
  readonly path: RepoPath;
  readonly text: string;
  readonly waiver: WaiverFile;
}

/** Without `--days`: a month, or less where the decision says so. */
const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Drafts a waiver for exact findings of the last verdict (or, when there is none, of the index now):
 * one file for all findings of one decision. Writes nothing.
 */
export async function waive(context: GateContext, request: WaiveRequest): Promise<WaiveOutcome> {
  if (request.reason.trim() === '')
    return refuse(2, 'a waiver needs a reason: --reason "why this exception is right"');
  if (request.days !== undefined && !(Number.isInteger(request.days) && request.days > 0)) {
    return refuse(2, '--days takes a whole number of days, 1 or more');
  }
  const stored = context.store.lastVerdicts();
  let chosen = choose(
    stored.flatMap(verdict => verdict.findings),
    request.findings,
  );
  if (!chosen.ok && chosen.unknown) {
    const { findings } = await judgeCommit(context);
    chosen = choose(findings, request.findings);
  }
  if (!chosen.ok) return refuse(2, chosen.problem);

  const folder = await waiversFolder(context);
  const drafts: WaiverDraft[] = [];
  for (const [decision, findings] of byDecision(chosen.findings)) {
    const clauses = findings.map(({ waivable }) => waivable ?? DEFAULT_WAIVER);
    if (clauses.includes('never'))
      return refuse(1, `${decision} forbids waivers: change the code, or the decision`);
    const allowed = Math.min(...clauses.map(clause => (clause === 'never' ? 0 : clause.maxDays)));
    if (clauses.some(clause => clause !== 'never' && (clause.by === 'ratifiers' || clause.approvals > 0))) {
      return refuse(
        1,
        `${decision} wants waivers approved by its ratifiers, and this version can't verify signatures yet`,
      );
    }
    const days = request.days ?? Math.min(DEFAULT_DAYS, allowed);
    if (days > allowed)
      return refuse(1, `${decision} allows waivers of at most ${allowed} days, not ${days}`);
    drafts.push(draft(decision, findings, days, folder, context.asOf, request));
  }
  return { ok: true, files: drafts };
}

function refuse(code: 1 | 2, problem: string): WaiveOutcome {
  return { ok: false, code, problem };
}

type Choice =
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly unknown: boolean; readonly problem: string };

function choose(findings: readonly Finding[], ids: readonly string[]): Choice {
  if (ids.length === 0) return { ok: false, unknown: false, problem: 'name at least one finding' };
  const chosen = new Map<string, Finding>();
  for (const id of ids) {
    const digits = id.replace(/^sha256:/, '').toLowerCase();
    const matches = new Map(
      findings
        .filter(
          finding => digits.length >= 4 && finding.fingerprint.slice('sha256:'.length).startsWith(digits),
        )
        .map(finding => [finding.fingerprint as string, finding]),
    );
    const [match, other] = matches.values();
    if (match === undefined) {
      return {
        ok: false,
        unknown: true,
        problem: `no finding of the last verdict is called ${id}; lintel check shows them`,
      };
    }
    if (other !== undefined)
      return {
        ok: false,
        unknown: false,
        problem: `${id} could be ${match.fingerprint} or ${other.fingerprint}`,
      };
    chosen.set(match.fingerprint, match);
  }
  return { ok: true, findings: [...chosen.values()] };
}

function byDecision(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.decision.id);
    if (group === undefined) groups.set(finding.decision.id, [finding]);
    else group.push(finding);
  }
  return groups;
}

function draft(
  decision: string,
  findings: readonly Finding[],
  days: number,
  folder: RepoPath,
  asOf: IsoDate,
  request: WaiveRequest,
): WaiverDraft {
  const digests = new Map<string, { id: string; digest: Finding['invariantDigest'] }>();
  for (const { invariant, invariantDigest, invariantDigests } of findings) {
    for (const digest of invariantDigests ?? [invariantDigest])
      digests.set(digest, { id: invariant, digest });
  }
  const content: Omit<WaiverFile, 'id'> = {
    version: 1,
    decision,
    invariants: [...digests.values()],
    requestedBy: request.by,
    requestedAt: request.at,
    findings: findings.map(({ fingerprint, path, subject }) => ({ fingerprint, path, subject })),
    reason: request.reason.trim(),
    ...(request.ticket === undefined ? {} : { ticket: request.ticket }),
    until: isoDate(new Date(Date.parse(asOf) + days * DAY_MS).toISOString().slice(0, 10)),
  };
  const waiver: WaiverFile = { ...content, id: newWaiverId(content) };
  return { path: repoPath(`${folder}/${waiver.id}.yaml`), text: serializeWaiver(waiver), waiver };
}

const DEFAULT_FOLDER = repoPath('.architecture/waivers');

async function waiversFolder(context: GateContext): Promise<RepoPath> {
  const change = await changeFromIndex(context.repository, { from: 'merge-head', heads: [] });
  const loaded = await new PolicyReader(context.repository, context.store).load(change.head);
  return loaded.kind === 'policy' ? loaded.policy.waiversFolder : DEFAULT_FOLDER;
}

export interface WaiverReport {
  readonly waiver: Waiver;
  readonly state: 'live' | 'expiring' | 'expired' | 'unused' | 'void';
  /** Why it does not hold, or what to do. */
  readonly note: string | null;
}

/** Every waiver of the index with what it does now. */
export async function listWaivers(context: GateContext): Promise<readonly WaiverReport[]> {
  const { repository, store } = context;
  const { head } = await changeFromIndex(repository, { from: 'merge-head', heads: [] });
  const policies = new PolicyReader(repository, store);
  const loaded = await policies.load(head);
  const folder = loaded.kind === 'policy' ? loaded.policy.waiversFolder : DEFAULT_FOLDER;
  const { waivers } = await new FactSide(head, context, policies, [folder], 0).readWaivers();
  if (waivers.length === 0) return [];
  const { findings } = await judgeWholeIndex(context);
  return waivers.map(waiver => report(waiver, findings, context.asOf));
}

function report(waiver: Waiver, findings: readonly Finding[], asOf: IsoDate): WaiverReport {
  if (waiver.until < asOf) return { waiver, state: 'expired', note: `expired on ${waiver.until}` };
  const named = findings.filter(finding =>
    waiver.findings.some(({ fingerprint }) => fingerprint === finding.fingerprint),
  );
  if (named.length === 0) {
    return { waiver, state: 'unused', note: 'what it allowed is gone: the file can be removed' };
  }
  for (const finding of named) {
    const answer = askWaivers(
      {
        fingerprint: finding.fingerprint,
        decision: finding.decision.id,
        invariant: finding.invariant,
        digests: finding.invariantDigests ?? [finding.invariantDigest],
        clause: finding.waivable ?? DEFAULT_WAIVER,
        asOf,
      },
      [waiver],
    );
    if (!answer.covered) return { waiver, state: 'void', note: answer.note };
  }
  if (endsSoon(waiver, asOf)) {
    return { waiver, state: 'expiring', note: `${daysBetween(asOf, waiver.until)} days left` };
  }
  return { waiver, state: 'live', note: null };
}
