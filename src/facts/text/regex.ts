import { literalsOf } from './pattern-literals.js';
import { nativePattern } from './pattern-native.js';
import { escaped } from './pattern-node.js';
import { type ParsedPattern, parsePattern } from './pattern-parser.js';
import re2 from './re2.cjs';

export { requiredLiterals } from './pattern-literals.js';

/**
 * Patterns in RE2's syntax (no lookaround, no backreferences), matched in linear time. Three ways, cheapest
 * first: a literal that every match needs is not in the text; the pattern is plain enough that JavaScript's own
 * engine is linear on it; re2js, which is loaded only then.
 */
export interface Matcher {
  test(text: string): boolean;
  /** The leftmost match that begins at `from` or after it; what stands before `from` is still seen by `^` and `\b`. */
  firstMatch(text: string, from?: number): Match | null;
  /**
   * For a search line by line: no line before the one that holds this index can match from `from` on;
   * -1: none at all.
   */
  earliest(text: string, from: number): number;
}

export interface Match {
  readonly index: number;
  readonly length: number;
}

/** Beyond this many UTF-16 units a backtracking engine could run out of stack even where it is linear. */
const NATIVE_TEXT_LIMIT = 1_000_000;

const matchers = new Map<string, Matcher>();

/** @throws Error when the pattern is wrong; `checkPattern` says how beforehand */
export function matcher(source: string): Matcher {
  let known = matchers.get(source);
  if (known === undefined) {
    known = makeMatcher(source);
    matchers.set(source, known);
  }
  return known;
}

/** @returns what is wrong with the pattern and what to write instead; `null` when nothing is. */
export function checkPattern(source: string): string | null {
  if (source === '') return 'an empty pattern matches everything';
  try {
    re2().RE2JS.compile(source);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `not a regular expression in RE2's syntax: ${withoutPrefix(error.message)}${hintFor(source)}`;
  }
}

function makeMatcher(source: string): Matcher {
  const parsed = parsePattern(source);
  const prefilter = parsed === null ? null : prefilterOf(parsed);
  const search = searcher(source, parsed);
  const firstMatch = (text: string, from = 0): Match | null =>
    prefilter !== null && prefilter(text, from) === -1 ? null : search(text, from);
  return {
    firstMatch,
    test: text => firstMatch(text) !== null,
    earliest: (text, from) => (prefilter === null ? from : prefilter(text, from)),
  };
}

type Search = (text: string, from: number) => Match | null;

function searcher(source: string, parsed: ParsedPattern | null): Search {
  const native = parsed === null ? null : nativePattern(parsed);
  const linear = re2Search(source);
  if (native === null) return linear;
  return (text, from) => {
    if (text.length > NATIVE_TEXT_LIMIT) return linear(text, from);
    native.lastIndex = from;
    const match = native.exec(text);
    return match === null ? null : { index: match.index, length: match[0].length };
  };
}

function re2Search(source: string): Search {
  let compiled: ReturnType<typeof compile> | null = null;
  return (text, from) => {
    compiled ??= compile(source);
    // The boolean question is several times faster than the one for a place.
    if (from === 0 && !compiled.test(text)) return null;
    const found = compiled.matcher(text);
    if (!found.find(from)) return null;
    return { index: found.start(), length: found.end() - found.start() };
  };
}

function compile(source: string) {
  return re2().RE2JS.compile(source);
}

/** Where a literal that every match needs is next found; -1: nowhere. */
function prefilterOf({ root, ignoreCase }: ParsedPattern): ((text: string, from: number) => number) | null {
  const literals = literalsOf(root);
  if (literals === null || literals.length === 0) return null;
  const [only] = literals;
  if (literals.length === 1 && only !== undefined && !ignoreCase)
    return (text, from) => text.indexOf(only, from);
  // Case folding is the same in both engines as far as ASCII is concerned, U+017F and U+212A included.
  if (ignoreCase && !literals.every(literal => /^[\0-\x7f]*$/.test(literal))) return null;
  const any = new RegExp(literals.map(escaped).join('|'), ignoreCase ? 'giu' : 'gu');
  return (text, from) => {
    any.lastIndex = from;
    return any.exec(text)?.index ?? -1;
  };
}

function withoutPrefix(message: string): string {
  return message.replace(/^error parsing regexp: /, '');
}

function hintFor(source: string): string {
  if (/\(\?(?:[=!]|<[=!])/.test(source)) {
    return ' (RE2 has no lookahead or lookbehind: match the line as a whole, or use `where`, `except` or two invariants)';
  }
  if (/\\[1-9]|\\k</.test(source)) return ' (RE2 has no backreferences)';
  if (/\(\?>|[*+?}]\+/.test(source))
    return ' (RE2 has no atomic groups or possessive repetition, and needs none)';
  return '';
}
