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
  targetPlaces,
} from './import-options.js';

type Options = {
  readonly in: Json;
  readonly only: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: boolean;
};

/**
 * Only the listed files, and the protected ones themselves, may import the protected ones.
 *
 * - `in`: what is protected: components, paths or packages (`npm:pg`: only the listed may use it). Captures bind.
 * - `only`: who may import it: components or paths. Captures compare with what `in` bound.
 * - `kinds`: only imports of these kinds.
 */
export const protect = importKind({
  name: 'protect',
  summary: 'only the listed files may import what is protected',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'What is protected: components, paths or packages.' },
      only: { $ref: '#/$defs/refs', description: 'Who may import it: components or paths.' },
      kinds: KINDS_OPTION,
      transitive: REFUSED_TRANSITIVE,
    },
    required: ['in', 'only'],
    additionalProperties: false,
  },
  compile(options, compiler) {
    const { in: inside, only, ...rest } = options as Options;
    refuseTransitive(
      rest,
      'a chain ends in a direct import, and each of a protected file is judged',
      compiler,
    );
    const places = targetPlaces(inside, 'in', compiler);
    const importers = filePlaces(only, 'only', compiler);
    return {
      ...kindsOf(rest),
      denials: [
        {
          binds: 'target',
          text: { why: 'protected', only: labelsOf(importers) },
          deny: places,
          permitFrom: [...places, ...importers],
          permitTo: [],
        },
      ],
    };
  },
});
