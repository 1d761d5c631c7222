import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fileOf,
  found,
  foundIn,
  handMade,
  packageJson,
  packageLock,
  subjects,
  type Texts,
  treeOf,
} from './manifests.js';
import { ruleOf } from './project.js';

const rule = ruleOf({ 'allow-dependency': ['npm:pg', 'npm:@acme/*'] });

test('what the list does not name needs a decision, with the line that asks for it', async () => {
  const texts = { 'package.json': packageJson({ pg: '^8.0.0', '@acme/log': '1.0.0', axios: '^1.0.0' }) };
  assert.deepEqual(await foundIn(rule, texts), [
    {
      path: 'package.json',
      line: 7,
      column: null,
      subject: 'npm:axios',
      ordinal: 0,
      message:
        'package.json must not ask for npm:axios ^1.0.0 (production): it is none of the allowed packages, and new ones need a decision',
      package: 'pkg:npm/axios',
    },
  ]);
});

const cases: readonly (readonly [what: string, texts: Texts, expected: readonly string[]])[] = [
  ['nothing but allowed ones', { 'package.json': packageJson({ pg: '^8' }) }, []],
  [
    'development ones, too',
    { 'package.json': packageJson({}, { devDependencies: { jest: '29' } }) },
    ['package.json: npm:jest'],
  ],
  [
    'an alias is what it stands for',
    { 'package.json': packageJson({ pg: 'npm:evil@1.0.0' }) },
    ['package.json: npm:evil'],
  ],
  ['an alias of an allowed one', { 'package.json': packageJson({ sql: 'npm:pg@^8.0.0' }) }, []],
  [
    'a twin of an allowed name',
    { 'package.json': packageJson({ 'р\u{67}': '^8' }) },
    ['package.json: npm:рg'],
  ],
  [
    'by git',
    { 'package.json': packageJson({ left: 'git+https://example.com/left.git' }) },
    ['package.json: npm:left'],
  ],
  [
    'a folder of the repository',
    { 'package.json': packageJson({ own: 'file:./own' }), 'own/package.json': '{"name":"own"}' },
    [],
  ],
  [
    'a vendored copy, where it is asked for and where it lies',
    {
      'package.json': packageJson({ left: 'file:./vendor/left' }),
      'vendor/left/package.json': '{"name":"left"}',
    },
    ['package.json: npm:left', 'vendor/left/package.json: npm:left'],
  ],
  [
    'an archive in the tree',
    { 'package.json': packageJson({ left: 'file:./left.tgz' }) },
    ['package.json: npm:left'],
  ],
  ['a folder outside', { 'package.json': packageJson({ left: 'file:../left' }) }, ['package.json: npm:left']],
  [
    'a member of the workspace',
    {
      'package.json': packageJson({}, { workspaces: ['packages/*'] }),
      'packages/a/package.json': JSON.stringify({ name: 'a', dependencies: { b: 'workspace:*' } }),
      'packages/b/package.json': JSON.stringify({ name: 'b' }),
    },
    [],
  ],
  [
    'an override by another package',
    { 'package.json': packageJson({}, { overrides: { pg: 'npm:evil@1.0.0' } }) },
    ['package.json: npm:evil'],
  ],
  [
    'an override by another version',
    { 'package.json': packageJson({}, { overrides: { semver: '7.5.2' } }) },
    [],
  ],
  [
    'what an allowed one brings along is not asked for',
    {
      'package.json': packageJson({ pg: '^8.0.0' }),
      'package-lock.json': packageLock({ pg: '^8.0.0' }, { pg: ['8.1.0', { split: '1' }], split: '1.0.0' }),
    },
    [],
  ],
  [
    'in the lock file alone, as if it were asked for',
    {
      'package.json': packageJson({ pg: '^8.0.0' }),
      'package-lock.json': packageLock({ pg: '^8.0.0', evil: '1' }, { pg: '8.1.0', evil: '1.0.0' }),
    },
    ['package-lock.json: npm:evil'],
  ],
  [
    'in both: told where it is asked for',
    {
      'package.json': packageJson({ evil: '^1.0.0' }),
      'package-lock.json': packageLock({ evil: '^1.0.0' }, { evil: '1.0.0' }),
    },
    ['package.json: npm:evil'],
  ],
  ['of another ecosystem', { 'requirements.txt': 'requests==2.0\n' }, ['requirements.txt: pypi:requests']],
];

for (const [what, texts, expected] of cases)
  test(`allow-dependency: ${what}`, async () => {
    assert.deepEqual(subjects(await foundIn(rule, texts)), expected);
  });

test('depth: what others bring in, with the way', async () => {
  const deep = ruleOf({ 'allow-dependency': { packages: 'npm:pg', depth: 'any' } });
  const texts = {
    'package.json': packageJson({ pg: '^8.0.0' }),
    'package-lock.json': packageLock({ pg: '^8.0.0' }, { pg: ['8.1.0', { split: '1' }], split: '1.0.0' }),
  };
  const [violation, ...others] = await foundIn(deep, texts);
  assert.equal(others.length, 0);
  assert.match(
    violation?.message ?? '',
    /^package-lock\.json must not hold npm:split 1\.0\.0, by app → pg → split: it is none/,
  );
  assert.deepEqual(
    violation?.chain?.map(({ path }) => path),
    ['package.json', 'package-lock.json', 'package-lock.json'],
  );
});

test('in and scope narrow it', async () => {
  const texts = {
    'a/package.json': packageJson({ x: '1' }, { devDependencies: { y: '1' } }),
    'b/package.json': packageJson({ z: '1' }),
  };
  const narrow = ruleOf({ 'allow-dependency': { packages: 'npm:pg', in: 'a/**', scope: ['production'] } });
  assert.deepEqual(subjects(await foundIn(narrow, texts)), ['a/package.json: npm:x']);
});

test('a lock file that does not tell what is direct: its manifests do; one without any stands for itself', async () => {
  const lock = fileOf({ ecosystem: 'npm', role: 'lock' }, 'a/yarn.lock', [
    { name: 'pg' },
    { name: 'split' },
    { name: 'evil' },
  ]);
  const manifest = fileOf({ ecosystem: 'npm', role: 'manifest' }, 'a/package.json', [
    { name: 'pg' },
    { name: 'evil' },
  ]);
  assert.deepEqual(subjects(found(rule, await handMade(manifest, lock))), ['a/package.json: npm:evil']);
  assert.deepEqual(subjects(found(rule, await handMade(lock))), [
    'a/yarn.lock: npm:split',
    'a/yarn.lock: npm:evil',
  ]);
});

test('a vendored tree is judged by what is asked for, where manifest or lock file tell', async () => {
  const manifest = fileOf({ ecosystem: 'go', role: 'manifest' }, 'go.mod', [
    { name: 'x.org/asked' },
    { name: 'x.org/deep', direct: false },
  ]);
  const vendored = fileOf({ ecosystem: 'go', role: 'vendored' }, 'vendor/modules.txt', [
    { name: 'x.org/asked' },
    { name: 'x.org/deep' },
    { name: 'x.org/alone' },
  ]);
  assert.deepEqual(subjects(found(rule, await handMade(manifest, vendored))), [
    'go.mod: go:x.org/asked',
    'vendor/modules.txt: go:x.org/asked',
    'vendor/modules.txt: go:x.org/alone',
  ]);
});

test('a workspace source without a folder passes only for a project of the tree', async () => {
  const entry = { name: 'own', source: { type: 'workspace', path: null } } as const;
  const manifest = fileOf({ ecosystem: 'npm', role: 'manifest' }, 'package.json', [entry]);
  const own = {
    ecosystem: 'npm',
    role: 'manifest',
    project: { name: 'own', version: null, license: null },
  } as const;
  assert.deepEqual(subjects(found(rule, await handMade(manifest))), ['package.json: npm:own']);
  assert.deepEqual(subjects(found(rule, await handMade(manifest, fileOf(own, 'own/package.json', [])))), []);
});

test('unused: allowances that nothing needs', async () => {
  const facts = await treeOf({ 'package.json': packageJson({ pg: '^8' }) });
  assert.deepEqual(rule.kind.unused?.(rule.rule, facts), [
    'nothing needs npm:@acme/*: the allowance is not used',
  ]);
});

test('only a manifest or lock file is looked at, and each may decide what another says', () => {
  const file = { path: 'src/a.ts', status: 'modify' } as never;
  assert.equal(rule.kind.screen(rule.rule, file), 'clear');
  assert.equal(
    rule.kind.screen(rule.rule, { path: 'a/pnpm-lock.yaml', status: 'modify' } as never),
    'candidate',
  );
});

test('a path is no package', () => {
  assert.throws(() => ruleOf({ 'allow-dependency': 'src/**' }), /only packages can be named here/);
});
