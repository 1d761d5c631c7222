import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import { importKind } from './import-kind.js';
import {
  filePlaces,
  KINDS_OPTION,
  kindsOf,
  optionalPaths,
  TRANSITIVE_OPTION,
  targetPlaces,
  transitiveOf,
} from './import-options.js';
import type { JsonSchema, RuleCompiler } from './kind.js';

type Options = {
  readonly from: Json;
  readonly to: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly names?: readonly string[];
  readonly 'except-names'?: readonly string[];
  readonly via?: Json;
  readonly transitive?: boolean;
};

const NAMES: JsonSchema = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  minItems: 1,
  uniqueItems: true,
};

/**
 * Files in one place must not import what another place holds.
 *
 * - `from`: components or paths. Captures (`packages/{name}/**`) bind.
 * - `to`: components, paths or packages. Captures compare with what `from` bound: `packages/{!name}/**`.
 * - `kinds`: only imports of these kinds.
 * - `names`: only imports of these names. A namespace import, `require` and `import()` hold every name.
 * - `except-names`: only imports of anything but these names: a namespace, the whole module and an import for its
 *   side effects are more than any name.
 * - `transitive`: nor reach it over files that lie in neither place.
 * - `via`: with `transitive`: the permitted ways. Chains through these files are not counted.
 */
export const forbidImport = importKind({
  name: 'forbid-import',
  summary: 'files in one place must not import what another place holds',
  schema: {
    type: 'object',
    properties: {
      from: { $ref: '#/$defs/refs', description: 'The importing files: components or paths.' },
      to: { $ref: '#/$defs/refs', description: 'What they must not import: components, paths or packages.' },
      kinds: KINDS_OPTION,
      names: { ...NAMES, description: 'Only imports of these names. `default` is the default export.' },
      'except-names': { ...NAMES, description: 'The only names that may be imported from there.' },
      via: {
        $ref: '#/$defs/refs',
        description: 'With `transitive`: components or paths through which they may reach it.',
      },
      transitive: TRANSITIVE_OPTION,
    },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  compile(options, compiler) {
    const { from, to, names, via, ...rest } = options as Options;
    const exceptNames = rest['except-names'];
    refuseCombinations(options as Options, compiler);
    const ways = optionalPaths(via, 'via', compiler);
    return {
      ...kindsOf(rest),
      ...transitiveOf(rest),
      ...(names === undefined ? {} : { names }),
      ...(exceptNames === undefined ? {} : { exceptNames }),
      ...(ways === undefined ? {} : { via: ways }),
      denials: [
        {
          binds: 'source',
          text: { why: 'forbidden' },
          from: filePlaces(from, 'from', compiler),
          deny: targetPlaces(to, 'to', compiler),
          denyBindings: 'same',
          permit: [],
        },
      ],
    };
  },
});

function refuseCombinations({ names, via, transitive, ...rest }: Options, compiler: RuleCompiler): void {
  const exceptNames = rest['except-names'];
  if (names !== undefined && exceptNames !== undefined)
    compiler.fail(
      '`names` and `except-names` say the same thing from two sides',
      'except-names',
      'keep one of them',
    );
  if (transitive === true && (names !== undefined || exceptNames !== undefined))
    compiler.fail(
      'names are known of direct imports only: a chain of imports does not say which it hands on',
      names === undefined ? 'except-names' : 'names',
      'leave out the names, or `transitive`; two invariants may say both',
    );
  if (via !== undefined && transitive !== true)
    compiler.fail(
      '`via` says which chains are permitted, and without `transitive` no chain is judged',
      'via',
      'add `transitive: true`, or leave `via` out',
    );
}
