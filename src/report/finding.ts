import type { WaiverClause } from '../model/decision.js';
import type { Finding } from '../model/verdict.js';
import { prose, visible } from './escape.js';
import { type Frame, renderFrame } from './frame.js';
import { COMMAND, NAME_THE_WAIVER_FILE, placeOf, SINCE_UNKNOWN } from './messages.js';
import { type Row, renderRows, type Style } from './rows.js';

export interface FindingStyle extends Style {
  /** `pathspec`: the change is a `git commit -- PATH…`, which leaves staged files out. */
  readonly commitForm: 'index' | 'pathspec';
}

/** Where the decision stands, since when and by whom. */
function decisionRows(decision: Finding['decision']): readonly Row[] {
  const since = decision.commit === null ? SINCE_UNKNOWN : `since ${decision.commit.slice(0, 7)}`;
  const by = decision.by === null ? '' : ` by ${visible(decision.by)}`;
  return [
    { label: 'decision', text: placeOf(decision) },
    { label: 'in force', text: since + by },
  ];
}

function maxDays(clause: WaiverClause | undefined): number | null {
  return clause === undefined || clause === 'never' ? null : clause.maxDays;
}

/** The command that would waive the finding, or why there is none. */
function waiveRows(finding: Finding, commitForm: FindingStyle['commitForm']): readonly Row[] {
  if (finding.waivable === 'never')
    return [{ label: 'waive', text: `not possible: ${visible(finding.decision.id)} forbids waivers` }];
  const rows: Row[] = [
    { label: 'waive', text: `${COMMAND} waive ${finding.id} --reason "…"`, as: 'command' },
  ];
  const days = maxDays(finding.waivable);
  if (days !== null) rows.push({ label: 'waive', text: `holds for ${days} days at most` });
  if (commitForm === 'pathspec') rows.push({ label: 'waive', text: NAME_THE_WAIVER_FILE });
  return rows;
}

function evidenceRows(finding: Finding): readonly Row[] {
  const rows: Row[] = [];
  const others = finding.sites.filter(site => site.line !== finding.line || site.column !== finding.column);
  if (others.length > 0)
    rows.push({ label: 'also at', text: others.map(site => `${site.line}:${site.column}`).join(', ') });
  if (finding.chain.length > 1)
    rows.push({ label: 'through', text: finding.chain.map(step => placeOf(step)).join(' → ') });
  if (finding.broughtBy !== null) {
    const { commit, subject, author } = finding.broughtBy;
    rows.push({ label: 'brought by', text: `${commit.slice(0, 7)} ${prose(subject)} (${visible(author)})` });
  }
  return rows;
}

function reasonRows(finding: Finding): readonly Row[] {
  const rows: Row[] = [];
  if (finding.because !== null) rows.push({ label: 'because', text: prose(finding.because) });
  if (finding.instead !== null) rows.push({ label: 'instead', text: prose(finding.instead) });
  return rows;
}

/** `src/ui/list.ts:3:22  ui-off-the-database  7f3a2c1` */
function findingHeading(finding: Finding, { palette }: Style): string {
  const mark = finding.severity === 'warn' ? palette.warned('warning') : '';
  return [palette.place(placeOf(finding)), visible(finding.invariant), palette.quiet(finding.id), mark]
    .filter(part => part !== '')
    .join('  ');
}

/**
 * A finding in full.
 * @param reasons `first`: because, instead and where the decision stands are printed; `repeated`: the finding
 *   before has the same target under the same invariant and said them already.
 */
export function renderFinding(
  finding: Finding,
  frame: Frame | null,
  reasons: 'first' | 'repeated',
  style: FindingStyle,
): readonly string[] {
  const lines = [`  ${findingHeading(finding, style)}`, ''];
  if (frame !== null)
    lines.push(...renderFrame(frame, style.width - 4, style.palette).map(line => `    ${line}`), '');
  const rows: Row[] = [{ label: 'expected', text: prose(finding.message) }];
  if (reasons === 'first') rows.push(...reasonRows(finding), ...decisionRows(finding.decision));
  rows.push(...evidenceRows(finding));
  if (finding.waiverNote !== null) rows.push({ label: 'note', text: prose(finding.waiverNote) });
  if (finding.state === 'introduced') rows.push(...waiveRows(finding, style.commitForm));
  lines.push(...renderRows(rows, 4, style));
  return lines;
}

/** Two lines on a finding that a waiver covers. */
export function renderWaived(finding: Finding, style: Style): readonly string[] {
  const heading = `  ${style.palette.place(placeOf(finding))}  ${visible(finding.decision.id)}/${visible(finding.invariant)}  ${style.palette.quiet(finding.id)}`;
  const { waiver } = finding;
  if (waiver === null) return [heading];
  const row: Row = {
    label: 'waived',
    text: `until ${waiver.until} because ${prose(waiver.reason)} (${visible(waiver.id)})`,
  };
  return [heading, ...renderRows([row], 4, style)];
}

/** One line on a finding that stood before. */
export function renderStanding(finding: Finding, { palette }: Style): string {
  return `  ${palette.place(placeOf(finding))}  ${palette.quiet(finding.id)}  ${prose(finding.message)}`;
}
