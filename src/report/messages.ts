import type { ChangeSource, Finding, Verdict, VerdictError } from '../model/verdict.js';
import { visible } from './escape.js';

/**
 * The sentences of the reports, in one place. No library: the commit gate prints its one line from here.
 */

/** How lintel is called in printed commands: never through the network. */
export const COMMAND = 'npx --no-install lintel';

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Introduced and of severity `block`: what decides a verdict. */
export function isBlocking(finding: Finding): boolean {
  return finding.state === 'introduced' && finding.severity === 'block';
}

export function isWarning(finding: Finding): boolean {
  return finding.state === 'introduced' && finding.severity === 'warn';
}

function decisionsOf(findings: readonly Finding[]): number {
  return new Set(findings.map(finding => finding.decision.id)).size;
}

function ofDecisions(findings: readonly Finding[]): string {
  return `${count(findings.length, 'finding')} of ${count(decisionsOf(findings), 'decision')}`;
}

function evaluated({ expected, evaluated: done }: Verdict['policy']['invariants']): string {
  const noun = expected === 1 ? 'invariant' : 'invariants';
  return done === expected ? `${done} ${noun} evaluated` : `${done} of ${expected} ${noun} evaluated`;
}

/** The one line of an admitted change with nothing to say about it. */
export function admittedLine(invariants: Verdict['policy']['invariants']): string {
  return `lintel: admitted — ${evaluated(invariants)}`;
}

const UNGOVERNED = 'ungoverned: this repository has no decisions for lintel yet';

/** The last line of every report: `lintel: blocked — 2 findings of 1 decision (9 invariants evaluated)`. */
export function summaryLine(verdict: Verdict): string {
  const about = verdict.change.ref === undefined ? 'lintel: ' : `lintel: ${visible(verdict.change.ref)}: `;
  if (verdict.change.skipped !== undefined) return `${about}skipped — ${visible(verdict.change.skipped)}`;
  const { invariants } = verdict.policy;
  const blocking = verdict.findings.filter(isBlocking);
  const aside = [
    ...someOf(verdict.findings.filter(isWarning).length, 'warning'),
    ...someOf(
      verdict.findings.filter(({ state }) => state === 'waived').length,
      'finding waived',
      'findings waived',
    ),
  ];
  const tail = `(${evaluated(invariants)})`;
  switch (verdict.result) {
    case 'error': {
      const parts = [
        count(verdict.errors.length, 'error'),
        ...(blocking.length > 0 ? [ofDecisions(blocking)] : []),
      ];
      return `${about}could not judge — ${parts.join(', ')} ${tail}`;
    }
    case 'blocked':
      return `${about}blocked — ${[ofDecisions(blocking), ...aside].join(', ')} ${tail}`;
    case 'admitted': {
      if (verdict.policy.ungoverned) return `${about}admitted — ${UNGOVERNED}`;
      const parts = [...(blocking.length > 0 ? [`${ofDecisions(blocking)} not blocked here`] : []), ...aside];
      return parts.length === 0
        ? `${about}admitted — ${evaluated(invariants)}`
        : `${about}admitted — ${parts.join(', ')} ${tail}`;
    }
  }
}

function someOf(number: number, one: string, many = `${one}s`): readonly string[] {
  return number === 0 ? [] : [count(number, one, many)];
}

const CHANGES: Readonly<Record<ChangeSource, string>> = {
  staged: 'commit',
  merge: 'merge',
  range: 'range',
  push: 'push',
  receive: 'push',
  all: 'tree',
  edit: 'edit',
};

/** What a change is called: `commit`, `merge`, `push`, … */
export function changeNoun(source: ChangeSource): string {
  return CHANGES[source];
}

export function standingLine(standing: number): string {
  const noun = standing === 1 ? 'finding stood before and does' : 'findings stood before and do';
  return `${standing} ${noun} not block: ${COMMAND} check --all`;
}

export function moreProblems(title: string, rest: number): string {
  return `… and ${rest} more ${title}; --format json lists them all`;
}

export function restLine(rest: readonly Finding[], seeAll: string): readonly [text: string, command: string] {
  return [
    `… and ${count(rest.length, 'more finding')} of ${count(decisionsOf(rest), 'decision')}; see all:`,
    seeAll,
  ];
}

export const COMMIT_GATE_WARNS =
  'The commit gate only warns here (gates: { commit: warn }). The push will block these findings.';

export const LOOSENING_HAS_NO_EFFECT =
  'Loosening takes effect once it is in the base; it had none on this change.';

export const SINCE_UNKNOWN = 'since when is unknown: not committed yet, or beyond the end of a shallow clone';

/** Under `git commit -- path`: a staged file is left out of the commit unless it is named. */
export const NAME_THE_WAIVER_FILE =
  'This was `git commit -- PATH…`: name the waiver file among the paths too, or it is not in the commit.';

/** `path:line:column` as editors and terminals link it. */
export function placeOf(place: {
  readonly path: string | null;
  readonly line: number | null;
  readonly column?: number | null;
}): string {
  const parts = [place.path === null ? '' : visible(place.path)];
  if (place.line !== null) {
    parts.push(String(place.line));
    if (place.column !== undefined && place.column !== null) parts.push(String(place.column));
  }
  return parts.join(':');
}

export function errorHeading(error: VerdictError): string {
  const place = placeOf(error);
  return place === '' ? error.code : `${place}  ${error.code}`;
}
