import { LexicalError } from '../tokens/lexical-error.js';

const DEEPEST = 200;
const NEWLINE = 10;
const BACKSLASH = 92;
const HASH = 35;
const OPEN_BRACE = 123;

/** A heredoc whose body begins on the next line. */
interface Heredoc {
  readonly at: number;
  readonly id: string;
  readonly isIndented: boolean;
  readonly isRaw: boolean;
}

const HEREDOC = /<<([-~]?)(?:"([^"\n]+)"|'([^'\n]+)'|`([^`\n]+)`|([A-Za-z_0-9\u0080-\uffff]+))/y;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Strings, heredocs and their kin. The code in their interpolations is read by `code`. */
export abstract class RubyText {
  at = 0;
  private level = 0;
  private pending: Heredoc[] = [];

  constructor(readonly text: string) {}

  /** Reads code up to the `}` that closes an interpolation, and over it. @param from where the `#{` stands */
  protected abstract code(from: number): void;

  protected fail(message: string, at: number): never {
    throw new LexicalError(message, at);
  }

  /** Over a line end; heredocs that began on the line lie behind it. */
  protected overLineEnd(): void {
    this.at++;
    const heredocs = this.pending;
    if (heredocs.length === 0) return;
    this.pending = [];
    for (const heredoc of heredocs) this.body(heredoc);
  }

  private interpolation(): void {
    const from = this.at;
    if (++this.level > DEEPEST) this.fail('interpolations are nested too deeply', from);
    this.at += 2;
    this.code(from);
    this.level--;
  }

  /**
   * From behind the opening delimiter to behind the closing one.
   * @param open the code that nests, 0 for none
   * @param start where the literal begins, for messages
   */
  protected quoted(close: number, open: number, isRaw: boolean, start: number): void {
    const { text } = this;
    for (let depth = 0; this.at < text.length; ) {
      const code = text.charCodeAt(this.at);
      if (code === BACKSLASH) this.at += text.charCodeAt(this.at + 1) === NEWLINE ? 1 : 2;
      else if (code === close) {
        this.at++;
        if (depth-- === 0) return;
      } else if (code === NEWLINE) this.overLineEnd();
      else if (code === HASH && !isRaw && text.charCodeAt(this.at + 1) === OPEN_BRACE) this.interpolation();
      else {
        if (code === open) depth++;
        this.at++;
      }
    }
    this.fail('the literal is never closed', start);
  }

  /** `%w[…]`, `%(…)`; false: no literal stands here. */
  protected percent(): boolean {
    const { text } = this;
    const match = /%([qQwWiIxrs]?)([^\w\s\u0080-\uffff])/y;
    match.lastIndex = this.at;
    const found = match.exec(text);
    if (found === null) return false;
    const [whole, kind = '', open = ''] = found;
    const start = this.at;
    this.at += whole.length;
    const close = CLOSING[open];
    this.quoted(
      (close ?? open).charCodeAt(0),
      close === undefined ? 0 : open.charCodeAt(0),
      'qwis'.includes(kind) && kind !== '',
      start,
    );
    if (kind === 'r') this.flags();
    return true;
  }

  protected flags(): void {
    while (/[a-z]/.test(this.text.charAt(this.at))) this.at++;
  }

  /** `<<~ID`, when its end can be found; false: it is an operator. */
  protected heredoc(): boolean {
    HEREDOC.lastIndex = this.at;
    const match = HEREDOC.exec(this.text);
    if (match === null) return false;
    const [whole, dash, double, single, back, bare] = match;
    const id = double ?? single ?? back ?? bare ?? '';
    const isIndented = dash !== '';
    if (!isIndented && bare !== undefined && !this.text.includes(`\n${id}`, this.at)) return false;
    this.pending.push({ at: this.at, id, isIndented, isRaw: single !== undefined });
    this.at += whole.length;
    return true;
  }

  private body({ at, id, isIndented, isRaw }: Heredoc): void {
    const { text } = this;
    while (this.at < text.length) {
      const newline = text.indexOf('\n', this.at);
      const end = newline === -1 ? text.length : newline;
      if (this.isEnd(this.at, end, id, isIndented)) {
        this.at = Math.min(end + 1, text.length);
        return;
      }
      if (isRaw) this.at = end + 1;
      else this.bodyLine();
    }
    this.fail(`the heredoc "${id}" is never closed`, at);
  }

  private isEnd(from: number, to: number, id: string, isIndented: boolean): boolean {
    const { text } = this;
    let start = from;
    if (isIndented) while (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9) start++;
    const end = text.charCodeAt(to - 1) === 13 ? to - 1 : to;
    return end - start === id.length && text.startsWith(id, start);
  }

  /** One line of a body, or more where an escape or an interpolation goes over line ends. */
  private bodyLine(): void {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === NEWLINE) {
        this.overLineEnd();
        return;
      }
      if (code === BACKSLASH) this.at += 2;
      else if (code === HASH && text.charCodeAt(this.at + 1) === OPEN_BRACE) this.interpolation();
      else this.at++;
    }
  }
}
