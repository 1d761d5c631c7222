import { type Found, finish } from '../ecmascript/found.js';
import type { Extraction } from '../language.js';
import { CODE } from '../tokens/characters.js';
import { KIND, type Tokens } from '../tokens/tokens.js';
import { csharpTokens } from './lexer.js';
import { chainAt, nameOf, qualifiedName } from './names.js';
import { lookedUp } from './reflection.js';
import { Scopes } from './scopes.js';

/** Words before a name that is called as a type, not as a method: `new A.B(`, `is A.B(`, `record R() : A.B(`. */
const BEFORE_TYPE: ReadonlySet<string> = new Set(['new', 'is', 'case', 'not', 'or', 'and', 'operator']);

const PRIMITIVES: ReadonlySet<string> = new Set(
  'bool byte sbyte char decimal double float int uint nint nuint long ulong short ushort object string dynamic void'.split(
    ' ',
  ),
);

/** One C# file: its using directives, the names that it spells out, and the namespaces that it declares. */
export class CsharpFile {
  private readonly tokens: Tokens;
  private readonly scopes = new Scopes();
  private readonly found: Found[] = [];
  private readonly seen = new Set<string>();
  private readonly declared = new Set<string>();
  /** Kinds of the brackets that are open. */
  private readonly brackets: number[] = [];

  constructor(private readonly text: string) {
    this.tokens = csharpTokens(text);
  }

  read(): Extraction {
    for (let at = 0; at < this.tokens.size; ) at = this.token(at);
    const declares = [...this.declared].sort();
    return {
      ok: true,
      sites: finish(this.text, this.found),
      ...(declares.length === 0 ? {} : { declares }),
    };
  }

  private token(at: number): number {
    const { tokens, scopes } = this;
    if (tokens.isName(at)) return this.name(at);
    const kind = tokens.kind(at);
    if (kind === CODE.open || kind === CODE.openBracket) this.brackets.push(kind);
    else if (kind === CODE.close || kind === CODE.closeBracket) this.brackets.pop();
    else if (kind === CODE.openBrace) scopes.open();
    else if (kind === CODE.closeBrace) scopes.close();
    else if (kind === KIND.directive) scopes.directive(tokens, at);
    return at + 1;
  }

  private name(at: number): number {
    const { tokens, scopes } = this;
    if (tokens.kind(at - 1) === CODE.dot) return at + 1;
    if (scopes.isNamespaceLevel && tokens.kind(at) === KIND.name) {
      const behind = this.directive(at);
      if (behind !== null) return behind;
      if (scopes.namespace !== '') this.declared.add(scopes.namespace);
    }
    return this.chain(at);
  }

  /** @returns `null`: no directive stands here, but a member or a statement */
  private directive(at: number): number | null {
    const { tokens } = this;
    switch (tokens.raw(at)) {
      case 'namespace':
        return this.namespace(at + 1);
      case 'global':
        return tokens.isWord(at + 1, 'using') ? at + 1 : null;
      case 'using':
        return this.using(at + 1);
      case 'extern':
        if (!tokens.isWord(at + 1, 'alias') || !tokens.isName(at + 2)) return null;
        this.add('extern', nameOf(tokens, at + 2), [], at + 2, true);
        return at + 3;
      default:
        return null;
    }
  }

  private namespace(first: number): number | null {
    const { tokens, scopes } = this;
    const name = qualifiedName(tokens, first);
    if (name === null) return null;
    const kind = tokens.kind(name.behind);
    if (kind === CODE.openBrace) scopes.openNamespace(name.segments.join('.'), tokens.start(first));
    else if (kind === CODE.semicolon) scopes.setFile(name.segments.join('.'));
    else return name.behind;
    return name.behind + 1;
  }

  /** `using (…)`, `using var x = …` and `using A.B x = …` are statements. */
  private using(first: number): number | null {
    const { tokens } = this;
    let at = first;
    const isStatic = tokens.isWord(at, 'static');
    if (isStatic) at++;
    if (tokens.isWord(at, 'unsafe')) at++;
    if (tokens.isName(at) && tokens.kind(at + 1) === CODE.equals) return this.alias(at + 2);
    const name = qualifiedName(tokens, at);
    if (name === null || tokens.kind(name.behind) !== CODE.semicolon) return null;
    const form = isStatic ? 'static' : 'using';
    this.add(form, name.segments.join('.'), ['*'], name.first, name.isAbsolute);
    return this.typeArguments(at, name.behind);
  }

  private alias(first: number): number {
    const { tokens } = this;
    const name = qualifiedName(tokens, first);
    // `using Point = (int X, A.B Y);`: its parts are read as code.
    if (name === null || (name.segments.length === 1 && PRIMITIVES.has(name.segments[0] ?? ''))) return first;
    this.add('alias', name.segments.join('.'), name.segments.slice(-1), name.first, name.isAbsolute);
    return this.typeArguments(first, name.behind);
  }

  /** Names within a directive's type arguments: `using L = List<A.B.C>;`. */
  private typeArguments(first: number, behind: number): number {
    for (let at = first; at < behind; at++) if (this.tokens.kind(at) === CODE.less) return at;
    return behind;
  }

  private chain(at: number): number {
    const { tokens } = this;
    const chain = chainAt(tokens, at);
    const isCall = tokens.kind(chain.behind) === CODE.open;
    const dynamic = isCall && chain.isWhole ? lookedUp(tokens, chain.capitals, chain.behind + 1) : null;
    if (dynamic !== null) this.found.push(dynamic);
    let { capitals } = chain;
    if (isCall && chain.isWhole && this.isMethodCall(at - 1)) capitals = capitals.slice(0, -1);
    if (capitals.length > 1)
      this.add('qualified', capitals.join('.'), capitals.slice(-1), chain.first, chain.isAbsolute);
    return chain.behind;
  }

  /** Is `A.B(` behind this token a call of `A`'s method, and no type's constructor, pattern or attribute? */
  private isMethodCall(before: number): boolean {
    const { tokens } = this;
    const kind = tokens.kind(before);
    if (kind === KIND.name) return !BEFORE_TYPE.has(tokens.raw(before));
    if (kind === CODE.comma) return this.brackets.at(-1) !== CODE.openBracket;
    return kind !== CODE.openBracket && kind !== CODE.colon;
  }

  private add(
    form: string,
    specifier: string,
    names: readonly string[],
    index: number,
    isAbsolute: boolean,
  ): void {
    const { namespace } = this.scopes;
    const where = isAbsolute || namespace === '' ? form : `${form}@${namespace}`;
    const key = `${where} ${specifier}`;
    if (form === 'qualified' && this.seen.has(key)) return;
    this.seen.add(key);
    this.found.push({
      specifier,
      kind: 'value',
      typeOnly: false,
      ...(where === 'using' ? {} : { form: where }),
      ...(names.length === 0 ? {} : { names }),
      at: this.tokens.start(index),
    });
  }
}
