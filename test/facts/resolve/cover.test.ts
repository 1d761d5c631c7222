import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listingOf } from '../../../bench/oracle/listing.js';
import { affectsResolution, possibleTargets, resolveImport } from '../../../src/facts/resolve/index.js';
import { repoPath } from '../../../src/model/brand.js';
import type { Target } from '../../../src/model/edges.js';
import { createTree, only, site } from './tree.js';

const { context } = await createTree({
  'package.json': {
    workspaces: ['pkg/*'],
    dependencies: { '@a/ext': '1' },
    imports: { '#in/*': './src/*.js' },
  },
  'tsconfig.json': {
    compilerOptions: { baseUrl: 'src', paths: { '@a/*': ['a/*', 'b/*'], pgx: ['../node_modules/pg'] } },
  },
  'pkg/x/package.json': { name: 'x', exports: { '.': './dist/index.js', './s/*': './dist/*.js' } },
  'pkg/y/package.json': { name: 'y', main: 'lib/a.js' },
});

const SPECIFIERS = [
  './a',
  './b.js',
  '../src/a',
  './',
  '..',
  '@a/a',
  '@a/ext',
  'pgx',
  'x',
  'x/s/a',
  'y',
  'y/lib/b',
  'pg',
  'fs',
  '#in/a',
  '#no',
  'a',
  '../../up',
  './a?url',
  '/src/a',
  'https://x',
];
const folders = ['src', 'src/a', 'src/b', 'pkg/x', 'pkg/x/src', 'pkg/x/dist', 'pkg/y/lib', 'pkg/y/src', ''];
const names = ['a.ts', 'a.d.ts', 'a.js', 'b.tsx', 'b.js', 'index.ts', 'index.js', 'a', 'a.json'];
const path = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...names))
  .map(([folder, name]) => repoPath(folder === '' ? name : `${folder}/${name}`));

function isCovered(target: Target, possible: readonly Target[]): boolean {
  return possible.some(one => {
    if (target.type === 'unresolved' && one.type === 'unresolved')
      return target.candidates.every(candidate => one.candidates.includes(candidate));
    return JSON.stringify(one) === JSON.stringify(target);
  });
}

const kinds = fc.constantFrom('value' as const, 'require' as const);

test('whatever the tree holds, an import ends in one of its possible targets', () => {
  const ended = new Set<string>();
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 25 }),
      fc.constantFrom(...SPECIFIERS),
      kinds,
      (paths, specifier, kind) => {
        const one = site(specifier, { kind });
        const target = only(resolveImport(context, listingOf(paths), repoPath('src/z.ts'), one));
        ended.add(target.type);
        const possible = possibleTargets(context, repoPath('src/z.ts'), one);
        assert.ok(isCovered(target, possible), JSON.stringify({ target, possible }));
      },
    ),
    { numRuns: 2000 },
  );
  assert.deepEqual([...ended].sort(), ['asset', 'builtin', 'file', 'package', 'unresolved']);
});

test('where paths that are added or deleted change an end, affectsResolution says so', () => {
  let changes = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 15 }),
      fc.uniqueArray(path, { maxLength: 6 }),
      fc.constantFrom(...SPECIFIERS),
      (before, toggled, specifier) => {
        const from = repoPath('src/z.ts');
        const after = [
          ...before.filter(one => !toggled.includes(one)),
          ...toggled.filter(one => !before.includes(one)),
        ];
        const end = (paths: readonly string[]): string =>
          JSON.stringify(resolveImport(context, listingOf(paths), from, site(specifier)));
        if (end(before) === end(after)) return;
        changes++;
        assert.ok(affectsResolution(context, from, site(specifier), new Set(toggled)));
      },
    ),
    { numRuns: 2000 },
  );
  assert.ok(changes > 50, `${changes} changes`);
  assert.ok(!affectsResolution(context, repoPath('src/z.ts'), site('./a'), new Set([repoPath('src/q.ts')])));
});
