import type { Segments } from './scopes.js';

/** No path begins with these; behind them, `::` begins one. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  'as async await box break const continue do dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while yield'.split(
    ' ',
  ),
);
/** Their tokens are code for somewhere else: nothing in them is a fact of this file. */
export const TEMPLATES: ReadonlySet<string> = new Set(
  'quote quote_spanned parse_quote parse_quote_spanned macro_rules'.split(' '),
);
export const INCLUDES: ReadonlySet<string> = new Set(['include', 'include_str', 'include_bytes']);

const PRIMITIVE = /^(?:[iu](?:8|16|32|64|128|size)|f(?:16|32|64|128)|bool|char|str)$/;
const CAPITAL = /^\p{Lu}/u;

/** May a path's first name be a crate, or lead to a module? Types, by custom, begin with a capital. */
export function isImport(segments: Segments, isRaw: boolean): boolean {
  const [head = ''] = segments;
  if (head === '') return true;
  return !CAPITAL.test(head) && (isRaw || !PRIMITIVE.test(head));
}
