import { blockCommentEnd, Cursor, lineCommentEnd, stringEnd } from './cursor.js';
import { exportDeclaration, importDeclaration, isLocalExport } from './declarations.js';
import type { Found } from './found.js';
import { regexEnd, slashBegins } from './slash.js';
import { isImportMeta, isQuotedModule, standsAlone } from './words.js';

/** Everything that the walk must stop at. Words inside longer words are passed over by `\b`. */
const STOP = /['"`/(){}[\]]|\b(?:import|export|require|module)\b/g;
const PURE_TYPESCRIPT = /\.[mc]?ts$/i;
const REQUIRED_BY_NAME = /\[\s*['"`]require['"`]/;

/** `</` and `/>`: without either there is no JSX, whose text can hold stray quotes. */
function mayHoldMarkup(path: string, text: string): boolean {
  return !PURE_TYPESCRIPT.test(path) && (text.includes('</') || text.includes('/>'));
}

/**
 * Walks the tokens of a file from `from`, a place between two statements, and reads the import and export
 * declarations on its top level. Answers `null` as soon as anything is ambiguous without a parser: a slash
 * that may divide or open a regular expression, an `import(`, a `require`, markup.
 */
export function scan(path: string, text: string, from: number): readonly Found[] | null {
  // `<!--` and `-->` open comments in scripts, and in scripts only.
  if (mayHoldMarkup(path, text) || text.includes('<!--') || text.includes('-->')) return null;
  if (REQUIRED_BY_NAME.test(text)) return null;
  return new Walk(text, from).run();
}

class Walk {
  private readonly found: Found[] = [];
  /** What is open: brackets, and `$` for the substitution of a template. */
  private readonly open: string[] = [];
  /** For each open parenthesis, the offset where it opened. */
  private readonly parentheses: number[] = [];
  /** Where the parenthesis that was closed last had opened. */
  private lastOpened = -1;
  /** The end of the last comment, and of the last string, template or regular expression. */
  private commentEnd = -1;
  private literalEnd = -1;
  private at: number;

  constructor(
    private readonly text: string,
    private readonly from: number,
  ) {
    this.at = from;
  }

  run(): readonly Found[] | null {
    const { text } = this;
    for (;;) {
      STOP.lastIndex = this.at;
      const stop = STOP.exec(text);
      if (stop === null) return this.open.length === 0 ? this.found : null;
      const [token] = stop;
      this.at = stop.index;
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
      this.at = next === '/' ? lineCommentEnd(text, at) : blockCommentEnd(text, at);
      this.commentEnd = this.at;
      return this.at !== -1;
    }
    const begins = slashBegins(text, at, {
      floor: Math.max(this.from, this.commentEnd),
      literalEnd: this.literalEnd,
      lastOpened: this.lastOpened,
    });
    if (begins === 'regex') return this.literal(regexEnd(text, at));
    this.at++;
    return begins === 'division';
  }

  private word(word: string): boolean {
    const { text } = this;
    const after = this.at + word.length;
    const isTop = this.open.length === 0;
    if (!standsAlone(text, this.at, word)) {
      this.at = after;
      return true;
    }
    if (word === 'require') return false;
    if (word === 'module') {
      this.at = after;
      return !isQuotedModule(text, after);
    }
    const harmless = word === 'import' ? isImportMeta(text, after) : isLocalExport(text, after);
    if (harmless) {
      this.at = after;
      return true;
    }
    // `x.import` and `#import` are names.
    if (!isTop || /[.#]\s*$/.test(text.slice(Math.max(0, this.at - 80), this.at))) return false;
    const cursor = new Cursor(text, after);
    const declaration = word === 'import' ? importDeclaration(cursor) : exportDeclaration(cursor);
    if (declaration === null) return false;
    if (declaration.found !== null) this.found.push(declaration.found);
    this.at = cursor.at;
    this.commentEnd = cursor.at;
    return true;
  }
}
