import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf } from './shown.js';

for (const [code, ...expected] of [
  ["import.meta.glob('./x/*.ts')", 'dynamic:glob ./x/*.ts'],
  [
    "import.meta.glob(['./x/*.ts', '!./x/a.ts', `./y/*`], { eager: true })",
    'dynamic:glob ./x/*.ts',
    'dynamic:glob ./y/*',
  ],
  [
    "(import.meta as any).glob('./x/*.ts'); import.meta?.globEager?.('./y/*')",
    'dynamic:glob ./x/*.ts',
    'dynamic:glob ./y/*',
  ],
  ["import.meta['glob'](pattern, './x')", 'dynamic:glob (computed)'],
  ["import /* a */ . meta // b\n.glob('./x')", 'dynamic:glob ./x'],
  [
    "import.meta.glob(); import.meta.url; meta.glob('./x'); new.target.glob('./x'); import.meta.env.glob('./y')",
  ],
  ["require.context('./x/', false, /\\.ts$/)", 'dynamic:glob ./x/*'],
  [
    "require.context('./x'); require.context(dir, false); require.context('./y', deep)",
    'dynamic:glob (computed)',
    'dynamic:glob (computed)',
    'dynamic:glob (computed)',
  ],
  ["function f(require) { require.context('./x', false) } other.context('./y', false)"],
] as const)
  test(code, () => assert.deepEqual(importsOf(code), expected));
