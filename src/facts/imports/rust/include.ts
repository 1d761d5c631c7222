import {
  BANG,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COMMA,
  type Lexer,
  OPEN_PAREN,
  STRING,
  WORD,
} from './lexer.js';
import { stringValue } from './strings.js';

export interface Include {
  readonly at: number;
  /** `null`: worked out by the compiler, usually a file that a build script writes. */
  readonly specifier: string | null;
  /** `include`: relative to the file; `include-manifest`: to the folder of the crate's Cargo.toml. */
  readonly form: 'include' | 'include-manifest';
}

/**
 * The argument of `include!`, `include_str!` or `include_bytes!`, from its opening bracket: a string, or
 * `concat!(env!("CARGO_MANIFEST_DIR"), "/…")`. `null`: there is none (`include!()`).
 */
export function readInclude(lexer: Lexer): Include | null {
  lexer.next();
  const { start: at } = lexer;
  if (isEnd(lexer)) return null;
  if (lexer.is(STRING)) {
    const specifier = string(lexer);
    lexer.next();
    const isAlone = lexer.is(COMMA) || isEnd(lexer);
    return { at, specifier: isAlone ? specifier : null, form: 'include' };
  }
  const parts = concatenated(lexer);
  if (parts === null) return { at, specifier: null, form: 'include' };
  return { at, specifier: parts.join('').replace(/^\/+/, ''), form: 'include-manifest' };
}

function isEnd(lexer: Lexer): boolean {
  return lexer.is(CLOSE_PAREN, CLOSE_BRACKET, CLOSE_BRACE);
}

function string(lexer: Lexer): string | null {
  return stringValue(lexer.text.slice(lexer.start, lexer.end));
}

function isMacro(lexer: Lexer, name: string): boolean {
  return lexer.kind === WORD && lexer.word === name && lexer.next() === BANG && lexer.next() === OPEN_PAREN;
}

/** The strings behind `concat!(env!("CARGO_MANIFEST_DIR"), …)`. */
function concatenated(lexer: Lexer): readonly string[] | null {
  if (!isMacro(lexer, 'concat')) return null;
  lexer.next();
  if (!isMacro(lexer, 'env') || lexer.next() !== STRING || string(lexer) !== 'CARGO_MANIFEST_DIR')
    return null;
  if (lexer.next() !== CLOSE_PAREN) return null;
  const parts: string[] = [];
  while (lexer.next() === COMMA) {
    if (lexer.next() === CLOSE_PAREN) break;
    const part = lexer.kind === STRING ? string(lexer) : null;
    if (part === null) return null;
    parts.push(part);
  }
  return lexer.kind === CLOSE_PAREN && parts.length > 0 ? parts : null;
}
