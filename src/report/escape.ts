/**
 * Text that comes from a repository (paths, source lines, titles, commit subjects) is written by whoever
 * wrote the change. Printed raw it could move the cursor, recolour or reverse what a reader sees
 * (terminal injection, "Trojan Source"), so every character that acts on a terminal is spelled out.
 */

// Escapes for: C0 and C1 controls and DEL; soft hyphen; Arabic letter mark; Mongolian vowel separator;
// zero-width space and direction marks (but not the joiners U+200C/D: Persian and emoji need them);
// line and paragraph separators and bidi embeddings; word joiner, invisible operators, bidi isolates;
// lone surrogates; byte-order mark; interlinear marks; language tags.
const ACTIVE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function spell(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  // A path's byte that is not UTF-8 travels as U+DC80…U+DCFF (see model/brand.ts): show the byte.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** One line that a terminal prints as it reads: control characters, bidi overrides and newlines are spelled out. */
export function visible(text: string): string {
  return text.replace(ACTIVE, spell);
}

/** Prose that may span lines (a `because` of several lines): folded into one, then made visible. */
export function prose(text: string): string {
  return visible(text.trim().replace(/\s*[\r\n]+\s*/g, ' '));
}

const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/** A word of a command that a reader will copy into a POSIX shell. */
export function shellWord(text: string): string {
  if (PLAIN_WORD.test(text)) return text;
  // A control character can't be typed inside '…', and must not be printed raw: $'…' spells it.
  if (visible(text) !== text) return `$'${visible(text.replace(/[\\']/g, '\\$&'))}'`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
