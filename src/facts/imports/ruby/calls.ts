import { isNamePart } from '../tokens/characters.js';
import { scopeName } from './constants.js';
import type { Frame, Nesting } from './frames.js';
import { underscore } from './names.js';

/** A call that loads another file. */
export interface RubyCall {
  /** `null`: computed. */
  readonly specifier: string | null;
  readonly form: string;
  /** Of the literal, or of the call when it is computed. */
  readonly at: number;
  readonly names: readonly string[];
}

/** A literal longer than this is no path. */
const FARTHEST = 1000;
/** Words that end a command's arguments. */
const MODIFIERS: ReadonlySet<string> = new Set(
  'if unless while until and or rescue then end do in not'.split(' '),
);
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const HERE = String.raw`(?:__dir__|File\.dirname\(\s?__FILE__\s?\))`;
const PATH = String.raw`(?:"([^"#\\\n]*)"|'([^'\\\n]*)')`;
/** Paths that are spelt out from the file's own place. */
const FROM_FILE = new RegExp(
  String.raw`(?:::)?File\.expand_path\(\s{0,9}${PATH}\s{0,9},\s{0,9}__FILE__\s{0,9}\)`,
  'y',
);
const FROM_FOLDER = new RegExp(
  String.raw`(?:::)?File\.expand_path\(\s{0,9}${PATH}\s{0,9},\s{0,9}${HERE}\s{0,9}\)|` +
    String.raw`(?:::)?File\.join\(\s{0,9}${HERE}\s{0,9},\s{0,9}${PATH}\s{0,9}\)|` +
    String.raw`${HERE}\s{0,9}\+\s{0,9}${PATH}`,
  'y',
);

interface Literal {
  readonly at: number;
  /** `null`: it holds an interpolation or an escape that is not decoded. */
  readonly value: string | null;
  /** A bare symbol, `:name`. */
  readonly isSymbol: boolean;
}

/** Looks at a call's arguments from behind its name; moves nothing but itself. */
export class CallReader {
  private readonly limit: number;

  constructor(
    private readonly text: string,
    private at: number,
  ) {
    this.limit = Math.min(text.length, at + FARTHEST);
  }

  /** The first argument, when it is a string; `null` otherwise. */
  literal(): string | null {
    this.arguments();
    return this.operand()?.value ?? null;
  }

  /**
   * @param start where the call's name stands
   * @param under of an enclosing `autoload_under` or `autoload_at`
   */
  read(
    name: string,
    start: number,
    nesting: Nesting | null,
    under: NonNullable<Frame['autoload']> | null,
    isAfterDot: boolean,
  ): RubyCall | null {
    const receiver = isAfterDot ? this.receiver(start) : null;
    if (receiver !== null && !isLoader(name, receiver)) return null;
    const parens = this.arguments();
    if (parens === null) return null;
    const computed: RubyCall = { specifier: null, form: name, at: start, names: ['*'] };
    if (name === 'autoload') return this.autoload(start, parens, nesting, under);
    const own = this.fromFile();
    if (own !== null) {
      if (!this.isOver(parens)) return computed;
      return { specifier: own.value, form: 'require_relative', at: own.at, names: ['*'] };
    }
    const literal = this.operand();
    if (literal?.value === undefined || literal.value === null || literal.isSymbol) return computed;
    if (!this.isOver(parens)) return computed;
    return { specifier: literal.value, form: name, at: literal.at, names: ['*'] };
  }

  private autoload(
    start: number,
    parens: number,
    nesting: Nesting | null,
    under: NonNullable<Frame['autoload']> | null,
  ): RubyCall | null {
    const constant = this.operand();
    const computed: RubyCall = { specifier: null, form: 'autoload', at: start, names: ['*'] };
    if (constant?.value === undefined || constant.value === null) return computed;
    const names = [constant.value];
    this.skip(parens > 0);
    if (this.text.charAt(this.at) === ',') {
      this.at++;
      this.skip(true);
      const own = this.fromFile();
      const path = own ?? this.operand();
      if (path === null || path.value === null || !this.isOver(parens)) return { ...computed, names };
      const form = own === null ? 'autoload' : 'require_relative';
      return { specifier: path.value, form, at: path.at, names };
    }
    if (!this.isOver(parens)) return { ...computed, names };
    // Active Support tells the path from the constant's name.
    const scope = scopeName(nesting);
    const prefix = scope === '' ? '' : `${underscore(scope)}/`;
    const own = underscore(constant.value);
    const specifier =
      under === null
        ? prefix + own
        : under.isWhole
          ? under.path
          : `${prefix}${underscore(under.path)}/${own}`;
    return { specifier, form: 'autoload', at: constant.at, names };
  }

  /** What stands before the dot. */
  private receiver(start: number): string {
    const { text } = this;
    let end = start;
    while (end > 0 && /[\s.&:]/.test(text.charAt(end - 1))) end--;
    let at = end;
    while (at > 0 && (isNamePart(text.charCodeAt(at - 1)) || text.charAt(at - 1) === ':')) at--;
    return text.slice(at, end);
  }

  /** Into the arguments. How many parentheses were opened; `null`: there are no arguments. */
  private arguments(): number | null {
    const { text } = this;
    const isCall = text.charAt(this.at) === '(';
    const isSpaced = /[ \t]/.test(text.charAt(this.at));
    if (!isCall && !isSpaced) return null;
    this.skip(false);
    let parens = 0;
    for (; text.charAt(this.at) === '('; parens++) {
      this.at++;
      this.skip(true);
    }
    const char = text.charAt(this.at);
    const next = text.charAt(this.at + 1);
    if (parens > 0) return char === ')' ? null : parens;
    if (/["'@$`[~]/.test(char) || char.charCodeAt(0) > 127) return parens;
    if (char === ':') return /[\w"':]/.test(next) ? parens : null;
    if (/[*&%<-]/.test(char)) return /[\s=]/.test(next) || (char === '&' && next === '&') ? null : parens;
    if (!/\w/.test(char)) return null;
    let end = this.at;
    while (isNamePart(text.charCodeAt(end))) end++;
    return MODIFIERS.has(text.slice(this.at, end)) ? null : parens;
  }

  private skip(isBracketed: boolean): void {
    const { text } = this;
    for (; this.at < this.limit; this.at++) {
      const char = text.charAt(this.at);
      if (char === '\\' && /^\r?\n/.test(text.slice(this.at + 1, this.at + 3))) {
        this.at = text.indexOf('\n', this.at);
      } else if (char === '#' && isBracketed) {
        const end = text.indexOf('\n', this.at);
        this.at = end === -1 ? this.limit : end;
      } else if (char !== ' ' && char !== '\t' && (!isBracketed || (char !== '\n' && char !== '\r'))) return;
    }
  }

  private fromFile(): { readonly at: number; readonly value: string } | null {
    const { at } = this;
    FROM_FILE.lastIndex = at;
    const file = FROM_FILE.exec(this.text);
    if (file !== null) {
      const path = file[1] ?? file[2] ?? '';
      // It is taken from the file as if that were a folder.
      if (!path.startsWith('../')) return null;
      this.at += file[0].length;
      return { at, value: path.slice('../'.length) };
    }
    FROM_FOLDER.lastIndex = at;
    const folder = FROM_FOLDER.exec(this.text);
    if (folder === null) return null;
    const path = folder.slice(1).find(group => group !== undefined) ?? '';
    this.at += folder[0].length;
    return { at, value: path.replace(/^\/+/, '') };
  }

  /** A string, several side by side, or a symbol; `null`: something else. */
  private operand(): Literal | null {
    const { text } = this;
    const at = this.at;
    if (text.charAt(at) === ':' && isNamePart(text.charCodeAt(at + 1))) {
      let end = at + 1;
      while (isNamePart(text.charCodeAt(end))) end++;
      this.at = end;
      return { at, value: text.slice(at + 1, end), isSymbol: true };
    }
    const isSymbol = text.charAt(at) === ':';
    if (isSymbol) this.at++;
    let value: string | null = null;
    for (let count = 0; ; count++) {
      const part = this.string(count > 0);
      if (part === null) return count === 0 ? null : { at, value, isSymbol };
      if (part.value === null) return { at, value: null, isSymbol };
      value = (value ?? '') + part.value;
      this.skip(false);
    }
  }

  /** One string literal. @param isLater only plain quotes continue another literal */
  private string(isLater: boolean): { readonly value: string | null } | null {
    const { text } = this;
    const match = /%([qQ]?)([^\w\s\u0080-\uffff=])/y;
    match.lastIndex = this.at;
    const percent = isLater ? null : match.exec(text);
    const quote = text.charAt(this.at);
    if (percent === null && quote !== '"' && quote !== "'") return null;
    const open = percent === null ? quote : (percent[2] ?? '');
    const close = CLOSING[open] ?? open;
    const isRaw = quote === "'" || percent?.[1] === 'q';
    const from = this.at + (percent === null ? 1 : percent[0].length);
    let end = from;
    for (; end < this.limit && text.charAt(end) !== close; end++) if (text.charAt(end) === '\\') end++;
    if (end >= this.limit) return { value: null };
    const body = text.slice(from, end);
    this.at = end + 1;
    return { value: isRaw ? rawValue(body, close) : value(body) };
  }

  /** Does the next line of code begin with a dot? */
  private goesOn(): boolean {
    this.skip(true);
    const char = this.text.charAt(this.at);
    const next = this.text.charAt(this.at + 1);
    return (char === '.' && next !== '.') || (char === '&' && next === '.');
  }

  /** Does the argument end here, and with it the call? */
  private isOver(parens: number): boolean {
    const { text } = this;
    for (let left = parens; left > 0; left--) {
      this.skip(true);
      const char = text.charAt(this.at);
      // More arguments: `load "x", true`.
      if (char === ',' && left === 1) return true;
      if (char !== ')') return false;
      this.at++;
    }
    if (parens > 0) return true;
    this.skip(false);
    const char = text.charAt(this.at);
    if (char === '\r' || char === '\n' || char === '#') return !this.goesOn();
    if (char === '' || ',;)}]'.includes(char)) return true;
    let end = this.at;
    while (isNamePart(text.charCodeAt(end))) end++;
    return MODIFIERS.has(text.slice(this.at, end));
  }
}

function isLoader(name: string, receiver: string): boolean {
  if (/^(?:::)?(?:Kernel|Object)$/.test(receiver)) return true;
  // `Module#autoload`.
  return name === 'autoload' && /^(?:self|[A-Z:])/.test(receiver);
}

function rawValue(body: string, close: string): string {
  return body.replace(/\\([\s\S])/g, (whole, char) => (char === close || char === '\\' ? char : whole));
}

/** `null`: an interpolation, or an escape that no path needs. */
function value(body: string): string | null {
  if (/#[{@$]/.test(body) || /\\[^"\\/.\-_]/.test(body)) return null;
  return body.replace(/\\([\s\S])/g, '$1');
}
