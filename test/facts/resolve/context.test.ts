import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isResolverFile } from '../../../src/facts/resolve/index.js';
import { readJson } from '../../../src/facts/resolve/json-text.js';
import { createTree } from './tree.js';

async function problemsOf(files: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const { context } = await createTree(files);
  return context.problems.map(one => `${one.severity} ${one.path}:${one.line}:${one.column} ${one.message}`);
}

test('which files are the resolver’s', () => {
  for (const path of [
    'package.json',
    'a/package.json',
    'tsconfig.json',
    'tsconfig.app.json',
    'tsconfig-base.json',
    'a/jsconfig.json',
    'pnpm-workspace.yaml',
    'lerna.json',
  ])
    assert.ok(isResolverFile(path), path);
  for (const path of [
    'a.json',
    'package-lock.json',
    'a/node_modules/b/package.json',
    'node_modules/b/tsconfig.json',
    'my-package.json',
    'tsconfig.ts',
  ])
    assert.ok(!isResolverFile(path), path);
});

test('configuration that can’t be read is a problem with its place', async () => {
  assert.deepEqual(
    await problemsOf({
      'package.json': '{\n  "name": "a",\n}',
      'a/tsconfig.json': '{ "compilerOptions": { "paths": [] } }',
      'b/tsconfig.json': '{\n/* open',
      'c/tsconfig.json': { extends: './tsconfig.json' },
      'd/tsconfig.json': { extends: '../gone.json' },
      'e/package.json': '[]',
      'pnpm-workspace.yaml': 'packages:\n  - "a',
    }),
    [
      'error a/tsconfig.json:1:24 "paths" must be an object of lists',
      'error b/tsconfig.json:2:1 a comment is never closed, but found "/"',
      'error c/tsconfig.json:1:2 "extends" goes in a circle: c/tsconfig.json → c/tsconfig.json',
      'warning d/tsconfig.json:1:12 "extends" names "../gone.json", which the tree does not hold',
      'error e/package.json:1:1 an object was expected',
      'error package.json:3:1 a value was expected, but found "}"',
      'error pnpm-workspace.yaml:2:7 Missing closing "quote',
    ],
  );
});

test('a file that was looked for and is not there belongs to the context, too', async () => {
  const { context } = await createTree({ 'tsconfig.json': { extends: './shared/base' } });
  assert.ok(context.files.includes('shared/base.json' as never));
});

test('equal trees give equal contexts, whatever order they were written in', async () => {
  const files = {
    'package.json': { workspaces: ['*'] },
    'a/package.json': { name: 'x' },
    'b/package.json': { name: 'x' },
  };
  const one = await createTree(files);
  const other = await createTree(Object.fromEntries(Object.entries(files).reverse()));
  assert.equal(JSON.stringify(one.context), JSON.stringify(other.context));
  assert.equal(one.end('z.ts', 'x'), '? a');
});

test('JSON: strict and with comments', () => {
  const value = (text: string, dialect: 'strict' | 'comments' = 'comments'): unknown => {
    const reading = readJson(text, dialect);
    return reading.ok ? JSON.parse(JSON.stringify(reading.value)) : `${reading.line}:${reading.column}`;
  };
  assert.deepEqual(value('\uFEFF// a\n{ "a": [1, -2.5e3, true, null, "\\u0041//",], /* b */ }'), {
    a: [1, -2500, true, null, 'A//'],
  });
  assert.deepEqual(value('{"a":1}', 'strict'), { a: 1 });
  assert.equal(value('{"a":1,}', 'strict'), '1:8');
  assert.equal(value('// a\n{}', 'strict'), '1:1');
  assert.equal(value('{"a":\n tru}'), '2:2');
  assert.equal(value('{} x'), '1:4');
  assert.equal(value(''), '1:1');
  assert.equal(value(`${'['.repeat(100_000)}`), '1:501');
});
