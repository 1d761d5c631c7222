import type { Json } from '../model/canonical.js';
import { type Bindings, matchPaths, NO_BINDINGS, type PathSet } from '../model/path-set.js';
import type { RuleCompiler } from './kind.js';
import type { Plain } from './plain.js';

/**
 * What a list of refs names, one set a ref. They are not merged: what one component leaves out (`except`)
 * may be just what the next one names.
 */
export type PathSets = readonly Plain<PathSet>[];

/** A ref or a list of refs, each with the place it stands at below `key`. */
export function eachRef(refs: Json, key: string): readonly { readonly ref: Json; readonly key: string }[] {
  if (!Array.isArray(refs)) return [{ ref: refs, key }];
  return (refs as readonly Json[]).map((ref, index) => ({ ref, key: `${key}/${index}` }));
}

export function compilePaths(refs: Json, key: string, compiler: RuleCompiler): PathSets {
  return eachRef(refs, key).map(each => compiler.paths(each.ref, each.key));
}

/** @returns the bindings of the first set that holds the path, or `null`. */
export function matchAny(sets: PathSets, path: string, bindings: Bindings = NO_BINDINGS): Bindings | null {
  for (const set of sets) {
    const bound = matchPaths(set, path, bindings);
    if (bound !== null) return bound;
  }
  return null;
}

export function inAny(sets: PathSets, path: string): boolean {
  return matchAny(sets, path) !== null;
}
