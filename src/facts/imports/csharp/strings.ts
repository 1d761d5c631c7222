import { CODE } from '../tokens/characters.js';
import { LexicalError } from '../tokens/lexical-error.js';
import { isLineEnd } from './preprocessor.js';

/** How a string literal is written. */
export interface Literal {
  readonly start: number;
  /** Behind its opening quotes. */
  readonly from: number;
  readonly isVerbatim: boolean;
  /** `$` before it: above 0 it has holes; in a raw string so many braces open one. */
  readonly dollars: number;
  /** Of its beginning: 1, or 3 and more for a raw string. */
  readonly quotes: number;
}

/** A string around the code of one of its holes. */
export interface OpenLiteral extends Literal {
  /** Brackets open in the hole. */
  depth: number;
}

/** `"`, `@"`, `$"`, `$@"`, `@$"`, `"""`, `$$"""`… `null`: no string begins here. */
export function literalAt(text: string, start: number): Literal | null {
  let at = start;
  let dollars = 0;
  let isVerbatim = false;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === CODE.dollar) dollars++;
    else if (code === CODE.at && !isVerbatim) isVerbatim = true;
    else break;
  }
  if (text.charCodeAt(at) !== CODE.quote) return null;
  let quotes = 1;
  if (!isVerbatim && text.startsWith('"""', at)) {
    while (text.charCodeAt(at + quotes) === CODE.quote) quotes++;
  }
  return { start, from: at + quotes, isVerbatim, dollars, quotes };
}

function runLength(text: string, at: number, code: number): number {
  let end = at;
  while (text.charCodeAt(end) === code) end++;
  return end - at;
}

export interface TextEnd {
  /** Behind the closing quotes, or behind the braces that open a hole. */
  readonly end: number;
  readonly isHole: boolean;
}

/** Reads the text of a string from `from` on, up to its end or its next hole. */
export function textEnd(text: string, literal: Literal, from: number): TextEnd {
  const isRaw = literal.quotes >= 3;
  const isPlain = !isRaw && !literal.isVerbatim;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CODE.quote) {
      const run = runLength(text, at, CODE.quote);
      if (isPlain) return { end: at + 1, isHole: false };
      if (isRaw ? run >= literal.quotes : run % 2 === 1) return { end: at + run, isHole: false };
      at += run - 1;
    } else if (code === CODE.openBrace && literal.dollars > 0) {
      const run = runLength(text, at, CODE.openBrace);
      if (isRaw ? run >= literal.dollars : run % 2 === 1) return { end: at + run, isHole: true };
      at += run - 1;
    } else if (isPlain && code === CODE.backslash) at++;
    else if (isPlain && isLineEnd(code)) break;
  }
  throw new LexicalError('a string is not closed', literal.start);
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,4})|([\s\S]))/g;

function fromHex(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
}

export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, four?: string, eight?: string, some?: string, letter?: string) => {
    const hex = four ?? eight ?? some;
    return hex === undefined ? (SIMPLE[letter ?? ''] ?? letter ?? '') : fromHex(hex);
  });
}

/** The value of a string literal without holes. */
export function stringValue(raw: string): string {
  const literal = literalAt(raw, 0);
  if (literal === null) return raw;
  const inner = raw.slice(literal.from, -literal.quotes);
  if (literal.isVerbatim) return inner.replaceAll('""', '"');
  return literal.quotes >= 3 ? inner.trim() : decodeEscapes(inner);
}
