import type { Ended, Place } from './before.js';
import { blockCommentEnd, Cursor, lineCommentEnd, stringEnd } from './cursor.js';
import { exportDeclaration, importDeclaration, isLocalExport } from './declarations.js';
import type { Found } from './found.js';
import { declaredModule, importCall, type Load, requireCall } from './loads.js';
import { regexEnd, slashBegins } from './slash.js';
import { isDoubtful, isImportMeta, isQuotedModule, standsAlone } from './words.js';

const WORDS = String.raw`\b(?:import|export|require|module|createRequire)\b`;
/** Everything that the walk must stop at. Words inside longer words are passed over by `\b`. */
const STOP = new RegExp(`['"\`/(){}[\\]]|<!--|-->|${WORDS}`, 'g');
/** Where markup may begin: its text can hold stray quotes. */
const STOP_AT_MARKUP = new RegExp(`['"\`/(){}[\\]]|<!--|<|-->|${WORDS}`, 'g');
const PURE_TYPESCRIPT = /\.[mc]?ts$/i;
const TYPED = /\.(?:[mc]?ts|tsx)$/i;
const REQUIRED_BY_NAME = /\[\s*['"`]require['"`]|['"`]require['"`]\s*[\])/]/;
/** `</`, `/>`, also with blanks and comments between: without either there is no JSX. */
const CLOSES_MARKUP = /<\s*\/|\/\s*(?:>|\/[/*])/;
const BLANK = /\s/;
/** Neither `...`, which spreads, nor `1.`, which is a number. */
const PROPERTY_OF = /[A-Za-z_$)\]?]\.\s*$/;
const NAMED = /\s*[:?]/y;

function mayHoldMarkup(path: string, text: string): boolean {
  return !PURE_TYPESCRIPT.test(path) && CLOSES_MARKUP.test(text);
}

/**
 * Walks the tokens of a file from `from`, a place between two statements, and reads the import and export
 * declarations on its top level, and the loads (`import('x')`, `require('x')`) everywhere. Answers `null` as soon as
 * anything is ambiguous without a parser: a slash that may divide or open a regular expression, a load whose place
 * does not tell what it is, markup, `<!--` and `-->`, which open comments in scripts, and in scripts only.
 */
export function scan(path: string, text: string, from: number): readonly Found[] | null {
  if (REQUIRED_BY_NAME.test(text)) return null;
  const stop = mayHoldMarkup(path, text) ? STOP_AT_MARKUP : STOP;
  return new Walk(text, from, stop, TYPED.test(path)).run();
}

class Walk {
  private readonly found: Found[] = [];
  /** What is open: brackets, and `$` for the substitution of a template. */
  private readonly open: string[] = [];
  /** For each open parenthesis, the offset where it opened. */
  private readonly parentheses: number[] = [];
  /** Where the parenthesis that was closed last had opened. */
  private lastOpened = -1;
  /** Nothing before this offset is looked at, and what ended there: the last comment, declaration or load. */
  private floor: number;
  private ended: Ended = ';';
  /** The end of the last string, template or regular expression. */
  private literalEnd = -1;
  /** How many of the open brackets hold the declarations of `declare module 'x' {`. */
  private modules = 0;
  private at: number;

  constructor(
    private readonly text: string,
    from: number,
    private readonly stop: RegExp,
    private readonly typed: boolean,
  ) {
    this.at = from;
    this.floor = from;
  }

  run(): readonly Found[] | null {
    const { text, stop } = this;
    for (;;) {
      stop.lastIndex = this.at;
      const stopped = stop.exec(text);
      if (stopped === null) return this.open.length === 0 ? this.found : null;
      const [token] = stopped;
      this.at = stopped.index;
      if (!(token.length > 1 ? this.word(token) : this.punctuator(token))) return null;
    }
  }

  private punctuator(token: string): boolean {
    switch (token) {
      case "'":
      case '"':
        return this.literal(stringEnd(this.text, this.at));
      case '`':
        return this.template(this.at + 1);
      case '/':
        return this.slash();
      case '<':
        this.at++;
        // Only where an expression has ended no markup can begin.
        return this.begins(this.at - 1) === 'division';
      case '(':
        this.parentheses.push(this.at);
        break;
      case ')':
        this.lastOpened = this.parentheses.pop() ?? -1;
        break;
    }
    return this.bracket(token);
  }

  private bracket(token: string): boolean {
    const { open } = this;
    this.at++;
    if (token === '(' || token === '[' || token === '{') {
      open.push(token);
      return true;
    }
    const opened = open.pop();
    this.modules = Math.min(this.modules, open.length);
    if (token === '}' && opened === '$') return this.template(this.at);
    return (
      (opened === '(' && token === ')') ||
      (opened === '[' && token === ']') ||
      (opened === '{' && token === '}')
    );
  }

  private literal(end: number): boolean {
    this.at = end;
    this.literalEnd = end;
    return end !== -1;
  }

  /** The text of a template from `from` to its end, or into its next substitution. */
  private template(from: number): boolean {
    const { text } = this;
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 96 /* ` */) return this.literal(i + 1);
      if (code === 92 /* \ */) i++;
      else if (code === 36 /* $ */ && text.charCodeAt(i + 1) === 123) {
        this.at = i + 2;
        this.open.push('$');
        return true;
      }
    }
    return false;
  }

  private slash(): boolean {
    const { text, at } = this;
    const next = text.charAt(at + 1);
    if (next === '/' || next === '*') {
      const end = next === '/' ? lineCommentEnd(text, at) : blockCommentEnd(text, at);
      const dot = this.charBefore(at);
      return end !== -1 && this.pass(end, dot === '.' || dot === '#' ? '.' : '');
    }
    const begins = this.begins(at);
    if (begins === 'regex') return this.literal(regexEnd(text, at));
    this.at++;
    return begins === 'division';
  }

  /** The last character before a place that is no blank and in no comment; empty where that is not known. */
  private charBefore(at: number): string {
    let last = at - 1;
    while (last >= this.floor && BLANK.test(this.text.charAt(last))) last--;
    return last < this.floor ? this.ended : this.text.charAt(last);
  }

  /** What a slash at this place would begin. */
  private begins(at: number): ReturnType<typeof slashBegins> {
    return slashBegins(this.text, at, {
      floor: this.floor,
      literalEnd: this.literalEnd,
      lastOpened: this.lastOpened,
      afterDot: this.ended === '.',
    });
  }

  private word(word: string): boolean {
    const { text } = this;
    const after = this.at + word.length;
    if (!isWord(word)) return false;
    if (!standsAlone(text, this.at, word)) return this.pass(after);
    if (isDoubtful(text, this.at, word)) return false;
    if (word === 'createRequire') return false;
    const { floor, ended, typed } = this;
    const place: Place = { text, at: this.at, floor, ended, typed };
    if (word === 'module') return isQuotedModule(text, after) ? this.module(place) : this.pass(after);
    if (word === 'require') return this.load(requireCall(place));
    const harmless = word === 'import' ? isImportMeta(text, after) : isLocalExport(text, after);
    if (harmless || this.isName(after)) return this.pass(after);
    const call = word === 'import' ? importCall(place) : null;
    return call === null ? this.declaration(word, after) : this.load(call);
  }

  /** @param ended what ended there, if nothing before it is to be looked at */
  private pass(at: number, ended?: Ended): true {
    this.at = at;
    if (ended !== undefined) {
      this.floor = at;
      this.ended = ended;
    }
    return true;
  }

  /** `x.import`, `{ export: 1 }`. */
  private isName(after: number): boolean {
    NAMED.lastIndex = after;
    return (
      NAMED.test(this.text) || PROPERTY_OF.test(this.text.slice(Math.max(this.floor, this.at - 80), this.at))
    );
  }

  private load(load: Load | null): boolean {
    if (load === null) return false;
    const { found, end, opened } = load;
    if (found !== null) this.found.push(found);
    if (opened === -1) return this.pass(end);
    this.lastOpened = opened;
    // Comments may stand between its parentheses.
    return this.pass(end, ')');
  }

  private get isOutside(): boolean {
    return this.open.length === this.modules;
  }

  private module(place: Place): boolean {
    const module = this.isOutside ? declaredModule(place) : null;
    if (module === null || !this.load(module)) return false;
    const cursor = new Cursor(this.text, module.end);
    if (cursor.eat('{')) {
      this.open.push('{');
      this.modules++;
    }
    return this.pass(cursor.at, ';');
  }

  private declaration(word: string, after: number): boolean {
    const { text } = this;
    // `#import` is a name, too.
    const before = this.charBefore(this.at);
    if (!this.isOutside || before === '.' || before === '#') return false;
    const cursor = new Cursor(text, after);
    const declaration = word === 'import' ? importDeclaration(cursor) : exportDeclaration(cursor);
    if (declaration === null || text.slice(after, cursor.at).includes('createRequire')) return false;
    if (declaration.found !== null) this.found.push(declaration.found);
    return this.pass(cursor.at, ';');
  }
}

/** Else it is `<!--` or `-->`. */
function isWord(token: string): boolean {
  return /^\w/.test(token);
}
