import { matcher } from '../facts/text/regex.js';
import type { Json } from '../model/canonical.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

type Rule = { readonly in: PathSets; readonly pattern: string };
type Options = { readonly in: Json; readonly pattern: string };

/**
 * How files are called.
 *
 * - `in`: components or paths.
 * - `pattern`: a regular expression (RE2's syntax) that the whole base name, extension included, must match.
 */
export const naming: Kind<Rule> = {
  name: 'naming',
  summary: 'a pattern that file names must match',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The files whose names are judged.' },
      pattern: {
        description: 'A regular expression (RE2) for the whole base name: [a-z0-9-]+(\\.test)?\\.ts',
        type: 'string',
        minLength: 1,
      },
    },
    required: ['in', 'pattern'],
    additionalProperties: false,
  },
  reads: 'paths',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { in: paths, pattern } = options as Options;
    return { in: compilePaths(paths, 'in', compiler), pattern: compiler.regex(pattern, 'pattern') };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluate(rule, { tree }, scope) {
    return [...leavesInScope(tree, scope)]
      .filter(path => inAny(rule.in, path) && !conforms(rule, path))
      .map(path => ({
        path,
        line: null,
        column: null,
        // After a rename the new name answers for itself.
        subject: baseName(path),
        ordinal: 0,
        message: `${path} must be named like ${rule.pattern}`,
      }));
  },
  screen: (rule, { path, status }) =>
    status === 'add' && inAny(rule.in, path) && !conforms(rule, path) ? 'candidate' : 'clear',
};

function conforms(rule: Rule, path: string): boolean {
  return matcher(`^(?:${rule.pattern})$`).test(baseName(path));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
