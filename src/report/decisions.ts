import type { CompiledInvariant, DecisionSummary, WaiverClause } from '../model/decision.js';
import { prose, shellWord, visible } from './escape.js';
import { COMMAND, count, placeOf } from './messages.js';
import { type Row, renderRows, renderTable, type Style } from './rows.js';

/** A decision with what it enforces, as the commands show it. */
export interface DecisionView {
  readonly decision: DecisionSummary;
  /** Its compiled invariants, those of a proposal too. */
  readonly invariants: readonly CompiledInvariant[];
  /** `once-committed`: accepted here, and HEAD does not hold these invariants yet. */
  readonly enforced: 'yes' | 'once-committed' | 'no';
}

const ENFORCED: Readonly<Record<DecisionView['enforced'], string>> = {
  yes: 'yes, on every change',
  'once-committed': 'from the commit that holds it on',
  no: 'no',
};

function enforcement({ decision, enforced }: DecisionView): string {
  if (decision.invariants.length === 0) return 'prose only';
  const number = count(decision.invariants.length, 'invariant');
  if (enforced === 'no') return `${number}, not enforced`;
  return enforced === 'yes' ? number : `${number}, not committed yet`;
}

/** One line a decision. */
export function renderDecisionList(views: readonly DecisionView[], { palette }: Style): string {
  if (views.length === 0) return `No decisions yet. Write one: ${COMMAND} decisions new "TITLE"\n`;
  const lines = renderTable(
    views.map(view => [
      visible(view.decision.id),
      view.decision.status,
      enforcement(view),
      prose(view.decision.title),
    ]),
    0,
  );
  const enforced = views
    .filter(view => view.enforced === 'yes')
    .reduce((sum, { invariants }) => sum + invariants.length, 0);
  const summary = `${count(views.length, 'decision')}, ${count(enforced, 'invariant')} enforced`;
  return `${lines.join('\n')}\n\n${palette.quiet(summary)}\n`;
}

function waiverClauseText(clause: WaiverClause): string {
  if (clause === 'never') return 'never';
  const approvals = clause.approvals > 0 ? `, with ${count(clause.approvals, 'approval')}` : '';
  return `by ${clause.by}${approvals}, for ${count(clause.maxDays, 'day')} at most`;
}

function invariantLines(invariant: CompiledInvariant, style: Style): readonly string[] {
  const rows: Row[] = [];
  if (invariant.because !== undefined) rows.push({ label: 'because', text: prose(invariant.because) });
  if (invariant.instead !== undefined) rows.push({ label: 'instead', text: prose(invariant.instead) });
  rows.push(
    { label: 'severity', text: invariant.severity },
    { label: 'waiver', text: waiverClauseText(invariant.waiver) },
    { label: 'written', text: placeOf(invariant.at) },
  );
  return [
    `  ${style.palette.title(visible(invariant.id))}  ${visible(invariant.kind)}`,
    ...renderRows(rows, 4, style),
  ];
}

function headRows({ decision, enforced }: DecisionView): readonly Row[] {
  const rows: Row[] = [
    { label: 'status', text: decision.status },
    { label: 'written', text: placeOf(decision) },
  ];
  if (decision.date !== undefined) rows.push({ label: 'date', text: visible(decision.date) });
  if (decision.deciders !== undefined && decision.deciders.length > 0)
    rows.push({ label: 'deciders', text: decision.deciders.map(visible).join(', ') });
  if (decision.supersedes !== undefined && decision.supersedes.length > 0)
    rows.push({ label: 'supersedes', text: decision.supersedes.map(visible).join(', ') });
  if (decision.invariants.length > 0) rows.push({ label: 'enforced', text: ENFORCED[enforced] });
  return rows;
}

/**
 * A decision whole: what it enforces, then its own text.
 * @param source the file as it stands in the tree; `null` leaves it out.
 */
export function renderDecision(view: DecisionView, source: string | null, style: Style): string {
  const { decision, invariants } = view;
  const lines = [
    `${style.palette.title(visible(decision.id))}  ${prose(decision.title)}`,
    ...renderRows(headRows(view), 2, style),
  ];
  for (const invariant of invariants) lines.push('', ...invariantLines(invariant, style));
  if (source !== null) {
    const text = source
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split(/\r?\n/);
    lines.push(
      '',
      ...text.map(line => (line === '' ? '' : `  ${style.palette.quiet('│')} ${visible(line)}`)),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The invariants that speak about a path. */
export interface PathView {
  readonly path: string;
  readonly invariants: readonly { readonly invariant: CompiledInvariant; readonly title: string }[];
}

export function renderDecisionsFor(paths: readonly PathView[], style: Style): string {
  const blocks = paths.map(({ path, invariants }) => {
    const heading = style.palette.place(visible(path));
    if (invariants.length === 0) return `${heading}\n  no decision speaks about it\n`;
    const lines = invariants.flatMap(({ invariant, title }) => [
      `  ${style.palette.title(visible(invariant.decision))}  ${prose(title)}`,
      ...renderRows(
        [
          {
            label: 'invariant',
            text: `${visible(invariant.id)} (${visible(invariant.kind)}, ${invariant.severity})`,
          },
          ...(invariant.because === undefined ? [] : [{ label: 'because', text: prose(invariant.because) }]),
          ...(invariant.instead === undefined ? [] : [{ label: 'instead', text: prose(invariant.instead) }]),
        ],
        4,
        style,
      ),
    ]);
    return `${[heading, ...lines].join('\n')}\n`;
  });
  return blocks.join('\n');
}

/** What `decisions new` says. */
export function renderCreated(id: string, path: string): string {
  return `${visible(id)} is written to ${visible(path)}, with status proposed: nothing blocks yet.
Fill it in, then accept it:
  ${COMMAND} decisions accept ${shellWord(id)}
`;
}

/** What `decisions accept` says: what is in force, and from when. */
export function renderAccepted({ decision }: DecisionView, when: 'now' | 'already'): string {
  const heading = when === 'now' ? 'is accepted' : 'was accepted already; nothing changed';
  const lines = [`${visible(decision.id)} ${heading}: ${prose(decision.title)}`];
  if (decision.invariants.length === 0)
    lines.push('It has no invariants: it is on record, and blocks nothing.');
  else if (when === 'now')
    lines.push(
      `Its ${count(decision.invariants.length, 'invariant')} (${decision.invariants.map(visible).join(', ')}) ${decision.invariants.length === 1 ? 'judges' : 'judge'} every change from the commit that holds this edit on,`,
      'that commit included. What stood before is counted, not blocked.',
    );
  if (when === 'now')
    lines.push(
      '',
      `  git add -- ${shellWord(decision.path)}`,
      `  git commit -m ${shellWord(`Accept ${decision.id}`)}`,
    );
  return `${lines.join('\n')}\n`;
}
