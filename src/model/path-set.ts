/**
 * Compiled path patterns. Plain data (regex sources), so that a compiled policy is JSON and the
 * commit gate needs no glob library. `policy/` makes them with micromatch; this file only matches.
 */

import { escapeRegex } from './escape-regex.js';

/** One glob, compiled. Named groups `c_NAME` bind captures `{NAME}`; `n_NAME` stand for `{!NAME}`. */
export interface PathPattern {
  /** The glob as written, for messages. */
  readonly glob: string;
  /** Regular-expression source, anchored at both ends, flag `s`. */
  readonly source: string;
  /** Names bound by `{name}`. Absent when there are none. */
  readonly captures?: readonly string[];
  /** Names excluded by `{!name}`. Absent when there are none. */
  readonly negated?: readonly string[];
  /** A literal prefix that every match starts with; lets most paths be refused without the regex. */
  readonly prefix: string;
}

/** Paths that match any of `include` and none of `except`. */
export interface PathSet {
  readonly include: readonly PathPattern[];
  readonly except?: readonly PathPattern[];
}

export type Bindings = ReadonlyMap<string, string>;
export const NO_BINDINGS: Bindings = new Map();

interface Matcher {
  readonly regex: RegExp;
  /** The pattern is `folder/**`: a comparison tells what the expression would, a path at a time. */
  readonly isFolder: boolean;
}

const compiled = new WeakMap<PathPattern, Matcher>();

function matcherOf(pattern: PathPattern): Matcher {
  let matcher = compiled.get(pattern);
  if (matcher === undefined) {
    const { source, prefix } = pattern;
    const folder = `^(?:${escapeRegex(prefix)}(?:\\/.*?|$))$`;
    matcher = { regex: new RegExp(source, 's'), isFolder: source === folder };
    compiled.set(pattern, matcher);
  }
  return matcher;
}

/**
 * Matches one pattern under the bindings made so far.
 * @returns the bindings after the match (the same map when nothing new was bound), or `null`.
 */
export function matchPattern(
  pattern: PathPattern,
  path: string,
  bindings: Bindings = NO_BINDINGS,
): Bindings | null {
  if (!path.startsWith(pattern.prefix)) return null;
  const { regex, isFolder } = matcherOf(pattern);
  if (isFolder) {
    const { length } = pattern.prefix;
    return path.length === length || path.charCodeAt(length) === 47 /* / */ ? bindings : null;
  }
  if (pattern.captures === undefined && pattern.negated === undefined)
    return regex.test(path) ? bindings : null;
  const match = regex.exec(path);
  if (match === null) return null;
  const groups = match.groups ?? {};
  for (const name of pattern.negated ?? []) {
    const bound = bindings.get(name);
    if (bound !== undefined && groups[`n_${name}`] === bound) return null;
  }
  let next: Map<string, string> | null = null;
  for (const name of pattern.captures ?? []) {
    const value = groups[`c_${name}`];
    if (value === undefined) continue;
    const bound = bindings.get(name);
    if (bound === undefined) {
      next ??= new Map(bindings);
      next.set(name, value);
    } else if (bound !== value) return null;
  }
  return next ?? bindings;
}

/** @returns the bindings of the first pattern that matches, or `null`. */
export function matchPaths(set: PathSet, path: string, bindings: Bindings = NO_BINDINGS): Bindings | null {
  for (const pattern of set.include) {
    const bound = matchPattern(pattern, path, bindings);
    if (bound === null) continue;
    for (const except of set.except ?? []) if (matchPattern(except, path, bound) !== null) return null;
    return bound;
  }
  return null;
}

export function inPaths(set: PathSet, path: string): boolean {
  return matchPaths(set, path) !== null;
}
