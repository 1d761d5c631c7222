import type { Found } from '../ecmascript/found.js';
import { LexicalError } from '../tokens/lexical-error.js';
import { readAttribute } from './attributes.js';
import { Facts, type ModulePaths, NO_PATHS } from './facts.js';
import { readInclude } from './include.js';
import { TestItems } from './items.js';
import {
  ARROW,
  BANG,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLONS,
  DOT,
  END,
  GREATER,
  HASH,
  LESS,
  Lexer,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  SEMICOLON,
  WORD,
} from './lexer.js';
import { INCLUDES, isImport, KEYWORDS, TEMPLATES } from './names.js';
import { Scope, type Segments } from './scopes.js';
import { readUse, type UseLeaf } from './use-tree.js';

/** Of brackets. The compiler itself gives up long before. */
const DEEPEST = 2000;

/** Reads one file. Brackets make frames; braces make scopes, but for those of a macro's arguments. */
export class RustReader {
  private readonly lexer: Lexer;
  private readonly items = new TestItems();
  private readonly facts = new Facts();
  private readonly scopes: Scope[] = [];
  /** For each open bracket: was the macro `cfg_if!` called with it, or with one around it? */
  private readonly transparent: boolean[] = [];
  private scope = Scope.file();
  /** How many brackets are open around the attribute that is being read; -1: none is. */
  private attributeDepth = -1;
  /** For each open bracket: does it stand in the arguments of a macro? */
  private readonly macros: boolean[] = [];
  /** What the attributes before a `mod` say of its file, and at which depth of brackets they stand. */
  private paths: (ModulePaths & { readonly depth: number }) | null = null;

  constructor(text: string) {
    this.lexer = new Lexer(text);
  }

  /** @throws LexicalError */
  read(): readonly Found[] {
    const { lexer } = this;
    lexer.next();
    while (lexer.kind !== END) this.token();
    return this.facts.found();
  }

  private token(): void {
    const { lexer } = this;
    switch (lexer.kind) {
      case WORD:
        this.word();
        return;
      case HASH:
        this.attribute();
        return;
      case OPEN_BRACE:
        this.items.token(OPEN_BRACE, '', none);
        this.open(this.transparent.at(-1) === true ? this.scope : this.scope.block(), false);
        return;
      case OPEN_PAREN:
      case OPEN_BRACKET:
        this.items.token(lexer.kind, '', none);
        this.open(this.scope, false);
        return;
      case CLOSE_PAREN:
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        this.close();
        return;
      case COLONS:
        this.global();
        return;
      default:
        this.items.token(lexer.kind, '', none);
        lexer.next();
    }
  }

  private open(scope: Scope, isMacro: boolean, isTransparent = false): void {
    if (this.scopes.length >= DEEPEST)
      throw new LexicalError('brackets are nested too deeply', this.lexer.start);
    this.items.open();
    this.scopes.push(this.scope);
    this.macros.push(isMacro || this.macros.at(-1) === true);
    this.transparent.push(isTransparent || this.transparent.at(-1) === true);
    this.scope = scope;
    this.lexer.next();
  }

  private close(): void {
    const { lexer } = this;
    const { kind } = lexer;
    lexer.next();
    const goesOn =
      lexer.kind === ARROW ||
      lexer.kind === DOT ||
      lexer.kind === QUESTION ||
      (lexer.kind === WORD && lexer.word === 'else');
    this.items.close(kind, goesOn);
    this.scope = this.scopes.pop() ?? this.scope;
    if (this.scopes.length === this.attributeDepth) this.attributeDepth = -1;
    this.macros.pop();
    this.transparent.pop();
  }

  /** `#[…]` and `#![…]`; what stands in it is read like any other tokens, but for lists of lints. */
  private attribute(): void {
    const { lexer } = this;
    let isInner = false;
    if (lexer.next() === BANG && this.attributeDepth === -1) {
      isInner = true;
      lexer.next();
    }
    // Within an attribute, another one is but tokens.
    if (lexer.kind !== OPEN_BRACKET || this.attributeDepth !== -1) return;
    const { test, path, maybe, isEmpty } = readAttribute(lexer);
    if (isInner) {
      if (test) this.items.testWhole();
    } else {
      const from = this.items.attribute(test, this.facts.length);
      if (from !== null) this.facts.testFrom(from);
      if (path !== null || maybe.length > 0) {
        const before = this.takePaths();
        this.paths = {
          own: path ?? before.own,
          maybe: [...before.maybe, ...maybe],
          depth: this.scopes.length,
        };
      }
    }
    if (isEmpty) {
      lexer.skipGroup();
      return;
    }
    this.attributeDepth = this.scopes.length;
    this.open(this.scope, false);
  }

  private takePaths(): ModulePaths {
    const { paths } = this;
    if (paths === null || paths.depth !== this.scopes.length) return NO_PATHS;
    this.paths = null;
    return paths;
  }

  private word(): void {
    const { lexer } = this;
    const { word, isRaw, start } = lexer;
    const isPlace = lexer.previous !== DOT && lexer.previous !== COLONS;
    this.items.token(WORD, isRaw ? '' : word, () => this.peek());
    const paths = word === 'pub' || word === 'unsafe' ? NO_PATHS : this.takePaths();
    if (!isRaw && isPlace) {
      switch (word) {
        case 'use':
          if (this.use(false)) return;
          break;
        case 'pub':
          this.visibility();
          return;
        case 'mod':
          this.module(paths);
          return;
        case 'extern':
          this.extern();
          return;
        case 'struct':
        case 'enum':
        case 'trait':
        case 'type':
        case 'union':
          this.declaration();
          return;
        case 'macro':
          if (this.macroItem()) return;
          break;
      }
      if (KEYWORDS.has(word)) {
        if (lexer.start === start) lexer.next();
        return;
      }
    }
    this.path([], start, isPlace);
  }

  private peek(): string {
    const { start } = this.lexer;
    this.lexer.next();
    const word = this.lexer.kind === WORD ? this.lexer.word : '';
    this.lexer.rewind(start);
    return word;
  }

  private add(fact: Omit<Parameters<Facts['add']>[0], 'scope' | 'test'>): void {
    this.facts.add({ ...fact, scope: this.scope, test: this.items.isTest });
  }

  /** `false`: no declaration; the lexer stands at `use` again. */
  private use(isPublic: boolean): boolean {
    const { lexer } = this;
    const { start } = lexer;
    // `impl Trait + use<'a, T>` captures.
    let leaves: readonly UseLeaf[] | null = null;
    if (lexer.next() !== LESS) {
      leaves = readUse(lexer);
      // Macros may have a language of their own.
      if (leaves === null && this.macros.at(-1) !== true)
        throw new LexicalError('a `use` declaration was expected', start);
    }
    if (leaves === null) {
      lexer.rewind(start);
      return false;
    }
    for (const { path, isGlob, name, at } of leaves) {
      if (path.length === 0) continue;
      if (name !== null) this.scope.import(name, path);
      const names = [isGlob ? '*' : (path.at(-1) ?? '')];
      const kind = isPublic ? 're-export' : 'value';
      this.add({ at, path, specifier: null, kind, names, isUse: true });
    }
    return true;
  }

  /** `pub`, `pub(crate)`, `pub(in a::b)`; not `pub (A, B)`, the field of a tuple. */
  private visibility(): void {
    const { lexer } = this;
    if (lexer.next() === OPEN_PAREN) {
      const { start } = lexer;
      lexer.next();
      const isIn = lexer.kind === WORD && lexer.word === 'in';
      const isShort = lexer.kind === WORD && /^(?:crate|self|super)$/.test(lexer.word);
      const isVisibility = isIn || (isShort && lexer.next() === CLOSE_PAREN);
      lexer.rewind(start);
      if (isVisibility) lexer.skipGroup();
    }
    if (lexer.kind !== WORD || lexer.isRaw) return;
    if (lexer.word === 'use') {
      this.items.token(WORD, 'use', none);
      this.use(true);
    } else if (lexer.word === 'extern') {
      this.items.token(WORD, 'extern', none);
      this.extern('re-export');
    }
  }

  /** `mod x;` and `mod x {`. */
  private module(paths: ModulePaths): void {
    const { lexer } = this;
    if (lexer.next() !== WORD) return;
    const { word: name, start: at } = lexer;
    lexer.next();
    if (lexer.kind !== SEMICOLON && lexer.kind !== OPEN_BRACE) return;
    this.scope.declare(name);
    if (lexer.kind === SEMICOLON) this.facts.module(name, at, this.scope, paths, this.items.isTest);
    else this.open(this.scope.module(name, paths.own), this.macros.at(-1) === true);
  }

  /** `extern crate a as b;` */
  private extern(kind: 'value' | 're-export' = 'value'): void {
    const { lexer } = this;
    lexer.next();
    if (!lexer.isWord('crate')) return;
    if (lexer.next() !== WORD) return;
    const { word: name, start: at } = lexer;
    let alias = name;
    lexer.next();
    if (lexer.isWord('as') && lexer.next() === WORD) {
      alias = lexer.word;
      lexer.next();
    }
    if (!lexer.is(SEMICOLON)) return;
    if (alias !== name && alias !== '_') this.scope.import(alias, name === 'self' ? ['crate'] : ['', name]);
    if (name !== 'self') this.add({ at, path: null, specifier: name, kind, form: 'extern-crate' });
  }

  private declaration(): void {
    const { lexer } = this;
    const { word: keyword, start } = lexer;
    if (lexer.next() !== WORD || KEYWORDS.has(lexer.word)) {
      // `union` is a name like any other.
      if (keyword !== 'union') return;
      lexer.rewind(start);
      this.path([], start, true);
      return;
    }
    this.scope.declare(lexer.word);
    lexer.next();
  }

  /** `macro name($x:expr) { … }`: a template. */
  private macroItem(): boolean {
    const { lexer } = this;
    const { start } = lexer;
    if (lexer.next() === WORD) {
      lexer.next();
      if (lexer.kind === OPEN_PAREN) lexer.skipGroup();
      if (lexer.kind === OPEN_BRACE) {
        this.open(this.scope, false);
        while (!lexer.is(CLOSE_BRACE, END)) {
          if (lexer.is(OPEN_BRACE, OPEN_PAREN, OPEN_BRACKET)) lexer.skipGroup();
          else lexer.next();
        }
        if (lexer.is(CLOSE_BRACE)) this.close();
        return true;
      }
    }
    lexer.rewind(start);
    return false;
  }

  /** `::` where a path may begin. */
  private global(): void {
    const { lexer } = this;
    // `Vec<T>::new`; but `impl<T> ::a::B` and `x > ::a::B`, by how everybody writes them.
    const isBegun = lexer.previous === GREATER && lexer.text.charCodeAt(lexer.start - 1) === GREATER;
    this.items.token(COLONS, '', none);
    if (lexer.next() !== WORD) return;
    if (isBegun) this.path([], lexer.start, false);
    else this.path([''], lexer.start, true);
  }

  /** From a path's first name. `isHead`: nothing stands before it that it belongs to. */
  private path(prefix: Segments, at: number, isHead: boolean): void {
    const { lexer } = this;
    const { isRaw, start } = lexer;
    const segments = [...prefix, lexer.word];
    let last = lexer.word;
    lexer.next();
    while (lexer.kind === COLONS) {
      lexer.next();
      if (!lexer.is(WORD)) break;
      last = lexer.word;
      segments.push(last);
      lexer.next();
    }
    if (isHead && segments.length > 1 && isImport(segments, isRaw))
      this.add({
        at: start === at ? at : start,
        path: segments,
        specifier: null,
        kind: 'value',
        form: 'path',
        names: [last],
      });
    if (lexer.kind === BANG) this.macro(last);
  }

  private macro(name: string): void {
    const { lexer } = this;
    lexer.next();
    if (name === 'macro_rules' && lexer.is(WORD)) {
      this.scope.declareMacro(lexer.word);
      lexer.next();
    }
    const { kind } = lexer;
    if (kind !== OPEN_PAREN && kind !== OPEN_BRACKET && kind !== OPEN_BRACE) return;
    if (INCLUDES.has(name)) {
      const { start } = lexer;
      const include = readInclude(lexer);
      lexer.rewind(start);
      if (include !== null) this.add({ ...include, path: null, kind: 'value' });
    }
    if (!TEMPLATES.has(name)) {
      this.open(this.scope, true, name === 'cfg_if');
      return;
    }
    this.items.open();
    lexer.skipGroup();
    this.items.close(kind === OPEN_BRACE ? CLOSE_BRACE : CLOSE_PAREN, false);
  }
}

function none(): string {
  return '';
}
