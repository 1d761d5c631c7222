/** A Java text after its unicode escapes were decoded, and where each offset of it lay before. */
export interface Unescaped {
  readonly text: string;
  /** The offset in the file. */
  origin(offset: number): number;
}

const HEX = /[0-9a-fA-F]{4}/y;

/**
 * Java decodes `\u0022` before it looks for comments and strings (JLS 3.3), so an escape can open and close both.
 * A backslash begins an escape unless an odd number of backslashes stands right before it.
 */
export function unescapeUnicode(text: string): Unescaped {
  if (!text.includes('\\u')) return { text, origin: offset => offset };
  const parts: string[] = [];
  // Behind each decoded character: its end in the result, and by how much the file is ahead there.
  const ends: number[] = [];
  const shifts: number[] = [];
  let copied = 0;
  let length = 0;
  for (let at = text.indexOf('\\'); at !== -1; ) {
    if (text.charAt(at + 1) !== 'u') {
      // An escaped backslash is passed over as a pair; before anything else a single one.
      at = text.indexOf('\\', text.charAt(at + 1) === '\\' ? at + 2 : at + 1);
      continue;
    }
    let digits = at + 2;
    while (text.charAt(digits) === 'u') digits++;
    HEX.lastIndex = digits;
    const hex = HEX.exec(text)?.[0];
    if (hex !== undefined) {
      parts.push(text.slice(copied, at), String.fromCharCode(Number.parseInt(hex, 16)));
      length += at - copied + 1;
      copied = digits + 4;
      ends.push(length);
      shifts.push(copied - length);
    }
    at = text.indexOf('\\', digits);
  }
  parts.push(text.slice(copied));
  return { text: parts.join(''), origin: offset => offset + shiftAt(ends, shifts, offset) };
}

function shiftAt(ends: readonly number[], shifts: readonly number[], offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1] ?? 0;
}
