import type { Json } from '../model/canonical.js';
import { EDGE_KINDS, type EdgeKind } from '../model/edges.js';
import type { Place } from './denials.js';
import type { JsonSchema, RuleCompiler } from './kind.js';
import { compilePaths, eachRef, type PathSets } from './path-sets.js';

/** Options that kinds about imports share. */
export const KINDS_OPTION: JsonSchema = {
  description:
    'Only imports of these kinds; all of them if left out. An erased import (`import type`, `export type`) is of kind `type` and of no other.',
  type: 'array',
  items: { enum: EDGE_KINDS },
  minItems: 1,
  uniqueItems: true,
};

export const TRANSITIVE_OPTION: JsonSchema = {
  description: 'Judge chains of imports too: through files that lie in none of the places named here.',
  type: 'boolean',
};

/** For kinds of which it would say nothing: taken by the schema, so that the reason can be given. */
export const REFUSED_TRANSITIVE: JsonSchema = {
  description: 'Refused: it would add nothing here.',
  type: 'boolean',
};

/** `kinds` as compiled: absent when not given. */
export function kindsOf(options: { readonly kinds?: readonly EdgeKind[] }): {
  readonly kinds?: readonly EdgeKind[];
} {
  return options.kinds === undefined ? {} : { kinds: options.kinds };
}

export function transitiveOf(options: { readonly transitive?: boolean }): { readonly transitive?: true } {
  return options.transitive === true ? { transitive: true } : {};
}

export function refuseTransitive(
  options: { readonly transitive?: boolean },
  reason: string,
  compiler: RuleCompiler,
): void {
  if (options.transitive === true)
    compiler.fail(
      `\`transitive\` would add nothing: ${reason}`,
      'transitive',
      'leave it out; to follow chains, say what must not be reached: forbid-import with `transitive`',
    );
}

/** Components and paths: places that a file can lie in. */
export function filePlaces(refs: Json, key: string, compiler: RuleCompiler): readonly Place[] {
  return eachRef(refs, key).map(each => ({
    label: compiler.label(each.ref),
    set: { paths: compiler.paths(each.ref, each.key) },
  }));
}

/** Components, paths and packages: all that can be imported. */
export function targetPlaces(refs: Json, key: string, compiler: RuleCompiler): readonly Place[] {
  return eachRef(refs, key).map(each => ({
    label: compiler.label(each.ref),
    set: compiler.targets(each.ref, each.key),
  }));
}

/** Components that the configuration calls a utility: all may import them. */
export function utilityPlaces(compiler: RuleCompiler): readonly Place[] {
  return compiler
    .components()
    .flatMap(({ name, paths, utility }) => (utility ? [{ label: name, set: { paths } }] : []));
}

export function labelsOf(places: readonly Place[]): readonly string[] {
  return places.map(place => place.label);
}

/** Optional refs to files; `undefined` when not written. */
export function optionalPaths(
  refs: Json | undefined,
  key: string,
  compiler: RuleCompiler,
): PathSets | undefined {
  return refs === undefined ? undefined : compilePaths(refs, key, compiler);
}
