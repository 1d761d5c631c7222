import type { Segment } from '../segment.js';
import { type Lexer, SegmentBuilder } from './builder.js';
import { endOf, regexEnd } from './rules.js';

/** JavaScript, with JSX. */
export const javascript: Lexer = text => new Scan(text, 'jsx').run();
/** TypeScript: `<T>x` is a cast there, not JSX. */
export const typescript: Lexer = text => new Scan(text, 'no jsx').run();

/**
 * What encloses the place. `brace`: `{` of a block (after it a statement begins) or of an object (after it a
 * division may follow). `paren`: of `if (…)` and the like, after which a statement begins. `template`: `${`.
 * `expression`: `{` inside JSX. `tag` and `children`: inside `<a …>` and between it and `</a>`.
 */
type Context =
  | { readonly type: 'brace'; readonly block: boolean }
  | { readonly type: 'paren'; readonly statement: boolean }
  | { readonly type: 'template' | 'expression' | 'children' }
  | { readonly type: 'tag'; readonly closing: boolean; angles: number };

/** Before an operand `/` begins a regular expression and `<` an element; after a value they divide and compare. */
type Expected = 'operand' | 'operator';

const WORD = /[\w$\u0080-\uffff]+/y;
/** How many characters, for each of the text, may be looked at in vain for the end of a regular expression. */
const REGEX_EFFORT = 16;
/** `<T,>(` and `<T extends U>(`: type parameters of an arrow function in .tsx. */
const TYPE_PARAMETERS = /<\s*(?:const\s+)?[\w$]+\s*(?:,|=[^>]|extends\b\s*[^\s>=/])/y;
/** `<T>(x: T) => T`, a type: an element would be closed. */
const LONE_PARAMETER = /<([A-Z]\w*)>\(/y;
const ELEMENT_REACH = 2_000;
const BEFORE_OPERAND = new Set(
  'return typeof case in of delete void throw new else do instanceof await yield extends default'.split(' '),
);
const BEFORE_BLOCK = new Set(['else', 'do', 'try', 'finally']);
const BEFORE_PAREN = new Set(['if', 'while', 'for', 'with']);

class Scan {
  private readonly builder: SegmentBuilder;
  private readonly contexts: Context[] = [];
  private at = 0;
  private expected: Expected = 'operand';
  /** The last token: a word, or one character. */
  private last = '';
  private effort: number;

  constructor(
    private readonly text: string,
    private readonly dialect: 'jsx' | 'no jsx',
  ) {
    this.builder = new SegmentBuilder(text.length);
    this.effort = REGEX_EFFORT * text.length;
  }

  run(): readonly Segment[] {
    if (this.text.startsWith('#!')) this.comment(this.lineEnd(0));
    while (this.at < this.text.length) {
      const context = this.contexts.at(-1);
      if (context?.type === 'tag') this.inTag(context);
      else if (context?.type === 'children') this.inChildren();
      else this.inCode();
    }
    return this.builder.finish();
  }

  private inCode(): void {
    const character = this.text[this.at] ?? '';
    switch (character) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        this.at++;
        return;
      case '"':
      case "'":
        this.string(character);
        this.value(character);
        return;
      case '`':
        this.at++;
        this.template(this.at - 1);
        return;
      case '/':
        this.slash();
        return;
      case '<':
        this.less();
        return;
      case '{':
        this.contexts.push({ type: 'brace', block: this.opensBlock() });
        this.operator(character);
        return;
      case '}':
        this.closeBrace();
        return;
      case '(':
        this.contexts.push({ type: 'paren', statement: BEFORE_PAREN.has(this.last) });
        this.operator(character);
        return;
      case ')': {
        const context = this.contexts.at(-1);
        if (context?.type === 'paren') this.contexts.pop();
        this.at++;
        this.last = character;
        this.expected = context?.type === 'paren' && context.statement ? 'operand' : 'operator';
        return;
      }
      case ']':
        this.at++;
        this.value(character);
        return;
      case '+':
      case '-':
      case '!':
        this.maybePostfix(character);
        return;
      default:
        this.wordOrOperator(character);
        return;
    }
  }

  private wordOrOperator(character: string): void {
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0];
    if (word === undefined) {
      this.operator(character);
      return;
    }
    this.at += word.length;
    // After a dot any word is a name: `a.return / 2`.
    const isKeyword = this.last !== '.' && (BEFORE_OPERAND.has(word) || BEFORE_BLOCK.has(word));
    this.expected = isKeyword ? 'operand' : 'operator';
    this.last = this.last === '.' ? 'name' : word;
  }

  private slash(): void {
    const next = this.text[this.at + 1];
    if (next === '/') {
      this.comment(this.lineEnd(this.at));
      return;
    }
    if (next === '*') {
      this.comment(endOf(this.text, '*/', this.at + 2));
      return;
    }
    const end = this.expected === 'operand' ? this.regexEnd() : null;
    if (end === null) this.operator('/');
    else {
      this.at = end;
      this.value('/');
    }
  }

  private regexEnd(): number | null {
    const end = regexEnd(this.text, this.at, this.effort);
    if (end === null) this.effort -= Math.min(this.lineEnd(this.at) - this.at, this.effort);
    return end;
  }

  private less(): void {
    if (
      this.dialect === 'jsx' &&
      this.expected === 'operand' &&
      /[\w$>]/.test(this.text[this.at + 1] ?? '')
    ) {
      if (!this.atTypeParameters()) {
        this.at++;
        this.contexts.push({ type: 'tag', closing: false, angles: 0 });
        return;
      }
    }
    this.operator('<');
  }

  private atTypeParameters(): boolean {
    TYPE_PARAMETERS.lastIndex = this.at;
    if (TYPE_PARAMETERS.test(this.text)) return true;
    LONE_PARAMETER.lastIndex = this.at;
    const name = LONE_PARAMETER.exec(this.text)?.[1];
    if (name === undefined) return false;
    return !this.text.slice(this.at, this.at + ELEMENT_REACH).includes(`</${name}`);
  }

  /** `x++ / 2`, `x! / 2`: what follows a value leaves a value, what precedes one still awaits it. */
  private maybePostfix(character: string): void {
    const next = this.text[this.at + 1];
    const doubled = character !== '!' && next === character;
    const nonNull = character === '!' && next !== '=' && this.expected === 'operator';
    if (!doubled && !nonNull) {
      this.operator(character);
      return;
    }
    this.at += doubled ? 2 : 1;
  }

  private closeBrace(): void {
    const context = this.contexts.at(-1);
    if (context?.type === 'template') {
      this.contexts.pop();
      this.at++;
      this.template(this.at - 1);
      return;
    }
    if (context?.type === 'brace' || context?.type === 'expression') this.contexts.pop();
    this.at++;
    this.last = '}';
    this.expected = context?.type === 'brace' && !context.block ? 'operator' : 'operand';
  }

  private opensBlock(): boolean {
    if (this.expected === 'operator') return true;
    const context = this.contexts.at(-1);
    switch (this.last) {
      case ')':
      case '>':
      case ';':
      case '{':
      case '}':
      case '':
        return true;
      case ':':
        // A label or a case, unless a property of an object.
        return context === undefined || (context.type === 'brace' && context.block);
      default:
        return BEFORE_BLOCK.has(this.last);
    }
  }

  /** A template's text up to `${` or its end. @param start where the segment begins, `this.at` where to look on */
  private template(start: number): void {
    const { text } = this;
    const stop = /[\\`$]/g;
    for (let at = this.at; ; ) {
      stop.lastIndex = at;
      const found = stop.exec(text)?.index ?? text.length;
      if (found >= text.length) {
        this.piece('string', start, text.length);
        return;
      }
      if (text[found] === '\\') at = found + 2;
      else if (text[found] === '`') {
        this.piece('string', start, found + 1);
        this.value('`');
        return;
      } else if (text[found + 1] === '{') {
        this.piece('string', start, found + 2);
        this.contexts.push({ type: 'template' });
        this.expected = 'operand';
        this.last = '{';
        return;
      } else at = found + 1;
    }
  }

  /** A string ends with its line unless a backslash carries it on. */
  private string(quote: string): void {
    const { text } = this;
    const stop = quote === '"' ? /["\\\n]/g : /['\\\n]/g;
    for (let at = this.at + 1; ; ) {
      stop.lastIndex = at;
      const found = stop.exec(text)?.index ?? text.length;
      if (text[found] === '\\') at = found + (text.startsWith('\r\n', found + 1) ? 3 : 2);
      else {
        this.piece('string', this.at, text[found] === quote ? found + 1 : found);
        return;
      }
    }
  }

  private inTag(tag: Context & { readonly type: 'tag' }): void {
    const character = this.text[this.at] ?? '';
    switch (character) {
      case '"':
      case "'":
        this.piece('string', this.at, endOf(this.text, character, this.at + 1));
        return;
      case '{':
        this.openExpression();
        return;
      case '/':
        this.slashInTag();
        return;
      case '<':
        tag.angles++;
        this.at++;
        return;
      case '>':
        this.at++;
        if (tag.angles > 0 && this.text[this.at - 2] !== '=') tag.angles--;
        else if (tag.angles === 0) this.closeTag(tag.closing);
        return;
      default:
        this.at++;
    }
  }

  private slashInTag(): void {
    const next = this.text[this.at + 1];
    if (next === '/') {
      this.comment(this.lineEnd(this.at));
      return;
    }
    if (next === '*') {
      this.comment(endOf(this.text, '*/', this.at + 2));
      return;
    }
    if (next === '>') {
      this.at += 2;
      this.contexts.pop();
      this.afterElement();
      return;
    }
    this.at++;
  }

  private closeTag(closing: boolean): void {
    this.contexts.pop();
    if (!closing) {
      this.contexts.push({ type: 'children' });
      return;
    }
    if (this.contexts.at(-1)?.type === 'children') this.contexts.pop();
    this.afterElement();
  }

  private afterElement(): void {
    this.expected = 'operator';
    this.last = '>';
  }

  private inChildren(): void {
    const stop = /[<{]/g;
    stop.lastIndex = this.at;
    const found = stop.exec(this.text)?.index ?? this.text.length;
    this.piece('string', this.at, found);
    if (this.text[found] === '{') {
      this.openExpression();
      return;
    }
    if (this.text[found] !== '<') return;
    const closing = this.text[found + 1] === '/';
    this.contexts.push({ type: 'tag', closing, angles: 0 });
    this.at += closing ? 2 : 1;
  }

  private openExpression(): void {
    this.contexts.push({ type: 'expression' });
    this.operator('{');
  }

  private comment(end: number): void {
    this.piece('comment', this.at, end);
  }

  private piece(kind: 'comment' | 'string', start: number, end: number): void {
    this.builder.add(kind, start, end);
    this.at = end;
  }

  private value(token: string): void {
    this.expected = 'operator';
    this.last = token;
  }

  private operator(character: string): void {
    this.at++;
    this.expected = 'operand';
    this.last = character;
  }

  private lineEnd(from: number): number {
    const newline = this.text.indexOf('\n', from);
    return newline === -1 ? this.text.length : newline;
  }
}
