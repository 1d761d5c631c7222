const SPACE = /\s/;
const LINE_END = /[\n\r\u2028\u2029]/g;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const LEGACY_OCTAL = /^[0-7]{1,3}/;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The end of a `//` comment: the offset of its line terminator, or of the end of the text. */
export function lineCommentEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

/** The offset after `*` and `/`; -1: never closed. */
export function blockCommentEnd(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? -1 : end + 2;
}

/** The offset after the closing quote of the string that opens at `at`; -1: not a string on one line. */
export function stringEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === 92 /* \ */) {
      if (text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10) i++;
      i++;
    } else if (code === 10 || code === 13) return -1;
  }
  return -1;
}

/** The value of a string or template body; `null` for an escape that ECMAScript refuses. */
export function decode(body: string): string | null {
  if (!body.includes('\\')) return body;
  let value = '';
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    if (char !== '\\') {
      value += char;
      continue;
    }
    i++;
    const escaped = body.charAt(i);
    const octal = LEGACY_OCTAL.exec(body.slice(i, i + 3));
    if (escaped === '') return null;
    if (octal !== null) {
      const digits = Number.parseInt(octal[0], 8) > 0o377 ? octal[0].slice(0, 2) : octal[0];
      value += String.fromCharCode(Number.parseInt(digits, 8));
      i += digits.length - 1;
    } else if (escaped === 'x' || escaped === 'u') {
      const match =
        escaped === 'x'
          ? /^[0-9a-fA-F]{2}/.exec(body.slice(i + 1))
          : /^(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})/.exec(body.slice(i + 1));
      const code = match === null ? Number.NaN : Number.parseInt(match[0].replace('{', ''), 16);
      if (match === null || code > 0x10ffff) return null;
      value +=
        escaped === 'u' && match[0].startsWith('{') ? String.fromCodePoint(code) : String.fromCharCode(code);
      i += match[0].length;
    } else if (escaped === '\r') {
      if (body.charAt(i + 1) === '\n') i++;
    } else if (!/[\n\u2028\u2029]/.test(escaped)) value += SIMPLE_ESCAPES[escaped] ?? escaped;
  }
  return value;
}

/** A place in a source text, moved over tokens. Every method skips white space and comments first. */
export class Cursor {
  constructor(
    readonly text: string,
    public at: number,
  ) {}

  /** Moves to the next token. A comment that is never closed is left where it stands: no token starts with it. */
  skip(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 47 /* / */) {
        const next = text.charCodeAt(this.at + 1);
        if (next === 47) this.at = lineCommentEnd(text, this.at);
        else if (next === 42 /* * */) {
          const end = blockCommentEnd(text, this.at);
          if (end === -1) return;
          this.at = end;
        } else return;
      } else if (
        code === 32 ||
        (code >= 9 && code <= 13) ||
        (code >= 128 && SPACE.test(text.charAt(this.at)))
      )
        this.at++;
      else return;
    }
  }

  /** The next identifier or keyword; `null` when there is none, or it is written with an escape. */
  word(): string | null {
    this.skip();
    WORD.lastIndex = this.at;
    const match = WORD.exec(this.text);
    if (match === null || this.text.charCodeAt(this.at + match[0].length) === 92) return null;
    this.at += match[0].length;
    return match[0];
  }

  /** Takes one punctuator. */
  eat(char: string): boolean {
    this.skip();
    if (this.text.charAt(this.at) !== char) return false;
    this.at++;
    return true;
  }

  /** Takes a string: its value, and where its opening quote stands. */
  string(): { readonly value: string; readonly at: number } | null {
    this.skip();
    const { at } = this;
    const quote = this.text.charAt(at);
    if (quote !== "'" && quote !== '"') return null;
    const end = stringEnd(this.text, at);
    if (end === -1) return null;
    const value = decode(this.text.slice(at + 1, end - 1));
    if (value === null) return null;
    this.at = end;
    return { value, at };
  }

  /** Runs `read`, and goes back when it answers `null`. */
  attempt<T>(read: () => T | null): T | null {
    const { at } = this;
    const result = read();
    if (result === null) this.at = at;
    return result;
  }
}
