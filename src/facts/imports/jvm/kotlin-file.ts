import { type Found, finish } from '../ecmascript/found.js';
import type { Extraction } from '../language.js';
import { CODE } from '../tokens/characters.js';
import { KIND, type Tokens } from '../tokens/tokens.js';
import { dottedName } from './dotted-name.js';
import { behindAngles, declaredName } from './kotlin-declarations.js';
import { kotlinTokens } from './kotlin-lexer.js';
import { type Dialect, References } from './references.js';
import { stringValue } from './string-value.js';

const dialect: Dialect = {
  nameOf(tokens, index) {
    const raw = tokens.raw(index);
    return tokens.kind(index) === KIND.quotedName ? raw.slice(1, -1) : raw;
  },
  stringOf: raw => stringValue(raw.replace(/^\$+/, ''), true),
  origin: offset => offset,
};

/** `src/strings.jvm.kt` → `strings.jvm`. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
}

/** One Kotlin file or script: imports stand before everything else; all of it is walked for references. */
export class KotlinFile {
  private readonly tokens: Tokens;
  private readonly references: References;
  private readonly imports: Found[] = [];
  private readonly names = new Set<string>();
  private packageName: string | null = null;
  private isHeader = true;
  /** Brackets and braces that are open. */
  private depth = 0;
  private isPrivate = false;

  constructor(
    private readonly path: string,
    private readonly text: string,
  ) {
    this.tokens = kotlinTokens(text);
    this.references = new References(this.tokens, dialect);
  }

  read(): Extraction {
    for (let at = 0; at < this.tokens.size; ) at = this.token(at);
    const sites = finish(this.text, [...this.imports, ...this.references.found]);
    const declares = this.declares();
    return { ok: true, sites, ...(declares.length === 0 ? {} : { declares }) };
  }

  /** A script declares nothing that another file could import. */
  private declares(): readonly string[] {
    if (this.path.endsWith('.kts')) return [];
    const prefix = this.packageName === null ? '' : `${this.packageName}.`;
    const stem = stemOf(this.path);
    const names = [...this.names].filter(name => name !== stem).map(name => `${prefix}${name}`);
    if (this.packageName !== null) names.push(`package ${this.packageName}`);
    return names.sort();
  }

  private token(at: number): number {
    const { tokens } = this;
    if (tokens.isName(at)) return this.name(at);
    switch (tokens.kind(at)) {
      case CODE.open:
      case CODE.openBracket:
      case CODE.openBrace:
        this.depth++;
        break;
      case CODE.close:
      case CODE.closeBracket:
      case CODE.closeBrace:
        this.depth--;
        break;
      case CODE.less:
        if (this.isHeader && this.depth === 0) return behindAngles(tokens, at);
        break;
      case CODE.at:
      case CODE.colon:
      case CODE.semicolon:
        break;
      default:
        if (this.depth === 0) this.isHeader = false;
    }
    return at + 1;
  }

  private name(at: number): number {
    const { tokens } = this;
    const before = tokens.kind(at - 1);
    if (before === CODE.dot) return at + 1;
    if (this.depth === 0 && this.isHeader) {
      if (tokens.isWord(at, 'import') && tokens.isName(at + 1)) return this.import(at + 1);
      if (tokens.isWord(at, 'package') && tokens.isName(at + 1)) return this.package(at + 1);
      // `@file:Suppress(…)`; anything that is not an annotation is a declaration or a statement.
      if (before !== CODE.at && before !== CODE.colon) this.isHeader = false;
    }
    if (this.depth === 0) this.declaration(at);
    const behind = this.references.read(at);
    if (this.isHeader) this.facade(behind - 1);
    return behind;
  }

  private declaration(at: number): void {
    if (this.tokens.isWord(at, 'private')) this.isPrivate = true;
    const name = declaredName(this.tokens, dialect, at);
    if (name === null) return;
    if (!this.isPrivate) this.names.add(name);
    this.isPrivate = false;
  }

  /** `@file:JvmName("Strings")`: the class by which Java sees the file's functions. */
  private facade(at: number): void {
    const { tokens } = this;
    const isNamed = tokens.isWord(at, 'JvmName') && tokens.kind(at + 1) === CODE.open;
    if (isNamed && tokens.kind(at + 2) === KIND.string) this.names.add(dialect.stringOf(tokens.raw(at + 2)));
  }

  private package(first: number): number {
    const name = dottedName(this.tokens, dialect, first);
    this.packageName = name?.text ?? null;
    return name?.behind ?? first;
  }

  private import(first: number): number {
    const { tokens } = this;
    const name = dottedName(tokens, dialect, first);
    if (name === null) return first;
    this.imports.push({
      specifier: name.text,
      kind: 'value',
      typeOnly: false,
      names: [name.isWildcard ? '*' : name.last],
      at: tokens.start(first),
    });
    const hasAlias = tokens.isWord(name.behind, 'as') && tokens.isName(name.behind + 1);
    return hasAlias ? name.behind + 2 : name.behind;
  }
}
