/** Where reading had to stop, and why. `at` is a UTF-16 offset. */
export interface Mistake {
  readonly message: string;
  readonly at: number;
}

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const PERCENT = 37;
const APOSTROPHE = 39;
const STAR = 42;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;

/** 1 a letter, 2 a digit, 4 a character that matters between words. */
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  CLASS[code] = /[A-Za-z_$]/.test(char) ? 1 : /[0-9]/.test(char) ? 2 : /["'/\n\\]/.test(char) ? 4 : 0;
}
const RAW_PREFIX = /^(?:u8|[uUL])?R$/;
const RAW_OPEN = /"([^\s()\\"]{0,16})\(/y;
/** A character, or several in one pair of quotes: what else an apostrophe means is prose. */
const CHARACTER = /'(?:\\[^\n]{1,10}?|[^\\'\n]{1,4})'/y;
/** What stands before the name of a header. */
const NAMES_HEADER = /^\s*(?:include|include_next|import|embed)\s*$/;

/** A line with its splices joined and its comments blanked out. */
export interface LogicalLine {
  readonly text: string;
  /** The place in the file of a place in the text. */
  offset(at: number): number;
}

/** C's first phases of translation: lines, splices, comments, literals. */
export class Source {
  mistake: Mistake | null = null;
  /** Of the line that `nextLine` found: how long its `#` is; 0: it is no directive. */
  mark = 0;
  private at: number;
  /** Is `at` at a place where nothing but blanks and comments stands before in its line? */
  private isFresh = true;

  constructor(private readonly text: string) {
    this.at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  }

  /** The first character that is neither blank nor comment of the next line that has one; -1: there is none. */
  nextLine(): number {
    while (this.mistake === null) {
      if (!this.isFresh && !this.toLineEnd()) return -1;
      this.isFresh = true;
      const start = this.skipBlank(this.at);
      if (start === -1 || start >= this.text.length) return -1;
      this.at = start;
      const code = this.text.charCodeAt(start);
      if (code === NEWLINE) {
        this.at++;
        continue;
      }
      this.isFresh = false;
      this.mark = code === HASH ? 1 : code === PERCENT && this.text.charCodeAt(start + 1) === COLON ? 2 : 0;
      return start;
    }
    return -1;
  }

  /** How long the splice is that stands at a backslash: it, blanks, the line's end. 0: it is none. */
  private splice(at: number): number {
    const { text } = this;
    let end = at + 1;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === NEWLINE) return end + 1 - at;
      if (code !== SPACE && code !== TAB && code !== RETURN) return 0;
      end++;
    }
  }

  /** Behind blanks, comments and splices; -1: a comment is never closed. */
  private skipBlank(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB || code === RETURN || code === 12 || code === 11) at++;
      else if (code === BACKSLASH) {
        const length = this.splice(at);
        if (length === 0) return at;
        at += length;
      } else if (code === SLASH) {
        const end = this.comment(at);
        if (end === at) return at;
        if (end === -1) return -1;
        at = end;
      } else return at;
    }
  }

  /** Behind a comment; a line comment ends before its line's end. `at`: there is none. -1: it is never closed. */
  private comment(at: number): number {
    const { text } = this;
    const next = text.charCodeAt(at + 1);
    if (next === STAR) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) this.mistake = { message: 'a comment is never closed', at };
      return end === -1 ? -1 : end + 2;
    }
    if (next !== SLASH) return at;
    for (let from = at + 2; ; ) {
      const end = text.indexOf('\n', from);
      if (end === -1) return text.length;
      if (!this.isSpliced(end)) return end;
      from = end + 1;
    }
  }

  private isSpliced(newline: number): boolean {
    let at = newline - 1;
    for (; at >= 0; at--) {
      const code = this.text.charCodeAt(at);
      if (code !== SPACE && code !== TAB && code !== RETURN) return code === BACKSLASH;
    }
    return false;
  }

  /** Goes behind the end of the current line. `false`: the text is over, or can't be read. */
  private toLineEnd(): boolean {
    const { text } = this;
    let { at } = this;
    for (;;) {
      const code = text.charCodeAt(at);
      const kind = code < 128 ? CLASS[code] : code >= 128 ? 1 : 8;
      if (kind === 0) at++;
      else if (kind === 1) at = this.word(at);
      else if (kind === 2) at = this.number(at);
      else if (kind === 8) return false;
      else if (code === NEWLINE) {
        this.at = at + 1;
        return true;
      } else if (code === BACKSLASH) at += Math.max(1, this.splice(at));
      else if (code === SLASH) {
        const end = this.comment(at);
        at = end === at ? at + 1 : end;
      } else at = this.literal(at, code);
      if (at === -1) return false;
    }
  }

  /** A name; or the prefix of a raw string, and the string. -1: it is never closed. */
  private word(from: number): number {
    const { text } = this;
    let at = from + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code < 128 ? ((CLASS[code] ?? 0) & 3) !== 0 : code >= 128) at++;
      else break;
    }
    if (text.charCodeAt(at) !== QUOTE || at - from > 3 || !RAW_PREFIX.test(text.slice(from, at))) return at;
    RAW_OPEN.lastIndex = at;
    const open = RAW_OPEN.exec(text);
    if (open === null) return at;
    const close = `)${open[1]}"`;
    const end = text.indexOf(close, at + open[0].length);
    if (end === -1) {
      this.mistake = { message: 'a raw string is never closed', at: from };
      return -1;
    }
    return end + close.length;
  }

  /** With the apostrophes that separate its digits. */
  private number(from: number): number {
    const { text } = this;
    let at = from + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === DOT || (code < 128 && ((CLASS[code] ?? 0) & 3) !== 0)) at++;
      else if (code === APOSTROPHE && ((CLASS[text.charCodeAt(at + 1)] ?? 0) & 3) !== 0) at += 2;
      else return at;
    }
  }

  /** A string or character; at the latest, it ends with its line. */
  private literal(from: number, quote: number): number {
    const { text } = this;
    let at = from + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === quote) return at + 1;
      if (code === NEWLINE || Number.isNaN(code)) return at;
      if (code === BACKSLASH) at += this.splice(at) || (text.charCodeAt(at + 1) === NEWLINE ? 1 : 2);
      else at++;
    }
  }

  /** From an offset in the line that `nextLine` found to its end. */
  logicalLine(from: number): LogicalLine {
    const { text } = this;
    const parts: string[] = [];
    const map: (readonly [text: number, file: number])[] = [];
    let length = 0;
    let start = from;
    let at = from;
    const flush = (to: number, rest: string, next: number): void => {
      map.push([length, start]);
      parts.push(text.slice(start, to), rest);
      length += to - start + rest.length;
      start = next;
      at = next;
    };
    let isString = false;
    // Only the first quote or bracket of a line can open a header's name, which knows no escapes and no comments.
    let isName: boolean | null = null;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE || Number.isNaN(code)) break;
      if (code === BACKSLASH) {
        const splice = this.splice(at);
        if (splice !== 0) flush(at, '', at + splice);
        else at += isString && isName !== true && text.charCodeAt(at + 1) !== NEWLINE ? 2 : 1;
      } else if (code === QUOTE) {
        isString = !isString;
        if (!isString) isName = false;
        isName ??= NAMES_HEADER.test(parts.join('') + text.slice(start, at));
        at++;
      } else if (isString) at++;
      else if (code === LESS && isName === null) {
        isName = NAMES_HEADER.test(parts.join('') + text.slice(start, at));
        const end = isName ? text.indexOf('>', at) : -1;
        const lineEnd = end === -1 ? -1 : text.indexOf('\n', at);
        at = end !== -1 && (lineEnd === -1 || end < lineEnd) ? end : at + 1;
      } else if (code === SLASH) {
        const end = this.comment(at);
        if (end === -1) break;
        if (end === at) at++;
        else flush(at, ' ', end);
      } else if (code === APOSTROPHE) {
        CHARACTER.lastIndex = at;
        at += CHARACTER.exec(text)?.[0].length ?? 1;
      } else at++;
    }
    flush(at, '', at);
    this.at = at;
    return { text: parts.join('').replace(/\r$/, ''), offset: place => offsetOf(map, place) };
  }
}

function offsetOf(map: readonly (readonly [text: number, file: number])[], place: number): number {
  let best: readonly [number, number] = [0, 0];
  for (const entry of map) if (entry[0] <= place) best = entry;
  return best[1] + place - best[0];
}
