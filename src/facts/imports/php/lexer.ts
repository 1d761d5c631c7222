import { LexicalError } from '../tokens/lexical-error.js';
import {
  ARROW,
  ATTRIBUTE,
  DOUBLE_ARROW,
  END,
  NAME,
  NUMBER,
  OPERATOR,
  SCOPE,
  STRING,
  TEMPLATE,
  TEMPLATE_END,
  type Tokens,
  VARIABLE,
} from './tokens.js';

const SPACE = 1;
const DIGIT = 2;
const LETTER = 3;
const classes = new Uint8Array(128);
for (const code of [9, 10, 11, 12, 13, 32]) classes[code] = SPACE;
for (let code = 48; code < 58; code++) classes[code] = DIGIT;
for (let code = 65; code < 91; code++) classes[code] = classes[code + 32] = LETTER;
classes[95] = LETTER;

function classOf(code: number): number {
  return code < 128 ? (classes[code] ?? 0) : LETTER;
}

const OPEN = /<\?(?:php(?=\s|$)|=|(?=\s|$))/iy;
const HEREDOC = /<<<[ \t]*(["']?)([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)\1\r?\n/y;
const HALT = /__halt_compiler\b/iy;

/** Ends a string with interpolation: a quote, or a heredoc's label. */
type Ending = { readonly quote: number } | { readonly label: string };

/** One string with interpolation that is open around the code being read. */
interface Around {
  readonly ending: Ending;
  /** Where the string begins, for a message. */
  readonly start: number;
  /** Braces open in the embedded code. */
  depth: number;
}

/** Cuts PHP into tokens. Text outside of `<?php … ?>` becomes a `;`. */
export class Lexer {
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly around: Around[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  /** @throws LexicalError */
  read(): Tokens {
    this.html();
    const { text } = this;
    while (this.at < text.length) this.token();
    const open = this.around.at(-1);
    if (open !== undefined) throw new LexicalError('a string is never closed', open.start);
    this.push(END, text.length, text.length);
    return { kinds: this.kinds, starts: this.starts, ends: this.ends };
  }

  private push(kind: number, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
    this.at = end;
  }

  /** Text that is no PHP, up to the next opening tag. */
  private html(): void {
    for (let at = this.text.indexOf('<?', this.at); at !== -1; at = this.text.indexOf('<?', at + 2)) {
      OPEN.lastIndex = at;
      if (!OPEN.test(this.text)) continue;
      this.at = OPEN.lastIndex;
      return;
    }
    this.at = this.text.length;
  }

  private token(): void {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === SPACE) this.at++;
    else if (kind === LETTER) this.word(at);
    else if (kind === DIGIT) this.number();
    else if (code === 36 /* $ */) {
      const end = this.wordEnd(at + 1);
      this.push(end > at + 1 ? VARIABLE : code, at, end);
    } else if (code === 92 /* \ */ && classOf(text.charCodeAt(at + 1)) === LETTER) this.word(at + 1);
    else if (code === 39 /* ' */) this.plainString();
    else if (code === 34 /* " */ || code === 96 /* ` */) this.quoted(code);
    else this.punctuation(code, text.charCodeAt(at + 1));
  }

  private wordEnd(from: number): number {
    let end = from;
    for (; end < this.text.length; end++) {
      const kind = classOf(this.text.charCodeAt(end));
      if (kind !== LETTER && (kind !== DIGIT || end === from)) break;
    }
    return end;
  }

  /** A name; backslashes within it belong to it. */
  private word(from: number): void {
    const { text, at } = this;
    let end = this.wordEnd(from);
    while (text.charCodeAt(end) === 92 && classOf(text.charCodeAt(end + 1)) === LETTER)
      end = this.wordEnd(end + 1);
    HALT.lastIndex = at;
    if (text.charCodeAt(at) === 95 && HALT.test(text)) this.at = text.length;
    else this.push(NAME, at, end);
  }

  private number(): void {
    let end = this.at + 1;
    while (end < this.text.length && classOf(this.text.charCodeAt(end)) > SPACE) end++;
    this.push(NUMBER, this.at, end);
  }

  private punctuation(code: number, next: number): void {
    if (code === 47 /* / */ && next === 47) this.lineComment();
    else if (code === 47 && next === 42 /* * */) this.blockComment();
    else if (code === 35 /* # */ && next !== 91) this.lineComment();
    else if (code === 63 /* ? */ && next === 62 /* > */) this.close();
    else if (code === 60 /* < */ && next === 60 && this.startsHeredoc()) this.heredoc();
    else if (code === 123 || code === 125) this.brace(code);
    else this.operator(code, next);
  }

  private operator(code: number, next: number): void {
    const { at } = this;
    const third = this.text.charCodeAt(at + 2);
    if (code === 35 /* # */) this.push(ATTRIBUTE, at, at + 2);
    else if (code === 45 /* - */ && next === 62) this.push(ARROW, at, at + 2);
    else if (code === 63 /* ? */ && next === 45 && third === 62) this.push(ARROW, at, at + 3);
    else if (code === 58 /* : */ && next === 58) this.push(SCOPE, at, at + 2);
    else if (code === 61 /* = */ && next === 62) this.push(DOUBLE_ARROW, at, at + 2);
    else if (code === 61 && next === 61) this.push(OPERATOR, at, third === 61 ? at + 3 : at + 2);
    else this.push(code, at, at + 1);
  }

  private brace(code: number): void {
    const around = this.around.at(-1);
    this.push(code, this.at, this.at + 1);
    if (around === undefined) return;
    around.depth += code === 123 ? 1 : -1;
    if (around.depth === 0) this.inside(around);
  }

  private startsHeredoc(): boolean {
    HEREDOC.lastIndex = this.at;
    return this.text.charCodeAt(this.at + 2) === 60 && HEREDOC.test(this.text);
  }

  /** `?>` ends the statement. */
  private close(): void {
    this.push(59 /* ; */, this.at, this.at + 2);
    this.html();
  }

  /** Up to the end of the line, or to `?>`, which a comment does not hide. */
  private lineComment(): void {
    const { text } = this;
    for (let i = this.at; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || code === 13 || (code === 63 && text.charCodeAt(i + 1) === 62)) {
        this.at = i;
        return;
      }
    }
    this.at = text.length;
  }

  private blockComment(): void {
    const end = this.text.indexOf('*/', this.at + 2);
    if (end === -1) throw new LexicalError('a comment is never closed', this.at);
    this.at = end + 2;
  }

  private plainString(): void {
    const { text, at } = this;
    let end = at + 1;
    for (let code = text.charCodeAt(end); code !== 39 /* ' */; code = text.charCodeAt(end)) {
      if (end >= text.length) throw new LexicalError('a string is never closed', at);
      end += code === 92 /* \ */ ? 2 : 1;
    }
    this.push(STRING, at, end + 1);
  }

  /** A string in double quotes or backticks: one token unless something is embedded in it. */
  private quoted(quote: number): void {
    const { text, at } = this;
    let end = at + 1;
    for (let code = text.charCodeAt(end); code !== quote && end < text.length; code = text.charCodeAt(end)) {
      if (code === 36 && isEmbedding(text, end)) break;
      end += code === 92 /* \ */ ? 2 : 1;
    }
    // What a shell answers is no constant.
    if (quote === 34 && text.charCodeAt(end) === quote) this.push(STRING, at, end + 1);
    else {
      this.push(TEMPLATE, at, at + 1);
      this.inside({ ending: { quote }, start: at, depth: 0 });
    }
  }

  private heredoc(): void {
    const { text, at } = this;
    HEREDOC.lastIndex = at;
    const match = HEREDOC.exec(text);
    const label = match?.[2] ?? '';
    const body = at + (match?.[0].length ?? 0);
    if (match?.[1] === "'") this.push(STRING, at, this.nowdocEnd(body, label));
    else {
      this.push(TEMPLATE, at, body);
      this.inside({ ending: { label }, start: at, depth: 0 });
    }
  }

  private nowdocEnd(body: number, label: string): number {
    for (let line = body; ; ) {
      const end = this.labelEnd(line, label);
      if (end !== -1) return end;
      line = this.text.indexOf('\n', line) + 1;
      if (line === 0) throw new LexicalError('a heredoc is never closed', this.at);
    }
  }

  /** The offset after a heredoc's label that closes it on this line; -1: it does not. */
  private labelEnd(lineStart: number, label: string): number {
    const { text } = this;
    let at = lineStart;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
    if (!text.startsWith(label, at)) return -1;
    const end = at + label.length;
    const after = end < text.length ? classOf(text.charCodeAt(end)) : 0;
    return after === LETTER || after === DIGIT ? -1 : end;
  }

  /** Goes on in a string with interpolation, up to its end or to code embedded in it. */
  private inside(around: Around): void {
    const { text } = this;
    const { ending } = around;
    const isNew = this.around.at(-1) !== around;
    if (isNew) this.around.push(around);
    let lineStart = isNew;
    for (let i = this.at; i < text.length; i++) {
      const end = 'quote' in ending ? -1 : lineStart ? this.labelEnd(i, ending.label) : -1;
      const code = text.charCodeAt(i);
      if (end !== -1 || ('quote' in ending && code === ending.quote)) {
        this.around.pop();
        this.push(TEMPLATE_END, i, end === -1 ? i + 1 : end);
        return;
      }
      const next = text.charCodeAt(i + 1);
      lineStart = code === 10;
      if (code === 92 /* \ */) {
        // A line that ends in a backslash ends all the same.
        if (next !== 10) i++;
      } else if ((code === 123 && next === 36) || (code === 36 && next === 123)) {
        around.depth = 1;
        this.push(123, i, code === 36 ? i + 2 : i + 1);
        return;
      }
    }
    throw new LexicalError('a string is never closed', around.start);
  }
}

/** `$x`, `${`, and `{$`, whose brace was passed already. */
function isEmbedding(text: string, dollar: number): boolean {
  const next = text.charCodeAt(dollar + 1);
  return next === 123 || classOf(next) === LETTER;
}
