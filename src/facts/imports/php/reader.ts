import { Cursor } from './cursor.js';
import { includedPath } from './include.js';
import { References } from './references.js';
import { ARROW, ATTRIBUTE, END, NAME, SCOPE } from './tokens.js';
import { UseReader } from './use.js';

/** What encloses the code being read. `hooks` is the block of a property's hooks. */
type Frame =
  | 'block'
  | 'namespace'
  | 'class'
  | 'hooks'
  | 'parentheses'
  | 'brackets'
  | 'parameters'
  | 'class arguments'
  | 'attribute';

const CLOSERS: Readonly<Record<Frame, number>> = {
  block: 125,
  namespace: 125,
  class: 125,
  hooks: 125,
  parentheses: 41,
  brackets: 93,
  parameters: 41,
  'class arguments': 41,
  attribute: 93,
};

const MODIFIERS: ReadonlySet<string> = new Set(
  'public protected private static readonly var final abstract'.split(' '),
);
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'new instanceof class interface trait enum function fn catch use namespace set const ' +
    'include include_once require require_once'
  ).split(' '),
);
const DECLARES: ReadonlySet<string> = new Set(['class', 'interface', 'trait', 'enum']);
const BASES: ReadonlySet<string> = new Set(['extends', 'implements']);
/** What may follow `new` in place of a class's name: `new readonly class {}`. */
const ANONYMOUS: ReadonlySet<string> = new Set(['class', 'readonly']);
/** `(`, `)`, `|`, `&`, `?` and names. */
const TYPE_TOKENS: ReadonlySet<number> = new Set([NAME, 40, 41, 124, 38, 63]);
/** Tokens after which a keyword of an expression was only a name: `=`, `:`, `)`, `,`, `;`. */
const NO_OPERAND: ReadonlySet<number> = new Set([61, 58, 41, 44, 59]);

/** Goes over the tokens of a file and tells what each name in them is. */
export class Reader extends Cursor {
  readonly references = new References();
  private readonly frames: Frame[] = [];
  /** For each frame: a type, a member or an attribute's name is expected next. */
  private readonly fresh: boolean[] = [];
  /** How many frames are around the `const` statement being read; -1: none is. */
  private constants = -1;

  read(): void {
    while (this.kind() !== END) {
      if (this.fresh.at(-1) === true && this.begin()) continue;
      this.step();
    }
  }

  private lower(ahead = 0): string {
    return this.kind(ahead) === NAME ? this.word(ahead).toLowerCase() : '';
  }

  private place(): number {
    return this.tokens.starts[this.at] ?? 0;
  }

  private top(): Frame | undefined {
    return this.frames.at(-1);
  }

  private open(frame: Frame, fresh = false): void {
    this.frames.push(frame);
    this.fresh.push(fresh);
    this.at++;
  }

  private setFresh(value: boolean): void {
    this.fresh[this.fresh.length - 1] = value;
  }

  private step(): void {
    const kind = this.kind();
    const top = this.top();
    if (kind === NAME) this.name(top);
    else if (kind === 123 /* { */) this.open(top === 'class' || top === 'parameters' ? 'hooks' : 'block');
    else if (kind === 40 /* ( */) this.open('parentheses');
    else if (kind === 91 /* [ */) this.open('brackets');
    else if (kind === ATTRIBUTE) this.open('attribute', true);
    else if (kind === 125 || kind === 41 || kind === 93) this.close(kind);
    else {
      if (kind === 44 /* , */ && (top === 'parameters' || top === 'attribute')) this.setFresh(true);
      if (kind === 59 /* ; */ && top === 'class') this.setFresh(true);
      this.at++;
      if (kind === 44 && this.constants === this.frames.length) this.constantName();
      else if (kind === 59) this.constants = -1;
    }
  }

  private close(kind: number): void {
    this.at++;
    const top = this.top();
    if (top === undefined || CLOSERS[top] !== kind) return;
    this.frames.pop();
    this.fresh.pop();
    if (top === 'parameters') this.afterParameters();
    else if (top === 'class arguments') this.classHeader();
    else if (top === 'namespace') this.references.enterNamespace('');
    else if (kind === 125 && this.top() === 'class') this.setFresh(true);
  }

  /** At the start of a parameter, an attribute or a member of a class. False: nothing of that kind stands here. */
  private begin(): boolean {
    const kind = this.kind();
    if (kind === ATTRIBUTE || CLOSERS[this.top() ?? 'block'] === kind) return false;
    if (this.top() === 'class') {
      this.member();
      return true;
    }
    this.setFresh(false);
    if (this.top() === 'attribute') {
      if (kind === NAME) this.classHere();
    } else {
      while (this.modifier());
      this.type();
    }
    return true;
  }

  /** `public`, `private(set)`. */
  private modifier(): boolean {
    if (!MODIFIERS.has(this.lower())) return false;
    this.at += this.kind(1) === 40 && this.lower(2) === 'set' && this.kind(3) === 41 ? 4 : 1;
    return true;
  }

  private member(): void {
    const word = this.lower();
    if (this.kind() === 59) this.at++;
    else if (word === 'use') this.traits();
    else if (!this.modifier()) {
      this.setFresh(false);
      if (word === 'const') this.constant();
      else if (word === 'case') this.at += 2;
      else if (word === 'function') this.functionHead();
      else this.type();
    }
  }

  private classHere(): void {
    this.references.classNamed(this.word(), this.place());
    this.at++;
  }

  /** `?A`, `A|B`, `(A&B)|null`, and the `&` of a parameter taken by reference. */
  private type(): void {
    let depth = 0;
    for (;;) {
      const kind = this.kind();
      if (kind === NAME) this.classHere();
      else if (kind === 124 /* | */ || kind === 38 /* & */ || kind === 63 /* ? */) this.at++;
      else if (kind === 40) {
        depth++;
        this.at++;
      } else if (kind === 41 && depth > 0) {
        depth--;
        this.at++;
      } else return;
    }
  }

  /** `const A = 1`, `const Type A = 1` in a class. */
  private constant(): void {
    this.at++;
    let end = this.at;
    while (TYPE_TOKENS.has(this.tokens.kinds[end] ?? END)) end++;
    while (this.at < end) {
      if (this.kind() === NAME && this.at < end - 1) this.classHere();
      else this.at++;
    }
  }

  /** `use A, B { A::f insteadof B; }` in a class. */
  private traits(): void {
    this.at++;
    let isResolving = false;
    let isClass = true;
    for (; this.kind() !== END; this.at++) {
      const kind = this.kind();
      if (kind === 123) isResolving = true;
      else if (kind === 125) break;
      else if (kind === 59) {
        if (!isResolving) break;
        isClass = false;
      } else if (kind === NAME) {
        if (isClass || this.kind(1) === SCOPE) this.references.classNamed(this.word(), this.place());
        if (isResolving) isClass = this.lower() === 'insteadof';
      }
      if (kind === 123) isClass = false;
      else if (kind === 44 && isResolving) isClass = true;
    }
    this.at++;
  }

  /** `A =`, in a `const` statement outside of a class. */
  private constantName(): void {
    if (this.kind() !== NAME || this.kind(1) !== 61 /* = */) return;
    this.references.declare(this.word(), 'const');
    this.at++;
  }

  private functionHead(): void {
    this.at++;
    if (this.kind() === 38) this.at++;
    if (this.kind() === NAME) {
      if (this.top() !== 'class') this.references.declare(this.word(), 'function');
      this.at++;
    }
    if (this.kind() === 40) this.open('parameters', true);
  }

  /** `use ($x)` of a closure, the type that is returned, the body. */
  private afterParameters(): void {
    if (this.lower() === 'use' && this.kind(1) === 40) {
      while (this.kind() !== 41 && this.kind() !== END) this.at++;
      this.at++;
    }
    if (this.kind() === 58 /* : */) {
      this.at++;
      this.type();
    }
    if (this.kind() === 123) this.open('block');
  }

  /** `extends A implements B, C {`, from behind the name. */
  private classHeader(): void {
    let isBase = false;
    for (let kind = this.kind(); kind === NAME || kind === 44 || kind === 58; kind = this.kind()) {
      const isKeyword = BASES.has(this.lower());
      isBase ||= isKeyword;
      if (kind === NAME && isBase && !isKeyword) this.classHere();
      else this.at++;
    }
    if (this.kind() === 123) this.open('class', true);
  }

  private name(top: Frame | undefined): void {
    const before = this.kind(-1);
    if (before === ARROW || before === SCOPE) {
      this.at++;
      return;
    }
    const word = this.word();
    const after = this.kind(1);
    const lower = word.length <= 12 ? word.toLowerCase() : '';
    if (after === SCOPE) this.classHere();
    else if (word.includes('\\')) {
      this.references.memberNamed(word, after === 40 ? 'function' : 'const', this.place());
      this.at++;
    } else if (KEYWORDS.has(lower) && !NO_OPERAND.has(after)) this.keyword(lower, top);
    else this.at++;
  }

  private keyword(word: string, top: Frame | undefined): void {
    const next = this.kind(1);
    if (word === 'function') this.functionHead();
    else if (word === 'fn' && (next === 40 || next === 38)) this.functionHead();
    else if (word === 'namespace') this.namespace();
    else if (word.startsWith('include') || word.startsWith('require')) this.include();
    else if (word === 'use' && next === NAME && (top === undefined || top === 'namespace'))
      this.at = new UseReader(this.text, this.tokens, this.references, this.at + 1).read();
    else if (DECLARES.has(word)) this.declaration(word);
    else if (word === 'const') {
      this.at++;
      this.constants = this.frames.length;
      this.constantName();
    } else this.operand(word, top);
  }

  private operand(word: string, top: Frame | undefined): void {
    this.at++;
    if (word === 'new' || word === 'instanceof') {
      if (this.kind() === NAME && !ANONYMOUS.has(this.lower())) this.classHere();
    } else if (word === 'catch' && this.kind() === 40) {
      this.open('parentheses');
      this.type();
    } else if (word === 'set' && top === 'hooks' && this.kind() === 40) this.open('parameters', true);
  }

  private declaration(word: string): void {
    const name = this.lower(1);
    const after = this.kind(2);
    this.at++;
    const isNamed = name !== '' && !BASES.has(name);
    // `enum` is a keyword only where a declaration can follow.
    if (word === 'enum' && (!isNamed || (after !== 123 && after !== 58 && !BASES.has(this.lower(1))))) return;
    if (isNamed) {
      this.references.declare(this.word(), '');
      this.at++;
      this.classHeader();
    } else if (word === 'class' && this.kind() === 40) this.open('class arguments');
    else if (word === 'class') this.classHeader();
  }

  private namespace(): void {
    this.at++;
    const name = this.kind() === NAME ? this.word() : '';
    if (name === '' && this.kind() !== 123) return;
    this.references.enterNamespace(name);
    if (name !== '') this.at++;
    if (this.kind() === 123) this.open('namespace');
  }

  private include(): void {
    this.at++;
    const path = includedPath(this.text, this.tokens, this.at);
    this.references.include(
      path?.path ?? null,
      path?.anchored === false ? 'include-path' : 'include',
      this.place(),
    );
  }
}
