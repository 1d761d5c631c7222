/** Where Python's `str.splitlines` ends a line: more characters than editors show as line ends. */
export const LINE_ENDS = `\n\r\v\f${String.fromCharCode(0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029)}`;
const LINE_END = new RegExp(`\r\n|[${LINE_ENDS}]`);

/** What Python takes for blank: JavaScript's `\s` has a byte order mark more, and five control characters less. */
const BLANK = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const FIRST = new RegExp(`[^${BLANK}]`);
const IS_BLANK = new RegExp(`[${BLANK}]`);

/** `str.splitlines()`, without the end that a last line end leaves. */
export function splitLines(text: string): readonly string[] {
  const parts = text.split(LINE_END);
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** Columns of blanks at the start; -1: nothing else stands there. */
export function indentOf(text: string): number {
  return text.search(FIRST);
}

/** `str.strip()` */
export function strip(text: string): string {
  const from = indentOf(text);
  return from === -1 ? '' : stripEnd(text.slice(from));
}

/** `str.rstrip()` */
export function stripEnd(text: string): string {
  let to = text.length;
  while (to > 0 && IS_BLANK.test(text.charAt(to - 1))) to--;
  return text.slice(0, to);
}
