/**
 * PEP 440's version specifiers, by the grammar of Python's `packaging`: which clauses there are, and which of them
 * settles a version. No pattern here can backtrack far: each part starts with a character that the part before can't
 * hold.
 */
const RELEASE = String.raw`v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*`;
const SUFFIXES =
  '(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?' +
  '(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?' +
  '(?:[-_.]?dev[-_.]?[0-9]*)?';
const LOCAL = String.raw`(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?`;

const CLAUSE = new RegExp(
  [
    String.raw`===\s*[^\s;),]*`,
    String.raw`(?:==|!=)\s*${RELEASE}(?:\.\*|${SUFFIXES}${LOCAL})`,
    String.raw`~=\s*v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)+${SUFFIXES}`,
    String.raw`(?:<=|>=|<|>)\s*${RELEASE}${SUFFIXES}`,
  ].join('|'),
  'iy',
);
const BLANKS = /[ \t]*/y;

export interface Specifiers {
  /** Where the last clause ends. */
  readonly end: number;
  /** The version that a clause `==` or `===` settles. */
  readonly version: string | null;
}

/** Reads as many clauses with commas between them as there are. What follows them is the caller's to judge. */
export function scanSpecifiers(text: string, from: number): Specifiers {
  let at = from;
  let end = from;
  let version: string | null = null;
  for (;;) {
    CLAUSE.lastIndex = at;
    const clause = CLAUSE.exec(text)?.[0];
    if (clause === undefined) return { end, version };
    end = at + clause.length;
    version ??= settled(clause);
    at = blanksEnd(text, end);
    if (text[at] !== ',') return { end, version };
    // As in Python's library: a comma at the end is allowed.
    end = at + 1;
    at = blanksEnd(text, end);
  }
}

/** The whole text is specifiers, or nothing. */
export function isSpecifiers(text: string): boolean {
  const trimmed = text.trim();
  return scanSpecifiers(trimmed, 0).end === trimmed.length;
}

/** The version that specifiers settle with `==` or `===`; `null`: they don't. */
export function pinnedVersion(specifiers: string): string | null {
  return scanSpecifiers(specifiers.trim(), 0).version;
}

function settled(clause: string): string | null {
  if (!clause.startsWith('==')) return null;
  const version = clause.slice(clause.startsWith('===') ? 3 : 2).trim();
  return version.endsWith('.*') || version === '' ? null : version;
}

function blanksEnd(text: string, at: number): number {
  BLANKS.lastIndex = at;
  BLANKS.test(text);
  return BLANKS.lastIndex;
}
