import type { Finding, GovernanceChange, Verdict, VerdictError } from '../model/verdict.js';
import { prose, visible } from './escape.js';
import { type FindingStyle, renderFinding, renderStanding, renderWaived } from './finding.js';
import type { Frame } from './frame.js';
import * as messages from './messages.js';
import { createPalette } from './palette.js';
import { renderProse, renderRows } from './rows.js';

export interface TextOptions {
  /** Columns to fill: columns.ts, readableWidth. */
  readonly width: number;
  readonly colour: 'colour' | 'plain';
  /** How many findings are printed in full, over all verdicts; the rest are counted. */
  readonly limit: number;
  /** The command that shows them all. */
  readonly seeAll: string;
  /** The judged text around a finding; `null`: there is none to show. */
  frame(finding: Finding, verdict: Verdict): Promise<Frame | null>;
  readonly commitForm?: FindingStyle['commitForm'];
}

/** Findings with equal keys side by side; groups in the order in which their first member comes. */
function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

const byDecision = (finding: Finding): string => finding.decision.id;
const byTarget = (finding: Finding): string => JSON.stringify([finding.invariant, finding.subject]);

function decisionHeading(finding: Finding, style: FindingStyle): string {
  const id = finding.severity === 'block' ? style.palette.blocked : style.palette.warned;
  return `${id(visible(finding.decision.id))}  ${style.palette.title(prose(finding.decision.title))}`;
}

class Report {
  readonly #lines: string[] = [];

  section(lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (this.#lines.length > 0) this.#lines.push('');
    this.#lines.push(...lines);
  }

  text(): string {
    return this.#lines.map(line => `${line}\n`).join('');
  }
}

/** Blocking before warning, grouped by decision, then by target. */
export function inReadingOrder(findings: readonly Finding[]): readonly Finding[] {
  return [findings.filter(messages.isBlocking), findings.filter(messages.isWarning)].flatMap(some =>
    groupBy(some, byDecision).flatMap(group => groupBy(group, byTarget).flat()),
  );
}

async function introducedSections(
  report: Report,
  verdict: Verdict,
  shown: readonly Finding[],
  options: TextOptions,
  style: FindingStyle,
): Promise<void> {
  let previous: Finding | null = null;
  for (const finding of shown) {
    const sameDecision =
      previous !== null &&
      byDecision(previous) === byDecision(finding) &&
      previous.severity === finding.severity;
    const sameTarget = sameDecision && previous !== null && byTarget(previous) === byTarget(finding);
    if (!sameDecision) report.section([decisionHeading(finding, style)]);
    const frame = await options.frame(finding, verdict);
    report.section(renderFinding(finding, frame, sameTarget ? 'repeated' : 'first', style));
    previous = finding;
  }
}

/** A repository of a compiler's fixtures holds hundreds of files that don't parse. */
const MOST_WARNINGS = 20;

function problemSection(
  title: string,
  problems: readonly VerdictError[],
  style: FindingStyle,
  paint: (text: string) => string,
  limit = problems.length,
): readonly string[] {
  if (problems.length === 0) return [];
  const lines = [paint(title)];
  const shown = problems.slice(0, limit);
  for (const problem of shown) {
    lines.push(`  ${style.palette.place(visible(messages.errorHeading(problem)))}`);
    lines.push(...renderProse(prose(problem.message), 4, style));
    if (problem.remedy !== null)
      lines.push(...renderRows([{ label: 'remedy', text: prose(problem.remedy) }], 4, style));
  }
  if (problems.length > shown.length)
    lines.push(...renderProse(messages.moreProblems(title, problems.length - shown.length), 2, style));
  return lines;
}

function governanceSection(changes: readonly GovernanceChange[], style: FindingStyle): readonly string[] {
  if (changes.length === 0) return [];
  const lines = [style.palette.title('governance')];
  for (const { change, decision, invariant, message } of changes) {
    const subject = [decision, invariant].filter(part => part !== null).join('/');
    const paint = change === 'loosened' || change === 'removed' ? style.palette.warned : style.palette.quiet;
    lines.push(`  ${paint(change)}${subject === '' ? '' : `  ${visible(subject)}`}`);
    lines.push(...renderProse(prose(message), 4, style));
  }
  if (changes.some(({ change }) => change === 'loosened' || change === 'removed'))
    lines.push(...renderProse(messages.LOOSENING_HAS_NO_EFFECT, 2, style));
  return lines;
}

function standingSections(report: Report, verdict: Verdict, style: FindingStyle): void {
  const standing = verdict.findings.filter(({ state }) => state === 'standing' || state === 'baselined');
  for (const group of groupBy(standing, byDecision)) {
    const [first] = group;
    if (first === undefined) continue;
    report.section([
      `${visible(first.decision.id)}  ${style.palette.title(prose(first.decision.title))}`,
      ...group.map(finding => renderStanding(finding, style)),
    ]);
  }
}

function paintedSummary(verdict: Verdict, style: FindingStyle): string {
  const line = messages.summaryLine(verdict);
  return verdict.result === 'admitted' ? style.palette.admitted(line) : style.palette.blocked(line);
}

/** One verdict; @returns how many findings it printed in full. */
async function renderVerdict(
  report: Report,
  verdict: Verdict,
  limit: number,
  options: TextOptions,
): Promise<number> {
  const style: FindingStyle = {
    width: options.width,
    palette: createPalette(options.colour),
    commitForm: options.commitForm ?? 'index',
  };
  const introduced = inReadingOrder(verdict.findings);
  const shown = introduced.slice(0, limit);
  await introducedSections(report, verdict, shown, options, style);
  const rest = introduced.slice(limit);
  if (rest.length > 0) {
    const [text, command] = messages.restLine(rest, options.seeAll);
    report.section([`${text} ${style.palette.command(command)}`]);
  }
  report.section(
    verdict.findings
      .filter(({ state }) => state === 'waived')
      .flatMap(finding => renderWaived(finding, style)),
  );
  standingSections(report, verdict, style);
  report.section(governanceSection(verdict.governance, style));
  report.section(problemSection('warnings', verdict.warnings, style, style.palette.warned, MOST_WARNINGS));
  report.section(problemSection('errors', verdict.errors, style, style.palette.blocked));
  const closing: string[] = [];
  if (verdict.gate === 'warn' && verdict.findings.some(messages.isBlocking))
    closing.push(...renderProse(messages.COMMIT_GATE_WARNS, 0, style));
  if (verdict.standing > 0 && verdict.change.source !== 'all')
    closing.push(style.palette.quiet(messages.standingLine(verdict.standing)));
  report.section([...closing, paintedSummary(verdict, style)]);
  return shown.length;
}

/** What a person reads about one or several verdicts; ends with a newline. */
export async function renderText(verdicts: readonly Verdict[], options: TextOptions): Promise<string> {
  const report = new Report();
  let left = options.limit;
  for (const verdict of verdicts) left -= await renderVerdict(report, verdict, Math.max(0, left), options);
  return report.text();
}
