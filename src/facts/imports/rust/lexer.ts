import { LexicalError } from '../tokens/lexical-error.js';

/** What a token is; a punctuation mark's kind is its character code, which is 33 or more. */
export const END = 0;
export const WORD = 1;
export const STRING = 2;
/** A number, a character or a lifetime. */
const OTHER = 3;
/** `::` */
export const COLONS = 4;
/** `->` and `=>` */
export const ARROW = 5;
/** `..`, `...` and `..=` */
const RANGE = 6;
export const BANG = 33;
export const HASH = 35;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const STAR = 42;
export const COMMA = 44;
export const DOT = 46;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

const QUOTE = 34;
const DOLLAR = 36;
const APOSTROPHE = 39;
const MINUS = 45;
const SLASH = 47;
const COLON = 58;
const BACKSLASH = 92;
const NEWLINE = 10;

/** One flag an ASCII code: 1 may start a name, 2 may go on in one, 4 is white space. */
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  CLASS[code] = /[A-Za-z_]/.test(char) ? 3 : /[0-9]/.test(char) ? 2 : /\s/.test(char) ? 4 : 0;
}

const NAME_GOES_ON = /\p{XID_Continue}+/uy;
const STRANGE_SPACE = /[\u0085\u200e\u200f\u2028\u2029\ufeff]/;

/** Rust's tokens, one at a time: no comment, string, character or lifetime is taken for something else. */
export class Lexer {
  kind = END;
  /** UTF-16 offsets of the current token. */
  start = 0;
  end = 0;
  /** Of a WORD: its text, without `r#`. */
  word = '';
  /** `r#type` is a name, not a keyword. */
  isRaw = false;
  /** The kind of the token before, and its text if it was a WORD. */
  previous = END;

  constructor(readonly text: string) {
    if (text.startsWith('#!')) this.end = this.behindHashbang();
    else if (text.startsWith('\uFEFF')) this.end = 1;
  }

  private behindHashbang(): number {
    const rest = /#!\s*\[/y;
    if (rest.test(this.text)) return 0;
    const end = this.text.indexOf('\n');
    return end === -1 ? this.text.length : end;
  }

  next(): number {
    const { text } = this;
    this.previous = this.kind;
    const at = this.skip(this.end);
    this.start = at;
    if (at >= text.length) return this.take(END, at);
    const code = text.charCodeAt(at);
    if (code >= 128 || CLASS[code] === 3) return this.name(at);
    if (CLASS[code] === 2) return this.take(OTHER, this.number(at));
    switch (code) {
      case QUOTE:
        return this.take(STRING, this.string(at));
      case APOSTROPHE:
        return this.take(OTHER, this.quoted(at));
      case COLON:
        if (text.charCodeAt(at + 1) === COLON) return this.take(COLONS, at + 2);
        break;
      case MINUS:
      case EQUALS:
        if (text.charCodeAt(at + 1) === GREATER) return this.take(ARROW, at + 2);
        break;
      case DOT:
        if (text.charCodeAt(at + 1) === DOT)
          return this.take(RANGE, at + (text.charCodeAt(at + 2) === DOT ? 3 : 2));
        break;
      case DOLLAR:
        // `$name` stands for something else; `$crate` for the crate of the macro.
        if ((CLASS[text.charCodeAt(at + 1)] ?? 0) & 1) {
          this.name(at + 1);
          return this.take(OTHER, this.end);
        }
    }
    return this.take(code, at + 1);
  }

  private take(kind: number, end: number): number {
    this.kind = kind;
    this.end = end;
    return kind;
  }

  /** Where the next token starts: white space and comments are passed over. */
  private skip(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        if (CLASS[code] === 4) at++;
        else if (code !== SLASH) return at;
        else if (text.charCodeAt(at + 1) === SLASH) {
          at = text.indexOf('\n', at);
          if (at === -1) return text.length;
        } else if (text.charCodeAt(at + 1) === STAR) at = this.comment(at);
        else return at;
      } else if (code >= 128 && STRANGE_SPACE.test(text.charAt(at))) at++;
      else return at;
    }
  }

  /** Block comments nest. */
  private comment(start: number): number {
    const { text } = this;
    let depth = 1;
    let at = start + 2;
    // Each mark is looked for once, or a nest of comments would cost the square of its depth.
    let open = at - 1;
    let close = at - 1;
    for (;;) {
      if (close < at) close = text.indexOf('*/', at);
      if (close === -1) throw new LexicalError('a comment is never closed', start);
      if (open < at) open = text.indexOf('/*', at);
      if (open === -1) open = text.length;
      if (open < close) {
        depth++;
        at = open + 2;
      } else {
        depth--;
        at = close + 2;
        if (depth === 0) return at;
      }
    }
  }

  private nameEnd(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        if (((CLASS[code] ?? 0) & 2) === 0) return at;
        at++;
      } else if (code >= 128) {
        NAME_GOES_ON.lastIndex = at;
        const match = NAME_GOES_ON.exec(text);
        if (match === null) return at;
        at += match[0].length;
      } else return at;
    }
  }

  private name(at: number): number {
    const { text } = this;
    const end = this.nameEnd(at);
    // A character that no name may hold, as in the tokens of some macros.
    if (end === at) return this.take(OTHER, at + 1);
    const after = text.charCodeAt(end);
    if (after === QUOTE || after === HASH || after === APOSTROPHE) {
      const prefixed = this.prefixed(at, end, after);
      if (prefixed !== -1) return prefixed;
    }
    this.word = text.slice(at, end);
    this.isRaw = false;
    return this.take(WORD, end);
  }

  /** `r"…"`, `br#"…"#`, `b'x'`, `c"…"`, `r#name`; -1: the name is an ordinary one. */
  private prefixed(at: number, end: number, after: number): number {
    const { text } = this;
    const prefix = text.slice(at, end);
    if (after === APOSTROPHE) return prefix === 'b' ? this.take(OTHER, this.quoted(end)) : -1;
    const isRaw = prefix === 'r' || prefix === 'br' || prefix === 'cr';
    if (after === QUOTE) {
      if (isRaw) return this.take(STRING, this.rawString(end, at));
      return prefix === 'b' || prefix === 'c' ? this.take(STRING, this.string(end)) : -1;
    }
    if (!isRaw) return -1;
    let hashes = end;
    while (text.charCodeAt(hashes) === HASH) hashes++;
    if (text.charCodeAt(hashes) === QUOTE) return this.take(STRING, this.rawString(end, at));
    if (prefix !== 'r' || hashes !== end + 1) return -1;
    const nameEnd = this.nameEnd(hashes);
    if (nameEnd === hashes) return -1;
    this.word = text.slice(hashes, nameEnd);
    this.isRaw = true;
    return this.take(WORD, nameEnd);
  }

  private rawString(from: number, start: number): number {
    const { text } = this;
    let quote = from;
    while (text.charCodeAt(quote) === HASH) quote++;
    const close = `"${text.slice(from, quote)}`;
    const end = text.indexOf(close, quote + 1);
    if (end === -1) throw new LexicalError('a raw string is never closed', start);
    return end + close.length;
  }

  private string(quote: number): number {
    const { text } = this;
    for (let at = quote + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) return at + 1;
    }
    throw new LexicalError('a string is never closed', quote);
  }

  /** From an apostrophe: a character, or a lifetime. */
  private quoted(at: number): number {
    const { text } = this;
    const code = text.charCodeAt(at + 1);
    if (code === BACKSLASH) {
      // `'\''` and `'\\'`: what is escaped closes nothing.
      for (let end = at + 3; end < text.length; end++) {
        const other = text.charCodeAt(end);
        if (other === APOSTROPHE) return end + 1;
        if (other === NEWLINE) break;
      }
      throw new LexicalError('a character is never closed', at);
    }
    const length = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 2 : 1;
    if (text.charCodeAt(at + 1 + length) === APOSTROPHE && code !== APOSTROPHE) return at + 2 + length;
    return Math.max(this.nameEnd(at + 1), at + 1);
  }

  private number(at: number): number {
    const { text } = this;
    let end = this.nameEnd(at);
    // `1.5`, not `0..9` and not `1.max(2)`.
    if (text.charCodeAt(end) === DOT && (CLASS[text.charCodeAt(end + 1)] ?? 0) === 2)
      end = this.nameEnd(end + 1);
    return end;
  }

  /** Asks for the current token's kind in a way that outlives `next`, which the compiler does not see through. */
  is(...kinds: readonly number[]): boolean {
    return kinds.includes(this.kind);
  }

  isWord(word: string): boolean {
    return this.kind === WORD && this.word === word && !this.isRaw;
  }

  /** From an opening bracket to the token behind its closing one. */
  skipGroup(): void {
    let depth = 0;
    for (; this.kind !== END; this.next()) {
      const { kind } = this;
      if (kind === OPEN_PAREN || kind === OPEN_BRACKET || kind === OPEN_BRACE) depth++;
      else if (kind === CLOSE_PAREN || kind === CLOSE_BRACKET || kind === CLOSE_BRACE) {
        depth--;
        if (depth === 0) {
          this.next();
          return;
        }
      }
    }
  }

  /** Goes back to where a token began; it becomes the current one again. */
  rewind(to: number): void {
    this.end = to;
    this.next();
  }
}
