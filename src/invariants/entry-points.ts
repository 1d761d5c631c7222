import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import { importKind } from './import-kind.js';
import {
  filePlaces,
  KINDS_OPTION,
  kindsOf,
  labelsOf,
  REFUSED_TRANSITIVE,
  refuseTransitive,
} from './import-options.js';

type Options = {
  readonly in: Json;
  readonly only: Json;
  readonly for?: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: boolean;
};

/**
 * Files outside may import only the entry points of what lies inside; the rest of it is private.
 *
 * - `in`: components or paths. With captures (`packages/{name}/**`) each binding is a box of its own: a file
 *   of another package is outside.
 * - `only`: the entry points: components or paths. Captures compare with what `in` bound.
 * - `for`: only these importers are judged, components or paths: each consumer may have entry points of its own, in an
 *   invariant of its own. Captures compare with what `in` bound.
 * - `kinds`: only imports of these kinds.
 *
 * An unresolved import is let through when one of its lexical candidates is an entry point.
 */
export const entryPoints = importKind({
  name: 'entry-points',
  summary: 'from outside only the entry points may be imported',
  schema: {
    type: 'object',
    properties: {
      in: {
        $ref: '#/$defs/refs',
        description: 'What is private but for its entry points: components or paths.',
      },
      only: { $ref: '#/$defs/refs', description: 'The entry points: components or paths.' },
      for: { $ref: '#/$defs/refs', description: 'Only these importers are judged; all of them if left out.' },
      kinds: KINDS_OPTION,
      transitive: REFUSED_TRANSITIVE,
    },
    required: ['in', 'only'],
    additionalProperties: false,
  },
  compile(options, compiler) {
    const { in: inside, only, for: consumers, ...rest } = options as Options;
    refuseTransitive(
      rest,
      'a chain ends in a direct import, and each past the entry points is judged',
      compiler,
    );
    const boxes = filePlaces(inside, 'in', compiler);
    const entries = filePlaces(only, 'only', compiler);
    return {
      ...kindsOf(rest),
      denials: [
        {
          binds: 'target',
          text: { why: 'private', only: labelsOf(entries) },
          deny: boxes,
          permitFrom: boxes,
          permitTo: entries,
          ...(consumers === undefined ? {} : { for: filePlaces(consumers, 'for', compiler) }),
        },
      ],
    };
  },
});
