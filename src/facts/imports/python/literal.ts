import { prefixOf } from './lexer.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE =
  /\\(?:\r\n|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|([\s\S]))/g;

/**
 * What a string literal holds. `null`: bytes, an f-string with a field, or a character by its Unicode name, whose
 * table is too large to carry.
 */
export function stringValue(written: string): string | null {
  const quoteAt = written.search(/["']/);
  const prefix = written.slice(0, quoteAt).toLowerCase();
  const quote = written.charAt(quoteAt);
  const width = written.startsWith(quote.repeat(3), quoteAt) && written.length >= quoteAt + 6 ? 3 : 1;
  let body = written.slice(quoteAt + width, written.length - width);
  const kind = prefixOf(prefix);
  if (prefix.includes('b') || prefix.includes('t')) return null;
  let isKnown = true;
  if (kind?.isFormatted === true) {
    const rest = body.replaceAll('{{', '').replaceAll('}}', '');
    if (/[{}]/.test(rest)) return null;
    body = body.replaceAll('{{', '{').replaceAll('}}', '}');
  }
  if (kind?.isRaw === true || !body.includes('\\')) return body;
  const value = body.replace(ESCAPE, (whole, octal, x, u, long, name, char) => {
    const code = octal === undefined ? (x ?? u ?? long) : undefined;
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    if (code !== undefined) return codePoint(Number.parseInt(code, 16));
    if (name !== undefined) isKnown = false;
    if (char === undefined || char === '\n' || char === '\r') return '';
    return ESCAPES[char] ?? whole;
  });
  return isKnown ? value : null;
}

function codePoint(code: number): string {
  return code > 0x10ffff ? '' : String.fromCodePoint(code);
}
