import { CODE, isDigit, isNamePart, nameEnd, numberEnd } from '../tokens/characters.js';
import { LexicalError } from '../tokens/lexical-error.js';
import { KIND, Tokens } from '../tokens/tokens.js';
import { commentEnd, lineEnd, quotedEnd } from './java-lexer.js';

/** A string that is open around the code being read: its hole's closing brace leads back into it. */
interface OpenString {
  readonly start: number;
  readonly isRaw: boolean;
  /** How many `$` begin a hole: one, or as many as stand before the opening quote. */
  readonly dollars: number;
  /** Braces open in the hole. */
  braces: number;
}

export function kotlinTokens(text: string): Tokens {
  return new KotlinLexer(text).run();
}

class KotlinLexer {
  private readonly tokens: Tokens;
  private readonly open: OpenString[] = [];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = new Tokens(text);
  }

  run(): Tokens {
    const { text } = this;
    if (text.startsWith('#!')) this.at = lineEnd(text, 0);
    while (this.at < text.length) this.next();
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) throw new LexicalError('a string is not closed', unclosed.start);
    return this.tokens;
  }

  private next(): void {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (code <= CODE.space) this.at++;
    else if (isDigit(code)) this.take(KIND.number, numberEnd(text, at));
    else if (isNamePart(code)) this.take(KIND.name, nameEnd(text, at));
    else if (code === CODE.slash) this.slash();
    else if (code === CODE.quote) this.string(at, 1);
    else if (code === CODE.dollar) this.dollar();
    else if (code === CODE.backtick) this.quotedName();
    else if (code === CODE.apostrophe) this.take(KIND.character, quotedEnd(text, at, code, 'character'));
    else this.punctuation(code);
  }

  private take(kind: number, end: number): void {
    this.tokens.add(kind, this.at, end);
    this.at = end;
  }

  private slash(): void {
    const { text, at } = this;
    if (text.charCodeAt(at + 1) === CODE.star) this.at = nestedCommentEnd(text, at);
    else {
      const end = commentEnd(text, at);
      if (end === null) this.take(CODE.slash, at + 1);
      else this.at = end;
    }
  }

  /** `$$"…"`: in such a string it takes two of them to begin a hole. */
  private dollar(): void {
    let end = this.at;
    while (this.text.charCodeAt(end) === CODE.dollar) end++;
    if (this.text.charCodeAt(end) === CODE.quote) this.string(end, end - this.at);
    else this.take(CODE.dollar, end);
  }

  private quotedName(): void {
    const end = this.text.indexOf('`', this.at + 1);
    const isClosed = end !== -1 && !this.text.slice(this.at, end).includes('\n');
    if (!isClosed) throw new LexicalError('a name in backticks is not closed', this.at);
    this.take(KIND.quotedName, end + 1);
  }

  private punctuation(code: number): void {
    const inside = this.open.at(-1);
    if (inside !== undefined) {
      if (code === CODE.openBrace) inside.braces++;
      else if (code === CODE.closeBrace && inside.braces-- === 0) {
        this.open.pop();
        this.take(KIND.templatePart, this.at + 1);
        this.content(inside, this.at);
        return;
      }
    }
    this.take(code, this.at + 1);
  }

  private string(quote: number, dollars: number): void {
    const isRaw = this.text.startsWith('"""', quote);
    this.content({ start: this.at, isRaw, dollars, braces: 0 }, quote + (isRaw ? 3 : 1), quote);
  }

  /**
   * The text of a string, up to its end or its next hole.
   * @param quote where its opening quote stands, if this is its beginning
   */
  private content(string: OpenString, from: number, quote?: number): void {
    const { text } = this;
    let hasNames = false;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === CODE.quote) {
        const end = string.isRaw ? rawEnd(text, at) : at + 1;
        if (end === null) continue;
        if (quote !== undefined) this.take(hasNames ? KIND.template : KIND.string, end);
        this.at = end;
        return;
      }
      if (!string.isRaw && code === CODE.backslash) at++;
      else if (code === CODE.dollar) {
        let end = at;
        while (text.charCodeAt(end) === CODE.dollar) end++;
        if (end - at >= string.dollars) {
          const next = text.charCodeAt(end);
          if (next === CODE.openBrace) {
            if (quote !== undefined) this.take(KIND.template, end);
            this.at = end + 1;
            this.open.push({ ...string, braces: 0 });
            return;
          }
          hasNames ||= next === CODE.backtick || (isNamePart(next) && !isDigit(next));
        }
        at = end - 1;
      } else if (!string.isRaw && (code === CODE.lineFeed || code === CODE.carriageReturn)) break;
    }
    throw new LexicalError('a string is not closed', string.start);
  }
}

/** The end of a raw string whose closing quotes begin here: of more than three the last three close it. */
function rawEnd(text: string, at: number): number | null {
  if (!text.startsWith('"""', at)) return null;
  let end = at + 3;
  while (text.charCodeAt(end) === CODE.quote) end++;
  return end;
}

const COMMENT_MARK = /\/\*|\*\//g;

function nestedCommentEnd(text: string, start: number): number {
  let depth = 0;
  COMMENT_MARK.lastIndex = start;
  for (let mark = COMMENT_MARK.exec(text); mark !== null; mark = COMMENT_MARK.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_MARK.lastIndex;
  }
  throw new LexicalError('a comment is not closed', start);
}
