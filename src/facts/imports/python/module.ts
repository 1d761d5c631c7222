import type { EdgeKind } from '../../../model/edges.js';
import type { Found } from '../ecmascript/found.js';
import { type Call, readCall } from './calls.js';
import { Guards, meaningOf } from './guards.js';
import { Lexer, type Word } from './lexer.js';

const TABULATOR = 8;
/** Longer names are no keyword. */
const LONGEST_KEYWORD = 6;

/** All that one reading of a file finds. */
export interface Reading {
  readonly sites: readonly Found[];
  /** Names under which the importing functions are called, besides their own. */
  readonly functions: ReadonlySet<string>;
}

/** Reads a whole file, statement by statement. */
export class Module {
  private readonly lexer: Lexer;
  private readonly guards = new Guards();
  private readonly found: Found[] = [];
  private readonly calls: (Call & { readonly isErased: boolean })[] = [];
  /** Names bound to importlib or builtins. */
  private readonly libraries = new Set<string>();
  private readonly functions = new Set<string>();
  private readonly checks = new Set<string>();

  /** @param called names whose calls are looked at */
  constructor(
    private readonly text: string,
    private readonly called: ReadonlySet<string>,
  ) {
    this.lexer = new Lexer(text, word => this.word(word));
  }

  read(): Reading {
    while (this.lexer.at < this.text.length) this.line();
    for (const { receiver, name, specifier, at, isErased } of this.calls) {
      const isMeant =
        receiver === null
          ? name === '__import__' || this.functions.has(name)
          : this.libraries.has(receiver) && (name === 'import_module' || name === '__import__');
      if (isMeant) this.found.push({ specifier, kind: 'dynamic', typeOnly: isErased, at, names: ['*'] });
    }
    return { sites: this.found, functions: this.functions };
  }

  /** A word in code: might it be the name of a call that imports? */
  private word(word: Word): void {
    const written = this.text.slice(word.start, word.end);
    const name = isAscii(written) ? written : written.normalize('NFKC');
    if (!this.called.has(name)) return;
    const call = readCall(this.text, word);
    if (call !== null) this.calls.push({ ...call, isErased: this.guards.isErased });
  }

  /** One logical line. */
  private line(): void {
    const { lexer, text } = this;
    const indent = this.indent();
    const start = lexer.at;
    const code = text.charCodeAt(start);
    if (code === 35) lexer.comment();
    if (this.atLineEnd()) {
      lexer.at++;
      return;
    }
    const first = this.keyword();
    this.guards.line(indent, first);
    if (first === 'if' || first === 'elif') {
      lexer.at += first.length;
      const from = lexer.at;
      lexer.code(false);
      this.guards.condition(indent, first, meaningOf(text.slice(from, lexer.at), this.checks));
    } else this.statement(first);
    this.rest();
    lexer.at++;
  }

  /** What follows on the line: after `;`, and after the `:` of a compound statement. */
  private rest(): void {
    const { lexer } = this;
    while (!this.atLineEnd()) {
      const code = this.text.charCodeAt(lexer.at);
      if (code === 35) lexer.comment();
      else {
        if (code === 59 || code === 58) lexer.at++;
        lexer.skip(false);
        if (!this.atLineEnd()) this.statement(this.keyword());
      }
    }
  }

  private atLineEnd(): boolean {
    const code = this.text.charCodeAt(this.lexer.at);
    return code === 10 || code === 13 || Number.isNaN(code);
  }

  /** Columns of blanks at the line's start, as CPython counts them. */
  private indent(): number {
    const { lexer, text } = this;
    for (let columns = 0; ; lexer.at++) {
      const code = text.charCodeAt(lexer.at);
      if (code === 32) columns++;
      else if (code === 9) columns += TABULATOR - (columns % TABULATOR);
      else if (code === 12) columns = 0;
      else if (code === 92) {
        const before = lexer.at;
        lexer.skip(false);
        if (lexer.at === before) return columns;
        lexer.at--;
      } else return columns;
    }
  }

  /** The word that stands here, if it could be a keyword. Moves nothing. */
  private keyword(): string {
    const { lexer } = this;
    const before = lexer.at;
    const name = lexer.name();
    lexer.at = before;
    const quote = this.text.charCodeAt(before + name.length);
    return name.length > LONGEST_KEYWORD || quote === 34 || quote === 39 ? '' : name;
  }

  private statement(first: string): void {
    const { lexer } = this;
    const before = lexer.at;
    if (first === 'lazy') {
      // Python 3.15: `lazy import x`. Elsewhere it is a name like any other.
      lexer.at += first.length;
      lexer.skip(false);
      const next = this.keyword();
      if (next === 'import' || next === 'from') {
        this.imports(next);
        return;
      }
      lexer.at = before;
    }
    if (first === 'import' || first === 'from') this.imports(first);
    else lexer.code(false);
  }

  private imports(word: string): void {
    const { lexer } = this;
    lexer.at += word.length;
    lexer.skip(false);
    if (word === 'import') this.importStatement();
    else this.fromStatement();
    lexer.skip(false);
    const code = this.text.charCodeAt(lexer.at);
    if (!this.atLineEnd() && code !== 59 && code !== 35) this.malformed();
  }

  private malformed(): never {
    this.lexer.fail('the import can’t be read', this.lexer.at);
  }

  private add(specifier: string, name: string, at: number): void {
    const isErased = this.guards.isErased;
    const kind: EdgeKind = isErased ? 'type' : 'value';
    this.found.push({ specifier, kind, typeOnly: isErased, at, names: [name] });
  }

  /** `import a.b as c, d` */
  private importStatement(): void {
    const { lexer } = this;
    for (;;) {
      const at = lexer.at;
      const specifier = this.dotted();
      const bound = this.as(false) ?? specifier.split('.')[0] ?? '';
      this.add(specifier, '*', at);
      const top = specifier.split('.')[0];
      if (specifier === 'importlib' || specifier === 'builtins') this.libraries.add(bound);
      else if (top === 'importlib' && bound === top) this.libraries.add(bound);
      if (this.text.charCodeAt(lexer.at) !== 44) return;
      lexer.at++;
      lexer.skip(false);
    }
  }

  /** `from ..a.b import c as d, (e)` */
  private fromStatement(): void {
    const { lexer, text } = this;
    let dots = '';
    for (; text.charCodeAt(lexer.at) === 46; dots += '.') {
      lexer.at++;
      lexer.skip(false);
    }
    const specifier = dots !== '' && this.keyword() === 'import' ? dots : dots + this.dotted();
    lexer.skip(false);
    if (this.keyword() !== 'import') this.malformed();
    lexer.at += 'import'.length;
    lexer.skip(false);
    if (text.charCodeAt(lexer.at) === 42) {
      this.add(specifier, '*', lexer.at++);
      return;
    }
    const isBracketed = text.charCodeAt(lexer.at) === 40;
    if (isBracketed) lexer.at++;
    for (;;) {
      lexer.skip(isBracketed);
      const at = lexer.at;
      if (isBracketed && text.charCodeAt(at) === 41) break;
      const name = this.identifier();
      this.bound(specifier, name, this.as(isBracketed) ?? name);
      this.add(specifier, name, at);
      if (text.charCodeAt(lexer.at) !== 44) break;
      lexer.at++;
    }
    if (!isBracketed) return;
    if (text.charCodeAt(lexer.at) !== 41) this.malformed();
    lexer.at++;
  }

  private bound(specifier: string, name: string, as: string): void {
    if ((name === 'import_module' || name === '__import__') && /^(?:importlib|builtins)$/.test(specifier))
      this.functions.add(as);
    if (name === 'TYPE_CHECKING') this.checks.add(as);
  }

  private identifier(): string {
    const name = this.lexer.name();
    if (name === '' || /^\d/.test(name)) this.malformed();
    return isAscii(name) ? name : name.normalize('NFKC');
  }

  private dotted(): string {
    const { lexer, text } = this;
    let path = this.identifier();
    for (lexer.skip(false); text.charCodeAt(lexer.at) === 46; lexer.skip(false)) {
      lexer.at++;
      lexer.skip(false);
      path += `.${this.identifier()}`;
    }
    return path;
  }

  /** The name after `as`; `null`: there is none. Blanks after it are passed over. */
  private as(isBracketed: boolean): string | null {
    const { lexer } = this;
    lexer.skip(isBracketed);
    if (this.keyword() !== 'as') return null;
    lexer.at += 'as'.length;
    lexer.skip(isBracketed);
    const name = this.identifier();
    lexer.skip(isBracketed);
    return name;
  }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
