import { type Cell, cells } from './columns.js';
import type { Palette } from './palette.js';

/** A few lines of the judged text around one place. Plain data: kept with the last verdict for `explain`. */
export interface Frame {
  readonly lines: readonly FrameLine[];
  /** 1-based line of the file that the frame is about. */
  readonly line: number;
  /** 1-based, in UTF-16 units of the whole line; `null`: the line as a whole. */
  readonly column: number | null;
}

interface FrameLine {
  readonly number: number;
  /** At most REACH units to either side of the column: a line may be 5 MB. */
  readonly text: string;
  /** UTF-16 units of the line before `text`. */
  readonly skipped: number;
  readonly more: boolean;
}

const BEFORE = 2;
const AFTER = 1;
const REACH = 200;

/** Start and end of each of the lines `from`…`to` (1-based, inclusive), without splitting the whole text. */
function lineSpans(text: string, from: number, to: number): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  let start = 0;
  for (let number = 1; number <= to; number += 1) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    if (number >= from) spans.push([start, text[end - 1] === '\r' && end > start ? end - 1 : end]);
    if (feed === -1) break;
    start = feed + 1;
  }
  return spans;
}

/** @returns `null` when the text has no such line. */
export function cutFrame(text: string, line: number, column: number | null): Frame | null {
  const from = Math.max(1, line - BEFORE);
  const spans = lineSpans(text, from, line + AFTER);
  if (from + spans.length <= line) return null;
  const lines = spans.map(([start, end], index): FrameLine => {
    const number = from + index;
    const focus = number === line && column !== null ? Math.min(column - 1, end - start) : 0;
    const first = start + Math.max(0, focus - REACH);
    const last = Math.min(end, start + focus + REACH);
    return { number, text: text.slice(first, last), skipped: first - start, more: last < end };
  });
  // Empty context at the end says nothing (after a final newline it is not even a line of the file).
  while (lines.length > 0 && lines.at(-1)?.text === '' && lines.at(-1)?.number !== line) lines.pop();
  return { lines, line, column };
}

const ELLIPSIS = '…';

interface Visible {
  readonly text: string;
  /** Columns before the caret; `null`: no caret on this line. */
  readonly caret: number | null;
}

/** Cuts a line so that it fits, with the caret inside. */
function fit(line: FrameLine, column: number | null, columns: number): Visible {
  const row = cells(line.text);
  const target = column === null ? null : cellAt(row, column - 1 - line.skipped);
  let start = 0;
  if (target !== null && widthOf(row, 0, target) + 2 > columns) {
    // Half of the room stays before the caret: what leads to it explains more than what follows.
    let room = Math.floor(columns / 2);
    start = target;
    while (start > 0 && room >= (row[start - 1]?.width ?? 0)) {
      start -= 1;
      room -= row[start]?.width ?? 0;
    }
  }
  const head = start > 0 || line.skipped > 0 ? ELLIPSIS : '';
  let text = head;
  let width = head.length;
  let end = start;
  for (; end < row.length; end += 1) {
    const cell = row[end] as Cell;
    const last = end === row.length - 1 && !line.more;
    if (width + cell.width > columns - (last ? 0 : 1)) break;
    text += cell.text;
    width += cell.width;
  }
  if (end < row.length || line.more) text += ELLIPSIS;
  return {
    text: text.trimEnd(),
    caret: target === null ? null : head.length + widthOf(row, start, target),
  };
}

function cellAt(row: readonly Cell[], units: number): number {
  let passed = 0;
  for (const [index, cell] of row.entries()) {
    passed += cell.units;
    if (units < passed) return index;
  }
  return row.length;
}

function widthOf(row: readonly Cell[], start: number, end: number): number {
  let width = 0;
  for (const cell of row.slice(start, end)) width += cell.width;
  return width;
}

/** The frame as lines of text, each at most `columns` wide. */
export function renderFrame(frame: Frame, columns: number, palette: Palette): readonly string[] {
  const digits = String(frame.lines.at(-1)?.number ?? frame.line).length;
  const room = Math.max(10, columns - digits - 5);
  const result: string[] = [];
  for (const line of frame.lines) {
    const focused = line.number === frame.line;
    const { text, caret } = fit(line, focused ? frame.column : null, room);
    const gutter = `${focused ? '>' : ' '} ${String(line.number).padStart(digits)} │`;
    const shown = text === '' ? gutter : `${gutter} ${text}`;
    result.push(focused ? shown : palette.quiet(shown));
    if (caret !== null)
      result.push(`${' '.repeat(digits + 2)} │ ${' '.repeat(caret)}${palette.blocked('^')}`);
  }
  return result;
}
