import { CallReader, type RubyCall } from './calls.js';
import { type ConstantPath, Constants, isUpper, readPath } from './constants.js';
import type { Frame } from './frames.js';
import { RubySigns } from './signs.js';

const DEEPEST = 100;
const TO_BEGIN = words('then else elsif ensure when in and or not');
const TO_MIDDLE = words('return break next rescue');
const TO_ARGUMENT = words('yield super defined?');
const TO_END = words('self nil true false redo retry __FILE__ __LINE__ __ENCODING__ __method__ __dir__');
const KEYWORDS = words(
  'class module def begin case for while until if unless do end alias undef BEGIN END then else elsif ensure when in ' +
    'and or not return break next rescue yield super defined? self nil true false redo retry __FILE__ __LINE__ ' +
    '__ENCODING__ __method__ __dir__',
);
const CALLS = words('require require_relative load autoload require_dependency autoload_under autoload_at');

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Reads a whole Ruby file: follows what opens and closes, and notes calls that require and constants. */
export class Reader extends RubySigns {
  readonly calls: RubyCall[] = [];
  readonly constants: Constants;
  /** Methods that the file defines itself. */
  readonly defined = new Set<string>();
  private autoload: NonNullable<Frame['autoload']> | null = null;

  constructor(text: string) {
    super(text);
    this.constants = new Constants(text);
  }

  read(): void {
    if (this.isData()) return;
    while (this.at < this.text.length) this.token();
    const open = this.frames.at(-1);
    if (open !== undefined) this.fail(`"${open.word}" is never closed`, open.at);
  }

  protected code(from: number): void {
    const { state } = this;
    this.state = 'begin';
    this.open('#{', from);
    const depth = this.frames.length;
    while (this.at < this.text.length && this.frames.length >= depth) this.token();
    if (this.frames.length >= depth) this.fail('the interpolation is never closed', from);
    this.state = state;
  }

  protected word(): void {
    const { text } = this;
    const start = this.at;
    let name = this.name();
    const next = text.charAt(this.at);
    const after = text.charAt(this.at + 1);
    const isMethod = (next === '?' || next === '!') && after !== '=';
    if (isMethod) {
      name += next;
      this.at++;
    }
    const isAfterDot = this.state === 'dot';
    if (!isAfterDot && text.charAt(this.at) === ':' && text.charAt(this.at + 1) !== ':') {
      // `x ? y : z` has a blank before its colon.
      this.step(1, 'begin');
      return;
    }
    if (isAfterDot) {
      this.state = 'argument';
      if (CALLS.has(name)) this.call(name, start, true);
    } else if (KEYWORDS.has(name)) this.keyword(name, start);
    else if (isUpper(name) && !isMethod) {
      this.at = start;
      this.constant(false);
    } else this.identifier(name, start);
  }

  private identifier(name: string, start: number): void {
    const { text } = this;
    if (this.isInParameters || this.frames.at(-1)?.isParameters === true) this.locals.add(name);
    if (CALLS.has(name)) this.call(name, start, false);
    let at = this.at;
    while (text.charCodeAt(at) === 32) at++;
    if (text.charAt(at) === '=' && !/[=~>]/.test(text.charAt(at + 1))) this.locals.add(name);
    this.state = this.locals.has(name) ? 'end' : 'argument';
  }

  private call(name: string, start: number, isAfterDot: boolean): void {
    const reader = new CallReader(this.text, this.at);
    if (name === 'autoload_under' || name === 'autoload_at') {
      const path = reader.literal();
      if (path !== null) this.autoload = { isWhole: name === 'autoload_at', path };
      return;
    }
    const autoload = this.frames.findLast(frame => frame.autoload !== undefined)?.autoload;
    const call = reader.read(name, start, this.nesting, autoload ?? null, isAfterDot);
    if (call !== null) this.calls.push(call);
  }

  protected constant(isAbsolute: boolean): void {
    const path: ConstantPath = readPath(this.text, this.at, isAbsolute);
    this.at = path.end;
    this.state = 'argument';
    this.constants.add(path, this.nesting);
  }

  private keyword(name: string, start: number): void {
    if (TO_BEGIN.has(name)) this.state = 'begin';
    else if (TO_MIDDLE.has(name)) this.state = 'middle';
    else if (TO_ARGUMENT.has(name)) this.state = 'argument';
    else if (TO_END.has(name)) this.state = 'end';
    else if (name === 'end') {
      this.at = start;
      this.close('end', '');
      this.step(3, 'end');
    } else if (name === 'class' || name === 'module') this.scope(name, start);
    else if (name === 'def') this.definition(start);
    else if (name === 'do') this.block(start);
    else if (name === 'alias' || name === 'undef') this.rename(name);
    else if (name === 'BEGIN' || name === 'END') this.atExit(start);
    else {
      const isModifier = this.state !== 'begin' && name !== 'begin' && name !== 'case' && name !== 'for';
      const isLoop = name === 'while' || name === 'until' || name === 'for';
      if (!isModifier) this.open(name, start, isLoop ? { awaitsDo: true } : {});
      this.state = 'begin';
    }
    if (name === 'then') this.statementEnd();
  }

  private block(start: number): void {
    const top = this.frames.at(-1);
    if (top?.awaitsDo === true) top.awaitsDo = false;
    else this.open('do', start, this.autoload === null ? {} : { autoload: this.autoload });
    this.autoload = null;
    this.state = 'begin';
  }

  /** `END { … }`, but `END` is also what a constant may be called. */
  private atExit(start: number): void {
    if (/^[ \t]*\{/.test(this.text.slice(this.at, this.at + 20))) this.state = 'begin';
    else {
      this.at = start;
      this.constant(false);
    }
  }

  private rename(name: string): void {
    for (let left = name === 'alias' ? 2 : Number.POSITIVE_INFINITY; left > 0; left--) {
      this.skipBlanks();
      if (this.text.charAt(this.at) === ':') this.at++;
      const quote = this.text.charAt(this.at);
      if (quote === '"' || quote === "'") {
        const start = this.at++;
        this.quoted(quote.charCodeAt(0), 0, quote === "'", start);
      } else this.symbol();
      if (name === 'alias') continue;
      this.skipBlanks();
      if (this.text.charAt(this.at) !== ',') break;
      this.at++;
      while (this.isBlank(this.at)) this.at++;
    }
    this.state = 'end';
  }

  /** `class A::B`, `class << self`, `module ::A` */
  private scope(word: string, start: number): void {
    this.skipBlanks();
    const isTop = this.text.startsWith('::', this.at);
    const at = isTop ? this.at + 2 : this.at;
    if (isUpper(this.text.charAt(at))) {
      const path = readPath(this.text, at, isTop);
      this.at = path.end;
      const name = this.constants.define(path, this.nesting);
      const depth = (this.nesting?.depth ?? 0) + 1;
      if (depth > DEEPEST) this.fail('classes are nested too deeply', start);
      this.open(word, start, { opens: { name, outer: this.nesting, depth } });
      this.state = 'end';
      return;
    }
    // Another object's scope: `class << self`, `class self::A`. Constants are looked up around it.
    this.open(word, start, { opens: this.nesting });
    if (this.text.startsWith('<<', this.at)) this.step(2, 'begin');
    else this.state = 'class';
  }

  private definition(start: number): void {
    const { text } = this;
    this.open('def', start);
    this.locals = new Set();
    this.skipBlanks();
    const from = this.at;
    this.receiver();
    const nameAt = this.at;
    this.symbol();
    if (this.at > nameAt) this.defined.add(text.slice(nameAt, this.at));
    if (this.at === from) {
      // `def (expression).name`: read on as an expression.
      this.state = 'begin';
      return;
    }
    let at = this.at;
    while (text.charCodeAt(at) === 32) at++;
    if (text.charAt(at) === '(') {
      this.at = at;
      this.open('(', this.at++, { isParameters: true });
      this.state = 'begin';
    } else if (text.charAt(at) === '=' && !/[=~>]/.test(text.charAt(at + 1))) this.endless(at);
    else {
      this.isInParameters = true;
      this.state = 'argument';
    }
  }

  /** `self.`, `Foo.` or a variable's, before a method's name. */
  private receiver(): void {
    const before = this.at;
    while (this.text.charAt(this.at) === '@') this.at++;
    const at = this.at;
    const name = this.name();
    const isReceiver = name !== '' && /^(?:\.|::)/.test(this.text.slice(this.at, this.at + 2));
    if (!isReceiver) {
      this.at = before;
      return;
    }
    if (isUpper(name) && at === before)
      this.constants.refer({ segments: [name], isAbsolute: false, at, end: this.at }, this.nesting);
    this.at += this.text.charAt(this.at) === '.' ? 1 : 2;
  }

  /** `def a = 1`: no `end` belongs to it. */
  private endless(at: number): void {
    this.frames.pop();
    this.step(at + 1 - this.at, 'begin');
  }

  protected afterParen(frame: Frame): void {
    this.state = 'end';
    if (frame.isParameters !== true) return;
    let { at } = this;
    while (this.text.charCodeAt(at) === 32) at++;
    if (this.text.charAt(at) === '=' && !/[=~>]/.test(this.text.charAt(at + 1))) this.endless(at);
    else this.statementEnd();
  }
}
