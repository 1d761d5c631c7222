import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveImport } from '../../../src/facts/resolve/index.js';
import { repoPath } from '../../../src/model/brand.js';
import { targetName } from '../../../src/model/edges.js';
import { createTree, only, site } from './tree.js';

const tree = await createTree({
  'src/a.ts': '',
  'src/b.tsx': '',
  'src/c.js': '',
  'src/d.d.ts': '',
  'src/e.mts': '',
  'src/f.cts': '',
  'src/g/index.ts': '',
  'src/g.component.ts': '',
  'src/both.ts': '',
  'src/both.js': '',
  'src/both/index.ts': '',
  'src/h.css': '',
  'src/i.json': '',
  'src/v.vue': '',
  'src/plain': '',
  'src/p/package.json': { main: './lib/main.js' },
  'src/p/lib/main.ts': '',
  'src/p/index.ts': '',
  'src/dot.name/index.js': '',
  'index.ts': '',
  'x y/é.ts': '',
});

const CASES: readonly (readonly [specifier: string, end: string, from?: string])[] = [
  ['./a', 'src/a.ts'],
  ['./a.ts', 'src/a.ts'],
  ['./a.js', 'src/a.ts'],
  ['./b', 'src/b.tsx'],
  ['./b.js', 'src/b.tsx'],
  ['./b.jsx', 'src/b.tsx'],
  ['./c', 'src/c.js'],
  ['./c.ts', 'src/c.js'],
  ['./d', 'src/d.d.ts'],
  ['./d.js', 'src/d.d.ts'],
  ['./e.mjs', 'src/e.mts'],
  ['./f.cjs', 'src/f.cts'],
  ['./g', 'src/g/index.ts'],
  ['./g/', 'src/g/index.ts'],
  ['./g/index', 'src/g/index.ts'],
  ['./g/index.js', 'src/g/index.ts'],
  ['./g.component', 'src/g.component.ts'],
  ['./both', 'src/both.ts'],
  ['./both.js', 'src/both.ts'],
  ['./both/', 'src/both/index.ts'],
  ['./h.css', 'asset src/h.css'],
  ['./h.css?inline', 'asset src/h.css'],
  ['!!raw-loader!./h.css', 'asset src/h.css'],
  ['./i.json', 'asset src/i.json'],
  ['./i', 'asset src/i.json'],
  ['./v.vue', 'src/v.vue'],
  ['./plain', 'asset src/plain'],
  ['./p', 'src/p/lib/main.ts'],
  ['./dot.name', 'src/dot.name/index.js'],
  ['..', 'index.ts'],
  ['.', 'index.ts', 'main.ts'],
  ['../x y/é', 'x y/é.ts'],
  ['/src/a', 'src/a.ts'],
  ['./none', '? src/none'],
  ['./none.js', '? src/none.js'],
  ['../../above', '? nowhere'],
  ['./../src/./a', 'src/a.ts'],
];

for (const [specifier, end, from = 'src/z.ts'] of CASES) {
  test(`${specifier} ends at ${end}`, () => assert.equal(tree.end(from, specifier), end));
}

test('an unresolved import keeps every lexical candidate, the path as written first', () => {
  const target = tree.target('src/z.ts', './none');
  assert.ok(target.type === 'unresolved');
  assert.equal(target.candidates[0], 'src/none');
  for (const path of [
    'src/none.ts',
    'src/none.d.ts',
    'src/none.vue',
    'src/none/index.ts',
    'src/none/index.js',
  ])
    assert.ok(target.candidates.includes(repoPath(path)), path);
  assert.equal(new Set(target.candidates).size, target.candidates.length);
  assert.equal(targetName(target), 'src/none');
});

test('a specifier above the root is called by itself', () => {
  const target = tree.target('src/z.ts', '../../above');
  assert.deepEqual(target, { type: 'unresolved', specifier: '../../above', candidates: [] });
  assert.equal(targetName(target), '../../above');
});

test('a relative path into node_modules is the package, not a file that happens to be missing', () => {
  assert.equal(tree.end('src/z.ts', '../node_modules/pg/lib/index.js'), 'npm:pg/lib/index.js');
  assert.equal(tree.end('src/z.ts', '../../../node_modules/@prisma/client'), 'npm:@prisma/client');
  assert.equal(tree.end('src/z.ts', './my_node_modules/pg'), '? src/my_node_modules/pg');
});

test('references by path are relative even without a dot', () => {
  const form = 'reference-path';
  assert.equal(tree.end('src/z.ts', 'd.d.ts', { form }), 'src/d.d.ts');
  assert.equal(tree.end('src/z.ts', '../index.ts', { form }), 'index.ts');
  assert.equal(tree.end('src/z.ts', 'd', { form }), 'src/d.d.ts');
});

test('a computed import is computed', () => assert.equal(tree.end('src/z.ts', null), 'computed'));

test('a submodule is no file, a symbolic link counts where it lies', () => {
  const listing = {
    ...tree.listing,
    has: (path: string) => path === 'src/sub' || path === 'src/link.ts',
    entry: (path: string) => ({
      mode: path === 'src/sub' ? ('160000' as const) : ('120000' as const),
      oid: '0'.repeat(40) as never,
      path: repoPath(path),
    }),
  };
  const end = (specifier: string) =>
    only(resolveImport(tree.context, listing, repoPath('src/z.ts'), site(specifier)));
  assert.equal(end('./sub').type, 'unresolved');
  assert.deepEqual(end('./link'), { type: 'file', path: 'src/link.ts' });
});
