import { importersOf } from '../facts/graph/importers.js';
import { languageOf } from '../facts/imports/registry.js';
import type { Json } from '../model/canonical.js';
import { filesOf } from './graph-kind.js';
import { optionalPaths } from './import-options.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';

type Rule = { readonly in: PathSets; readonly roots?: PathSets };
type Options = { readonly in: Json; readonly roots?: Json };

/**
 * Every code file is imported by some other.
 *
 * - `in`: components or paths. Any import counts, of whatever kind and from wherever.
 * - `roots`: components or paths that nothing needs to import: what a person or a tool starts.
 */
export const noOrphans: Kind<Rule> = {
  name: 'no-orphans',
  summary: 'every code file is imported by some other',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The files that something must import.' },
      roots: {
        $ref: '#/$defs/refs',
        description: 'Files that nothing needs to import: entry points, tests, scripts.',
      },
    },
    required: ['in'],
    additionalProperties: false,
  },
  reads: 'graph',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { in: paths, roots } = options as Options;
    const exempt = optionalPaths(roots, 'roots', compiler);
    return { in: compilePaths(paths, 'in', compiler), ...(exempt === undefined ? {} : { roots: exempt }) };
  },
  // A file that can't be read hides what it imports.
  governs: () => true,
  // Any edit may take away the last import of another file, wherever it is made.
  reaches: (_, path, status) => status !== 'add' && languageOf(path) !== null,
  evaluate(rule, facts, _scope, leftOut) {
    const graph = facts.graph();
    return filesOf(graph, leftOut, path => isMeant(rule, path))
      .filter(({ node }) => importersOf(graph, node, () => true).size === 0)
      .map(({ path }) => ({
        path,
        line: null,
        column: null,
        subject: '',
        ordinal: 0,
        message: `${path} is imported by no file: delete it, use it, or name it in \`roots\` if something else starts it`,
      }));
  },
  screen: (rule, { path, status }) =>
    status === 'add' && languageOf(path) !== null && isMeant(rule, path) ? 'candidate' : 'clear',
};

function isMeant({ in: inside, roots = [] }: Rule, path: string): boolean {
  return inAny(inside, path) && !inAny(roots, path);
}
