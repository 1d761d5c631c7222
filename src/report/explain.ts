import type { Finding, Verdict } from '../model/verdict.js';
import { prose, visible } from './escape.js';
import { type FindingStyle, renderFinding, renderWaived } from './finding.js';
import type { Frame } from './frame.js';
import { COMMAND, changeNoun } from './messages.js';
import { type Row, renderRows } from './rows.js';

const STATES: Readonly<Record<Finding['state'], string>> = {
  introduced: 'introduced by this change',
  standing: 'stood before this change',
  waived: 'waived',
  baselined: 'in the baseline',
};

/** A finding whole, with where it was judged. */
export function renderExplainedFinding(
  finding: Finding,
  verdict: Verdict,
  frame: Frame | null,
  style: FindingStyle,
): string {
  const judged = `${changeNoun(verdict.change.source)} on ${verdict.asOf}`;
  const rows: Row[] = [
    { label: 'state', text: `${STATES[finding.state]} (${judged})` },
    {
      label: 'rule',
      text: `${visible(finding.decision.id)}/${visible(finding.invariant)} (${finding.kind})`,
    },
    { label: 'subject', text: prose(finding.subject) },
    { label: 'fingerprint', text: finding.fingerprint },
    { label: 'more', text: `${COMMAND} explain ${visible(finding.decision.id)}`, as: 'command' },
  ];
  const lines = [
    `${style.palette.title(visible(finding.decision.id))}  ${prose(finding.decision.title)}`,
    '',
    ...renderFinding(finding, frame, 'first', style),
    ...(finding.state === 'waived' ? ['', ...renderWaived(finding, style)] : []),
    '',
    ...renderRows(rows, 4, style),
  ];
  return `${lines.join('\n')}\n`;
}
