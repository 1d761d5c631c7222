import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unmatchedGlobs } from '../../src/policy/index.js';
import { createTree, type Tree } from './create-tree.js';
import { CONFIG, DECISION, decision, policyOf, printed } from './scenario.js';

test('each glob that matches nothing is named where it is written, with what may have been meant', async () => {
  const tree: Tree = {
    [CONFIG]: 'version: 1\ncomponents:\n  ui: [src/ui/**, src/views/**]\nignore: vendor/\n',
    [DECISION]: decision(
      'id: a\nforbid-import: { from: ui, to: [src/db, "src/d?/*.ts"] }',
      'id: b\nforbid-path: { in: "**/*.orig" }',
    ),
    'src/ui/a.ts': '',
    'src/db/b.ts': '',
  };
  assert.deepEqual(printed(unmatchedGlobs(await policyOf(tree), createTree(tree).listing)), [
    `${CONFIG}:3:19 warning: the glob "src/views/**" matches no file (correct it, or leave it out if the files are gone)`,
    `${CONFIG}:4:9 warning: the glob "vendor/" matches no file (correct it, or leave it out if the files are gone)`,
    `${DECISION}:5:37 warning: the glob "src/db" matches no file (src/db is a folder: write src/db/ for all that is in it)`,
  ]);
});

test('a component that no rule uses is looked at as well; all matched is silence', async () => {
  const tree: Tree = { [CONFIG]: 'version: 1\ncomponents: { ui: src/ }\n', 'src/a.ts': '' };
  assert.deepEqual(unmatchedGlobs(await policyOf(tree), createTree(tree).listing), []);
});
