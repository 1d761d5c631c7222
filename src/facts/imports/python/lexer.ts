import { isNamePart } from '../tokens/characters.js';
import { LexicalError } from '../tokens/lexical-error.js';
import { type CharClass, classOf } from './chars.js';

/** CPython's own bound on f-strings within f-strings. */
const DEEPEST = 150;

const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;
const COLON = 58;
const EQUALS = 61;
const BANG = 33;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** What stands in front of the quote. */
interface Prefix {
  readonly isRaw: boolean;
  readonly isFormatted: boolean;
}
const PLAIN: Prefix = { isRaw: false, isFormatted: false };

/** `rb`, `F`, `Rt`…; `null`: not a string's prefix. Python 2's `ur` included. */
export function prefixOf(word: string): Prefix | null {
  const lower = word.toLowerCase();
  if (!/^(?:[rubft]|br|rb|fr|rf|tr|rt|ur)$/.test(lower)) return null;
  return {
    isRaw: lower.includes('r'),
    isFormatted: lower.includes('f') || lower.includes('t'),
  };
}

/** A name in code. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** The name before the dot before it; `null`: no dot; `undefined`: something else stands before the dot. */
  readonly receiver: { readonly start: number; readonly end: number } | null | undefined;
  /** The name right before it, as `def` is: where it begins, or -1. */
  readonly after: number;
}

const OTHER = 0;
const WORD = 1;
const DOT = 2;

/**
 * Walks over Python text: knows strings, f-strings with code inside (PEP 701 and before), comments, brackets and
 * continued lines. Words in code are handed to `word`.
 */
export class Lexer {
  at = 0;
  private level = 0;
  /** What was read last in code: a word, a dot after it, or anything else. */
  private prior = OTHER;
  private owner = { start: -1, end: -1, isPlain: false };
  private readonly hasReturns: boolean;

  constructor(
    readonly text: string,
    private readonly word: (word: Word) => void,
  ) {
    this.hasReturns = text.includes('\r');
  }

  fail(message: string, at: number): never {
    throw new LexicalError(message, at);
  }

  /** Over blanks, continued lines and, within brackets, line ends and comments. */
  skip(isBracketed: boolean): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 12) this.at++;
      else if (code === BACKSLASH) {
        const end = this.continued(this.at);
        if (end === -1) return;
        this.at = end;
      } else if (code === RETURN && text.charCodeAt(this.at + 1) === NEWLINE && !isBracketed) return;
      else if (isBracketed && (code === NEWLINE || code === RETURN)) this.at++;
      else if (isBracketed && code === 35) this.comment();
      else return;
    }
  }

  /** Behind a backslash and the line end after it; -1: no line end. */
  private continued(at: number): number {
    const next = this.text.charCodeAt(at + 1);
    if (next === NEWLINE) return at + 2;
    if (next !== RETURN) return -1;
    return this.text.charCodeAt(at + 2) === NEWLINE ? at + 3 : at + 2;
  }

  /** To the line end; stays before it. */
  comment(): void {
    const { text } = this;
    if (!this.hasReturns) {
      const end = text.indexOf('\n', this.at);
      this.at = end === -1 ? text.length : end;
      return;
    }
    let code = text.charCodeAt(this.at);
    while (this.at < text.length && code !== NEWLINE && code !== RETURN) code = text.charCodeAt(++this.at);
  }

  /** A name; empty when none stands here. */
  name(): string {
    const start = this.at;
    while (isNamePart(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }

  /**
   * Code up to what ends it outside of brackets: a line end, `;` or `:` of a statement (`:=` is none); `}`, `!` or
   * `:` of an f-string's field. Stays before that.
   * @param names are words wanted? They are not while looking ahead.
   */
  code(isField: boolean, names = true): void {
    const { text } = this;
    const open: number[] = [];
    this.prior = OTHER;
    for (; this.at < text.length; ) {
      const code = text.charCodeAt(this.at);
      const kind: CharClass = classOf(code);
      switch (kind) {
        case 'blank':
          this.at++;
          break;
        case 'sign':
          this.at++;
          this.sign(code);
          break;
        case 'word':
          this.run(names);
          break;
        case 'quote':
          this.string(PLAIN, this.at, names);
          break;
        case 'comment':
          this.comment();
          break;
        case 'open':
          open.push(this.at++);
          this.prior = OTHER;
          break;
        case 'close': {
          const opener = open.pop();
          if (opener === undefined && isField && code === CLOSE_BRACE) return;
          if (opener === undefined) this.fail(`"${text.charAt(this.at)}" closes nothing`, this.at);
          // The closing bracket is one or two code points behind its opening one.
          const distance = code - text.charCodeAt(opener);
          if (distance !== 1 && distance !== 2)
            this.fail(`"${text.charAt(this.at)}" does not close "${text.charAt(opener)}"`, this.at);
          this.at++;
          this.prior = OTHER;
          break;
        }
        case 'newline':
          if (open.length === 0 && !isField) return;
          this.at++;
          break;
        case 'backslash': {
          const end = this.continued(this.at);
          this.at = end === -1 ? this.at + 1 : end;
          break;
        }
        case 'stop':
          if (open.length === 0 && this.stops(code, isField)) return;
          this.at++;
          this.prior = OTHER;
          break;
      }
    }
    const opener = open.at(-1);
    if (opener !== undefined) this.fail(`"${text.charAt(opener)}" is never closed`, opener);
  }

  private sign(code: number): void {
    if (code !== 46) this.prior = OTHER;
    else {
      this.owner.isPlain &&= this.prior === WORD;
      this.prior = DOT;
    }
  }

  private stops(code: number, isField: boolean): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (isField) return code === COLON || (code === BANG && next !== EQUALS);
    if (code === COLON && next === EQUALS) this.at++;
    else return code !== BANG;
    return false;
  }

  /** A name, number or string with a prefix. */
  private run(names: boolean): void {
    const { text } = this;
    const start = this.at;
    let code: number;
    do code = text.charCodeAt(++this.at);
    while (isNamePart(code));
    if ((code === 34 || code === 39) && this.at - start < 3) {
      const prefix = prefixOf(text.slice(start, this.at));
      if (prefix !== null) {
        this.string(prefix, start, names);
        return;
      }
    }
    const { owner, prior } = this;
    if (names) {
      const before = owner.isPlain ? { start: owner.start, end: owner.end } : undefined;
      this.word({
        start,
        end: this.at,
        receiver: prior === DOT ? before : null,
        after: prior === WORD ? owner.start : -1,
      });
    }
    owner.start = start;
    owner.end = this.at;
    owner.isPlain = prior !== DOT;
    this.prior = WORD;
  }

  /** Over one argument of a call: stays before its comma or the closing bracket. */
  argument(): void {
    const { text } = this;
    for (; this.at < text.length; ) {
      const char = text.charAt(this.at);
      if (char === ',' || char === ')') return;
      if (this.literal()) continue;
      if (char === '#') this.comment();
      else if (char === '(' || char === '[' || char === '{') this.brackets();
      else if (this.name() === '') this.at++;
    }
    this.fail('the call is never closed', this.at);
  }

  private brackets(): void {
    const { text } = this;
    for (let depth = 0; this.at < text.length; ) {
      if (this.literal()) continue;
      const char = text.charAt(this.at);
      if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth--;
      else if (char === '#') this.comment();
      if (this.name() === '') this.at++;
      if (depth === 0) return;
    }
  }

  /** Over a string literal with its prefix; false: none stands here. */
  literal(): boolean {
    const start = this.at;
    const name = this.name();
    const code = this.text.charCodeAt(this.at);
    const prefix = code !== 34 && code !== 39 ? null : name === '' ? PLAIN : prefixOf(name);
    if (prefix !== null) this.string(prefix, start, false);
    else this.at = start;
    return prefix !== null;
  }

  /** @param start where the string begins, its prefix included; `at` is at its quote */
  string(prefix: Prefix, start: number, names: boolean): void {
    this.prior = OTHER;
    const { text } = this;
    const quote = text.charCodeAt(this.at);
    const isTriple = text.charCodeAt(this.at + 1) === quote && text.charCodeAt(this.at + 2) === quote;
    this.at += isTriple ? 3 : 1;
    const { isRaw, isFormatted } = prefix;
    for (; this.at < text.length; ) {
      const code = text.charCodeAt(this.at);
      if (code === quote) {
        if (!isTriple) {
          this.at++;
          return;
        }
        if (text.charCodeAt(this.at + 1) === quote && text.charCodeAt(this.at + 2) === quote) {
          this.at += 3;
          return;
        }
        this.at++;
      } else if (code === BACKSLASH) this.escape(isRaw, isFormatted);
      else if ((code === NEWLINE || code === RETURN) && !isTriple) break;
      else if (isFormatted && code === OPEN_BRACE) {
        if (text.charCodeAt(this.at + 1) === OPEN_BRACE) this.at += 2;
        else this.field(start, names, isTriple ? 0 : quote);
      } else this.at++;
    }
    this.fail('the string is never closed', start);
  }

  private escape(isRaw: boolean, isFormatted: boolean): void {
    const { text } = this;
    const next = text.charCodeAt(this.at + 1);
    if (isFormatted && (next === OPEN_BRACE || next === CLOSE_BRACE)) this.at++;
    else if (isFormatted && !isRaw && next === 78 && text.charCodeAt(this.at + 2) === OPEN_BRACE) {
      const end = text.indexOf('}', this.at);
      this.at = end === -1 ? text.length : end + 1;
    } else this.at += next === RETURN && text.charCodeAt(this.at + 2) === NEWLINE ? 3 : 2;
  }

  /** `{value!r:>{width}}`. @param quote what would end the string around it; 0: that is triple quoted */
  private field(start: number, names: boolean, quote: number): void {
    const { text } = this;
    if (++this.level > DEEPEST) this.fail('f-strings are nested too deeply', this.at);
    this.at++;
    this.code(true, names);
    if (text.charCodeAt(this.at) === BANG) {
      this.at++;
      this.skip(true);
      this.name();
      this.skip(true);
    }
    if (text.charCodeAt(this.at) === COLON) {
      this.at++;
      // As in CPython, a doubled brace is a field within a field until the first of these has closed.
      let doubles = false;
      for (let isOpen = true; isOpen; ) {
        const code = text.charCodeAt(this.at);
        if (code === CLOSE_BRACE) isOpen = false;
        else if (code === OPEN_BRACE && doubles && text.charCodeAt(this.at + 1) === OPEN_BRACE) this.at += 2;
        else if (code === OPEN_BRACE) {
          this.field(start, names, quote);
          doubles = true;
        } else if (code === BACKSLASH) this.escape(false, true);
        else if (Number.isNaN(code) || code === quote)
          this.fail('the f-string’s field is never closed', start);
        else this.at++;
      }
    }
    if (text.charCodeAt(this.at) !== CLOSE_BRACE) this.fail('the f-string’s field is never closed', start);
    this.at++;
    this.level--;
    this.prior = OTHER;
  }
}
