import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import type { SourceDenial } from './denials.js';
import { importKind } from './import-kind.js';
import {
  filePlaces,
  KINDS_OPTION,
  kindsOf,
  labelsOf,
  REFUSED_TRANSITIVE,
  refuseTransitive,
  targetPlaces,
  utilityPlaces,
} from './import-options.js';

type Options = {
  readonly from: Json;
  readonly to: Json;
  readonly deprecated?: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: boolean;
};

/**
 * Files in one place may import themselves and what is listed, and nothing else: packages and Node's
 * builtins that are not listed are denied too (`node:*`, `npm:*` list them all). Utilities are always allowed.
 *
 * - `from`: components or paths, together one place: files in it may import each other. With captures
 *   (`packages/{name}/**`) each binding is a place of its own.
 * - `to`: components, paths or packages. Captures compare with what `from` bound.
 * - `deprecated`: the same; what is imported from there stands, and may become less but not more.
 * - `kinds`: only imports of these kinds are judged.
 *
 * An unresolved import is allowed when one of its lexical candidates is.
 */
export const allowImport = importKind({
  name: 'allow-import',
  summary: 'files in one place may import only themselves and what is listed',
  schema: {
    type: 'object',
    properties: {
      from: { $ref: '#/$defs/refs', description: 'The importing files: components or paths.' },
      to: {
        $ref: '#/$defs/refs',
        description:
          'All that they may import beside themselves: components, paths or packages (`node:*` and `npm:*` for all of them).',
      },
      deprecated: {
        $ref: '#/$defs/refs',
        description:
          'What may be imported only where it is already: these imports may become fewer, not more.',
      },
      kinds: KINDS_OPTION,
      transitive: REFUSED_TRANSITIVE,
    },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  compile(options, compiler) {
    const { from, to, deprecated, ...rest } = options as Options;
    refuseTransitive(
      rest,
      'a chain begins with a direct import, and each that is not listed is denied',
      compiler,
    );
    const sources = filePlaces(from, 'from', compiler);
    const allowed = targetPlaces(to, 'to', compiler);
    const old = deprecated === undefined ? [] : targetPlaces(deprecated, 'deprecated', compiler);
    const utilities = utilityPlaces(compiler);
    const normal: SourceDenial = {
      binds: 'source',
      text: { why: 'not-allowed', allowed: labelsOf(allowed) },
      from: sources,
      denyBindings: 'same',
      permit: [...sources, ...allowed, ...utilities],
    };
    // Asked first: what lies in both is deprecated.
    const shrinking: SourceDenial = { ...normal, text: { why: 'deprecated' }, deny: old, permit: [] };
    return { ...kindsOf(rest), denials: old.length === 0 ? [normal] : [shrinking, normal] };
  },
});
