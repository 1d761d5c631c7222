import { blockCommentEnd, lineCommentEnd, stringEnd } from '../ecmascript/cursor.js';
import { regexEnd } from '../ecmascript/slash.js';
import { closingTag, MarkupError, opensTag, type Tag, TagReader } from './tag.js';

/** What stands in the markup of a component. */
export interface Handler {
  /** @param depth of the elements and blocks around it; 0: on the top level */
  script(tag: Tag, start: number, end: number, depth: number): void;
  /** `import(` in an expression. @param at of its argument */
  dynamicImport(at: number): void;
}

export interface Dialect {
  /** May expressions hold markup? (Astro) */
  readonly jsx: boolean;
}

/** What encloses a place. `code` lies between braces; a `template` between backticks. */
interface Frame {
  readonly kind: 'element' | 'code' | 'template';
  readonly name: string;
  readonly start: number;
  braces: number;
}

const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
/** Attributes hold code, whose markup has attributes in turn. */
const DEEPEST = 100;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
/** After these words an operand follows: a slash opens a regular expression. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set(
  'return typeof case delete in of instanceof new throw else do void await yield'.split(' '),
);

/** Goes over markup with expressions in braces, as Svelte and Astro have it. */
export class Scanner {
  private readonly frames: Frame[] = [];
  private at = 0;
  /** Blocks (`{#if}`) that are open. */
  private blocks = 0;
  /** Would a slash open a regular expression here? */
  private expectsOperand = true;
  private nesting = 0;
  private readonly tags: TagReader;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
    private readonly handler: Handler,
  ) {
    this.tags = new TagReader(text, { quoted: !dialect.jsx, skip: at => this.attributeCode(at) });
  }

  /** @throws MarkupError */
  markup(from: number): void {
    const { text } = this;
    // Nothing behind the last of these words matters.
    const last = Math.max(text.lastIndexOf('<script'), text.lastIndexOf('import'));
    this.at = from;
    while (this.at <= last) this.step();
  }

  /** Code up to three dashes outside of strings and comments. @returns their offset; -1: there are none */
  frontmatterEnd(from: number): number {
    this.frames.push({ kind: 'code', name: '---', start: from, braces: 0 });
    this.expectsOperand = true;
    for (this.at = from; this.at < this.text.length; this.step())
      if (this.frames.length === 1 && this.text.startsWith('---', this.at)) {
        this.frames.pop();
        return this.at;
      }
    return -1;
  }

  private step(): void {
    const frame = this.frames.at(-1);
    if (frame?.kind === 'code') this.code(frame);
    else if (frame?.kind === 'template') this.template();
    else this.content();
  }

  private open(kind: Frame['kind'], start: number, end: number, name = ''): void {
    this.frames.push({ kind, name, start, braces: 0 });
    this.at = end;
    this.expectsOperand = true;
  }

  /** Code in the value of an attribute: whatever it holds, it adds nothing to what is shown. */
  private attributeCode(from: number): number {
    if (++this.nesting > DEEPEST) throw new MarkupError(`code is nested over ${DEEPEST} deep`, from);
    const before = { at: this.at, frames: this.frames.length, operand: this.expectsOperand };
    this.open('code', from - 1, from, '=');
    while (this.frames.length > before.frames) {
      if (this.at >= this.text.length) throw new MarkupError('an expression is never closed', from - 1);
      this.step();
    }
    const end = this.at;
    this.at = before.at;
    this.expectsOperand = before.operand;
    this.nesting--;
    return end;
  }

  private content(): void {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (code === 60 /* < */) this.angle();
    else if (code === 123 /* { */) this.opening();
    else if (code === 125 /* } */ && this.closesCode()) this.at++;
    else this.at = nextOf(text, at + 1);
  }

  /** Comments, tags; or just a sign. */
  private angle(): void {
    const { text, at } = this;
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      this.at = end === -1 ? text.length : end + 3;
    } else if (text.startsWith('</', at)) this.closing();
    else if (opensTag(text, at)) this.tag();
    else if (this.dialect.jsx && text.charCodeAt(at + 1) === 62) this.open('element', at, at + 2);
    else this.at++;
  }

  private tag(): void {
    const start = this.at;
    const tag = this.tags.read(start);
    this.at = tag.end;
    const isRaw =
      tag.name === 'script' || tag.name === 'style' || tag.attributes.some(one => one.name === 'is:raw');
    if (tag.selfClosing || VOID.has(tag.name)) {
      if (tag.name === 'script') this.script(tag, tag.end);
    } else if (isRaw) {
      const end = closingTag(this.text, tag.name, tag.end);
      if (end === -1) throw new MarkupError(`<${tag.name}> is never closed`, start);
      if (tag.name === 'script') this.script(tag, end);
      const close = this.text.indexOf('>', end);
      this.at = close === -1 ? this.text.length : close + 1;
    } else this.open('element', start, tag.end, tag.name);
    this.expectsOperand = false;
  }

  private script(tag: Tag, end: number): void {
    if (this.nesting === 0) this.handler.script(tag, tag.end, end, this.frames.length + this.blocks);
  }

  /** `</x>` closes the nearest `x`, and with it what stands open in it. */
  private closing(): void {
    const end = this.text.indexOf('>', this.at);
    const name = /^[^\s>]*/.exec(this.text.slice(this.at + 2, this.at + 200))?.[0] ?? '';
    this.at = end === -1 ? this.text.length : end + 1;
    for (let i = this.frames.length - 1; i >= 0 && this.frames[i]?.kind === 'element'; i--) {
      if (this.frames[i]?.name !== name) continue;
      this.frames.length = i;
      break;
    }
    this.expectsOperand = false;
  }

  /** `{`, `{#if`, `{:else`, `{/if`, `{@html`. */
  private opening(): void {
    const { text, at } = this;
    const sign = text.charAt(at + 1);
    const next = text.charAt(at + 2);
    const isBlock =
      !this.dialect.jsx && (/[#:@]/.test(sign) || (sign === '/' && next !== '/' && next !== '*'));
    if (isBlock && sign === '#') this.blocks++;
    else if (isBlock && sign === '/') this.blocks = Math.max(0, this.blocks - 1);
    this.open('code', at, isBlock ? at + 2 : at + 1);
  }

  /** A brace in text closes the code around it, with elements that nobody closed. */
  private closesCode(): boolean {
    let i = this.frames.length - 1;
    while (i >= 0 && this.frames[i]?.kind === 'element') i--;
    if (i < 0) return false;
    this.frames.length = i;
    this.expectsOperand = false;
    return true;
  }

  private code(frame: Frame): void {
    const { text, at } = this;
    const char = text.charAt(at);
    if (char === '"' || char === "'") this.literal(stringEnd(text, at));
    else if (char === '`') this.open('template', at, at + 1);
    else if (char === '/') this.slash();
    else if (char === '{') this.operator(frame, 1);
    else if (char === '}') this.closeBrace(frame);
    else if (char === '<' && this.opensMarkup(frame)) this.angle();
    else this.token(char);
  }

  private operator(frame: Frame, braces: number): void {
    frame.braces += braces;
    this.at++;
    this.expectsOperand = true;
  }

  private closeBrace(frame: Frame): void {
    if (frame.braces > 0 || frame.name === '---') this.operator(frame, frame.braces > 0 ? -1 : 0);
    else {
      this.frames.pop();
      this.at++;
      this.expectsOperand = false;
    }
  }

  private opensMarkup(frame: Frame): boolean {
    const { text, at } = this;
    if (!this.dialect.jsx || frame.name === '---') return false;
    return opensTag(text, at) || text.charCodeAt(at + 1) === 62 || text.startsWith('<!--', at);
  }

  /** A quote that nothing closes on its line is just a sign. */
  private literal(end: number): void {
    this.at = end === -1 ? this.at + 1 : end;
    this.expectsOperand = false;
  }

  private slash(): void {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    if (next === 47 /* / */) this.at = lineCommentEnd(text, at);
    else if (next === 42 /* * */) {
      const end = blockCommentEnd(text, at);
      if (end === -1) throw new MarkupError('a comment is never closed', at);
      this.at = end;
    } else {
      const end = this.expectsOperand ? regexEnd(text, at) : -1;
      this.at = end === -1 ? at + 1 : end;
      this.expectsOperand = end === -1;
    }
  }

  private token(char: string): void {
    const { text, at } = this;
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (word === undefined) {
      this.at++;
      if (!/\s/.test(char)) this.expectsOperand = !/[\d)\]]/.test(char);
      return;
    }
    this.at = at + word.length;
    this.expectsOperand = BEFORE_OPERAND.has(word);
    if (word !== 'import' || text.charAt(at - 1) === '.' || this.frames[0]?.name === '---') return;
    const argument = /^\s*\(\s*/.exec(text.slice(this.at, this.at + 200))?.[0];
    if (argument !== undefined) this.handler.dynamicImport(this.at + argument.length);
  }

  private template(): void {
    const { text } = this;
    for (let i = this.at; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 92 /* \ */) i++;
      else if (code === 96 /* ` */) {
        this.frames.pop();
        this.at = i + 1;
        this.expectsOperand = false;
        return;
      } else if (code === 36 /* $ */ && text.charCodeAt(i + 1) === 123) {
        this.open('code', i, i + 2, '$');
        return;
      }
    }
    throw new MarkupError('a template is never closed', this.frames.at(-1)?.start ?? this.at);
  }
}

/** The next character of text that may mean something. */
function nextOf(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 60 || code === 123 || code === 125) return at;
  }
  return text.length;
}
