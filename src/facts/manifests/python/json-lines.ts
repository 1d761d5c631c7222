import { LineCounter } from '../lines.js';

/**
 * Lines of the keys of a JSON object of objects, the last of equal ones. One pass over the text, which must be valid.
 * @returns the line of a key of the outer object, or of one of an inner one; 1 where there is none
 */
export function jsonKeyLines(text: string): (outer: string, inner?: string) => number {
  const lines = new LineCounter(text);
  const found = new Map<string, Map<string, number>>();
  let depth = 0;
  let outer = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"') {
      const from = at;
      at = stringEnd(text, at);
      if (depth > 2 || !isKey(text, at + 1)) continue;
      const key = String(JSON.parse(text.slice(from, at + 1)));
      if (depth === 2) outer.set(key, lines.lineAt(from));
      else {
        outer = new Map([['', lines.lineAt(from)]]);
        found.set(key, outer);
      }
    }
  }
  return (outerKey, inner = '') => found.get(outerKey)?.get(inner) ?? 1;
}

/** Of the closing quote. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '"') return at;
    if (char === '\\') at++;
  }
  return text.length;
}

const COLON = /\s*:/y;

function isKey(text: string, at: number): boolean {
  COLON.lastIndex = at;
  return COLON.test(text);
}
