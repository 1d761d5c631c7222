import type { Json } from '../../model/canonical.js';
import { requiredLiterals } from '../text/regex.js';
import { isCaseless } from './languages.js';
import type { CodeQuery, SyntaxRule } from './query.js';

/** Of each group at least one word stands in every file that holds a match. No group: nothing is known. */
export type Words = readonly (readonly string[])[];

const known = new WeakMap<CodeQuery, Words>();

/**
 * Words without which a file can't hold a match, read off the rule alone: most files are settled by them,
 * without the engine. A pattern's names, keywords and literals must be in the code as they are in the pattern
 * (ast-grep compares the text of every named leaf, and the kind of every other token).
 */
export function wordsOf(query: CodeQuery): Words {
  let words = known.get(query);
  if (words === undefined) {
    words = ofRule(query.rule, query, new Set());
    known.set(query, words);
  }
  return words;
}

/** Can this text hold a match? `false` is certain, `true` is not. */
export function mayMatch(query: CodeQuery, text: string): boolean {
  const words = wordsOf(query);
  if (!isCaseless(query.language)) return words.every(group => group.some(word => text.includes(word)));
  const folded = text.toLowerCase();
  return words.every(group => group.some(word => folded.includes(word.toLowerCase())));
}

/** Does the text hold any of the words? Where nothing is known about the rule, it may hold anything. */
export function holdsAnyWord(query: CodeQuery, text: string): boolean {
  const words = wordsOf(query).flat();
  if (words.length === 0) return true;
  const folded = text.toLowerCase();
  return words.some(word => folded.includes(word.toLowerCase()));
}

/** Rules that must hold of some node of the same file, `not` and `nthChild` apart. */
const RELATIONS = ['inside', 'has', 'precedes', 'follows'] as const;

function ofRule(rule: SyntaxRule, query: CodeQuery, within: ReadonlySet<string>): Words {
  const words: (readonly string[])[] = [];
  const { pattern, regex, matches } = rule;
  if (pattern !== undefined) words.push(...ofPattern(pattern));
  if (typeof regex === 'string') words.push(...ofRegex(regex));
  for (const relation of RELATIONS) {
    const related = rule[relation];
    if (isRule(related)) words.push(...ofRule(related, query, within));
  }
  for (const each of rulesIn(rule['all'])) words.push(...ofRule(each, query, within));
  const any = rulesIn(rule['any']);
  if (any.length > 0) words.push(...either(any.map(each => ofRule(each, query, within))));
  if (typeof matches === 'string' && !within.has(matches)) {
    const util = query.utils?.[matches];
    if (util !== undefined) words.push(...ofRule(util, query, new Set([...within, matches])));
  }
  return words;
}

function isRule(value: Json | undefined): value is SyntaxRule {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rulesIn(value: Json | undefined): readonly SyntaxRule[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isRule) : [];
}

/** One of several: the rarest-looking group of each, as one. Nothing where one of them needs nothing. */
function either(options: readonly Words[]): Words {
  const union = new Set<string>();
  for (const groups of options) {
    let best: readonly string[] | null = null;
    for (const group of groups) if (best === null || shortest(group) > shortest(best)) best = group;
    if (best === null) return [];
    for (const word of best) union.add(word);
  }
  return [[...union]];
}

function shortest(group: readonly string[]): number {
  return Math.min(...group.map(word => word.length));
}

/**
 * Of `{ context, selector }` only the selected part matters, and looser strictness than `smart` lets tokens be
 * absent: nothing is known of either.
 */
function ofPattern(pattern: Json): Words {
  if (typeof pattern !== 'string') return [];
  // What may be a comment need not be in the code.
  if (/\/\/|\/\*|#|--/.test(pattern)) return [];
  const words = new Set<string>();
  // Whatever hangs together with a `$` is a metavariable, or may be taken for one.
  for (const [run] of pattern.matchAll(/[\w$]+/g)) if (!run.includes('$') && run.length > 1) words.add(run);
  return [...words].map(word => [word]);
}

/**
 * Rust's regular expressions and RE2's differ in escapes, flags and braces; without these they are the same.
 * The literal stands in the text of a node, hence in the file.
 */
function ofRegex(regex: string): Words {
  if (/\\|\(\?|[{}]|&&|--|~~/.test(regex)) return [];
  const literals = requiredLiterals(regex);
  return literals === null || literals.length === 0 || literals.includes('') ? [] : [literals];
}
