import { languageOf } from '../facts/imports/registry.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import { type Edge, type EdgeKind, inTargets } from '../model/edges.js';
import type { Bindings } from '../model/path-set.js';
import { kindOf } from './denied-edges.js';
import { listed } from './denied-message.js';
import { filePlaces, KINDS_OPTION, kindsOf, labelsOf, targetPlaces, transitiveOf } from './import-options.js';
import type { Kind, LeftOut, Scope, Violation } from './kind.js';
import { bindingsOf, type RequireImport, reachedBy } from './reached-by.js';
import { leavesInScope } from './scope.js';
import { emptyPlaces } from './unused-places.js';

type Options = {
  readonly from: Json;
  readonly to: Json;
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: boolean;
};

/**
 * Every code file in one place imports something of another.
 *
 * - `from`: components or paths. Captures bind. A file that is itself of `to` need not.
 * - `to`: components, paths or packages. Captures compare with what `from` bound. An unresolved import is one of them
 *   if any of its lexical candidates is.
 * - `transitive`: over other files will do.
 * - `kinds`: only imports of these kinds count.
 */
export const requireImport: Kind<RequireImport> = {
  name: 'require-import',
  summary: 'every file in one place imports something of another',
  schema: {
    type: 'object',
    properties: {
      from: { $ref: '#/$defs/refs', description: 'The importing files: components or paths.' },
      to: {
        $ref: '#/$defs/refs',
        description: 'What each must import something of: components, paths or packages.',
      },
      transitive: { description: 'Over other files will do.', type: 'boolean' },
      kinds: KINDS_OPTION,
    },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  reads: 'imports',
  readsOf: rule => (rule.transitive === true ? 'graph' : 'imports'),
  modeOf: () => 'state',
  compile(options, compiler) {
    const { from, to, ...rest } = options as Options;
    return {
      from: filePlaces(from, 'from', compiler),
      to: targetPlaces(to, 'to', compiler),
      ...kindsOf(rest),
      ...transitiveOf(rest),
    };
  },
  governs: (rule, path) => bindingsOf(rule, path) !== null,
  reaches: () => false,
  evaluate: (rule, facts, scope, leftOut) =>
    rule.transitive === true ? evaluateGraph(rule, facts, leftOut) : evaluateDirect(rule, facts, scope),
  unused: (rule, facts) => emptyPlaces(rule.from, facts),
  // Any edit may take away the last import that counts; over other files, an edit of any of those.
  screen(rule, { path, status }) {
    if (languageOf(path) === null) return 'clear';
    const isOwn = status !== 'delete' && bindingsOf(rule, path) !== null;
    return rule.transitive === true || isOwn ? 'candidate' : 'clear';
  },
};

function evaluateDirect(rule: RequireImport, facts: TreeFacts, scope: Scope): readonly Violation[] {
  return [...leavesInScope(facts.tree, scope)].flatMap(path => {
    const bindings = bindingsOf(rule, path);
    const edges = bindings === null ? null : facts.imports(path);
    if (bindings === null || !edges?.ok) return [];
    return edges.value.some(edge => satisfies(rule, edge, bindings)) ? [] : [missing(rule, path)];
  });
}

function satisfies(rule: RequireImport, { site, target }: Edge, bindings: Bindings): boolean {
  if (rule.kinds !== undefined && !rule.kinds.includes(kindOf(site))) return false;
  return rule.to.some(place => inTargets(place.set, target, bindings));
}

function evaluateGraph(rule: RequireImport, facts: TreeFacts, leftOut: LeftOut): readonly Violation[] {
  return reachedBy(rule, facts.graph(), leftOut)
    .filter(({ reaches }) => !reaches)
    .map(({ path }) => missing(rule, path));
}

function missing(rule: RequireImport, path: RepoPath): Violation {
  const labels = labelsOf(rule.to);
  const how = rule.transitive === true ? 'must reach' : 'must import';
  return {
    path,
    line: null,
    column: null,
    subject: labels.join(', '),
    ordinal: 0,
    message: `${path} ${how} ${labels.length === 1 ? '' : 'one of '}${listed(labels)} and does not`,
  };
}
