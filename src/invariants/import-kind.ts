import type { Json } from '../model/canonical.js';
import { EDGE_KINDS, type EdgeKind } from '../model/edges.js';
import { type DeniedEdges, deniedEdge, evaluateEdges, governsFile, type Place } from './denied-edges.js';
import type { JsonSchema, Kind, RuleCompiler } from './kind.js';
import { eachRef } from './path-sets.js';

interface ImportKind {
  readonly name: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  compile(options: Json, compiler: RuleCompiler): DeniedEdges;
}

/** Every kind of rule about imports: they differ only in what they compile to. */
export function importKind({ name, summary, schema, compile }: ImportKind): Kind<DeniedEdges> {
  return {
    name,
    summary,
    schema,
    reads: 'imports',
    modeOf: () => 'state',
    compile,
    governs: governsFile,
    // A file's imports are its own; what an added or deleted file does to them is re-resolution, the judge's business.
    reaches: () => false,
    evaluate: evaluateEdges,
    screen(rule, file) {
      if (file.status === 'delete' || !governsFile(rule, file.path)) return 'clear';
      if (!file.regular) return 'candidate';
      const edges = file.newEdges();
      if (edges === null) return 'candidate';
      return edges.some(edge => deniedEdge(rule, file.path, edge) !== null) ? 'candidate' : 'clear';
    },
  };
}

export const KINDS_OPTION: JsonSchema = {
  description:
    'Only imports of these kinds; all of them if left out. An erased import (`import type`, `export type`) is of kind `type` and of no other.',
  type: 'array',
  items: { enum: EDGE_KINDS },
  minItems: 1,
  uniqueItems: true,
};

export const TRANSITIVE_OPTION: JsonSchema = {
  description: 'Planned: chains of imports. Only direct imports are judged so far, so `true` is refused.',
  type: 'boolean',
};

/** `kinds` as compiled: absent when not given. */
export function kindsOf(options: { readonly kinds?: readonly EdgeKind[] }): {
  readonly kinds?: readonly EdgeKind[];
} {
  return options.kinds === undefined ? {} : { kinds: options.kinds };
}

export function refuseTransitive(options: { readonly transitive?: boolean }, compiler: RuleCompiler): void {
  if (options.transitive === true) {
    compiler.fail(
      'not yet: `transitive` is planned; this version of lintel judges direct imports only',
      'transitive',
      'leave `transitive` out',
    );
  }
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

export function labelsOf(places: readonly Place[]): readonly string[] {
  return places.map(place => place.label);
}
