import type { Json } from '../model/canonical.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

type Rule = { readonly in: PathSets; readonly components: PathSets };
type Options = { readonly in: Json };

/**
 * Every file belongs to a component of the configuration.
 *
 * - `in`: components or paths: the files that must. Any file counts, not just code.
 */
export const owned: Kind<Rule> = {
  name: 'owned',
  summary: 'every file belongs to a component',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The files that must belong to a component.' },
    },
    required: ['in'],
    additionalProperties: false,
  },
  reads: 'paths',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { in: paths } = options as Options;
    const components = compiler.components().map(component => component.paths);
    if (components.length === 0)
      compiler.fail(
        'the configuration defines no components, so no file belongs to one',
        'in',
        'define `components` in the configuration',
      );
    return { in: compilePaths(paths, 'in', compiler), components };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluate: (rule, { tree }, scope) =>
    [...leavesInScope(tree, scope)]
      .filter(path => isLost(rule, path))
      .map(path => ({
        path,
        line: null,
        column: null,
        subject: '',
        ordinal: 0,
        message: `${path} must belong to a component and belongs to none: move it into one, or name it in one`,
      })),
  screen: (rule, { path, status }) => (status === 'add' && isLost(rule, path) ? 'candidate' : 'clear'),
};

function isLost(rule: Rule, path: string): boolean {
  return inAny(rule.in, path) && !inAny(rule.components, path);
}
