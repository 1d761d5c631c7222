/** A string literal's value, and the offset behind its closing quote. */
export interface GoString {
  readonly value: string;
  readonly end: number;
}

const ESCAPE = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/y;
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** A string literal at an offset, raw or interpreted; `null`: there is none, or none that is well formed. */
export function unquote(text: string, start: number): GoString | null {
  const quote = text[start];
  if (quote === '`') {
    const close = text.indexOf('`', start + 1);
    // A raw string holds no carriage returns, whatever the file does.
    return close === -1 ? null : { value: text.slice(start + 1, close).replaceAll('\r', ''), end: close + 1 };
  }
  if (quote !== '"') return null;
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\n') return null;
    if (char === '"') return { value: parts.join('') + text.slice(from, at), end: at + 1 };
    if (char !== '\\') continue;
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(text);
    if (match === null) return null;
    const [written, simple, hex, short, long, octal] = match;
    const code = hex ?? short ?? long;
    const point = code !== undefined ? Number.parseInt(code, 16) : Number.parseInt(octal ?? '0', 8);
    if (point > 0x10ffff) return null;
    // `\xff` is a byte, and no character: as Go shows it.
    const isByte = point > 0x7f && (hex ?? octal) !== undefined;
    parts.push(
      text.slice(from, at),
      simple === undefined ? (isByte ? '\uFFFD' : String.fromCodePoint(point)) : (SIMPLE[simple] ?? ''),
    );
    from = at + written.length;
    at = from - 1;
  }
  return null;
}
