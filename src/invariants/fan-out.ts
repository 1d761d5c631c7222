import type { Json } from '../model/canonical.js';
import { type Edge, type EdgeKind, targetName } from '../model/edges.js';
import { kindOf } from './denied-edges.js';
import { KINDS_OPTION, kindsOf } from './import-options.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

type Rule = {
  readonly in: PathSets;
  readonly max: number;
  readonly packages?: true;
  readonly kinds?: readonly EdgeKind[];
};
type Options = {
  readonly in: Json;
  readonly max: number;
  readonly packages?: boolean;
  readonly kinds?: readonly EdgeKind[];
};

/**
 * A file imports at most so many others. Measured: what is over the limit already must not grow further.
 *
 * - `in`: components or paths: the importing files.
 * - `max`: the most targets, each counted once. A package that is a folder is one.
 * - `packages`: external packages and the language's own library count, too.
 * - `kinds`: only imports of these kinds.
 */
export const fanOut: Kind<Rule> = {
  name: 'fan-out',
  summary: 'a file imports at most so many others',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The importing files: components or paths.' },
      max: { description: 'The most files that one may import.', type: 'integer', minimum: 0 },
      packages: { description: 'Count packages and builtins, too.', type: 'boolean' },
      kinds: KINDS_OPTION,
    },
    required: ['in', 'max'],
    additionalProperties: false,
  },
  reads: 'imports',
  modeOf: () => 'measured',
  compile(options, compiler) {
    const { in: paths, max, packages, ...rest } = options as Options;
    return {
      in: compilePaths(paths, 'in', compiler),
      max,
      ...(packages === true ? { packages: true } : {}),
      ...kindsOf(rest),
    };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluate: (rule, facts, scope) =>
    [...leavesInScope(facts.tree, scope)].flatMap(path => {
      const edges = inAny(rule.in, path) ? facts.imports(path) : null;
      const count = edges?.ok ? targetsOf(rule, edges.value) : 0;
      if (count <= rule.max) return [];
      return [
        {
          path,
          line: null,
          column: null,
          subject: 'imports',
          ordinal: 0,
          message: `${path} must import at most ${rule.max} ${rule.packages === true ? 'files and packages' : 'files'} and imports ${count}`,
          measure: count,
        },
      ];
    }),
  screen(rule, file) {
    if (file.status === 'delete' || !inAny(rule.in, file.path)) return 'clear';
    if (!file.regular) return 'candidate';
    const edges = file.newEdges();
    return edges === null || targetsOf(rule, edges) > 0 ? 'candidate' : 'clear';
  },
};

function targetsOf(rule: Rule, edges: readonly Edge[]): number {
  const names = new Set<string>();
  for (const { site, target } of edges) {
    if (rule.kinds !== undefined && !rule.kinds.includes(kindOf(site))) continue;
    const isOutside = target.type === 'package' || target.type === 'builtin';
    if (target.type !== 'computed' && (!isOutside || rule.packages === true)) names.add(targetName(target));
  }
  return names.size;
}
