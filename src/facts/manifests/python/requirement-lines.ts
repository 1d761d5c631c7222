import { LineCounter } from '../lines.js';
import { LINE_ENDS } from './python-text.js';

/** A line as pip sees it: continued ones joined, without comments, never empty. */
export interface LogicalLine {
  readonly text: string;
  /** 1-based, of its first part. */
  readonly line: number;
}

const LINE_END = new RegExp(`\r\n|[${LINE_ENDS}]`, 'g');
const COMMENT_LINE = /^\s*#/;
const SPACE = /\s/;

/** Splits a file of requirements into lines, step by step as pip does. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let parts: string[] = [];
  let first = 0;
  const close = (): void => {
    const joined = withoutComment(parts.join(''));
    if (joined !== '') lines.push({ text: joined, line: first });
    parts = [];
  };
  for (const { text: written, line } of physicalLines(text)) {
    if (parts.length === 0) first = line;
    const comment = COMMENT_LINE.test(written);
    if (written.endsWith('\\') && !comment) {
      parts.push(withoutBackslashes(written));
      continue;
    }
    // A comment amid continued lines ends them; the blank keeps it a comment when it is joined.
    parts.push(comment ? ` ${written}` : written);
    close();
  }
  if (parts.length > 0) close();
  return lines;
}

function* physicalLines(text: string): IterableIterator<LogicalLine> {
  const lines = new LineCounter(text);
  let from = 0;
  for (const end of text.matchAll(LINE_END)) {
    yield { text: text.slice(from, end.index), line: lines.lineAt(from) };
    from = end.index + end[0].length;
  }
  if (from < text.length) yield { text: text.slice(from), line: lines.lineAt(from) };
}

/** As pip: at both ends. */
function withoutBackslashes(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === '\\') from++;
  while (to > from && text[to - 1] === '\\') to--;
  return text.slice(from, to);
}

/** A comment starts with a # at the start or after a blank: one in a URL is none. */
function withoutComment(text: string): string {
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1))
    if (at === 0 || SPACE.test(text[at - 1] ?? '')) return text.slice(0, at).trim();
  return text.trim();
}
