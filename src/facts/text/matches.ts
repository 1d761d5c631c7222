import { contentEnd, lineStart, nextLine } from './lines.js';
import { type Match, type Matcher, matcher } from './regex.js';
import type { Segment, SegmentKind } from './segment.js';
import { segmentsOf } from './segments.js';

/** A line that a pattern matches. */
export interface LineMatch {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units: where the first match begins. */
  readonly column: number;
  /** The whole line, runs of white space as one space, none at its ends. */
  readonly subject: string;
  readonly matched: string;
}

/** Only matches whose first character lies in segments of these kinds. */
export interface Where {
  readonly path: string;
  readonly kinds: readonly SegmentKind[];
}

/**
 * How many UTF-16 units of one file may be searched again because a match began in the wrong kind of segment.
 * Each search is linear, many of them on one long line are not; past this the rule decides against the file.
 */
const RESEARCH_BUDGET = 32 * 1024 * 1024;

/** The lines that the pattern matches, each taken by itself, without its line end. */
export function matchingLines(text: string, pattern: string, where: Where | null): readonly LineMatch[] {
  const compiled = matcher(pattern);
  const matches: LineMatch[] = [];
  const budget = { left: RESEARCH_BUDGET };
  let filter: SegmentFilter | null = null;
  let line = 1;
  let counted = 0;
  let from: number | null = 0;
  while (from !== null && from < text.length) {
    const earliest = compiled.earliest(text, from);
    if (earliest === -1) break;
    const start = lineStart(text, earliest);
    const content = text.slice(start, contentEnd(text, start));
    let match = compiled.firstMatch(content);
    if (match !== null && where !== null) {
      filter ??= new SegmentFilter(text, where);
      const allowed = allowedMatch(compiled, content, match, filter, start, budget);
      match = allowed === 'out of budget' ? match : allowed;
    }
    if (match !== null) {
      for (let at = text.indexOf('\n', counted); at !== -1 && at < start; at = text.indexOf('\n', at + 1))
        line++;
      counted = start;
      matches.push({
        line,
        column: match.index + 1,
        subject: content.trim().replace(/\s+/g, ' '),
        matched: content.slice(match.index, match.index + match.length),
      });
    }
    from = nextLine(text, start);
  }
  return matches;
}

/** Does the pattern match anywhere in the text as a whole? Line ends are seen as LF. */
export function holdsMatch(text: string, pattern: string, where: Where | null): boolean {
  const compiled = matcher(pattern);
  const whole = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  const match = compiled.firstMatch(whole);
  if (match === null || where === null) return match !== null;
  const budget = { left: RESEARCH_BUDGET };
  const allowed = allowedMatch(compiled, whole, match, new SegmentFilter(whole, where), 0, budget);
  return allowed !== null && allowed !== 'out of budget';
}

/** The first match that begins in an allowed segment. `offset`: where `content` begins in the filter's text. */
function allowedMatch(
  compiled: Matcher,
  content: string,
  first: Match,
  filter: SegmentFilter,
  offset: number,
  budget: { left: number },
): Match | null | 'out of budget' {
  let match: Match | null = first;
  while (match !== null) {
    const next = filter.allowedFrom(offset + match.index) - offset;
    if (next === match.index) return match;
    if (next >= content.length) return null;
    budget.left -= content.length - next;
    if (budget.left < 0) return 'out of budget';
    match = compiled.firstMatch(content, next);
  }
  return null;
}

class SegmentFilter {
  private readonly allowed: readonly Segment[];

  constructor(
    private readonly text: string,
    where: Where,
  ) {
    this.allowed = segmentsOf(where.path, text).filter(segment => where.kinds.includes(segment.kind));
  }

  /** The first index at or after this one that lies in an allowed segment; the text's length when none does. */
  allowedFrom(index: number): number {
    let low = 0;
    let high = this.allowed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.allowed[middle]?.end ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const segment = this.allowed[low];
    return segment === undefined ? this.text.length : Math.max(index, segment.start);
  }
}
