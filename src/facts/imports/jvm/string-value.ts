const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  b: '\b',
  r: '\r',
  f: '\f',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  $: '$',
};
const ESCAPE = /\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|([\s\S]))/g;

function decode(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (all, hex?: string, octal?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return SIMPLE[letter ?? ''] ?? all;
  });
}

/**
 * The value of a Java or Kotlin string literal with its quotes, as far as it can be a class's name: a text block's
 * line breaks and indentation don't matter to that.
 */
export function stringValue(raw: string, isRaw: boolean): string {
  if (!raw.startsWith('"""')) return decode(raw.slice(1, -1));
  const inner = raw.slice(3, -3);
  return isRaw ? inner : decode(inner).trim();
}
