import { ManifestError } from '../format.js';

/** One block of a yarn.lock of Yarn 1. */
export interface ClassicBlock {
  /** Descriptors (`name@range`) that it answers. */
  readonly keys: readonly string[];
  readonly line: number;
  /** Fields with one value: `version`, `resolved`, `integrity`, `name` … The last one of a name counts. */
  readonly fields: Map<string, string>;
  /** Fields with values of their own: `dependencies`, `optionalDependencies`. */
  readonly sections: Map<string, Map<string, string>>;
}

const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const COLON = 58;
const BLANK = 32;

/**
 * The blocks of a lock file of Yarn 1, line by line: its own parser reads nothing more, and the library's grammar
 * takes many times as long. @throws ManifestError with the line on whatever is not of this form
 */
export function classicBlocks(text: string): readonly ClassicBlock[] {
  return new Reader(text).blocks();
}

class Reader {
  private line = 0;
  private at = 0;
  private end = 0;
  private readonly found: ClassicBlock[] = [];
  private block: ClassicBlock | null = null;
  private section: Map<string, string> | null = null;

  constructor(private readonly text: string) {}

  blocks(): readonly ClassicBlock[] {
    const { text } = this;
    for (let start = 0; start < text.length; ) {
      const stop = text.indexOf('\n', start);
      if (stop === -1) throw this.wrong('the last line has no end: the file is cut off', this.line + 1);
      this.line++;
      this.at = start;
      this.end = stop > start && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
      this.readLine(start);
      start = stop + 1;
    }
    return this.found;
  }

  private readLine(start: number): void {
    while (this.code() === BLANK) this.at++;
    if (this.at === this.end || this.code() === HASH) return;
    const depth = (this.at - start) / 2;
    if (depth === 0) {
      this.block = { keys: this.heading(), line: this.line, fields: new Map(), sections: new Map() };
      this.section = null;
      this.found.push(this.block);
    } else if (depth === 1 && this.block !== null) this.field(this.block);
    else if (depth === 2 && this.section !== null) {
      const key = this.token();
      this.colon();
      this.section.set(key, this.value());
    } else throw this.wrong('the indentation is not that of a lock file');
  }

  private heading(): readonly string[] {
    const keys = [this.token()];
    while (this.code() === COMMA) {
      this.at++;
      this.blanks();
      keys.push(this.token());
    }
    if (this.code() !== COLON) throw this.wrong('a colon is missing');
    this.at++;
    this.finish();
    return keys;
  }

  private field(block: ClassicBlock): void {
    const key = this.token();
    const colon = this.colon();
    if (colon) this.blanks();
    if (!colon || (this.at < this.end && this.code() !== HASH)) {
      this.section = null;
      block.fields.set(key, colon ? this.last() : this.value());
      return;
    }
    this.section = new Map();
    block.sections.set(key, this.section);
  }

  /** A colon may stand between a name and its value. */
  private colon(): boolean {
    const found = this.code() === COLON;
    if (found) this.at++;
    return found;
  }

  private value(): string {
    if (this.code() !== BLANK) throw this.wrong('a value is missing');
    this.blanks();
    return this.last();
  }

  private last(): string {
    const value = this.token();
    this.finish();
    return value;
  }

  private token(): string {
    const { text, end } = this;
    const start = this.at;
    if (this.code() !== QUOTE) {
      for (let code = this.code(); code !== BLANK && code !== COMMA && code !== COLON && this.at < end; ) {
        this.at++;
        code = this.code();
      }
      if (this.at === start) throw this.wrong('a name or a value is missing');
      return text.slice(start, this.at);
    }
    let close = start + 1;
    let escaped = false;
    for (; close < end && text.charCodeAt(close) !== QUOTE; close++)
      if (text.charCodeAt(close) === 92) {
        escaped = true;
        close++;
      }
    if (close >= end) throw this.wrong('a quotation mark is missing');
    this.at = close + 1;
    return escaped ? this.unescaped(start, this.at) : text.slice(start + 1, close);
  }

  private unescaped(start: number, end: number): string {
    try {
      return String(JSON.parse(this.text.slice(start, end)));
    } catch {
      throw this.wrong('a text in quotation marks is not right');
    }
  }

  private finish(): void {
    this.blanks();
    if (this.at < this.end && this.code() !== HASH) throw this.wrong('there is more than one value');
  }

  private blanks(): void {
    while (this.code() === BLANK) this.at++;
  }

  /** NaN at the end of the line. */
  private code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : Number.NaN;
  }

  private wrong(what: string, line = this.line): ManifestError {
    return new ManifestError(
      `not a lock file of Yarn 1: ${what}`,
      line,
      'Write it anew with `yarn install`.',
    );
  }
}
