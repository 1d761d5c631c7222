import { placeOf } from '../ecmascript/found.js';
import type { Extraction } from '../language.js';
import { LexicalError } from './lexical-error.js';

/**
 * What `read` makes of a text without its byte order mark; a text that has no tokens is a failed extraction.
 * @param origin the place in that text of what stands at an offset of the one that was taken apart
 */
export function extractLexed(
  text: string,
  read: (file: string) => Extraction,
  origin: (file: string, at: number) => number = (_, at) => at,
): Extraction {
  const file = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof LexicalError)) throw error;
    return { ok: false, message: error.message, ...placeOf(file, origin(file, error.at)) };
  }
}
