/** What may stand in an identifier. Beyond ASCII everything counts: what else could stand there is an error. */
const PART = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (/[A-Za-z0-9_]/.test(String.fromCharCode(code))) PART[code] = 1;

export const CODE = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  hash: 35,
  dollar: 36,
  ampersand: 38,
  apostrophe: 39,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  at: 64,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  backtick: 96,
  openBrace: 123,
  closeBrace: 125,
} as const;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isNamePart(code: number): boolean {
  return code < 128 ? PART[code] === 1 : code >= 128;
}

/** The end of the identifier that goes on at `at`. */
export function nameEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isNamePart(text.charCodeAt(end))) end++;
  return end;
}

/** The end of a number: `0x1F`, `1_000`, `1.5e3`, `2.f`; never a dot that a name follows. */
export function numberEnd(text: string, at: number): number {
  let end = nameEnd(text, at);
  while (text.charCodeAt(end) === CODE.dot && isDigit(text.charCodeAt(end + 1))) end = nameEnd(text, end + 1);
  return end;
}

const UPPER = /^\p{Lu}/u;

/** Does a name begin with an upper-case letter? */
export function isUpper(name: string): boolean {
  const code = name.charCodeAt(0);
  return code < 128 ? code >= 65 && code <= 90 : UPPER.test(name);
}
