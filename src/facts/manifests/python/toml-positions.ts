import { parse } from 'smol-toml';
import { LineCounter } from '../lines.js';

/** Where a key, an element or a table stands, and what stands in it. */
export interface TomlPosition {
  readonly line: number;
  readonly children: Map<string | number, TomlPosition>;
  /** An array of tables: a header that goes through it means its last element. */
  tables: boolean;
}

const BARE_KEY = /[A-Za-z0-9_-]*/y;
const PLAIN_VALUE = /[^,\]}#\n\r]*/y;
const SEPARATORS = /[ \t\r\n,]*/y;
const COMMENT = /#[^\n]*/y;
const BLANKS = /[ \t]*/y;

/**
 * Where everything of a TOML document stands. One pass over the text, which must be valid: TOML's library has read it
 * before, and tells no positions.
 */
export function tomlPositions(text: string): TomlPosition {
  return new PositionScanner(text).document();
}

class PositionScanner {
  private at = 0;
  private readonly lines: LineCounter;

  constructor(private readonly text: string) {
    this.lines = new LineCounter(text);
  }

  document(): TomlPosition {
    const root = position(1);
    let table = root;
    for (;;) {
      this.skipVoid();
      if (this.at >= this.text.length) return root;
      if (this.text[this.at] === '[') table = this.header(root);
      else this.pair(table);
    }
  }

  /** @returns the table that the header opens */
  private header(root: TomlPosition): TomlPosition {
    const line = this.line();
    const isElement = this.text[this.at + 1] === '[';
    this.at += isElement ? 2 : 1;
    const path = this.keyPath();
    this.at += isElement ? 2 : 1;
    const last = path.pop() ?? '';
    let table = root;
    for (const key of path) table = lastOf(child(table, key, line));
    table = child(table, last, line);
    if (!isElement) return lastOf(table);
    table.tables = true;
    return child(table, table.children.size, line);
  }

  private pair(table: TomlPosition): void {
    const line = this.line();
    let node = table;
    for (const key of this.keyPath()) node = child(node, key, line);
    this.at++; // the equals sign
    this.skip(BLANKS);
    this.value(node);
  }

  private value(node: TomlPosition): void {
    const first = this.text[this.at];
    if (first === '"' || first === "'") this.string();
    else if (first === '[') this.array(node);
    else if (first === '{') this.inlineTable(node);
    else this.skip(PLAIN_VALUE);
  }

  private array(node: TomlPosition): void {
    this.at++;
    for (let index = 0; ; index++) {
      this.skipVoid();
      if (this.at >= this.text.length || this.text[this.at] === ']') break;
      this.value(child(node, index, this.line()));
    }
    this.at++;
  }

  private inlineTable(node: TomlPosition): void {
    this.at++;
    for (;;) {
      this.skipVoid();
      if (this.at >= this.text.length || this.text[this.at] === '}') break;
      this.pair(node);
    }
    this.at++;
  }

  /** Up to the closing bracket or the equals sign, which it leaves. */
  private keyPath(): string[] {
    const path: string[] = [];
    for (;;) {
      this.skip(BLANKS);
      path.push(this.key());
      this.skip(BLANKS);
      if (this.text[this.at] !== '.') return path;
      this.at++;
    }
  }

  private key(): string {
    const from = this.at;
    const quote = this.text[from];
    if (quote !== '"' && quote !== "'") {
      this.skip(BARE_KEY);
      return this.text.slice(from, this.at);
    }
    this.string();
    const written = this.text.slice(from, this.at);
    if (quote === "'" || !written.includes('\\')) return written.slice(1, -1);
    return String(parse(`key = ${written}`)['key']);
  }

  private string(): void {
    const quote = this.text[this.at] ?? '';
    const triple = quote.repeat(3);
    const close = this.text.startsWith(triple, this.at) ? triple : quote;
    this.at += close.length;
    while (this.at < this.text.length && !this.text.startsWith(close, this.at))
      this.at += quote === '"' && this.text[this.at] === '\\' ? 2 : 1;
    this.at += close.length;
    // Up to two quotes before the closing three belong to the string.
    if (close === triple) while (this.text[this.at] === quote) this.at++;
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    pattern.test(this.text);
    // A pattern that matches nothing leaves the place as it is.
    this.at = Math.max(this.at, pattern.lastIndex);
  }

  /** Blanks, line ends, commas and comments. */
  private skipVoid(): void {
    this.skip(SEPARATORS);
    while (this.text[this.at] === '#') {
      this.skip(COMMENT);
      this.skip(SEPARATORS);
    }
  }

  private line(): number {
    return this.lines.lineAt(this.at);
  }
}

function position(line: number): TomlPosition {
  return { line, children: new Map(), tables: false };
}

function child(node: TomlPosition, key: string | number, line: number): TomlPosition {
  let next = node.children.get(key);
  if (next === undefined) {
    next = position(line);
    node.children.set(key, next);
  }
  return next;
}

function lastOf(node: TomlPosition): TomlPosition {
  return node.tables ? (node.children.get(node.children.size - 1) ?? node) : node;
}
