import { isNamePart } from '../tokens/characters.js';
import type { Frame, Nesting } from './frames.js';
import { RubyText } from './text.js';

/** Where in an expression the reader is: what `/`, `%`, `<<`, `?` and `:` mean depends on it. */
type State =
  /** An expression may begin. */
  | 'begin'
  /** After `return` and its kin: an expression may begin, but `if` is a modifier. */
  | 'middle'
  /** After what may be a method's name: an argument may begin. */
  | 'argument'
  /** After a value. */
  | 'end'
  /** After `.`: a method's name follows. */
  | 'dot'
  /** After `class`. */
  | 'class';

const OPERATOR = /\[\]=?|<=>|===?|=~|![=~@]?|\*\*|\+@|-@|~@|<<|>>|<=|>=|[+\-*/%<>&|^~`]/y;

/** Everything in code but words: what opens and closes, and what the signs mean that mean several things. */
export abstract class RubySigns extends RubyText {
  protected state: State = 'begin';
  protected frames: Frame[] = [];
  protected nesting: Nesting | null = null;
  protected locals = new Set<string>();
  /** Parameters without parentheses go on to the line end. */
  protected isInParameters = false;

  /** Reads the word that stands here. */
  protected abstract word(): void;
  /** Reads a constant from its first letter on. */
  protected abstract constant(isAbsolute: boolean): void;
  /** After the `)` that closes a frame. */
  protected abstract afterParen(frame: Frame): void;

  protected open(word: string, at: number, more: Partial<Frame> = {}): void {
    this.frames.push({ word, at, nesting: this.nesting, locals: this.locals, ...more });
  }

  protected close(closer: string, openers: string): Frame {
    const frame = this.frames.pop();
    const isPair =
      frame !== undefined &&
      (openers === '' ? /^\w/.test(frame.word) : openers.split(' ').includes(frame.word));
    if (!isPair)
      this.fail(
        frame === undefined ? `"${closer}" closes nothing` : `"${closer}" does not close "${frame.word}"`,
        this.at,
      );
    this.nesting = frame.nesting;
    this.locals = frame.locals;
    return frame;
  }

  protected get mayBegin(): boolean {
    return this.state === 'begin' || this.state === 'middle';
  }

  /** An argument that begins here, told by the blank before it and none after. */
  private isArgument(width: number): boolean {
    if (this.state !== 'argument' || !this.isBlank(this.at - 1)) return false;
    return this.at + width < this.text.length && !this.isBlank(this.at + width);
  }

  protected isBlank(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === 32 || code === 9 || code === 10 || code === 13;
  }

  protected token(): void {
    const { text } = this;
    const code = text.charCodeAt(this.at);
    if (isNamePart(code)) {
      if (code >= 48 && code <= 57) this.number();
      else this.word();
      return;
    }
    const char = text.charAt(this.at);
    switch (char) {
      case '\n':
        this.lineEnd();
        break;
      case ' ':
      case '\t':
      case '\r':
      case '\f':
      case '\v':
        this.at++;
        break;
      case '\\':
        this.at++;
        if (text.charAt(this.at) === '\r') this.at++;
        if (text.charAt(this.at) === '\n') this.overLineEnd();
        break;
      case '#': {
        const end = text.indexOf('\n', this.at);
        this.at = end === -1 ? text.length : end;
        break;
      }
      case '"':
      case "'":
      case '`':
        this.quote(char);
        break;
      case '(':
      case '[':
      case '{':
        this.open(char, this.at++);
        this.state = 'begin';
        break;
      case ')':
        this.at++;
        this.afterParen(this.close(')', '('));
        break;
      case ']':
        this.close(']', '[');
        this.at++;
        this.state = 'end';
        break;
      case '}':
        this.close('}', '{ #{');
        this.at++;
        this.state = 'end';
        break;
      case ';':
        this.at++;
        this.statementEnd();
        break;
      default:
        this.sign(char);
    }
  }

  private sign(char: string): void {
    const { text } = this;
    const next = text.charAt(this.at + 1);
    const start = this.at;
    if (char === '/' && this.isRegex(next)) {
      this.at++;
      this.quoted(47, 0, false, start);
      this.flags();
      this.state = 'end';
    } else if (char === '%' && this.isPercent(next) && this.percent()) this.state = 'end';
    else if (char === '<' && next === '<' && this.mayBeHeredoc() && this.heredoc()) this.state = 'end';
    else if (char === '?') this.question();
    else if (char === ':') this.colon(next);
    else if (char === '@') {
      this.at += next === '@' ? 2 : 1;
      this.name();
      this.state = 'end';
    } else if (char === '$') this.global();
    else if (char === '.' && next !== '.') this.step(1, 'dot');
    else if (char === '.') this.step(text.charAt(this.at + 2) === '.' ? 3 : 2, 'begin');
    else if (char === '&' && next === '.') this.step(2, 'dot');
    else if (char === '-' && next === '>') this.step(2, 'end');
    else if (char === '=' && this.isDocument()) this.document();
    else if (this.state === 'dot') this.operatorName();
    else this.operator(char);
  }

  private operator(char: string): void {
    if (char === '|' && this.state === 'begin' && this.isBlockStart()) this.blockParameters();
    // `<<` as a whole: the second half must not be taken for the beginning of another.
    const width = '<=*|'.includes(char) ? this.run(char) : 1;
    this.step(width, 'begin');
  }

  private run(char: string): number {
    let width = 1;
    while (this.text.charAt(this.at + width) === char) width++;
    return width;
  }

  protected step(width: number, state: State): void {
    this.at += width;
    this.state = state;
  }

  /** `a.+ 1` */
  private operatorName(): void {
    OPERATOR.lastIndex = this.at;
    this.step(OPERATOR.exec(this.text)?.[0].length ?? 1, 'argument');
  }

  private isRegex(next: string): boolean {
    if (this.mayBegin) return true;
    if (next === '=' || !this.isArgument(1)) return false;
    const end = this.text.indexOf('\n', this.at);
    const other = this.text.indexOf('/', this.at + 1);
    return other !== -1 && (end === -1 || other < end);
  }

  private isPercent(next: string): boolean {
    return this.mayBegin || (next !== '=' && this.isArgument(1));
  }

  private mayBeHeredoc(): boolean {
    return this.mayBegin || this.isArgument(2);
  }

  /** Behind `{` or `do`. */
  private isBlockStart(): boolean {
    return /(?:\{|\bdo)[ \t]*$/.test(this.text.slice(Math.max(0, this.at - 20), this.at));
  }

  /** `|a, b|`: names that are values from here on. */
  private blockParameters(): void {
    const end = this.text.indexOf('|', this.at + 1);
    if (end === -1 || end - this.at > 200) return;
    for (const [name] of this.text.slice(this.at, end).matchAll(/[a-z_]\w*/g)) this.locals.add(name);
  }

  private lineEnd(): void {
    const goesOn = this.state === 'begin' || this.state === 'dot';
    this.overLineEnd();
    if (this.isData()) this.at = this.text.length;
    if (goesOn) this.openScope();
    else this.statementEnd();
  }

  /** `__END__`: what follows is no code. */
  protected isData(): boolean {
    const { text, at } = this;
    return text.startsWith('__END__', at) && /^\r?(?:\n|$)/.test(text.slice(at + 7, at + 9));
  }

  protected statementEnd(): void {
    this.state = 'begin';
    this.isInParameters = false;
    this.openScope();
    const top = this.frames.at(-1);
    if (top?.awaitsDo === true) top.awaitsDo = false;
  }

  private openScope(): void {
    const top = this.frames.at(-1);
    if (top?.opens === undefined) return;
    this.nesting = top.opens;
    this.locals = new Set();
    delete top.opens;
  }

  private isDocument(): boolean {
    const isAtStart = this.at === 0 || this.text.charCodeAt(this.at - 1) === 10;
    return (
      isAtStart && this.text.startsWith('=begin', this.at) && !isNamePart(this.text.charCodeAt(this.at + 6))
    );
  }

  private document(): void {
    const end = /\n=end(?![\w\u0080-\uffff])/g;
    end.lastIndex = this.at;
    const match = end.exec(this.text);
    if (match === null) this.fail('"=begin" is never closed', this.at);
    const line = this.text.indexOf('\n', match.index + 1);
    this.at = line === -1 ? this.text.length : line;
  }

  private quote(char: string): void {
    const start = this.at++;
    if (char === '`' && this.state === 'dot') {
      this.state = 'argument';
      return;
    }
    this.quoted(char.charCodeAt(0), 0, char === "'", start);
    const isLabel = this.text.charAt(this.at) === ':' && this.text.charAt(this.at + 1) !== ':';
    if (isLabel && char !== '`' && this.state !== 'end') this.step(1, 'begin');
    else this.state = 'end';
  }

  private number(): void {
    const pattern = /[0-9][\w]*(?:\.[0-9]\w*)?/y;
    pattern.lastIndex = this.at;
    let width = pattern.exec(this.text)?.[0].length ?? 1;
    const last = this.text.charAt(this.at + width - 1);
    const isHex = /^0[xX]/.test(this.text.slice(this.at, this.at + 2));
    const exponent = /[+-][0-9]\w*/y;
    exponent.lastIndex = this.at + width;
    if ((last === 'e' || last === 'E') && !isHex) width += exponent.exec(this.text)?.[0].length ?? 0;
    this.step(width, 'end');
  }

  private question(): void {
    const { text } = this;
    const next = text.charCodeAt(this.at + 1);
    const isOperator =
      this.state === 'end' ||
      Number.isNaN(next) ||
      this.isBlank(this.at + 1) ||
      (isNamePart(next) && next < 128 && isNamePart(text.charCodeAt(this.at + 2)));
    if (isOperator) {
      this.step(1, 'begin');
      return;
    }
    const literal =
      /\?(?:\\(?:(?:[CM]-|c)(?:\\?(?:[CM]-|c))?\\?.|u\{[^}\n]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)|.)/suy;
    literal.lastIndex = this.at;
    this.step(literal.exec(text)?.[0].length ?? 2, 'end');
  }

  private colon(next: string): void {
    const { text } = this;
    if (next === ':') {
      const isTop = this.mayBegin || this.state === 'class' || this.isArgument(2);
      if (isTop && /[A-Z]/.test(text.charAt(this.at + 2))) {
        this.at += 2;
        this.constant(true);
      } else this.step(2, 'dot');
    } else if (this.state === 'end' || next === '' || this.isBlank(this.at + 1) || next === '#')
      this.step(1, 'begin');
    else if (next === '"' || next === "'") {
      const start = this.at;
      this.at += 2;
      this.quoted(next.charCodeAt(0), 0, next === "'", start);
      this.state = 'end';
    } else {
      this.at++;
      this.symbol();
      this.state = 'end';
    }
  }

  /** A method's name, as after `def` or `:`. */
  protected symbol(): void {
    const { text } = this;
    const first = text.charAt(this.at);
    if (first === '$') {
      this.global();
      return;
    }
    while (text.charAt(this.at) === '@') this.at++;
    if (this.name() !== '') {
      const next = text.charAt(this.at);
      const after = text.charAt(this.at + 1);
      if ((next === '?' || next === '!') && after !== '=') this.at++;
      else if (next === '=' && !/[~>=]/.test(after)) this.at++;
      else if (next === '=' && after === '=' && text.charAt(this.at + 2) === '>') this.at++;
      return;
    }
    OPERATOR.lastIndex = this.at;
    this.at += OPERATOR.exec(text)?.[0].length ?? 0;
  }

  private global(): void {
    this.at++;
    if (this.name() === '') {
      if (this.text.charAt(this.at) === '-') this.at++;
      this.at++;
    }
    this.state = 'end';
  }

  protected name(): string {
    const start = this.at;
    while (isNamePart(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }

  protected skipBlanks(): void {
    while (this.isBlank(this.at) && this.text.charCodeAt(this.at) !== 10) this.at++;
  }
}
