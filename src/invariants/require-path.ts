import { repoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import { matchPattern, NO_BINDINGS, type PathPattern } from '../model/path-set.js';
import { BoundPaths, filledGlob } from './bound-paths.js';
import type { Kind, RuleCompiler, Violation } from './kind.js';
import type { Plain } from './plain.js';
import { leavesInScope } from './scope.js';

type Rule = { readonly for?: Plain<PathPattern>; readonly path: Plain<PathPattern> };
type Options = { readonly for?: Json; readonly path: Json };

/**
 * A path that must exist.
 *
 * - `path`: a glob; at least one file must match it.
 * - `for`: a glob over files; for each file that matches it, `path` must match under the same captures.
 *   Name one file a thing: `for: packages/{name}/package.json`, `path: packages/{name}/README.md`.
 */
export const requirePath: Kind<Rule> = {
  name: 'require-path',
  summary: 'paths that must exist',
  schema: {
    type: 'object',
    properties: {
      for: { $ref: '#/$defs/glob', description: 'For each file that matches this; its captures bind.' },
      path: {
        $ref: '#/$defs/glob',
        description: 'At least one file must match this, with the same captures.',
      },
    },
    required: ['path'],
    additionalProperties: false,
  },
  reads: 'paths',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { for: each, path } = options as Options;
    const required = requiredGlob(path, 'path', compiler);
    return each === undefined ? { path: required } : { for: compiler.glob(each, 'for'), path: required };
  },
  governs: (rule, path) =>
    rule.for === undefined ? matchPattern(rule.path, path) !== null : matchPattern(rule.for, path) !== null,
  reaches: (rule, path, status) => status === 'delete' && matchPattern(rule.path, path) !== null,
  evaluate(rule, { tree }, scope) {
    const { for: each, path: required } = rule;
    if (each === undefined) {
      if (scope !== 'all') return [];
      for (const { path } of tree.entries()) if (matchPattern(required, path) !== null) return [];
      return [missing(required.glob, required.glob, 'at least one file must match it')];
    }
    const wanted: { path: string; bindings: ReadonlyMap<string, string> }[] = [];
    for (const path of leavesInScope(tree, scope)) {
      const bindings = matchPattern(each, path, NO_BINDINGS);
      if (bindings !== null) wanted.push({ path, bindings });
    }
    if (wanted.length === 0) return [];
    const present = new BoundPaths(required, each, pathsOf(tree.entries()));
    return wanted
      .filter(({ bindings }) => !present.has(bindings))
      .map(({ path, bindings }) => missing(path, filledGlob(required, bindings), `${path} requires it`));
  },
  screen: (rule, { path, status }) =>
    status === 'add' && rule.for !== undefined && matchPattern(rule.for, path) !== null
      ? 'candidate'
      : 'clear',
};

/** What must exist can't be said by exclusion: `{!name}` is refused. */
export function requiredGlob(glob: Json, key: string, compiler: RuleCompiler): Plain<PathPattern> {
  const pattern = compiler.glob(glob, key);
  if (pattern.negated !== undefined) {
    compiler.fail('`{!name}` cannot say which path is required', key, 'use the capture itself: {name}');
  }
  return pattern;
}

function missing(path: string, required: string, reason: string): Violation {
  return {
    path: repoPath(path),
    line: null,
    column: null,
    subject: required,
    ordinal: 0,
    message: `${required} does not exist: ${reason}`,
  };
}

function* pathsOf(entries: Iterable<{ readonly path: string }>): IterableIterator<string> {
  for (const { path } of entries) yield path;
}
