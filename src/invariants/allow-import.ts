import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import { filePlaces, importKind, KINDS_OPTION, kindsOf, labelsOf, targetPlaces } from './import-kind.js';

type Options = { readonly from: Json; readonly to: Json; readonly kinds?: readonly EdgeKind[] };

/**
 * Files in one place may import themselves and what is listed, and nothing else: packages and Node's
 * builtins that are not listed are denied too (`node:*`, `npm:*` list them all).
 *
 * - `from`: components or paths, together one place: files in it may import each other. With captures
 *   (`packages/{name}/**`) each binding is a place of its own.
 * - `to`: components, paths or packages. Captures compare with what `from` bound.
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
      kinds: KINDS_OPTION,
    },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  compile(options, compiler) {
    const { from, to, ...rest } = options as Options;
    const sources = filePlaces(from, 'from', compiler);
    const allowed = targetPlaces(to, 'to', compiler);
    return {
      ...kindsOf(rest),
      denials: [
        {
          binds: 'source',
          text: { why: 'not-allowed', allowed: labelsOf(allowed) },
          from: sources,
          denyBindings: 'same',
          permit: [...sources, ...allowed],
        },
      ],
    };
  },
});
