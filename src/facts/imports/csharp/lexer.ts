import { CODE, isDigit, isNamePart, nameEnd, numberEnd } from '../tokens/characters.js';
import { LexicalError } from '../tokens/lexical-error.js';
import { KIND, Tokens } from '../tokens/tokens.js';
import { isLineEnd, lineEnd, Preprocessor } from './preprocessor.js';
import { type Literal, literalAt, type OpenLiteral, textEnd } from './strings.js';

/** The tokens of a C# file; preprocessor lines that branch are `KIND.directive`. */
export function csharpTokens(text: string): Tokens {
  return new CsharpLexer(text).run();
}

const ESCAPED = /\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

class CsharpLexer {
  private readonly tokens: Tokens;
  private readonly preprocessor: Preprocessor;
  /** Strings that are open around the code of a hole. */
  private readonly open: OpenLiteral[] = [];
  private at = 0;
  private isLineStart = true;

  constructor(private readonly text: string) {
    this.tokens = new Tokens(text);
    this.preprocessor = new Preprocessor(text);
  }

  run(): Tokens {
    const { text } = this;
    while (this.at < text.length) this.next();
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) throw new LexicalError('a string is not closed', unclosed.start);
    return this.tokens;
  }

  private next(): void {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (isLineEnd(code)) {
      this.at++;
      this.isLineStart = true;
    } else if (code <= CODE.space) this.at++;
    else if (code === CODE.hash && this.isLineStart && this.open.length === 0) this.directive();
    else {
      this.isLineStart = false;
      this.code(code);
    }
  }

  private take(kind: number, end: number): void {
    this.tokens.add(kind, this.at, end);
    this.at = end;
  }

  private directive(): void {
    const { at } = this;
    const { behind, branching } = this.preprocessor.read(at);
    this.at = behind;
    if (branching !== null) this.tokens.add(KIND.directive, at, lineEnd(this.text, at));
  }

  private code(code: number): void {
    const { text, at } = this;
    if (isDigit(code)) this.take(KIND.number, numberEnd(text, at));
    else if (isNamePart(code) || code === CODE.backslash) this.name(KIND.name, at);
    else if (code === CODE.slash) this.slash();
    else if (code === CODE.apostrophe) this.character();
    else {
      const literal = literalAt(text, at);
      if (literal !== null) this.literal(literal);
      else if (code === CODE.at && isNameStart(text, at + 1)) this.name(KIND.quotedName, at + 1);
      else if (code === CODE.dollar) this.dollars();
      else this.punctuation(code);
    }
  }

  /** Without a string behind them they mean nothing. */
  private dollars(): void {
    let end = this.at;
    while (this.text.charCodeAt(end) === CODE.dollar) end++;
    this.take(CODE.dollar, end);
  }

  /** Letters may be escaped: `\u0041`. Such a name is never a keyword. */
  private name(kind: number, from: number): void {
    const { text } = this;
    let end = nameEnd(text, from);
    let isEscaped = false;
    for (ESCAPED.lastIndex = end; ESCAPED.test(text); ESCAPED.lastIndex = end) {
      isEscaped = true;
      end = nameEnd(text, ESCAPED.lastIndex);
    }
    if (end === from) this.take(CODE.backslash, from + 1);
    else this.take(isEscaped ? KIND.quotedName : kind, end);
  }

  private slash(): void {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    if (next === CODE.slash) this.at = lineEnd(text, at);
    else if (next === CODE.star) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) throw new LexicalError('a comment is not closed', at);
      this.at = end + 2;
    } else this.take(CODE.slash, at + 1);
  }

  private character(): void {
    const { text, at } = this;
    for (let end = at + 1; end < text.length && !isLineEnd(text.charCodeAt(end)); end++) {
      const code = text.charCodeAt(end);
      if (code === CODE.apostrophe) {
        this.take(KIND.character, end + 1);
        return;
      }
      if (code === CODE.backslash) end++;
    }
    throw new LexicalError('a character is not closed', at);
  }

  private literal(literal: Literal): void {
    const text = textEnd(this.text, literal, literal.from);
    const hasHole = text.isHole;
    this.take(literal.dollars > 0 ? KIND.template : KIND.string, text.end);
    if (hasHole) this.open.push({ ...literal, depth: 0 });
  }

  private punctuation(code: number): void {
    const inside = this.open.at(-1);
    if (inside !== undefined && this.inHole(inside, code)) return;
    this.take(code, this.at + 1);
  }

  /** @returns true: the hole has ended here, and its string was read on */
  private inHole(inside: OpenLiteral, code: number): boolean {
    const { text, at } = this;
    if (code === CODE.open || code === CODE.openBracket || code === CODE.openBrace) inside.depth++;
    else if (code === CODE.close || code === CODE.closeBracket) inside.depth--;
    else if (code === CODE.colon && inside.depth === 0) {
      if (text.charCodeAt(at + 1) === CODE.colon) {
        this.take(CODE.colon, at + 1);
        this.take(CODE.colon, this.at + 1);
        return true;
      }
      // A format, up to the hole's end: `{date:HH'h'mm}`.
      const end = text.indexOf('}', at);
      if (end === -1) throw new LexicalError('a string is not closed', inside.start);
      this.at = end;
      this.resume(inside);
      return true;
    } else if (code === CODE.closeBrace) {
      if (inside.depth === 0) {
        this.resume(inside);
        return true;
      }
      inside.depth--;
    }
    return false;
  }

  /** Reads on behind the braces that close a hole. */
  private resume(inside: OpenLiteral): void {
    const braces = inside.quotes >= 3 ? inside.dollars : 1;
    const { end, isHole } = textEnd(this.text, inside, this.at + braces);
    this.open.pop();
    this.take(KIND.templatePart, end);
    if (isHole) this.open.push({ ...inside, depth: 0 });
  }
}

function isNameStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === CODE.backslash || (isNamePart(code) && !isDigit(code));
}
