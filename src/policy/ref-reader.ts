import type { Json } from '../model/canonical.js';
import type { Position } from '../model/decision.js';
import type { PathPattern } from '../model/path-set.js';
import type { KeyPath } from './document.js';
import { GlobError } from './glob-syntax.js';
import { type CompiledRef, compileRef, type GlobUse, RefError } from './refs.js';

/** Where refs are written, what they may name, and who is told of what is wrong. */
export interface RefPlace {
  at(step: KeyPath): Position;
  inBrackets(step: KeyPath): boolean;
  /** Names of all components, for spelling. */
  readonly names: readonly string[];
  component(name: string): readonly PathPattern[] | undefined;
  problem(at: Position, message: string, hint: string | null): void;
  use(use: GlobUse): void;
}

export interface PlacedRef {
  readonly ref: CompiledRef;
  readonly at: Position;
}

/** Compiles one ref or a list; every wrong one is reported, the right ones are returned. */
export function readRefs(refs: Json, place: RefPlace): readonly PlacedRef[] {
  const isList = Array.isArray(refs);
  const list: readonly Json[] = isList ? refs : [refs as Json];
  return list.flatMap((written, index) => {
    const step = isList ? [index] : [];
    const at = place.at(step);
    if (typeof written !== 'string') {
      place.problem(at, 'a component, a path or a package is expected here', null);
      return [];
    }
    try {
      const ref = compileRef(written, place);
      if (ref.type === 'path') place.use({ glob: written, source: ref.pattern.source, at });
      return [{ ref, at }];
    } catch (error) {
      if (!(error instanceof RefError || error instanceof GlobError)) throw error;
      const brackets = place.inBrackets(step)
        ? `; if the brackets belong to a path, quote it: "[${written}]"`
        : '';
      place.problem(
        at,
        error.message,
        error.hint === null && brackets === '' ? null : `${error.hint ?? ''}${brackets}`,
      );
      return [];
    }
  });
}
