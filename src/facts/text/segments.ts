import { lexerOf } from './languages.js';

export type SegmentKind = 'code' | 'comment' | 'string';

/** A run of text of one kind. Indexes in UTF-16 units, `end` exclusive. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
}

/**
 * What each part of a file is, in order, without gaps. In linear time, by the lexical rules of the language that the
 * file's name tells; where it tells none that is known, all is code.
 */
export function segmentsOf(path: string, text: string): readonly Segment[] {
  if (text === '') return [];
  const lexer = lexerOf(path);
  return lexer === null ? [{ kind: 'code', start: 0, end: text.length }] : lexer(text);
}
