import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { entry, linked, parsed, shown } from './tree.js';

const SETTINGS = `# members
packages:
  - 'packages/*'
  - "!**/test/**"
catalog:
  react: ^18.3.1
  "@s/ui": &ui 1.0.0
catalogs:
  legacy:
    react: ^16
    safe: npm:banned@1.0.0
overrides:
  foo: $foo
  a>b: npm:banned@2
  gone: '-'
patchedDependencies:
  is-odd@3.0.1: patches/is-odd.patch
packageExtensions:
  x:
    dependencies:
      y: *ui
configDependencies:
  cfg: 1.0.0+sha512-abc=
onlyBuiltDependencies:
  - esbuild
`;

test('members, catalogs and settings, with their lines', () => {
  const file = parsed('sub/pnpm-workspace.yaml', SETTINGS);
  assert.deepEqual(file.members, ['sub/packages/*', '!sub/**/test/**']);
  assert.deepEqual(
    file.entries.map(one => `${one.line} ${one.role} ${shown(one)}`),
    [
      '6 definition catalogs/default/react: react - ^18.3.1 production',
      '7 definition catalogs/default/@s/ui: @s/ui 1.0.0 1.0.0 production',
      '10 definition catalogs/legacy/react: react - ^16 production',
      '11 definition catalogs/legacy/safe: banned as safe 1.0.0 1.0.0 production',
      '13 redirect overrides/foo: foo - - production',
      '14 redirect overrides/a>b: banned as a>b - 2 production',
      '17 redirect patchedDependencies/is-odd@3.0.1: is-odd as is-odd@3.0.1 3.0.1 3.0.1 production path sub/patches/is-odd.patch',
      '21 redirect packageExtensions/x/dependencies/y: y as x>y 1.0.0 1.0.0 production',
      '23 dependency configDependencies/cfg: cfg 1.0.0 1.0.0 build',
    ],
  );
});

test('$name is what the package.json beside it asks for', () => {
  const file = linked(
    { 'pnpm-workspace.yaml': SETTINGS, 'package.json': '{"dependencies":{"foo":"npm:banned@^3"}}' },
    'pnpm-workspace.yaml',
  );
  assert.equal(shown(entry(file, 'overrides/foo')), 'overrides/foo: banned as foo - ^3 production');
});

test('an override may ask a catalog', () => {
  const text = "catalog:\n  react: ^18\noverrides:\n  'a>react@1': 'catalog:'\n";
  const file = linked({ 'pnpm-workspace.yaml': text }, 'pnpm-workspace.yaml');
  assert.equal(entry(file, 'overrides/a>react@1').range, '^18');
});

test('an empty file has nothing; CRLF and names of every object', () => {
  assert.deepEqual(parsed('pnpm-workspace.yaml', '').entries, []);
  assert.deepEqual(parsed('pnpm-workspace.yaml', '# nothing\n').entries, []);
  const file = parsed('pnpm-workspace.yaml', 'catalog:\r\n  constructor: ^1\r\n  __proto__: ^2\r\n');
  assert.deepEqual(
    file.entries.map(one => [one.name, one.range, one.line]),
    [
      ['constructor', '^1', 2],
      ['__proto__', '^2', 3],
    ],
  );
});

test('what pnpm refuses is an error with a line', async t => {
  const cases: [string, string, number][] = [
    ['a doubled key', 'catalog:\n  a: ^1\n  a: ^2\n', 3],
    ['conflict markers', 'catalog:\n<<<<<<< HEAD\n  a: ^1\n=======\n  a: ^2\n>>>>>>> x\n', 2],
    ['bad syntax', 'catalog:\n  a: "^1\n', 3],
    ['a list', '- a\n', 1],
    ['a range that is no text', 'catalog:\n  a: 1\n', 2],
  ];
  for (const [name, text, line] of cases)
    await t.test(name, () =>
      assert.throws(
        () => parsed('pnpm-workspace.yaml', text),
        (error: unknown) => error instanceof ManifestError && error.line === line,
      ),
    );
});
