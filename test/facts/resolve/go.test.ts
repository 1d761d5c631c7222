import assert from 'node:assert/strict';
import { test } from 'node:test';
import { go } from '../../../src/facts/imports/go.js';
import { goResolver } from '../../../src/facts/resolve/go.js';
import type { ResolveSettings } from '../../../src/model/decision.js';
import { type DeclaredTree, declaredTree } from './declared-tree.js';

const PACKAGE = 'package x\n';

async function tree(
  files: Readonly<Record<string, string>>,
  settings: ResolveSettings = {},
): Promise<DeclaredTree> {
  return declaredTree(goResolver, [go], files, settings);
}

function importing(...paths: readonly string[]): string {
  return `${PACKAGE}${paths.map(path => `import "${path}"\n`).join('')}`;
}

const workspace = await tree({
  'go.mod': [
    'module "example.com/app" // the root',
    'go 1.22',
    'require github.com/pg/pg v1.0.0',
    'replace (',
    '\tgithub.com/old/lib v1.2.3 => github.com/new/lib v1.3.0 // forked',
    '\tgithub.com/away/lib => ./third_party/lib',
    '\tgithub.com/far/lib => ../outside',
    ')',
    'replace example.com/app/tools => ./tools',
  ].join('\n'),
  'main.go': PACKAGE,
  'a/a.go': PACKAGE,
  'a/a_test.go': PACKAGE,
  'onlytests/x_test.go': PACKAGE,
  'internal/b/b.go': PACKAGE,
  'third_party/lib/go.mod': 'module github.com/away/lib',
  'third_party/lib/lib.go': PACKAGE,
  'third_party/lib/sub/s.go': PACKAGE,
  'tools/go.mod': 'module example.com/app/tools',
  'tools/t.go': PACKAGE,
  'api/go.mod': 'module example.com/app/api/v3',
  'api/pb/p.go': PACKAGE,
  'a/testdata/m/go.mod': 'module fmt',
  'a/testdata/m/f.go': PACKAGE,
  'a/testdata/n/go.mod': 'module example.com/app/a',
  'a/testdata/n/n.go': PACKAGE,
  'vendor/modules.txt':
    '# plain/vendored v1\n## explicit\nplain/vendored\nplain/vendored/sub\ngithub.com/pg/pg\n',
  'vendor/plain/vendored/v.go': PACKAGE,
  'vendor/github.com/pg/pg/p.go': PACKAGE,
});

const ENDS: readonly (readonly [from: string, path: string, end: string])[] = [
  ['main.go', 'example.com/app/a', 'a/'],
  ['a/a.go', 'example.com/app/internal/b', 'internal/b/'],
  ['main.go', 'example.com/app/none', '? none/'],
  ['main.go', 'example.com/app/onlytests', '? onlytests/'],
  ['main.go', 'example.com/application', 'go:example.com/application'],
  ['main.go', 'example.com/app/tools', 'tools/'],
  ['main.go', 'example.com/app/api/v3/pb', 'api/pb/'],
  ['tools/t.go', 'example.com/app/a', 'a/'],
  ['main.go', 'fmt', 'go:fmt'],
  ['main.go', 'encoding/json', 'go:encoding/json'],
  ['main.go', 'C', 'go:C'],
  ['main.go', 'github.com/pg/pg/orm', 'go:github.com/pg/pg/orm'],
  ['main.go', 'github.com/pg/pg', 'go:github.com/pg/pg'],
  ['main.go', 'plain/vendored/sub', 'go:plain/vendored/sub'],
  ['main.go', 'github.com/old/lib/x', 'go:github.com/new/lib/x (github.com/old/lib/x)'],
  ['main.go', 'github.com/away/lib', 'third_party/lib/'],
  ['main.go', 'github.com/away/lib/sub', 'third_party/lib/sub/'],
  ['main.go', 'github.com/away/lib/none', '? third_party/lib/none/'],
  ['main.go', 'github.com/far/lib/x', 'go:github.com/far/lib/x'],
  // `replace` counts in the main module only.
  ['tools/t.go', 'github.com/old/lib/x', 'go:github.com/old/lib/x'],
  // Modules in testdata are seen from within only.
  ['a/testdata/m/f.go', 'fmt', 'a/testdata/m/'],
  ['a/testdata/n/n.go', 'example.com/app/a', 'a/testdata/n/'],
  ['main.go', './a', 'a/'],
  ['main.go', './none', '? none/'],
];

for (const [from, path, end] of ENDS) {
  test(`${path} from ${from} ends at ${end}`, () =>
    assert.deepEqual(workspace.ends(from, importing(path)), [end]));
}

test('the root’s own package is a folder too', () => {
  assert.deepEqual(workspace.asked('a/a.go', importing('example.com/app'))[0], '/');
});

test('go.work: its replacements hold for the modules that it uses', async () => {
  const { ends } = await tree({
    'go.work': 'go 1.22\nuse (\n\t./one\n\t./two\n)\nreplace github.com/x/y => ./forks/y',
    'one/go.mod': 'module example.com/one\nreplace github.com/x/y => github.com/z/y v1.0.0',
    'two/go.mod': 'module example.com/two',
    'three/go.mod': 'module example.com/three',
    'forks/y/y.go': PACKAGE,
    'two/b/b.go': PACKAGE,
  });
  const code = importing('github.com/x/y', 'example.com/two/b');
  assert.deepEqual(ends('one/a.go', code), ['forks/y/', 'two/b/']);
  assert.deepEqual(ends('three/a.go', code), ['go:github.com/x/y', 'two/b/']);
});

test('one module path twice: the nearest one', async () => {
  const { ends } = await tree({
    'x/go.mod': 'module example.com/m',
    'x/p/p.go': PACKAGE,
    'y/go.mod': 'module example.com/m',
    'y/p/p.go': PACKAGE,
    'y/sub/go.mod': 'module example.com/sub',
  });
  assert.deepEqual(ends('x/a.go', importing('example.com/m/p')), ['x/p/']);
  assert.deepEqual(ends('y/sub/a.go', importing('example.com/m/p')), ['y/p/']);
});

test('without go.mod: settings, and a folder called src', async () => {
  const files = {
    'gopath/src/github.com/me/lib/l.go': PACKAGE,
    'gopath/src/plain/p.go': PACKAGE,
    'pkg/p.go': PACKAGE,
  };
  const code = importing('github.com/me/lib', 'plain', 'github.com/me/app/pkg', 'fmt');
  const plain = await tree(files);
  assert.deepEqual(plain.ends('gopath/src/a/a.go', code), [
    'gopath/src/github.com/me/lib/',
    'gopath/src/plain/',
    'go:github.com/me/app/pkg',
    'go:fmt',
  ]);
  const told = await tree(files, { roots: ['gopath/src'], provides: { 'github.com/me/app': '.' } });
  assert.deepEqual(told.ends('a.go', code), [
    'gopath/src/github.com/me/lib/',
    'gopath/src/plain/',
    'pkg/',
    'go:fmt',
  ]);
});

test('the standard library’s own sources', async () => {
  const { ends } = await tree({
    'src/go.mod': 'module std',
    'src/fmt/f.go': PACKAGE,
    'src/cmd/go.mod': 'module cmd',
    'src/cmd/internal/x/x.go': PACKAGE,
  });
  assert.deepEqual(ends('src/cmd/a.go', importing('fmt', 'cmd/internal/x', 'unsafe')), [
    'src/fmt/',
    'src/cmd/internal/x/',
    'go:unsafe',
  ]);
});

test('a go.mod without a module is a mistake', async () => {
  await assert.rejects(tree({ 'go.mod': 'go 1.22\n' }), /go\.mod: no line says/);
});

test('configuration by its name', () => {
  for (const path of ['go.mod', 'a/go.work', 'vendor/modules.txt', 'a/vendor/modules.txt'])
    assert.ok(goResolver.isConfig(path), path);
  for (const path of ['a.go', 'go.sum', 'modules.txt', 'xgo.mod', 'a/xvendor/modules.txt'])
    assert.ok(!goResolver.isConfig(path), path);
});
