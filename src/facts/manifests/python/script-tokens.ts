import { Lexer } from '../../imports/python/lexer.js';
import { LexicalError } from '../../imports/tokens/lexical-error.js';
import { ManifestError } from '../format.js';
import { LineCounter } from '../lines.js';

/** - `name`: a word or number. - `string`: one literal with its prefix. - `mark`: an operator or a bracket. */
export type ScriptTokenType = 'name' | 'string' | 'mark';

export interface ScriptToken {
  readonly type: ScriptTokenType;
  /** As written; names as Python compares them. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  /** Brackets open around it; a bracket's own is not counted, at neither end. */
  readonly depth: number;
  /** Index of the token that opens the bracket around it; -1: there is none. */
  readonly opener: number;
  /** Index of the first token of its logical line, or behind a `;` on it. */
  readonly statement: number;
}

/** Longest first. */
const MARKS = [
  '**=',
  '//=',
  '>>=',
  '<<=',
  '...',
  '**',
  '//',
  '>>',
  '<<',
  '<=',
  '>=',
  '==',
  '!=',
  '->',
  ':=',
].concat(['+=', '-=', '*=', '/=', '%=', '@=', '&=', '|=', '^=']);
/** CPython's own bound on brackets within brackets. */
const DEEPEST = 200;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The tokens of a Python script.
 * @throws ManifestError: strings or brackets that are never closed, or that close what is not open
 */
export function scriptTokens(text: string): readonly ScriptToken[] {
  try {
    return new Tokenizer(text).read();
  } catch (error) {
    if (!(error instanceof LexicalError)) throw error;
    throw new ManifestError(
      error.message,
      new LineCounter(text).lineAt(error.at),
      'let Python compile it: python3 -m py_compile',
    );
  }
}

class Tokenizer {
  private readonly tokens: ScriptToken[] = [];
  private readonly open: { readonly mark: string; readonly at: number; readonly index: number }[] = [];
  private readonly lexer: Lexer;
  private readonly lines: LineCounter;
  private statement = 0;

  constructor(private readonly text: string) {
    this.lexer = new Lexer(text, () => undefined);
    this.lines = new LineCounter(text);
  }

  read(): readonly ScriptToken[] {
    const { lexer, text } = this;
    for (;;) {
      lexer.skip(this.open.length > 0);
      if (lexer.at >= text.length) break;
      const char = text.charAt(lexer.at);
      if (char === '#') lexer.comment();
      else if (char === '\n' || char === '\r' || (char === ';' && this.open.length === 0)) {
        lexer.at++;
        this.statement = this.tokens.length;
      } else this.token(lexer.at);
    }
    const left = this.open.at(-1);
    if (left !== undefined) lexer.fail(`"${left.mark}" is never closed`, left.at);
    return this.tokens;
  }

  private token(at: number): void {
    const { lexer, text } = this;
    if (lexer.literal()) this.add('string', at);
    else if (lexer.name() !== '') this.add('name', at);
    else {
      const mark = MARKS.find(one => text.startsWith(one, at)) ?? text.charAt(at);
      lexer.at += mark.length;
      if (')]}'.includes(mark)) this.close(mark, at);
      this.add('mark', at);
      if (CLOSING[mark] !== undefined && this.open.length >= DEEPEST)
        lexer.fail('brackets are nested too deeply', at);
      if (CLOSING[mark] !== undefined) this.open.push({ mark, at, index: this.tokens.length - 1 });
    }
  }

  private close(mark: string, at: number): void {
    const opener = this.open.pop();
    if (opener === undefined) this.lexer.fail(`"${mark}" closes nothing`, at);
    if (CLOSING[opener.mark] !== mark) this.lexer.fail(`"${mark}" does not close "${opener.mark}"`, at);
  }

  private add(type: ScriptTokenType, at: number): void {
    const text = this.text.slice(at, this.lexer.at);
    this.tokens.push({
      type,
      text: type === 'name' ? text.normalize('NFKC') : text,
      at,
      end: this.lexer.at,
      line: this.lines.lineAt(at),
      depth: this.open.length,
      opener: this.open.at(-1)?.index ?? -1,
      statement: this.statement,
    });
  }
}
