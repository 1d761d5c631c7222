import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RuleProblem } from '../../src/invariants/kind.js';
import { KINDS } from '../../src/invariants/registry.js';
import { repoPath } from '../../src/model/brand.js';
import type { Json } from '../../src/model/canonical.js';
import { compiler, type Project, ruleOf, told, unusedIn, violationsOf } from './project.js';

const list: Project = {
  'src/ui/list.ts': "import pool from 'src/db/pool.ts'\nimport api from 'src/api/client.ts'",
  'src/db/pool.ts': '',
  'src/api/client.ts': "import pool from 'src/db/pool.ts'",
};

test('forbid-import: an import from one place to another is denied, from a third it is not', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'ui', to: ['database', 'npm:pg'] } });
  assert.deepEqual(violationsOf(rule, list), [
    {
      path: 'src/ui/list.ts',
      line: 1,
      column: 1,
      subject: 'src/db/pool.ts (value)',
      subjectPath: 'src/db/pool.ts',
      ordinal: 0,
      message: 'src/ui/list.ts (ui) must not import src/db/pool.ts (database)',
      sites: [{ line: 1, column: 1 }],
    },
  ]);
  assert.deepEqual(told(violationsOf(rule, { 'src/ui/a.ts': "import x from 'npm:pg/native'" })), [
    'src/ui/a.ts:1 src/ui/a.ts (ui) must not import npm:pg/native (npm:pg)',
  ]);
});

test('several sites of one import are one violation; its type-only twin is another', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'ui', to: 'database' } });
  const text =
    "import a from 'src/db/p.ts'\ntype import b from 'src/db/p.ts'\n\nrequire import 'src/db/p.ts'";
  const violations = violationsOf(rule, { 'src/ui/a.ts': text });
  assert.deepEqual(
    violations.map(({ subject, sites }) => [subject, sites?.map(site => site.line)]),
    [
      ['src/db/p.ts (value)', [1, 4]],
      ['src/db/p.ts (type)', [2]],
    ],
  );
});

test('kinds: only imports of these kinds', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'ui', to: 'database', kinds: ['value', 'dynamic'] } });
  const text =
    "type import a from 'src/db/p.ts'\nside-effect import 'src/db/q.ts'\ndynamic import 'src/db/r.ts'";
  assert.deepEqual(
    violationsOf(rule, { 'src/ui/a.ts': text }).map(violation => violation.subject),
    ['src/db/r.ts (value)'],
  );
});

test('names: these, a namespace, and syntax that hands over the whole module', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'ui', to: 'database', names: ['pool'] } });
  const text = [
    "import query from 'src/db/a.ts'",
    "import query, pool from 'src/db/b.ts'",
    "import * from 'src/db/c.ts'",
    "require import 'src/db/d.ts'",
    "side-effect import 'src/db/e.ts'",
  ].join('\n');
  assert.deepEqual(told(violationsOf(rule, { 'src/ui/a.ts': text })), [
    'src/ui/a.ts:2 src/ui/a.ts (ui) must not import pool from src/db/b.ts (database)',
    'src/ui/a.ts:3 src/ui/a.ts (ui) must not import * from src/db/c.ts (database)',
    'src/ui/a.ts:4 src/ui/a.ts (ui) must not import * from src/db/d.ts (database)',
  ]);
});

test('captures: what `from` binds, `to` compares with', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'packages/{name}/**', to: 'packages/{!name}/src/**' } });
  const text = "import a from 'packages/a/src/x.ts'\nimport b from 'packages/b/src/x.ts'";
  assert.deepEqual(
    violationsOf(rule, { 'packages/a/src/y.ts': text }).map(violation => violation.subject),
    ['packages/b/src/x.ts (value)'],
  );
});

test('an unresolved import is seen with every lexical candidate, and answers to their names in other trees', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'ui', to: 'src/db/pool/index.ts' } });
  const [violation] = violationsOf(rule, { 'src/ui/a.ts': "import a from '?src/db/pool'" });
  assert.equal(violation?.subject, 'src/db/pool (value)');
  assert.deepEqual(violation?.aliases, ['src/db/pool.ts (value)', 'src/db/pool/index.ts (value)']);
  assert.match(violation?.message ?? '', /'src\/db\/pool' resolves to no file of the tree/);
});

test('a computed target is a violation where the rule governs the file and its kind of import', () => {
  const project = {
    'src/ui/a.ts': "dynamic import '*'\nrequire import '*'",
    'src/api/a.ts': "dynamic import '*'",
  };
  const rule = ruleOf({ 'forbid-import': { from: 'ui', to: 'database' } });
  assert.deepEqual(
    violationsOf(rule, project).map(({ path, subject, sites }) => [path, subject, sites?.length]),
    [['src/ui/a.ts', 'computed (value)', 2]],
  );
  const values = ruleOf({ 'forbid-import': { from: 'ui', to: 'database', kinds: ['value'] } });
  assert.deepEqual(violationsOf(values, project), []);
});

test('options that contradict each other, or would add nothing, are refused with what to do', () => {
  const both = { from: 'ui', to: 'database' };
  for (const [invariant, said] of [
    [{ 'forbid-import': { ...both, via: 'api' } }, /without `transitive` no chain is judged/],
    [{ 'forbid-import': { ...both, names: ['a'], transitive: true } }, /names are known of direct imports/],
    [{ 'forbid-import': { ...both, 'except-names': ['a'], transitive: true } }, /names are known of direct/],
    [{ 'forbid-import': { ...both, names: ['a'], 'except-names': ['b'] } }, /from two sides/],
    [{ 'allow-import': { ...both, transitive: true } }, /would add nothing: a chain begins/],
    [{ protect: { in: 'ui', only: 'api', transitive: true } }, /would add nothing: a chain ends/],
    [{ 'entry-points': { in: 'ui', only: 'api', transitive: true } }, /would add nothing: a chain ends/],
  ] as const) {
    assert.throws(
      () => ruleOf(invariant as Readonly<Record<string, Json>>),
      (error: unknown) => error instanceof RuleProblem && said.test(error.message) && error.hint !== null,
      JSON.stringify(invariant),
    );
  }
});

test('except-names: a namespace, the whole module and side effects are more than any name', () => {
  const rule = ruleOf({
    'forbid-import': { from: 'ui', to: 'npm:lodash', 'except-names': ['map', 'filter'] },
  });
  for (const [line, told] of [
    ["import map from 'npm:lodash'", null],
    ["import map, filter from 'npm:lodash'", null],
    ["type import map from 'npm:lodash'", null],
    ["re-export import map from 'npm:lodash'", null],
    ["import map, each from 'npm:lodash'", 'each from npm:lodash'],
    ["import default from 'npm:lodash'", 'default from npm:lodash'],
    ["re-export import * from 'npm:lodash'", '* from npm:lodash'],
    ["require import 'npm:lodash'", '* from npm:lodash'],
    ["side-effect import 'npm:lodash'", 'npm:lodash'],
  ] as const) {
    assert.deepEqual(
      violationsOf(rule, { 'src/ui/a.ts': line }).map(({ message }) => message),
      told === null
        ? []
        : [`src/ui/a.ts (ui) must not import ${told}: only map and filter may be imported from there`],
      line,
    );
  }
});

test('a utility may be imported by all, but for what forbid-import says', () => {
  const project = {
    'src/core/a.ts': "import x from 'src/utils/u.ts'\nimport y from 'src/ui/b.ts'",
    'src/ui/b.ts': "import x from 'src/utils/u.ts'",
    'src/utils/u.ts': '',
  };
  const targets = (invariant: Readonly<Record<string, Json>>): readonly string[] =>
    violationsOf(ruleOf(invariant), project).map(({ path, subject }) => `${path} ${subject}`);
  const onlyUi = ['src/core/a.ts src/ui/b.ts (value)'];
  assert.deepEqual(targets({ 'allow-import': { from: 'core', to: 'api' } }), onlyUi);
  assert.deepEqual(targets({ layers: ['utils', 'ui', 'core'] }), onlyUi);
  assert.deepEqual(targets({ layers: { order: ['ui', 'core', 'api', 'utils'], closed: true } }), onlyUi);
  assert.deepEqual(targets({ independent: ['ui', 'core', 'utils'] }), onlyUi);
  assert.deepEqual(targets({ 'forbid-import': { from: 'core', to: 'utils' } }), [
    'src/core/a.ts src/utils/u.ts (value)',
  ]);
});

test('entry-points for some importers only: each consumer has its own', () => {
  const rule = ruleOf({ 'entry-points': { in: 'database', only: 'src/db/read.ts', for: 'ui' } });
  const text = "import a from 'src/db/read.ts'\nimport b from 'src/db/write.ts'\ndynamic import '*'";
  const project = { 'src/ui/a.ts': text, 'src/api/a.ts': text };
  assert.deepEqual(
    violationsOf(rule, project).map(({ path, subject }) => `${path} ${subject}`),
    ['src/ui/a.ts src/db/write.ts (value)', 'src/ui/a.ts computed (value)'],
  );
});

test('deprecated imports are told apart: they may shrink, not grow', () => {
  const rule = ruleOf({
    'allow-import': { from: 'ui', to: 'src/api/**', deprecated: ['src/api/old/**', 'database'] },
  });
  const text =
    "import a from 'src/api/new.ts'\nimport b from 'src/api/old/x.ts'\nimport c from 'src/core/c.ts'";
  assert.deepEqual(told(violationsOf(rule, { 'src/ui/a.ts': text })), [
    'src/ui/a.ts:2 src/ui/a.ts (ui) must not newly import src/api/old/x.ts (src/api/old/**), which is deprecated: its uses may shrink, not grow',
    'src/ui/a.ts:3 src/ui/a.ts (ui) may import only itself and src/api/**, not src/core/c.ts',
  ]);
});

test('allowances and places of no use are named', () => {
  const project = {
    'src/ui/a.ts': "import b from 'src/ui/b.ts'\nimport c from 'src/api/c.ts'",
    'src/ui/b.ts': '',
    'src/api/c.ts': "import p from 'src/db/p.ts'",
    'src/db/p.ts': '',
  };
  for (const [invariant, said] of [
    [{ 'allow-import': { from: 'ui', to: ['ui', 'api'] } }, []],
    [
      { 'allow-import': { from: 'ui', to: ['api', 'npm:react'], deprecated: 'src/legacy/**' } },
      [
        'nothing in ui imports src/legacy/** any more: it need not be deprecated, it can be left out',
        'nothing in ui imports npm:react: the allowance is not used',
      ],
    ],
    [{ 'forbid-import': { from: 'core', to: 'npm:pg' } }, ['core names no file, so nothing is judged there']],
    [{ protect: { in: 'database', only: 'api' } }, []],
    [
      { protect: { in: 'database', only: ['api', 'ui'] } },
      ['nothing in ui imports database: the allowance is not used'],
    ],
    [
      { 'entry-points': { in: 'database', only: ['src/db/p.ts', 'src/db/q.ts'] } },
      ['nothing outside imports src/db/q.ts of database: the entry point is not used'],
    ],
    [
      { layers: ['ui', { optional: 'core' }, 'database'] },
      ['core names no file, so nothing is judged there'],
    ],
    [
      { acyclic: { in: ['src/ui/**', 'src/gone/**'] } },
      ['src/gone/** names no file, so nothing is judged there'],
    ],
    [
      { 'require-import': { from: 'core', to: 'npm:pg' } },
      ['core names no file, so nothing is judged there'],
    ],
  ] as const) {
    assert.deepEqual(
      unusedIn(ruleOf(invariant as Readonly<Record<string, Json>>), project),
      said,
      JSON.stringify(invariant),
    );
  }
});

test('allow-import: itself and what is listed, no packages or builtins beside them', () => {
  const rule = ruleOf({ 'allow-import': { from: 'ui', to: ['api', 'npm:react', 'node:*'] } });
  const text = [
    'src/ui/b.ts',
    'src/api/c.ts',
    'src/db/p.ts',
    'npm:react/jsx',
    'npm:pg',
    'node:fs',
    '?src/api/x',
  ]
    .map(target => `import a from '${target}'`)
    .join('\n');
  assert.deepEqual(told(violationsOf(rule, { 'src/ui/a.ts': text })), [
    'src/ui/a.ts:3 src/ui/a.ts (ui) may import only itself, api, npm:react and node:*, not src/db/p.ts',
    'src/ui/a.ts:5 src/ui/a.ts (ui) may import only itself, api, npm:react and node:*, not npm:pg',
  ]);
});

test('allow-import: with captures each binding is a place of its own', () => {
  const rule = ruleOf({ 'allow-import': { from: 'packages/{name}/**', to: 'shared/**' } });
  const text =
    "import a from 'packages/a/y.ts'\nimport b from 'packages/b/y.ts'\nimport c from 'shared/z.ts'";
  assert.deepEqual(
    violationsOf(rule, { 'packages/a/x.ts': text }).map(violation => violation.line),
    [2],
  );
});

test('a list of refs is not one set: what one component leaves out, another may name', () => {
  const rule = ruleOf({ 'allow-import': { from: ['shared', 'database'], to: 'npm:*' } });
  assert.deepEqual(violationsOf(rule, { 'src/db/a.ts': "import a from 'src/db/b.ts'" }), []);
  assert.equal(violationsOf(rule, { 'src/db/a.ts': "import a from 'lib/b.ts'" }).length, 1);
});

test('layers: none imports a higher one; siblings are independent; the rest is free', () => {
  const rule = ruleOf({ layers: ['ui', ['api', 'core'], 'database'] });
  const project = {
    'src/db/p.ts': "import a from 'src/ui/a.ts'\nimport b from 'src/db/b.ts'\nimport c from 'lib/c.ts'",
    'src/api/a.ts': "import a from 'src/core/a.ts'\nimport b from 'src/db/b.ts'\nimport c from 'src/ui/c.ts'",
    'src/ui/a.ts': "import a from 'src/db/b.ts'",
  };
  assert.deepEqual(told(violationsOf(rule, project)), [
    'src/db/p.ts:1 src/db/p.ts (database) must not import src/ui/a.ts (ui): it lies in a higher layer',
    'src/api/a.ts:1 src/api/a.ts (api) must not import src/core/a.ts (core): the two are independent of each other',
    'src/api/a.ts:3 src/api/a.ts (api) must not import src/ui/c.ts (ui): it lies in a higher layer',
  ]);
});

test('layers, closed: only the next one down, and past optional ones', () => {
  const rule = ruleOf({ layers: { order: ['ui', { optional: 'api' }, 'core', 'database'], closed: true } });
  const text = ['src/api/a.ts', 'src/core/a.ts', 'src/db/a.ts'].map(to => `import a from '${to}'`).join('\n');
  assert.deepEqual(told(violationsOf(rule, { 'src/ui/a.ts': text })), [
    'src/ui/a.ts:3 src/ui/a.ts (ui) must not import src/db/a.ts (database): a layer may reach only the next one down',
  ]);
});

test('layers, within: both ends in the same container', () => {
  const order = ['packages/*/ui/**', 'packages/*/db/**'];
  const rule = ruleOf({ layers: { order, within: 'packages/{name}/**' } });
  const text = "import a from 'packages/a/ui/x.ts'\nimport b from 'packages/b/ui/x.ts'";
  assert.deepEqual(
    violationsOf(rule, { 'packages/a/db/p.ts': text, 'lib/db/p.ts': text }).map(({ path, line }) => [
      path,
      line,
    ]),
    [['packages/a/db/p.ts', 1]],
  );
});

test('independent: members must not import each other, in either direction', () => {
  const rule = ruleOf({ independent: ['ui', ['api', 'core']] });
  const text = "import a from 'src/ui/x.ts'\nimport b from 'src/core/x.ts'\nimport c from 'src/api/x.ts'";
  const project = { 'src/ui/a.ts': text, 'src/api/a.ts': text };
  assert.deepEqual(
    violationsOf(rule, project).map(({ path, line }) => [path, line]),
    [
      ['src/ui/a.ts', 2],
      ['src/ui/a.ts', 3],
      ['src/api/a.ts', 1],
    ],
  );
});

test('independent: one member with a capture parts its bindings; without one it is refused', () => {
  const rule = ruleOf({ independent: ['packages/{name}/**'] });
  const text = "import a from 'packages/a/x.ts'\nimport b from 'packages/b/x.ts'\nimport c from 'lib/x.ts'";
  assert.deepEqual(
    violationsOf(rule, { 'packages/a/a.ts': text }).map(violation => violation.line),
    [2],
  );
  assert.throws(() => ruleOf({ independent: ['ui'] }), RuleProblem);
});

test('protect: only the listed files and the protected ones themselves import it, packages too', () => {
  const rule = ruleOf({ protect: { in: ['database', 'npm:pg'], only: 'api' } });
  const text = "import a from 'src/db/p.ts'\nimport b from 'npm:pg'";
  const project = { 'src/ui/a.ts': text, 'src/api/a.ts': text, 'src/db/a.ts': text };
  assert.deepEqual(told(violationsOf(rule, project)), [
    'src/ui/a.ts:1 src/ui/a.ts must not import src/db/p.ts (database): only api and its own files may',
    'src/ui/a.ts:2 src/ui/a.ts must not import npm:pg: only api and its own files may',
  ]);
});

test('protect: captures bind from the target', () => {
  const rule = ruleOf({ protect: { in: 'packages/{name}/internal/**', only: 'packages/{name}/**' } });
  const text = "import a from 'packages/a/internal/x.ts'";
  const project = { 'packages/a/y.ts': text, 'packages/b/y.ts': text };
  assert.deepEqual(
    violationsOf(rule, project).map(violation => violation.path),
    ['packages/b/y.ts'],
  );
});

test('entry-points: from outside only the entry points; with captures each binding is a box', () => {
  const rule = ruleOf({ 'entry-points': { in: 'packages/{name}/**', only: 'packages/{name}/index.ts' } });
  const text = [
    'packages/a/src/x.ts',
    'packages/b/index.ts',
    'packages/b/src/x.ts',
    '?packages/b',
    '?packages/b/src/y',
    'lib/z.ts',
  ]
    .map(to => `import a from '${to}'`)
    .join('\n');
  const violations = violationsOf(rule, {
    'packages/a/y.ts': text,
    'lib/y.ts': "import a from 'packages/a/src/x.ts'",
  });
  assert.deepEqual(
    violations.map(({ path, line }) => [path, line]),
    [
      ['packages/a/y.ts', 3],
      ['packages/a/y.ts', 5],
      ['lib/y.ts', 1],
    ],
  );
  assert.equal(
    violations[2]?.message,
    'lib/y.ts must not import packages/a/src/x.ts (packages/{name}/**) past its entry points: ' +
      'only packages/{name}/index.ts may be imported from outside',
  );
});

test('a computed import in files that protect and entry-points let through anyway is no violation', () => {
  const computed = "require import '*'";
  const project = { 'src/db/a.ts': computed, 'src/api/a.ts': computed, 'src/ui/a.ts': computed };
  assert.deepEqual(
    violationsOf(ruleOf({ protect: { in: 'database', only: 'api' } }), project).map(
      violation => violation.path,
    ),
    ['src/ui/a.ts'],
  );
  assert.deepEqual(
    violationsOf(ruleOf({ 'entry-points': { in: 'database', only: 'src/db/index.ts' } }), project).map(
      violation => violation.path,
    ),
    ['src/api/a.ts', 'src/ui/a.ts'],
  );
});

test('the scope limits which files answer; files that are not code have no imports', () => {
  const rule = ruleOf({ 'forbid-import': { from: 'src/**', to: 'database' } });
  const text = "import a from 'src/db/p.ts'";
  const project = { 'src/ui/a.ts': text, 'src/ui/b.ts': text, 'src/ui/c.md': text };
  const scope = new Set(Object.keys(project).slice(1).map(repoPath));
  assert.deepEqual(
    violationsOf(rule, project, scope).map(violation => violation.path),
    ['src/ui/b.ts'],
  );
});

test('an unknown ref is named at its own place in the list', () => {
  const keys: string[] = [];
  const noting = {
    ...compiler,
    paths(refs: Json, key: string) {
      keys.push(key);
      return compiler.paths(refs, key);
    },
  };
  KINDS.get('layers')?.compile({ order: ['ui', ['api', 'core'], { optional: 'database' }] }, noting);
  assert.deepEqual(keys, ['order/0', 'order/1/0', 'order/1/1', 'order/2/optional']);
});
