import type { Found } from '../ecmascript/found.js';
import { CODE, isUpper } from '../tokens/characters.js';
import { KIND, type Tokens } from '../tokens/tokens.js';

/** What tells Java from Kotlin where both name classes in code. */
export interface Dialect {
  /** An identifier as the compiler sees it. */
  nameOf(tokens: Tokens, index: number): string;
  stringOf(raw: string): string;
  /** Where an offset of the lexed text lies in the file. */
  origin(offset: number): number;
}

/** Annotations within annotated names; nobody nests them. */
const DEEPEST = 3;

const EXPRESSIONS: ReadonlySet<string> = new Set(['this', 'super', 'class', 'new']);

/**
 * The names that code spells out with their package (`new com.x.db.Pool()`) and the classes that it looks up by
 * name (`Class.forName("com.x.db.Pool")`): both need no import.
 */
export class References {
  private readonly qualified = new Map<string, Found>();
  private readonly dynamic: Found[] = [];
  private depth = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly dialect: Dialect,
  ) {}

  get found(): readonly Found[] {
    return [...this.qualified.values(), ...this.dynamic];
  }

  /** Reads the dotted name that begins at a name's token. @returns the index behind it */
  read(first: number): number {
    const { tokens } = this;
    const segments = [this.dialect.nameOf(tokens, first)];
    let last = first;
    for (let next = this.behindDot(last); next !== null; next = this.behindDot(last)) {
      last = next;
      segments.push(this.dialect.nameOf(tokens, last));
    }
    if (segments.length > 1) this.add(segments, first);
    return this.lookUp(segments, last);
  }

  /** The next segment of a dotted name. A type may be annotated there: `java.lang.@NonNull String`. */
  private behindDot(index: number): number | null {
    const { tokens } = this;
    if (tokens.kind(index + 1) !== CODE.dot) return null;
    let next = index + 2;
    while (tokens.kind(next) === CODE.at && tokens.isName(next + 1)) {
      if (this.depth >= DEEPEST) return null;
      this.depth++;
      next = this.annotation(next + 1);
      this.depth--;
    }
    return tokens.isName(next) ? next : null;
  }

  /** @returns the index behind the annotation whose name begins at `first`, and behind its arguments */
  private annotation(first: number): number {
    const { tokens } = this;
    let at = this.read(first);
    if (tokens.kind(at) !== CODE.open) return at;
    const end = tokens.behind(at, CODE.open, CODE.close);
    if (end === null) return at;
    while (at < end) {
      const isStart = tokens.isName(at) && tokens.kind(at - 1) !== CODE.dot;
      at = isStart ? this.read(at) : at + 1;
    }
    return end;
  }

  private add(segments: readonly string[], first: number): void {
    const type = segments.findIndex(isUpper);
    if (type < 2 || segments.slice(0, type).some(segment => EXPRESSIONS.has(segment))) return;
    const specifier = segments.slice(0, type + 1).join('.');
    if (this.qualified.has(specifier)) return;
    this.qualified.set(specifier, {
      specifier,
      kind: 'value',
      typeOnly: false,
      form: 'qualified',
      names: segments.slice(type, type + 1),
      at: this.dialect.origin(this.tokens.start(first)),
    });
  }

  /** `Class.forName(…)` and `Class::forName`. */
  private lookUp(segments: readonly string[], last: number): number {
    const { tokens } = this;
    const behind = last + 1;
    const isMethod = segments.at(-1) === 'forName';
    const owner = segments.slice(0, isMethod ? -1 : undefined).join('.');
    if (owner !== 'Class' && owner !== 'java.lang.Class') return behind;
    if (isMethod && tokens.kind(behind) === CODE.open) return this.argument(behind + 1);
    const isReference =
      !isMethod && tokens.kind(behind) === CODE.colon && tokens.kind(behind + 1) === CODE.colon;
    if (isReference && tokens.isWord(behind + 2, 'forName')) this.addDynamic(null, tokens.start(last));
    return behind;
  }

  /** One literal, or several joined by `+`. */
  private argument(first: number): number {
    const { tokens } = this;
    let name = '';
    let index = first;
    for (; tokens.kind(index) === KIND.string; index++) {
      name += this.dialect.stringOf(tokens.raw(index));
      const next = tokens.kind(index + 1);
      if (next === CODE.close || next === CODE.comma) {
        this.addDynamic(className(name), tokens.start(first));
        return index + 1;
      }
      if (next !== CODE.plus) break;
      index++;
    }
    this.addDynamic(null, tokens.start(first));
    return first;
  }

  private addDynamic(specifier: string | null, offset: number): void {
    const at = this.dialect.origin(offset);
    this.dynamic.push({ specifier, kind: 'dynamic', typeOnly: false, form: 'class-name', at });
  }
}

/** `[Lcom.x.Pool;` is an array of them. An array of primitives, or nothing at all, names no class. */
function className(name: string): string {
  const array = /^\[+L([^;]*);$/.exec(name);
  return array?.[1] ?? name;
}
