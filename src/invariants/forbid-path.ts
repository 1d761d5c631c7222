import type { Json } from '../model/canonical.js';
import type { ChangeStatus } from '../model/tree.js';
import type { Kind } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';

type Rule = { readonly in: PathSets; readonly when: readonly ChangeStatus[] };
type Options = { readonly in: Json; readonly when?: readonly ChangeStatus[] };

/** Deleting what is forbidden is the mend, so `delete` must be asked for. */
const DEFAULT_WHEN: readonly ChangeStatus[] = ['add', 'modify', 'type'];

const DONE: Readonly<Record<ChangeStatus, string>> = {
  add: 'added',
  modify: 'modified',
  delete: 'deleted',
  type: 'turned into another type of file',
};

/**
 * A change must not touch these paths.
 *
 * - `in`: components or paths.
 * - `when`: which changes are forbidden: `add`, `modify`, `delete`, `type` (a file becomes a symbolic link or
 *   the like). Default: all but `delete`.
 */
export const forbidPath: Kind<Rule> = {
  name: 'forbid-path',
  summary: 'paths that no change may touch',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The paths that must not be touched.' },
      when: {
        description: 'The changes that are forbidden. Default: add, modify, type.',
        type: 'array',
        items: { enum: ['add', 'modify', 'delete', 'type'] },
        minItems: 1,
        uniqueItems: true,
      },
    },
    required: ['in'],
    additionalProperties: false,
  },
  reads: 'paths',
  modeOf: () => 'change',
  compile(options, compiler) {
    const { in: paths, when } = options as Options;
    return { in: compilePaths(paths, 'in', compiler), when: when ?? DEFAULT_WHEN };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluateChange(rule, { changes }) {
    return changes
      .filter(change => rule.when.includes(change.status) && inAny(rule.in, change.path))
      .map(({ path, status }) => ({
        path,
        line: null,
        column: null,
        // Not the status: a merge may add against one base what it modifies against another.
        subject: '',
        ordinal: 0,
        message: `${path} must not be ${DONE[status]}`,
      }));
  },
  screen: (rule, { path, status }) =>
    rule.when.includes(status) && inAny(rule.in, path) ? 'candidate' : 'clear',
};
