const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![\w.+-])/y;
const MAX_DEPTH = 200;

/** What a scanner does not read: the text may be bad JSON, or only uncommon. Whoever scans asks JSON.parse then. */
export class Unusual extends Error {}

/**
 * Walks a JSON text value by value, as strict as JSON.parse, without making anything of what nobody asks for. For lock
 * files of many megabytes, of which few fields are used.
 */
export class JsonScanner {
  /** 1-based, of where it stands. */
  line = 1;
  at = 0;
  /** Of the string that was read last, without its quotes. */
  start = 0;
  end = 0;
  escaped = false;

  constructor(readonly text: string) {}

  /** The next character that isn't white space; NaN at the end. */
  peek(): number {
    const { text } = this;
    let at = this.at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) this.line++;
      else if (code !== SPACE && code !== TAB && code !== RETURN) {
        this.at = at;
        return code;
      }
      at++;
    }
  }

  /** Steps over the opening brace of an object. Then `key` tells of each member. */
  open(): void {
    if (this.peek() !== OPEN) throw new Unusual();
    this.at++;
  }

  /**
   * Goes to the value of the next member; `start` and `end` are those of its key.
   * @returns `false`: the object is at its end, and was stepped over
   */
  key(first: boolean): boolean {
    let code = this.peek();
    if (code === CLOSE) {
      this.at++;
      return false;
    }
    if (!first) {
      if (code !== COMMA) throw new Unusual();
      this.at++;
      code = this.peek();
    }
    if (code !== QUOTE) throw new Unusual();
    this.string();
    if (this.peek() !== COLON) throw new Unusual();
    this.at++;
    return true;
  }

  /** Steps over the string that begins here. */
  private string(): void {
    const { text } = this;
    let at = this.at + 1;
    this.start = at;
    this.escaped = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        this.escaped = true;
        ESCAPE.lastIndex = at + 1;
        if (!ESCAPE.test(text)) throw new Unusual();
        at = ESCAPE.lastIndex;
      } else if (code >= SPACE) at++;
      // A control character, or (NaN) the end.
      else throw new Unusual();
    }
    this.end = at;
    this.at = at + 1;
  }

  /** The string that was read last. */
  read(): string {
    const { text, start, end } = this;
    return this.escaped ? String(JSON.parse(text.slice(start - 1, end + 1))) : text.slice(start, end);
  }

  /** The value here, if it is a string, is stepped over: then `read` gives it. */
  atString(): boolean {
    if (this.peek() !== QUOTE) return false;
    this.string();
    return true;
  }

  /** Is `true` here? Whatever it is, it is stepped over. */
  isTrue(): boolean {
    const code = this.peek();
    const from = this.at;
    this.skip(0);
    return code === 116 && this.at - from === 4;
  }

  /** Steps over the value here. @returns its text, as it is written */
  value(): string {
    this.peek();
    const from = this.at;
    this.skip(0);
    return this.text.slice(from, this.at);
  }

  skip(depth: number): void {
    const code = this.peek();
    if (depth > MAX_DEPTH) throw new Unusual();
    if (code === QUOTE) this.string();
    else if (code === OPEN) {
      this.at++;
      for (let first = true; this.key(first); first = false) this.skip(depth + 1);
    } else if (code === OPEN_LIST) {
      this.at++;
      if (this.peek() === CLOSE_LIST) {
        this.at++;
        return;
      }
      for (;;) {
        this.skip(depth + 1);
        const next = this.peek();
        this.at++;
        if (next === CLOSE_LIST) return;
        if (next !== COMMA) throw new Unusual();
      }
    } else {
      SCALAR.lastIndex = this.at;
      if (!SCALAR.test(this.text)) throw new Unusual();
      this.at = SCALAR.lastIndex;
    }
  }
}
