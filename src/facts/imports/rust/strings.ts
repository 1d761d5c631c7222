const ESCAPE = /\\(?:([nrt0\\'"])|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]{1,8})\}|\r?\n\s*)/g;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** The value of a string literal as written, raw or not; `null`: a byte or C string, or a wrong escape. */
export function stringValue(literal: string): string | null {
  if (literal.startsWith('r')) {
    const quote = literal.indexOf('"');
    return literal.slice(quote + 1, literal.length - quote);
  }
  if (!literal.startsWith('"')) return null;
  const body = literal.slice(1, -1);
  if (!body.includes('\\')) return body;
  let isWrong = false;
  const value = body.replace(ESCAPE, (_all, simple?: string, hex?: string, point?: string) => {
    const code = hex ?? point?.replaceAll('_', '');
    if (code !== undefined) {
      const number = Number.parseInt(code, 16);
      if (number <= 0x10ffff) return String.fromCodePoint(number);
      isWrong = true;
      return '';
    }
    return simple === undefined ? '' : (SIMPLE[simple] ?? simple);
  });
  return isWrong ? null : value;
}
