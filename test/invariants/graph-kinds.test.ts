import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/model/canonical.js';
import { explainedOf, introducedBy, type Project, ruleOf, told, violationsOf } from './project.js';

function messages(invariant: Readonly<Record<string, Json>>, project: Project): readonly string[] {
  return told(violationsOf(ruleOf(invariant), project));
}

test('require-import: each file of from imports something of to, or is it itself', () => {
  const project = {
    'src/ui/a.ts': "import t from 'src/core/t.ts'",
    'src/ui/b.ts': "import a from 'src/ui/a.ts'",
    'src/ui/c.ts': "import x from '?src/core/t'",
    'src/ui/d.ts': "type import t from 'src/core/t.ts'",
    'src/ui/note.md': '',
    'src/core/t.ts': '',
  };
  const missing = (name: string) =>
    `src/ui/${name}.ts src/ui/${name}.ts must import src/core/t.ts and does not`;
  assert.deepEqual(messages({ 'require-import': { from: 'ui', to: 'src/core/t.ts' } }, project), [
    missing('b'),
  ]);
  assert.deepEqual(
    messages({ 'require-import': { from: 'ui', to: 'src/core/t.ts', kinds: ['value'] } }, project),
    [missing('b'), missing('d')],
  );
  assert.deepEqual(
    messages({ 'require-import': { from: ['ui', 'core'], to: ['src/core/t.ts', 'npm:otel'] } }, project),
    ['src/ui/b.ts src/ui/b.ts must import one of src/core/t.ts and npm:otel and does not'],
  );
});

test('require-import: over other files, with captures, and not through what is left out', () => {
  const project = {
    'packages/a/main.ts': "import x from 'lib/x.ts'",
    'packages/b/main.ts': "import x from 'lib/x.ts'",
    'lib/x.ts': "import s from 'packages/a/setup.ts'",
    'packages/a/setup.ts': '',
  };
  const rule = ruleOf({
    'require-import': { from: 'packages/{name}/main.ts', to: 'packages/{name}/setup.ts', transitive: true },
  });
  assert.deepEqual(told(violationsOf(rule, project)), [
    'packages/b/main.ts packages/b/main.ts must reach packages/{name}/setup.ts and does not',
  ]);
  assert.equal(violationsOf(rule, project, 'all', path => path === 'lib/x.ts').length, 2);
});

test('owned: every file belongs to a component', () => {
  const project = { 'src/ui/a.ts': '', 'scripts/run.sh': '', 'docs/a.md': '' };
  assert.deepEqual(messages({ owned: { in: ['src/**', 'scripts/**'] } }, project), [
    'scripts/run.sh scripts/run.sh must belong to a component and belongs to none: move it into one, or name it in one',
  ]);
});

test('resolvable-imports: what resolves to nothing, and what is computed if asked', () => {
  const project = { 'src/ui/a.ts': "import x from '?src/gone'\nimport y from 'npm:pg'\ndynamic import '*'" };
  assert.deepEqual(messages({ 'resolvable-imports': { in: 'ui' } }, project), [
    "src/ui/a.ts:1 src/ui/a.ts imports 'src/gone', which resolves to no file of the tree (looked for src/gone)",
  ]);
  assert.deepEqual(
    violationsOf(ruleOf({ 'resolvable-imports': { in: 'ui', computed: true } }), project).map(v => v.subject),
    ['src/gone (value)', 'computed (value)'],
  );
  assert.deepEqual(messages({ 'resolvable-imports': { in: 'ui', kinds: ['type'] } }, project), []);
});

test('no-orphans: any import of another file saves one, its own does not; roots need none', () => {
  const project = {
    'src/main.ts': "import a from 'src/a.ts'",
    'src/a.ts': '',
    'src/self.ts': "import s from 'src/self.ts'",
    'src/typed.ts': '',
    'lib/b.ts': "type import t from 'src/typed.ts'\nimport p from 'src/pkg/'",
    'src/pkg/x.ts': '',
    'src/style.css': '',
  };
  assert.deepEqual(messages({ 'no-orphans': { in: 'src/**', roots: 'src/main.ts' } }, project), [
    'src/self.ts src/self.ts is imported by no file: delete it, use it, or name it in `roots` if something else starts it',
  ]);
  const rule = ruleOf({ 'no-orphans': { in: 'src/**', roots: 'src/main.ts' } });
  const after = { ...project, 'src/main.ts': '' };
  assert.deepEqual(
    introducedBy(rule, project, after).map(({ path }) => path),
    ['src/a.ts'],
  );
});

test('fan-in: importing files, each once, folders seen through; over the limit it may not grow', () => {
  const project: Project = {
    'src/hub.ts': '',
    'src/a.ts': "import h from 'src/hub.ts'\ntype import h from 'src/hub.ts'",
    'src/b.ts': "import h from 'src/'",
    'lib/c.ts': "import h from 'src/hub.ts'",
  };
  const rule = ruleOf({ 'fan-in': { in: 'src/hub.ts', max: 2 } });
  const [violation] = violationsOf(rule, project);
  assert.equal(violation?.message, 'src/hub.ts must be imported by at most 2 files and is by 3');
  assert.equal(violation?.measure, 3);
  assert.deepEqual(
    violationsOf(rule, project, 'all', path => path.startsWith('lib/')),
    [],
  );
  const more = { ...project, 'lib/d.ts': "import h from 'src/hub.ts'" };
  assert.equal(introducedBy(rule, project, more).length, 1);
  assert.equal(introducedBy(rule, more, project).length, 0);
});

test('fan-out: targets, each once; packages where they are asked for', () => {
  const lines = [
    "import a from 'a.ts'",
    "type import a from 'a.ts'",
    "import b from 'lib/'",
    "import p from 'npm:pg'",
  ];
  const project = { 'src/ui/a.ts': lines.join('\n') };
  assert.deepEqual(messages({ 'fan-out': { in: 'ui', max: 1 } }, project), [
    'src/ui/a.ts src/ui/a.ts must import at most 1 files and imports 2',
  ]);
  assert.deepEqual(messages({ 'fan-out': { in: 'ui', max: 2, packages: true } }, project), [
    'src/ui/a.ts src/ui/a.ts must import at most 2 files and packages and imports 3',
  ]);
  assert.deepEqual(messages({ 'fan-out': { in: 'ui', max: 0, kinds: ['dynamic'] } }, project), []);
});

const STABLE: Project = {
  'core/a.ts': "import x from 'plug/x.ts'",
  'plug/x.ts': "import u from 'u.ts'\nimport v from 'v.ts'",
  'app/1.ts': "import a from 'core/a.ts'",
  'app/2.ts': "import a from 'core/a.ts'",
  'u.ts': '',
  'v.ts': '',
};

test('stable-dependencies: an import of what is less stable, with the figures', () => {
  assert.deepEqual(told(explainedOf(ruleOf({ 'stable-dependencies': { in: '**' } }), STABLE)), [
    'core/a.ts:1 core/a.ts (instability 0.33: imports 1, imported by 2) must not import plug/x.ts (instability 0.67: imports 2, imported by 1), which is less stable',
  ]);
  assert.deepEqual(
    explainedOf(ruleOf({ 'stable-dependencies': { in: ['core/**', 'plug/**'], level: 'folder' } }), STABLE),
    [],
    'within the two folders plug imports nothing',
  );
  const folders = {
    ...STABLE,
    'app/3.ts': "import a from 'core/a.ts'",
    'two/4.ts': "import a from 'core/a.ts'",
  };
  assert.deepEqual(
    told(
      explainedOf(
        ruleOf({
          'stable-dependencies': { in: ['core/**', 'plug/**', 'two/**', 'app/**'], level: 'folder' },
        }),
        {
          ...folders,
          'plug/x.ts': "import f from 'two/4.ts'",
        },
      ),
    ).map(line => line.replace(/ \(instability[^)]*\)/g, '')),
    ['core core/ must not import plug/, which is less stable: core/a.ts:1 imports plug/x.ts'],
  );
});

test('stable-dependencies: a change answers for imports that it brings in, not for how the figures of others moved', () => {
  const rule = ruleOf({ 'stable-dependencies': { in: '**' } });
  const before = { ...STABLE, 'plug/x.ts': '' };
  assert.deepEqual(violationsOf(rule, before), []);
  assert.deepEqual(introducedBy(rule, before, STABLE), []);
  const unlinked = { ...STABLE, 'core/a.ts': '' };
  assert.deepEqual(
    introducedBy(rule, unlinked, STABLE).map(({ subject }) => subject),
    ['plug/x.ts (less stable)'],
  );
});
