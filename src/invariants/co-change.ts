import type { Json } from '../model/canonical.js';
import { matchPattern, type PathPattern } from '../model/path-set.js';
import type { FileChange } from '../model/tree.js';
import { BoundPaths, filledGlob } from './bound-paths.js';
import type { Kind } from './kind.js';
import type { Plain } from './plain.js';
import { requiredGlob } from './require-path.js';

type Rule = {
  readonly changed: Plain<PathPattern>;
  readonly required: Plain<PathPattern>;
  readonly at: 'commit' | 'push';
};
type Options = { readonly if: Json; readonly then: Json; readonly at?: 'commit' | 'push' };

/**
 * A change that touches one path must touch another.
 *
 * - `if`: a glob. Adding, changing or re-typing a file that matches it calls for `then`; deleting one does
 *   only while a file that matches `then` is left behind.
 * - `then`: a glob; a file that matches it with the same captures must be added, changed, re-typed or deleted
 *   by the same change: `if: src/{name}.ts`, `then: test/{name}.test.ts`.
 * - `at`: `commit` (default): each commit and each push; `push`: the push (range, CI) as a whole.
 *
 * A change of the executable bit alone neither calls for a change nor is one.
 */
export const coChange: Kind<Rule> = {
  name: 'co-change',
  summary: 'a change that touches one path must touch another',
  schema: {
    type: 'object',
    properties: {
      if: { $ref: '#/$defs/glob', description: 'A change to a file that matches this; its captures bind.' },
      // biome-ignore lint/suspicious/noThenProperty: the option's name; nobody awaits a schema
      then: {
        $ref: '#/$defs/glob',
        description: 'Calls for a change to a file that matches this, with the same captures.',
      },
      at: {
        description:
          'Where it is judged: `commit` (default) at commits and pushes, `push` only at the push, over all its commits.',
        enum: ['commit', 'push'],
      },
    },
    required: ['if', 'then'],
    additionalProperties: false,
  },
  reads: 'paths',
  modeOf: () => 'change',
  compile(options, compiler) {
    const { if: trigger, then, at } = options as Options;
    return {
      changed: compiler.glob(trigger, 'if'),
      required: requiredGlob(then, 'then', compiler),
      at: at ?? 'commit',
    };
  },
  governs: (rule, path) => matchPattern(rule.changed, path) !== null,
  // Only the file that calls for the change can violate: a path that changes beside it can only satisfy.
  reaches: () => false,
  evaluateChange(rule, { head, changes, at }) {
    if (rule.at === 'push' && at !== 'push') return [];
    const real = changes.filter(changesContent);
    const touched = new BoundPaths(
      rule.required,
      rule.changed,
      real.map(change => change.path),
    );
    let left: BoundPaths | null = null;
    const isLeft = (bindings: ReadonlyMap<string, string>): boolean => {
      left ??= new BoundPaths(rule.required, rule.changed, leaves(head.tree.entries()));
      return left.has(bindings);
    };
    return real.flatMap(({ path, status }) => {
      const bindings = matchPattern(rule.changed, path);
      if (bindings === null || touched.has(bindings)) return [];
      if (status === 'delete' && !isLeft(bindings)) return [];
      const wanted = filledGlob(rule.required, bindings);
      const message =
        status === 'delete'
          ? `${path} is deleted while ${wanted} is left behind unchanged`
          : `${path} changes without ${wanted}: both must change together`;
      return [{ path, line: null, column: null, subject: wanted, ordinal: 0, message }];
    });
  },
  screen: (rule, { path }) =>
    rule.at === 'commit' && matchPattern(rule.changed, path) !== null ? 'candidate' : 'clear',
};

function changesContent({ status, before, after }: FileChange): boolean {
  return status !== 'modify' || before?.oid !== after?.oid;
}

function* leaves(entries: Iterable<{ readonly path: string }>): IterableIterator<string> {
  for (const { path } of entries) yield path;
}
