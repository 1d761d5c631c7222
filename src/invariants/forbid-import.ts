import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import {
  filePlaces,
  importKind,
  KINDS_OPTION,
  kindsOf,
  refuseTransitive,
  TRANSITIVE_OPTION,
  targetPlaces,
} from './import-kind.js';

type Options = {
  readonly from: Json;
  readonly to: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly names?: readonly string[];
  readonly via?: Json;
  readonly transitive?: boolean;
};

/**
 * Files in one place must not import what another place holds.
 *
 * - `from`: components or paths. Captures (`packages/{name}/**`) bind.
 * - `to`: components, paths or packages. Captures compare with what `from` bound: `packages/{!name}/**`.
 * - `kinds`: only imports of these kinds.
 * - `names`: only imports of these names. A namespace import, `require` and `import()` hold every name.
 * - `transitive`, `via`: planned, refused.
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
      names: {
        description: 'Only imports of these names. `default` is the default export.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        uniqueItems: true,
      },
      via: { $ref: '#/$defs/refs', description: 'Planned, with `transitive`: refused so far.' },
      transitive: TRANSITIVE_OPTION,
    },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  compile(options, compiler) {
    const { from, to, names, via, ...rest } = options as Options;
    refuseTransitive(rest, compiler);
    if (via !== undefined) {
      compiler.fail('not yet: `via` is planned, with `transitive`', 'via', 'leave `via` out');
    }
    return {
      ...kindsOf(rest),
      ...(names === undefined ? {} : { names }),
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
