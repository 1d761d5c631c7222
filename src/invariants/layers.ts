import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import type { Place, SourceDenial } from './denials.js';
import type { DenialText } from './denied-message.js';
import { importKind } from './import-kind.js';
import {
  filePlaces,
  KINDS_OPTION,
  kindsOf,
  TRANSITIVE_OPTION,
  transitiveOf,
  utilityPlaces,
} from './import-options.js';
import type { RuleCompiler } from './kind.js';
import { compilePaths, type PathSets } from './path-sets.js';

type Options = {
  readonly order: readonly Json[];
  readonly closed?: boolean;
  readonly within?: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: boolean;
};

interface Layer {
  /** One place, or several that are independent of each other. */
  readonly siblings: readonly Place[];
  readonly optional: boolean;
}

const ORDER = {
  type: 'array',
  items: { $ref: '#/$defs/layer' },
  minItems: 2,
} as const;

/**
 * Layers, high to low: a layer must not import a higher one.
 *
 * - `order` (or the list alone): each layer a component or path, a list of them (siblings, which must not
 *   import each other either), or `{ optional: ref }` (a layer that may be passed over when `closed`).
 * - `closed`: a layer may import only the next one down (and optional ones on the way).
 * - `within`: components or paths; only imports with both ends in it are judged. With captures
 *   (`packages/{name}/**`) both ends must lie in the same one.
 * - `kinds`: only imports of these kinds.
 * - `transitive`: nor reach it over files in no layer.
 *
 * Imports inside one layer, of or from files in no layer, and of utilities are free. A file in two layers is bound by both.
 */
export const layers = importKind({
  name: 'layers',
  summary: 'layers, high to low: none may import a higher one',
  schema: {
    oneOf: [
      {
        ...ORDER,
        description: 'The layers, high to low. A list inside the list: siblings, independent of each other.',
      },
      {
        type: 'object',
        properties: {
          order: { ...ORDER, description: 'The layers, high to low.' },
          closed: { description: 'A layer may import only the next one down.', type: 'boolean' },
          within: {
            $ref: '#/$defs/refs',
            description: 'Only imports with both ends in it are judged; with captures, in the same one.',
          },
          kinds: KINDS_OPTION,
          transitive: TRANSITIVE_OPTION,
        },
        required: ['order'],
        additionalProperties: false,
      },
    ],
  },
  compile(options, compiler) {
    const written: Options = Array.isArray(options)
      ? { order: options as readonly Json[] }
      : (options as Options);
    const at = Array.isArray(options) ? '' : 'order/';
    const order = written.order.map((layer, index) => compileLayer(layer, `${at}${index}`, compiler));
    const within =
      written.within === undefined ? {} : { within: compilePaths(written.within, 'within', compiler) };
    const shared = { free: utilityPlaces(compiler), closed: written.closed === true, within };
    const denials = order.flatMap((_, index) => denialsOf(order, index, shared));
    return { ...kindsOf(written), ...transitiveOf(written), denials };
  },
});

function compileLayer(layer: Json, key: string, compiler: RuleCompiler): Layer {
  if (typeof layer === 'object' && layer !== null && !Array.isArray(layer)) {
    const { optional } = layer as { readonly optional: Json };
    return { siblings: filePlaces(optional, `${key}/optional`, compiler), optional: true };
  }
  return { siblings: filePlaces(layer, key, compiler), optional: false };
}

/** What holds for every layer. */
interface Shared {
  /** All may import it. */
  readonly free: readonly Place[];
  readonly closed: boolean;
  readonly within: { readonly within?: PathSets };
}

function denialsOf(
  order: readonly Layer[],
  index: number,
  { free, closed, within }: Shared,
): readonly SourceDenial[] {
  const layer = order[index];
  if (layer === undefined) return [];
  const above = placesOf(order.slice(0, index));
  const skipped = closed ? placesOf(order.slice(nextDown(order, index) + 1)) : [];
  return layer.siblings.flatMap(own => {
    const siblings = layer.siblings.filter(place => place !== own);
    const denial = (text: DenialText, deny: readonly Place[]): readonly SourceDenial[] =>
      deny.length === 0
        ? []
        : [
            {
              binds: 'source',
              text,
              from: [own],
              deny,
              denyBindings: 'same',
              permit: [own, ...free],
              ...within,
            },
          ];
    return [
      ...denial({ why: 'independent' }, siblings),
      ...denial({ why: 'skips-layer' }, skipped),
      ...denial({ why: 'upward' }, above),
    ];
  });
}

/** The place in the order of the nearest lower layer that is not optional. */
function nextDown(order: readonly Layer[], index: number): number {
  const next = order.findIndex((layer, place) => place > index && !layer.optional);
  return next === -1 ? order.length : next;
}

function placesOf(layersOf: readonly Layer[]): readonly Place[] {
  return layersOf.flatMap(layer => layer.siblings);
}
