import type { GateContext } from '../gates/types.js';
import type { Finding, Verdict } from '../model/verdict.js';
import type { DecisionView } from '../report/decisions.js';
import { COMMAND } from '../report/messages.js';
import type { Io } from './io.js';
import { type DecisionBook, readDecisions } from './policy-view.js';
import { nearest, UsageError } from './usage.js';

/** What an id names. */
export type Subject =
  | { readonly type: 'finding'; readonly finding: Finding; readonly verdict: Verdict }
  | { readonly type: 'decision'; readonly view: DecisionView; readonly source: string };

/** Fewer digits than this name too much. */
const FEWEST_DIGITS = 4;

function findingsCalled(verdicts: readonly Verdict[], id: string): readonly Subject[] {
  const digits = id.replace(/^sha256:/, '').toLowerCase();
  if (digits.length < FEWEST_DIGITS || !/^[0-9a-f]+$/.test(digits)) return [];
  const found = new Map<string, Subject>();
  for (const verdict of verdicts)
    for (const finding of verdict.findings)
      if (finding.fingerprint.slice('sha256:'.length).startsWith(digits) && !found.has(finding.fingerprint))
        found.set(finding.fingerprint, { type: 'finding', finding, verdict });
  return [...found.values()];
}

/** `adr-7` and `7` name `ADR-0007`. */
function sameId(typed: string, id: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/(?<!\d)0+(?=\d+$)/, '');
  const wanted = plain(typed);
  return wanted === plain(id) || (/^\d+$/.test(wanted) && wanted === /\d+$/.exec(plain(id))?.[0]);
}

/** The decision of that id, however its number is padded; the exact id wins. */
function decisionCalled(book: DecisionBook, id: string): DecisionView | null {
  const exact = book.views.find(({ decision }) => decision.id === id);
  if (exact !== undefined) return exact;
  const [view, other] = book.views.filter(({ decision }) => sameId(id, decision.id));
  return view === undefined || other !== undefined ? null : view;
}

/** @throws UsageError with the nearest spelling when there is no such decision. */
export async function requireDecision(book: DecisionBook, id: string): Promise<DecisionView> {
  const view = decisionCalled(book, id);
  if (view !== null) return view;
  const near = await nearest(
    id,
    book.views.map(({ decision }) => decision.id),
  );
  throw new UsageError(
    `there is no decision ${id}`,
    near === null ? `${COMMAND} decisions list shows them` : `did you mean ${near}?`,
  );
}

function describe(subject: Subject): string {
  return subject.type === 'finding'
    ? `finding ${subject.finding.fingerprint} (${subject.finding.path})`
    : `decision ${subject.view.decision.id}`;
}

/** @throws UsageError when nothing, or more than one thing, is called so. */
export async function findSubject(io: Io, context: GateContext, id: string): Promise<Subject> {
  const findings = findingsCalled(context.store.lastVerdicts(), id);
  const book = await readDecisions(io, context);
  const view = decisionCalled(book, id);
  const subjects = [
    ...findings,
    ...(view === null
      ? []
      : [{ type: 'decision' as const, view, source: await book.text(view.decision.path) }]),
  ];
  const [subject, other] = subjects;
  if (subject === undefined) throw await unknown(context, book, id);
  if (other !== undefined)
    throw new UsageError(
      `${id} is ambiguous: ${subjects.map(describe).join('; ')}`,
      'type more digits of the one that you mean',
    );
  return subject;
}

async function unknown(context: GateContext, book: DecisionBook, id: string): Promise<UsageError> {
  const decisions = book.views.map(({ decision }) => decision.id);
  const findings = context.store
    .lastVerdicts()
    .flatMap(({ findings: all }) => all.map(finding => finding.id));
  const near = await nearest(id, [...decisions, ...findings]);
  return new UsageError(
    `no finding of the last verdict and no decision is called ${id}`,
    near === null ? `${COMMAND} decisions list shows the decisions` : `did you mean ${near}?`,
  );
}
