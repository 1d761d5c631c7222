/** What a Markdown decision says: its front matter as it stands, and the conventions of MADR and Nygard. */

export interface FrontMatter {
  /** From the file's first character to before the closing fence, so that YAML positions are the file's own. */
  readonly yaml: string;
  /** Where the body begins. */
  readonly bodyStart: number;
}

const OPENING = /^---[ \t]*\r?\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*\r?$/m;

/** @returns `null`: there is none. `unclosed`: it begins and never ends. */
export function frontMatterOf(text: string): FrontMatter | 'unclosed' | null {
  const opening = OPENING.exec(text);
  if (opening === null) return null;
  const start = opening[0].length;
  const closing = CLOSING.exec(text.slice(start));
  if (closing === null) return 'unclosed';
  const end = start + closing.index;
  return { yaml: text.slice(0, end), bodyStart: end + closing[0].length };
}

export interface Placed {
  readonly text: string;
  /** 1-based, in the file. */
  readonly line: number;
}

export interface StatusLine extends Placed {
  /** Offsets in the file of the word that names the status. */
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly number: number;
}

/** Lines of the body outside fenced code and HTML comments: what is written there is an example or a template's advice. */
function* proseLines(text: string, from: number): IterableIterator<Line> {
  let number = text.slice(0, from).split('\n').length;
  let start = from;
  let fence: string | null = null;
  let comment = false;
  for (const raw of text.slice(from).split('\n')) {
    // A heading or a status is short; the rest of a 2 MB line is of no interest, and would cost.
    const line = raw.slice(0, 1000).replace(/\r$/, '');
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const inside = fence !== null || comment;
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
    } else if (mark !== undefined && !comment) fence = mark;
    else if (!comment && line.trimStart().startsWith('<!--')) comment = !line.includes('-->');
    else if (comment) comment = !line.includes('-->');
    else if (!inside) yield { text: line, start, number };
    start += raw.length + 1;
    number += 1;
  }
}

/** The first heading of level one (`# …` or underlined with `=`), its numbering (`7. `, `ADR-0007: `) left out. */
export function titleOf(text: string, from: number): Placed | null {
  let previous: Line | null = null;
  for (const line of proseLines(text, from)) {
    const heading = /^ {0,3}#(?!#)[ \t]+(.+?)[ \t]*#*[ \t]*$/.exec(line.text)?.[1];
    if (heading !== undefined) return { text: withoutNumber(heading), line: line.number };
    if (previous !== null && previous.text.trim() !== '' && /^ {0,3}=+[ \t]*$/.test(line.text))
      return { text: withoutNumber(previous.text.trim()), line: previous.number };
    previous = line;
  }
  return null;
}

function withoutNumber(heading: string): string {
  const rest = heading.replace(/^(?:ADR[-_ ]?\d+|\d+)[ \t]*(?:[.:)]|[-–—](?=\s))[ \t]*/i, '').trim();
  return rest === '' ? heading : rest;
}

const STATUS_HEADING = /^ {0,3}#{1,6}[ \t]+status[ \t]*:?[ \t]*#*[ \t]*$/i;
const HEADING = /^ {0,3}#{1,6}[ \t]/;
/** MADR: `* Status: accepted`, `- **Status:** accepted`, `Status: accepted`. */
const STATUS_ITEM = /^ {0,3}(?:[*+-][ \t]+)?[*_]{0,2}status[*_]{0,2}[ \t]*:[*_]{0,2}[ \t]*/i;

/** The status that the prose states: the first line of a `Status` section, or a `Status:` line before any section. */
export function statusOf(text: string, from: number): StatusLine | null {
  let inSection = false;
  let sections = 0;
  for (const line of proseLines(text, from)) {
    if (STATUS_HEADING.test(line.text)) {
      inSection = true;
      continue;
    }
    if (HEADING.test(line.text)) {
      if (inSection) return null;
      if (!/^ {0,3}#[ \t]/.test(line.text)) sections += 1;
      continue;
    }
    const item = sections === 0 ? STATUS_ITEM.exec(line.text)?.[0] : undefined;
    if (item !== undefined) return wordOf(line, item.length);
    if (inSection && line.text.trim() !== '') return wordOf(line, 0);
  }
  return null;
}

function wordOf(line: Line, offset: number): StatusLine | null {
  const rest = line.text.slice(offset);
  const match = /^[^A-Za-z]*([A-Za-z]+)/.exec(rest);
  const word = match?.[1];
  if (match === null || word === undefined) return null;
  const end = line.start + offset + match[0].length;
  return { text: word, line: line.number, start: end - word.length, end };
}
