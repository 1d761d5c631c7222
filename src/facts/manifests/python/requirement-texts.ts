import type { IniLine } from './ini.js';
import { splitLines, strip } from './python-text.js';

/**
 * The requirements that setuptools finds in strings: one per line, without comments, a backslash at the end continues.
 * @param parts each with the line that it begins at
 * @param rising does a line end within a part mean a line further down in the file?
 */
export function requirementTexts(parts: readonly IniLine[], rising = false): readonly IniLine[] {
  const lines = parts.flatMap(({ text, line }) =>
    splitLines(text).map((one, index) => ({ text: strip(one), line: rising ? line + index : line })),
  );
  const left = lines.filter(({ text }) => text !== '' && !text.startsWith('#'));
  const found: IniLine[] = [];
  for (let at = 0; at < left.length; at++) {
    const first = left[at];
    if (first === undefined) break;
    let text = withoutComment(first.text);
    while (text.endsWith('\\')) {
      const next = left[++at];
      // setuptools loses a last line that is continued; what it asks for must not be lost here.
      text = strip(text.slice(0, next === undefined ? -1 : -2)) + withoutComment(next?.text ?? '');
    }
    found.push({ text, line: first.line });
  }
  return found;
}

function withoutComment(text: string): string {
  return text.split(' #', 1)[0] ?? '';
}
