import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveImport } from '../../../src/facts/resolve/index.js';
import { repoPath } from '../../../src/model/brand.js';
import { createTree, shown, site } from './tree.js';

const tree = await createTree({
  'app/package.json': { name: 'app' },
  'app/src/pages/a.vue': '',
  'app/src/pages/b.ts': '',
  'app/src/images/a.png': '',
  'app/src/only/deep/a.ts': '',
  'root.ts': '',
});

for (const [pattern, expected, from = 'app/src/z.ts'] of [
  ['./pages/*.ts', 'app/src/pages/'],
  ['./pages/*', 'app/src/pages/'],
  ['./pages/[a-c].{css,ts}', 'app/src/pages/'],
  ['../src/pages/*.vue', 'app/src/pages/'],
  ['/src/pages/*.ts', 'app/src/pages/'],
  ['./pages/b.ts', 'app/src/pages/b.ts'],
  ['./pages/c.ts', '? app/src/pages/c.ts'],
  ['./pages/**/*.ts', 'computed'],
  ['./**', 'computed'],
  ['./*/a.ts', 'computed'],
  ['./images/*.png', 'computed'],
  ['@/pages/*.ts', 'computed'],
  ['./only/*.ts', 'nothing'],
  ['../../../*.ts', '? nowhere'],
  ['./*.ts', './', 'y.ts'],
] as const)
  test(`${pattern} from ${from} ends at ${expected}`, () => {
    const glob = site(pattern, { form: 'glob', kind: 'dynamic' });
    const targets = resolveImport(tree.context, tree.listing, repoPath(from), glob).map(shown);
    assert.deepEqual(targets, expected === 'nothing' ? [] : [expected]);
  });
