import { kindFilter } from '../facts/graph/import-graph.js';
import { importersOf } from '../facts/graph/importers.js';
import type { Json } from '../model/canonical.js';
import type { EdgeKind } from '../model/edges.js';
import { filesOf, screenAnyEdge } from './graph-kind.js';
import { KINDS_OPTION, kindsOf } from './import-options.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';

type Rule = { readonly in: PathSets; readonly max: number; readonly kinds?: readonly EdgeKind[] };
type Options = { readonly in: Json; readonly max: number; readonly kinds?: readonly EdgeKind[] };

/**
 * A file is imported by at most so many others. Measured: what is over the limit already must not grow further.
 *
 * - `in`: components or paths: the imported files.
 * - `max`: the most importing files. Files that the invariant leaves out are not counted.
 * - `kinds`: only imports of these kinds.
 */
export const fanIn: Kind<Rule> = {
  name: 'fan-in',
  summary: 'a file is imported by at most so many others',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The imported files: components or paths.' },
      max: { description: 'The most files that may import one.', type: 'integer', minimum: 0 },
      kinds: KINDS_OPTION,
    },
    required: ['in', 'max'],
    additionalProperties: false,
  },
  reads: 'graph',
  modeOf: () => 'measured',
  compile(options, compiler) {
    const { in: paths, max, ...rest } = options as Options;
    return { in: compilePaths(paths, 'in', compiler), max, ...kindsOf(rest) };
  },
  // Imports that can't be read would not be counted.
  governs: () => true,
  reaches: () => false,
  evaluate(rule, facts, _scope, leftOut) {
    const graph = facts.graph();
    const wanted = kindFilter(rule.kinds);
    const follows = (edge: number): boolean => wanted[graph.kinds[edge] ?? 0] === 1;
    return filesOf(graph, leftOut, path => inAny(rule.in, path)).flatMap(({ node, path }) => {
      let count = 0;
      for (const importer of importersOf(graph, node, follows))
        if (!leftOut(graph.names.at(importer))) count++;
      if (count <= rule.max) return [];
      const message = `${path} must be imported by at most ${rule.max} files and is by ${count}`;
      return [{ path, line: null, column: null, subject: 'importers', ordinal: 0, message, measure: count }];
    });
  },
  // A new file may come into a folder that is imported whole.
  screen: (rule, file) =>
    file.status === 'add' && inAny(rule.in, file.path) ? 'candidate' : screenAnyEdge(file),
};
