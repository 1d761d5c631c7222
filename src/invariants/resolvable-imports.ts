import type { Json } from '../model/canonical.js';
import { type Edge, type EdgeKind, targetName } from '../model/edges.js';
import { edgeViolations, kindOf } from './denied-edges.js';
import { KINDS_OPTION, kindsOf } from './import-options.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

type Rule = { readonly in: PathSets; readonly computed?: true; readonly kinds?: readonly EdgeKind[] };
type Options = { readonly in: Json; readonly computed?: boolean; readonly kinds?: readonly EdgeKind[] };

/**
 * Every import that should end in this tree does.
 *
 * - `in`: components or paths: the importing files.
 * - `computed`: nor is any target computed at run time (`import(name)`, `importlib`, reflection), which no rule about
 *   imports can judge.
 * - `kinds`: only imports of these kinds.
 */
export const resolvableImports: Kind<Rule> = {
  name: 'resolvable-imports',
  summary: 'every import that should end in the tree does',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The importing files: components or paths.' },
      computed: {
        description: 'Forbid targets that are computed at run time, too.',
        type: 'boolean',
      },
      kinds: KINDS_OPTION,
    },
    required: ['in'],
    additionalProperties: false,
  },
  reads: 'imports',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { in: paths, computed, ...rest } = options as Options;
    return {
      in: compilePaths(paths, 'in', compiler),
      ...(computed === true ? { computed: true } : {}),
      ...kindsOf(rest),
    };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluate: (rule, facts, scope) =>
    [...leavesInScope(facts.tree, scope)].flatMap(path => {
      if (!inAny(rule.in, path)) return [];
      const edges = facts.imports(path);
      return edges?.ok ? edgeViolations(path, edges.value, edge => wrong(rule, path, edge)) : [];
    }),
  screen(rule, file) {
    if (file.status === 'delete' || !inAny(rule.in, file.path)) return 'clear';
    if (!file.regular) return 'candidate';
    const edges = file.newEdges();
    if (edges === null) return 'candidate';
    return edges.some(edge => wrong(rule, file.path, edge) !== null) ? 'candidate' : 'clear';
  },
};

function wrong(rule: Rule, path: string, { site, target }: Edge): string | null {
  if (rule.kinds !== undefined && !rule.kinds.includes(kindOf(site))) return null;
  if (target.type === 'unresolved')
    return `${path} imports '${target.specifier}', which resolves to no file of the tree (looked for ${targetName(target)})`;
  if (target.type === 'computed' && rule.computed === true)
    return `${path} imports a target that is computed at run time, which no rule can judge: write it as a literal`;
  return null;
}
