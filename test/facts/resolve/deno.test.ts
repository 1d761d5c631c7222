import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isResolverFile } from '../../../src/facts/resolve/index.js';
import { createTree, type Tree } from './tree.js';

const tree = await createTree({
  'deno.jsonc': `{
    // the workspace
    "workspace": ["./lib", "./app"],
    "imports": {
      "@std/path": "jsr:@std/path@^1", "lodash": "npm:lodash@4", "pg": "npm:@acme/pg@1/native", "here/": "./src/",
      "one": "./src/one.ts", "@/": "./", "net/": "https://deno.land/x/net@1/", "fs2": "node:fs", "no": null,
      "here/deep/": "./other/", "plain": "react", "/abs/": "./src/", "@acme/lib": "jsr:@acme/lib@^1"
    },
    "scopes": { "./app/": { "one": "./src/two.ts" }, "./app/deep/": { "one": "npm:three" } },
  }`,
  'src/one.ts': '',
  'src/two.ts': '',
  'other/x.ts': '',
  'lib/deno.json': {
    name: '@acme/lib',
    exports: { '.': './mod.ts', './sub': './deep/sub.ts' },
    imports: { lodash: './my.ts' },
  },
  'lib/mod.ts': '',
  'lib/my.ts': '',
  'lib/deep/sub.ts': '',
  'app/deno.json': { importMap: './maps/import.json' },
  'app/maps/import.json': { imports: { mapped: '../main.ts' } },
  'app/main.ts': '',
});

function end(specifier: string, from = 'src/z.ts'): string {
  const target = tree.target(from, specifier);
  const aliases =
    target.type === 'package' && target.aliases !== undefined ? ` as ${target.aliases.join()}` : '';
  return tree.end(from, specifier) + aliases;
}

for (const [specifier, expected] of [
  ['@std/path', 'jsr:@std/path'],
  ['@std/path/posix', 'jsr:@std/path/posix'],
  ['lodash', 'npm:lodash'],
  ['pg', 'npm:@acme/pg/native as pg'],
  ['here/one.ts', 'src/one.ts'],
  ['here/deep/x.ts', 'other/x.ts'],
  ['one', 'src/one.ts'],
  ['@/src/one.ts', 'src/one.ts'],
  ['@/src/none.ts', '? src/none.ts'],
  ['net/a.ts', 'url:https://deno.land/x/net@1/a.ts as net'],
  ['fs2', 'node:fs'],
  ['no', '? nowhere'],
  ['plain', 'npm:react'],
  ['/abs/one.ts', 'src/one.ts'],
  ['@acme/lib', 'lib/mod.ts'],
  ['@acme/lib/sub', 'lib/deep/sub.ts'],
  ['jsr:@acme/lib@^1/sub', 'lib/deep/sub.ts'],
  ['jsr:@std/fs@1/walk', 'jsr:@std/fs/walk'],
  ['npm:chalk@5', 'npm:chalk'],
  ['unmapped', 'npm:unmapped'],
] as const)
  test(`${specifier} ends at ${expected}`, () => assert.equal(end(specifier), expected));

test('the nearest configuration counts, and those above it', () => {
  assert.equal(end('lodash', 'lib/z.ts'), 'lib/my.ts');
  assert.equal(end('one', 'lib/z.ts'), 'src/one.ts');
  assert.equal(end('mapped', 'app/z.ts'), 'app/main.ts');
  assert.equal(end('mapped', 'lib/z.ts'), 'npm:mapped');
});

test('scopes: the most specific one that the file lies in', () => {
  assert.equal(end('one', 'app/z.ts'), 'src/two.ts');
  assert.equal(end('one', 'app/deep/z.ts'), 'npm:three as one');
});

test('every file that was read is known to matter', () => {
  for (const path of ['deno.json', 'a/deno.jsonc', 'import_map.json', 'importmap.json', 'rush.json'])
    assert.ok(isResolverFile(path), path);
  assert.ok(tree.context.files.some(path => path === 'app/maps/import.json'));
  assert.ok(!isResolverFile('a.jsonc'));
});

test('a package.json beside a deno.json', async () => {
  const both: Tree = await createTree({
    'package.json': { name: 'node-name' },
    'deno.json': { name: '@deno/name', exports: './deno.ts', workspace: { members: ['m/*'] } },
    'index.ts': '',
    'm/a/package.json': {},
    'm/a/deno.json': { name: '@m/a', exports: './main.ts' },
    'm/a/main.ts': '',
  });
  assert.equal(both.end('z.ts', 'node-name'), 'index.ts');
  assert.equal(both.end('z.ts', '@m/a'), 'm/a/main.ts');
});

test('what is no configuration is a problem with its place', async () => {
  const wrong = await createTree({ 'deno.json': '{ "imports": { "a": } }', 'b/deno.json': '[]' });
  assert.deepEqual(
    wrong.context.problems.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`),
    ['b/deno.json:1:1 an object was expected', 'deno.json:1:21 a value was expected, but found "}"'],
  );
});
