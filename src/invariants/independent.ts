import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import { hasCaptures } from './denials.js';
import { importKind } from './import-kind.js';
import {
  filePlaces,
  KINDS_OPTION,
  kindsOf,
  TRANSITIVE_OPTION,
  transitiveOf,
  utilityPlaces,
} from './import-options.js';
import { compilePaths } from './path-sets.js';

type Options = {
  readonly members: readonly Json[];
  readonly within?: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: boolean;
};

const MEMBERS = { type: 'array', items: { $ref: '#/$defs/refs' }, minItems: 1 } as const;

/**
 * Members must not import each other.
 *
 * - `members` (or the list alone): each a component or path, or a list of them that make one member. With
 *   captures each binding is a member: `independent: ["packages/{name}/**"]` parts all packages.
 * - `within`: components or paths; only imports with both ends in it are judged. With captures both ends
 *   must lie in the same one.
 * - `kinds`: only imports of these kinds.
 * - `transitive`: nor reach each other over files in no member.
 *
 * Utilities may be imported by all.
 */
export const independent = importKind({
  name: 'independent',
  summary: 'members that must not import each other',
  schema: {
    oneOf: [
      { ...MEMBERS, description: 'The members; a list inside the list is one member.' },
      {
        type: 'object',
        properties: {
          members: { ...MEMBERS, description: 'The members; a list inside the list is one member.' },
          within: {
            $ref: '#/$defs/refs',
            description: 'Only imports with both ends in it are judged; with captures, in the same one.',
          },
          kinds: KINDS_OPTION,
          transitive: TRANSITIVE_OPTION,
        },
        required: ['members'],
        additionalProperties: false,
      },
    ],
  },
  compile(options, compiler) {
    const listed = Array.isArray(options);
    const written: Options = listed ? { members: options as readonly Json[] } : (options as Options);
    const at = listed ? '' : 'members/';
    const members = written.members.map((member, index) => filePlaces(member, `${at}${index}`, compiler));
    if (members.length < 2 && !members.flat().some(hasCaptures)) {
      compiler.fail(
        'one member has nothing to be independent of',
        `${at}0`,
        'name at least two members, or one with a capture: packages/{name}/**',
      );
    }
    const within =
      written.within === undefined ? {} : { within: compilePaths(written.within, 'within', compiler) };
    const free = utilityPlaces(compiler);
    return {
      ...kindsOf(written),
      ...transitiveOf(written),
      denials: members.map(own => ({
        binds: 'source',
        text: { why: 'independent' },
        from: own,
        deny: members.flat(),
        denyBindings: 'any',
        permit: [...own, ...free],
        ...within,
      })),
    };
  },
});
