import { CODE, isDigit, isNamePart, nameEnd, numberEnd } from '../tokens/characters.js';
import { LexicalError } from '../tokens/lexical-error.js';
import { KIND, Tokens } from '../tokens/tokens.js';

/** @param text without unicode escapes */
export function javaTokens(text: string): Tokens {
  const tokens = new Tokens(text);
  const { length } = text;
  for (let at = 0; at < length; ) {
    const code = text.charCodeAt(at);
    if (code <= CODE.space) {
      at++;
      continue;
    }
    if (code === CODE.slash) {
      const end = commentEnd(text, at);
      if (end !== null) {
        at = end;
        continue;
      }
    }
    let end = at + 1;
    let kind: number = code;
    if (isDigit(code)) {
      kind = KIND.number;
      end = numberEnd(text, at);
    } else if (isNamePart(code) || code === CODE.dollar) {
      kind = KIND.name;
      end = identifierEnd(text, at);
    } else if (code === CODE.quote) {
      kind = KIND.string;
      end = text.startsWith('"""', at) ? textBlockEnd(text, at) : quotedEnd(text, at, code, 'string');
    } else if (code === CODE.apostrophe) {
      kind = KIND.character;
      end = quotedEnd(text, at, code, 'character');
    }
    tokens.add(kind, at, end);
    at = end;
  }
  return tokens;
}

const LINE_END = /[\r\n]/g;

/** A lone carriage return ends a line too. */
export function lineEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

/** Behind the comment that begins at this slash; `null` when it is none. */
export function commentEnd(text: string, at: number): number | null {
  const next = text.charCodeAt(at + 1);
  if (next === CODE.slash) return lineEnd(text, at);
  if (next !== CODE.star) return null;
  const end = text.indexOf('*/', at + 2);
  if (end === -1) throw new LexicalError('a comment is not closed', at);
  return end + 2;
}

/** `$` belongs to Java's identifiers, and so do control characters, which the compiler passes over. */
function identifierEnd(text: string, at: number): number {
  let end = nameEnd(text, at);
  for (; ; end = nameEnd(text, end + 1)) {
    const code = text.charCodeAt(end);
    const isPart = code === CODE.dollar || code <= 8 || (code >= 14 && code <= 27 && end + 1 < text.length);
    if (!isPart) return end;
  }
}

/** Behind the closing quote of a literal that must end on its line. */
export function quotedEnd(text: string, at: number, quote: number, what: string): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === CODE.backslash) end++;
    else if (code === CODE.lineFeed || code === CODE.carriageReturn) break;
  }
  throw new LexicalError(`a ${what} is not closed`, at);
}

function textBlockEnd(text: string, at: number): number {
  let quotes = -1;
  for (let end = at + 3; ; ) {
    // Searched again only when the last find was escaped, or a block of backslashes would take quadratic time.
    if (quotes < end) quotes = text.indexOf('"""', end);
    if (quotes === -1) throw new LexicalError('a text block is not closed', at);
    const backslash = text.indexOf('\\', end);
    if (backslash === -1 || backslash > quotes) return quotes + 3;
    end = backslash + 2;
  }
}
