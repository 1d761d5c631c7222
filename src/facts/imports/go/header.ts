import type { Found } from '../ecmascript/found.js';
import { unquote } from './strings.js';

export interface Mistake {
  readonly message: string;
  /** UTF-16 offset. */
  readonly at: number;
}

const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const SLASH = 47;
const STAR = 42;
const SEMICOLON = 59;
const BYTE_ORDER_MARK = 0xfeff;

/** Reads a file's head: comments, the package clause, the import declarations; stops at what follows. */
export class GoHeader {
  private at = 0;
  private mistake: Mistake | null = null;

  constructor(
    private readonly text: string,
    private readonly found: Found[],
  ) {}

  /** @returns `null`: all imports were found */
  read(): Mistake | null {
    if (this.text.charCodeAt(0) === BYTE_ORDER_MARK) this.at = 1;
    this.skip();
    if (this.mistake === null && this.at === this.text.length) return null;
    const start = this.at;
    if (this.word() !== 'package') {
      this.at = start;
      return this.mistake ?? this.fail('a package clause was expected');
    }
    this.skip();
    if (this.word() === '') return this.mistake ?? this.fail('the name of the package was expected');
    this.skip();
    while (this.mistake === null) {
      const start = this.at;
      if (this.word() !== 'import') {
        this.at = start;
        break;
      }
      this.declaration();
      this.skip();
    }
    return this.mistake;
  }

  private declaration(): void {
    this.skip();
    if (this.text[this.at] !== '(') {
      this.spec();
      return;
    }
    this.at++;
    for (this.skip(); this.mistake === null; this.skip()) {
      if (this.text[this.at] === ')') {
        this.at++;
        return;
      }
      this.spec();
    }
  }

  /** `"x"`, `name "x"`, `. "x"`, `_ "x"`. */
  private spec(): void {
    let name = this.word();
    if (name === '' && this.text[this.at] === '.') {
      name = '.';
      this.at++;
    }
    this.skip();
    if (this.mistake !== null) return;
    const read = unquote(this.text, this.at);
    if (read === null) {
      this.fail('an import path in quotes was expected');
      return;
    }
    const { value, end } = read;
    this.found.push(
      name === '_'
        ? { specifier: value, kind: 'side-effect', typeOnly: false, at: this.at }
        : { specifier: value, kind: 'value', typeOnly: false, at: this.at, names: ['*'] },
    );
    this.at = end;
  }

  private word(): string {
    WORD.lastIndex = this.at;
    const match = WORD.exec(this.text);
    if (match === null) return '';
    this.at += match[0].length;
    return match[0];
  }

  /** White space, comments and the semicolons between declarations. */
  private skip(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === SPACE || code === NEWLINE || code === TAB || code === RETURN || code === SEMICOLON) {
        this.at++;
      } else if (code === SLASH && text.charCodeAt(this.at + 1) === SLASH) {
        const end = text.indexOf('\n', this.at);
        this.at = end === -1 ? text.length : end + 1;
      } else if (code === SLASH && text.charCodeAt(this.at + 1) === STAR) {
        const end = text.indexOf('*/', this.at + 2);
        if (end === -1) {
          this.fail('a comment is never closed');
          return;
        }
        this.at = end + 2;
      } else return;
    }
  }

  private fail(message: string): Mistake {
    this.mistake ??= { message, at: this.at };
    return this.mistake;
  }
}
