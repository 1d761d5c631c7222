import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { KINDS } from '../../src/invariants/registry.js';

const root = join(import.meta.dirname, '../..');
const engine = join(root, 'node_modules/re2js/build/index.cjs');

/** Every kind in one CommonJS file, as the commit gate has it; prints which of re2js's code ran. */
const PROBE = `
import { KINDS } from './src/invariants/registry.js';
import { matcher } from './src/facts/text/regex.js';
const loaded = () => globalThis.re2jsRan === true;
const rule = { in: [{ include: [{ glob: '**', source: '^.*$', prefix: '' }] }], pattern: 'x.*needle', lines: 'introduced' };
const file = text => ({ path: 'a.ts', status: 'add', regular: true, headText: text, baseText: null, headBytes: 1, baseBytes: null, newEdges: () => [] });
const kind = KINDS.get('forbid-text');
const steps = [loaded()];
steps.push(kind.screen(rule, file('hay'.repeat(100))), loaded());
steps.push(matcher('console\\\\.(log|debug)').test('console.log'), loaded());
steps.push(kind.screen(rule, file('x needle')), loaded());
console.log(JSON.stringify([KINDS.size, steps]));
`;

test('in the gate’s bundle all kinds load nothing heavy, and re2js runs only for a text that may match', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: PROBE, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    metafile: true,
    absWorkingDir: root,
    plugins: [
      {
        name: 'notes that re2js runs',
        setup(build) {
          build.onLoad({ filter: /re2js/ }, () => ({
            contents: `globalThis.re2jsRan = true;\n${readFileSync(engine, 'utf8')}`,
          }));
        },
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'lintel-load-'));
  try {
    const bundle = join(folder, 'bundle.cjs');
    writeFileSync(bundle, outputFiles[0]?.text ?? '');
    const printed = execFileSync(process.execPath, [bundle], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(printed), [
      KINDS.size,
      [false, 'clear', false, true, false, 'candidate', true],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const inputs = Object.keys(metafile.inputs).filter(input => input.includes('node_modules'));
  assert.deepEqual(inputs, ['node_modules/re2js/build/index.cjs']);
  const imported = Object.values(metafile.outputs).flatMap(output => output.imports.map(each => each.path));
  assert.deepEqual(
    [...new Set(imported)],
    ['node:module'],
    'the loader of native packages, which loads none by itself',
  );
});
