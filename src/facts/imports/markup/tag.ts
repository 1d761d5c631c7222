/** Markup that ends in the middle of something, or nests without end. */
export class MarkupError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

export interface Attribute {
  readonly name: string;
  /** As written, without quotes; `null`: there is none, or it is an expression. */
  readonly value: string | null;
  /** Offset of the value's opening quote, or of its first character. */
  readonly at: number;
}

export interface Tag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly selfClosing: boolean;
  /** The offset after `>`. */
  readonly end: number;
}

/**
 * How expressions in braces are passed over: from behind the opening brace to behind the closing one. Absent where
 * braces mean nothing.
 */
export interface Braces {
  skip(at: number): number;
  /** Do braces count within quotes? (Svelte) */
  readonly quoted: boolean;
}

const NAME = /[^\s/>={]*/y;
const ATTRIBUTE = /[^\s>={](?:[^\s>=/{]|\/(?!>))*/y;
const BARE = /[^\s>{]+/y;
const SPACE = /\s*/y;

/** `<` begins a tag here: a letter follows. */
export function opensTag(text: string, at: number): boolean {
  const code = text.charCodeAt(at + 1) | 32;
  return code >= 97 && code <= 122;
}

/** Reads the tag that begins with the `<` at an offset. */
export class TagReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly braces?: Braces,
  ) {}

  /** @throws MarkupError where the text ends first */
  read(start: number): Tag {
    const { text } = this;
    this.at = start + 1;
    const name = this.take(NAME);
    const attributes: Attribute[] = [];
    for (;;) {
      this.take(SPACE);
      const char = text.charAt(this.at);
      if (char === '') throw new MarkupError('a tag is never closed', start);
      if (char === '>') return { name, attributes, selfClosing: false, end: this.at + 1 };
      if (char === '/' && text.charAt(this.at + 1) === '>')
        return { name, attributes, selfClosing: true, end: this.at + 2 };
      attributes.push(this.attribute(start));
    }
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const taken = pattern.exec(this.text)?.[0] ?? '';
    this.at += taken.length;
    return taken;
  }

  private attribute(start: number): Attribute {
    const begin = this.at;
    if (this.text.charAt(this.at) === '{') {
      this.brace();
      return { name: this.text.slice(begin, this.at), value: null, at: begin };
    }
    const name = this.take(ATTRIBUTE);
    // A stray character is passed over, as HTML does.
    if (name === '') this.at++;
    const end = this.at;
    this.take(SPACE);
    if (this.text.charAt(this.at) !== '=' || name === '') {
      this.at = end;
      return { name, value: null, at: begin };
    }
    this.at++;
    this.take(SPACE);
    return { name, at: this.at, value: this.value(start) };
  }

  private value(start: number): string | null {
    const { text } = this;
    const begin = this.at;
    const quote = text.charAt(begin);
    if (quote === '"' || quote === "'" || (quote === '`' && this.braces?.quoted === false))
      return this.quotedValue(quote, start);
    let isPlain = true;
    for (let before = -1; before !== this.at; ) {
      before = this.at;
      if (text.charAt(this.at) === '{') {
        isPlain = false;
        this.brace();
      } else this.take(BARE);
    }
    return isPlain ? text.slice(begin, this.at) : null;
  }

  private quotedValue(quote: string, start: number): string | null {
    const { text } = this;
    const begin = this.at++;
    let isPlain = quote !== '`';
    for (; text.charAt(this.at) !== quote; ) {
      if (this.at >= text.length) throw new MarkupError('a tag is never closed', start);
      if (text.charAt(this.at) === '{' && this.braces?.quoted === true) {
        isPlain = false;
        this.brace();
      } else this.at++;
    }
    this.at++;
    return isPlain ? text.slice(begin + 1, this.at - 1) : null;
  }

  private brace(): void {
    this.at = this.braces === undefined ? this.at + 1 : this.braces.skip(this.at + 1);
  }
}

/** The offset of `</name` from an offset on, in any letter case; -1: there is none. */
export function closingTag(text: string, name: string, from: number): number {
  for (let at = text.indexOf('</', from); at !== -1; at = text.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (text.slice(at + 2, end).toLowerCase() === name.toLowerCase() && /[\s/>]|^$/.test(text.charAt(end)))
      return at;
  }
  return -1;
}
