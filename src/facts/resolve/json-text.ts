/** What a JSON text holds, or where it goes wrong (1-based). */
export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

/** `strict`: package.json. `comments`: tsconfig.json, which may hold comments and trailing commas. */
export type JsonDialect = 'strict' | 'comments';

class JsonMistake extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const STRING = /"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"/y;
const DEEPEST = 500;

/** JSON with the place of a mistake, which `JSON.parse` tells only in some versions of Node. */
export function readJson(text: string, dialect: JsonDialect): JsonReading {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return { ok: true, value: new Reader(source, dialect).document() };
  } catch (mistake) {
    if (!(mistake instanceof JsonMistake)) throw mistake;
    const before = source.slice(0, mistake.at);
    return {
      ok: false,
      message: mistake.message,
      line: before.split('\n').length,
      column: mistake.at - before.lastIndexOf('\n'),
    };
  }
}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly dialect: JsonDialect,
  ) {}

  document(): unknown {
    const value = this.value();
    this.skip();
    if (this.at < this.text.length) this.fail('nothing more was expected');
    return value;
  }

  private fail(message: string): never {
    const found =
      this.at < this.text.length ? JSON.stringify(this.text.charAt(this.at)) : 'the end of the file';
    throw new JsonMistake(`${message}, but found ${found}`, this.at);
  }

  private skip(): void {
    for (;;) {
      while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
      const comment = this.dialect === 'comments' ? this.text.slice(this.at, this.at + 2) : '';
      if (comment !== '//' && comment !== '/*') return;
      const end = comment === '//' ? this.text.indexOf('\n', this.at) : this.text.indexOf('*/', this.at + 2);
      if (end === -1 && comment === '/*') this.fail('a comment is never closed');
      this.at = end === -1 ? this.text.length : end + (comment === '//' ? 1 : 2);
    }
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at += match[0].length;
    return match[0];
  }

  private eat(char: string): boolean {
    this.skip();
    if (this.text.charAt(this.at) !== char) return false;
    this.at++;
    return true;
  }

  private string(): string {
    const start = this.at;
    const written = this.take(STRING);
    if (written === null) this.fail('a string in double quotes was expected');
    try {
      return JSON.parse(written) as string;
    } catch {
      throw new JsonMistake('the string holds an escape that JSON does not know', start);
    }
  }

  private value(): unknown {
    this.skip();
    const char = this.text.charAt(this.at);
    if (char === '{' || char === '[') {
      if (++this.depth > DEEPEST) this.fail(`at most ${DEEPEST} levels were expected`);
      const value = char === '{' ? this.object() : this.array();
      this.depth--;
      return value;
    }
    if (char === '"') return this.string();
    const written = this.take(LITERAL) ?? this.take(NUMBER);
    if (written === null) this.fail('a value was expected');
    return JSON.parse(written);
  }

  private array(): unknown[] {
    const items: unknown[] = [];
    this.at++;
    while (!this.eat(']')) {
      items.push(this.value());
      if (this.separated(']')) break;
    }
    return items;
  }

  private object(): Record<string, unknown> {
    // Without a prototype: `__proto__` and `constructor` are names like any other.
    const members = Object.create(null) as Record<string, unknown>;
    this.at++;
    while (!this.eat('}')) {
      this.skip();
      const name = this.string();
      if (!this.eat(':')) this.fail('":" was expected');
      members[name] = this.value();
      if (this.separated('}')) break;
    }
    return members;
  }

  /** After an item: true when the closing bracket came. A comma before it is for tsconfig.json only. */
  private separated(close: string): boolean {
    if (this.eat(close)) return true;
    if (!this.eat(',')) this.fail(`"," or "${close}" was expected`);
    this.skip();
    if (this.dialect === 'strict' && this.text.charAt(this.at) === close) this.fail('a value was expected');
    return false;
  }
}
