import { lexerOf } from './languages.js';
import type { Segment } from './segment.js';

/**
 * What each part of a file is, in order, without gaps. In linear time, by the lexical rules of the language that the
 * file's name tells; where it tells none that is known, all is code.
 */
export function segmentsOf(path: string, text: string): readonly Segment[] {
  if (text === '') return [];
  const lexer = lexerOf(path);
  return lexer === null ? [{ kind: 'code', start: 0, end: text.length }] : lexer(text);
}
