import { ManifestError } from '../format.js';
import { conflictLine, LineCounter } from '../lines.js';

export interface RubyToken {
  /** - `text`: a string without interpolation. - `symbol`: `:name`. - `key`: `name:`. - `list`: `%w[]`, `%i[]`. */
  readonly type: 'word' | 'text' | 'symbol' | 'key' | 'list' | 'dynamic' | 'mark' | 'newline';
  /** As written. */
  readonly text: string;
  /** Content of strings, symbols, keys; words of a list, by spaces. */
  readonly value: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}_@$][\p{L}\p{N}_@$]*[?!]?/uy;
const NUMBER = /\d[\w.]*/y;
const MARK = /=>|->|&\.|::|\|\||&&|[=!]=|<<|[-+*/%|&]=|./suy;
const PAIRS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
]);

/** Words, strings and marks of Ruby, as far as Gemfiles and gemspecs need them; comments are gone. */
export function tokenizeRuby(text: string): readonly RubyToken[] {
  const conflict = conflictLine(text);
  if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
  return new Tokenizer(text).all();
}

class Tokenizer {
  private readonly tokens: RubyToken[] = [];
  private readonly lines: LineCounter;
  private at = 0;
  /** Heredocs whose bodies begin on the next line. */
  private bodies: string[] = [];

  constructor(private readonly text: string) {
    this.lines = new LineCounter(text);
  }

  all(): readonly RubyToken[] {
    const { text } = this;
    while (this.at < text.length) {
      const char = text[this.at] ?? '';
      if (this.atLineStart() && text.startsWith('=begin', this.at)) this.skipTo('\n=end');
      else if (this.atLineStart() && /^__END__\r?(?:\n|$)/.test(text.slice(this.at, this.at + 9))) break;
      else if (char === '\n') this.newline();
      else if (/\s/.test(char)) this.at++;
      else if (char === '\\' && /^\\\r?\n/.test(text.slice(this.at, this.at + 3)))
        this.at = text.indexOf('\n', this.at) + 1;
      else if (char === '#') this.at = this.lineEnd(this.at);
      else this.token(char);
    }
    if (this.bodies.length > 0) throw this.unfinished(text.length, 'a heredoc');
    return this.tokens;
  }

  private token(char: string): void {
    const { text } = this;
    const heredoc =
      char === '<' ? /^<<[-~]?(["'`]?)([A-Z_][A-Za-z0-9_]*)\1/.exec(text.slice(this.at, this.at + 80)) : null;
    if (heredoc !== null && this.valueMayBegin()) {
      this.bodies.push(heredoc[2] ?? '');
      this.push('dynamic', this.at + heredoc[0].length, '');
    } else if (char === '"' || char === "'" || char === '`') this.quoted(char, this.at + 1, 'text');
    else if (char === '/' && this.valueMayBegin()) this.quoted('/', this.at + 1, 'dynamic');
    else if (char === '%' && this.valueMayBegin()) this.percent();
    else if (char === ':') this.symbol();
    else if (this.matches(WORD)) {
      const end = WORD.lastIndex;
      // `a ? b : c` has a space before its colon.
      if (text[end] === ':' && text[end + 1] !== ':' && !this.isCalled())
        this.push('key', end + 1, text.slice(this.at, end));
      else this.push('word', end, text.slice(this.at, end));
    } else if (this.matches(NUMBER))
      this.push('word', NUMBER.lastIndex, text.slice(this.at, NUMBER.lastIndex));
    else if (this.matches(MARK)) this.push('mark', MARK.lastIndex, text.slice(this.at, MARK.lastIndex));
    else this.at++;
  }

  private isCalled(): boolean {
    return this.tokens.at(-1)?.text === '.';
  }

  private matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private push(type: RubyToken['type'], end: number, value: string): void {
    const { at } = this;
    this.tokens.push({
      type,
      text: this.text.slice(at, end),
      value,
      line: this.lines.lineAt(at),
      start: at,
      end,
    });
    this.at = end;
  }

  private atLineStart(): boolean {
    return this.at === 0 || this.text[this.at - 1] === '\n';
  }

  private lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end === -1 ? this.text.length : end;
  }

  private skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at);
    if (found === -1) throw this.unfinished(this.at, 'a comment');
    this.at = this.lineEnd(found + 1);
  }

  private newline(): void {
    // One is enough, however many lines are empty.
    if (this.tokens.at(-1)?.type === 'newline') this.at++;
    else this.push('newline', this.at + 1, '\n');
    for (const name of this.bodies) {
      let line = this.at;
      for (;;) {
        const end = this.lineEnd(line);
        if (line >= this.text.length) throw this.unfinished(this.at, 'a heredoc');
        if (this.text.slice(line, end).trim() === name) {
          this.at = end;
          break;
        }
        line = end + 1;
      }
      // Behind the end of the last one stands the end of its line.
      if (this.text[this.at] === '\n') this.at++;
    }
    this.bodies = [];
  }

  /** After an operator, a comma or an opening bracket a value begins; after a value, `/` and `%` compute. */
  private valueMayBegin(): boolean {
    const before = this.tokens.at(-1);
    if (before === undefined || before.type === 'newline' || before.type === 'key') return true;
    if (before.type === 'mark') return !/^[)\]}]$/.test(before.text);
    const isSpaced = before.end < this.at && !/\s/.test(this.text[this.at + 1] ?? ' ');
    return before.type === 'word' && isSpaced;
  }

  private symbol(): void {
    const { text } = this;
    const next = text[this.at + 1] ?? '';
    const before = this.tokens.at(-1);
    if (next === ':') this.push('mark', this.at + 2, '::');
    else if (next === '"' || next === "'") {
      this.quoted(next, this.at + 2, 'symbol');
    } else {
      const start = this.at;
      this.at++;
      const isSymbol = this.matches(WORD);
      this.at = start;
      // `"a": 1`: the string is a key.
      if (before?.type === 'text' && before.end === start && !isSymbol) {
        this.tokens.pop();
        this.tokens.push({ ...before, type: 'key', end: start + 1 });
        this.at = start + 1;
      } else if (isSymbol) this.push('symbol', WORD.lastIndex, text.slice(start + 1, WORD.lastIndex));
      else this.push('mark', start + 1, ':');
    }
  }

  /** Reads to the closing quote; with interpolation it is `dynamic`. */
  private quoted(
    quote: string,
    start: number,
    type: 'text' | 'symbol' | 'dynamic',
    open: string | null = null,
  ): void {
    const { text } = this;
    const interpolates = quote !== "'" && type !== 'dynamic' && !text.startsWith('%q', this.at);
    let isDynamic = type === 'dynamic' || quote === '`';
    let value = '';
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      const char = text[at] ?? '';
      if (char === '\\') {
        const next = text[++at] ?? '';
        value += escapedRuby(next, interpolates);
        // Codes and control characters: names have none.
        if (interpolates && /[xucCM0-7]/.test(next)) isDynamic = true;
      } else if (char === quote && depth === 0) {
        this.push(isDynamic ? 'dynamic' : type, at + 1, value);
        return;
      } else {
        if (char === open) depth++;
        else if (char === quote) depth--;
        if (char === '#' && text[at + 1] === '{' && interpolates) {
          isDynamic = true;
          at = this.interpolation(at + 2) - 1;
        } else value += char;
      }
    }
    throw this.unfinished(start, 'a string');
  }

  /** Nested strings may hold the quote: braces are counted, strings inside skipped. */
  private interpolation(start: number): number {
    let depth = 1;
    for (let at = start; at < this.text.length; at++) {
      const char = this.text[at];
      if (char === '{') depth++;
      else if (char === '}' && --depth === 0) return at + 1;
      else if (char === '"' || char === "'") {
        const close = this.text.indexOf(char, at + 1);
        if (close === -1) break;
        at = close;
      }
    }
    throw this.unfinished(start, 'an interpolation');
  }

  private percent(): void {
    const { text } = this;
    const found = /^%([wWiIqQrsx]?)([^\w\s])/.exec(text.slice(this.at, this.at + 3));
    if (found === null) {
      this.push('mark', this.at + 1, '%');
      return;
    }
    const [all, kind = '', open = ''] = found;
    const close = PAIRS.get(open) ?? open;
    const from = this.tokens.length;
    this.quoted(
      close,
      this.at + all.length,
      /[rx]/.test(kind) ? 'dynamic' : 'text',
      close === open ? null : open,
    );
    const token = this.tokens[from];
    if (token !== undefined && /[wWiI]/.test(kind) && token.type === 'text')
      this.tokens[from] = {
        ...token,
        type: 'list',
        value: token.value.split(/\s+/).filter(Boolean).join(' '),
      };
  }

  private unfinished(at: number, what: string): ManifestError {
    return new ManifestError(
      `${what} does not end`,
      new LineCounter(this.text).lineAt(at),
      'correct the Ruby code',
    );
  }
}

function escapedRuby(char: string, isDouble: boolean): string {
  if (!isDouble) return char === "'" || char === '\\' ? char : `\\${char}`;
  return char === 'n' ? '\n' : char === 't' ? '\t' : char;
}
