import { visible } from './escape.js';

/** Terminal columns: wide for East Asian and emoji, none for combining marks. */
const DEFAULT_WIDTH = 80;
const NARROWEST = 40;
/** Longer lines of prose are tiring to read, however wide the terminal. */
const WIDEST = 100;

const ZERO = /^(?:\p{Mn}|\p{Me}|\p{Cf})$/u;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
// Unicode's East_Asian_Width W and F, in the blocks where whole ranges are wide.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const PLAIN = /^[\x20-\x7e]*$/;

export interface Cell {
  readonly text: string;
  readonly width: number;
  /** UTF-16 units of the source that it stands for. */
  readonly units: number;
}

function graphemeWidth(grapheme: string): number {
  if (EMOJI.test(grapheme) || WIDE.test(grapheme)) return 2;
  return ZERO.test(grapheme) ? 0 : 1;
}

let segmenter: Intl.Segmenter | null = null;

function graphemes(text: string): Iterable<{ readonly segment: string }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const TAB = '  ';

/** Source text as cells that a terminal shows: tabs become two columns, what acts on a terminal is spelled out. */
export function cells(source: string): readonly Cell[] {
  const result: Cell[] = [];
  for (const { segment } of graphemes(source)) {
    const text = segment === '\t' ? TAB : visible(segment);
    const width = text === segment ? graphemeWidth(segment) : displayWidth(text);
    result.push({ text, width, units: segment.length });
  }
  return result;
}

/** How many columns a line of visible text takes. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

export function readableWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? DEFAULT_WIDTH, NARROWEST), WIDEST);
}

/** Fills `text` up to a number of columns; what is longer stays as it is. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/**
 * Breaks one line of visible text at spaces so that no line takes more than `columns`. A word that is
 * longer than that stays whole: paths and commands are there to be copied.
 */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const word of text.split(/ +/)) {
    const wordWidth = displayWidth(word);
    if (line !== '' && width + 1 + wordWidth > columns) {
      lines.push(line);
      line = '';
      width = 0;
    }
    width += (line === '' ? 0 : 1) + wordWidth;
    line += line === '' ? word : ` ${word}`;
  }
  lines.push(line);
  return lines;
}
