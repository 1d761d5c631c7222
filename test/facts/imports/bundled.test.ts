import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const folder = mkdtempSync(join(tmpdir(), 'lintel-bundle-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const ENTRY = `
import { languageOf } from './src/facts/imports/index.js';
const language = languageOf('a.ts');
const easy = "import a from './x'";
const hard = "const r = require; r('./y')";
const native = () => process.report.getReport().sharedObjects.some(file => /parser\\.[^/]*\\.node$/.test(file));
const quick = language.quick('a.ts', easy);
const before = native();
const slow = language.extract('a.ts', hard);
console.log(JSON.stringify([quick.length, before, slow.ok && slow.sites.length, native()]));
`;

/** As scripts/build.mjs bundles them: the hook as CommonJS, the rest as ES modules with `require` in a banner. */
const FORMATS = [
  { format: 'cjs', extension: '.cjs', banner: '' },
  {
    format: 'esm',
    extension: '.mjs',
    banner:
      "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
] as const;

for (const { format, extension, banner } of FORMATS) {
  test(`bundled as ${format}: nothing loads before it is needed, and the parser is found elsewhere than here`, () => {
    const outfile = join(folder, `bundle${extension}`);
    const { warnings } = buildSync({
      stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format,
      external: ['oxc-parser'],
      banner: { js: banner },
      outfile,
      logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    try {
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'EEXIST');
    }
    const elsewhere = mkdtempSync(join(tmpdir(), 'lintel-cwd-'));
    const output = execFileSync(process.execPath, [outfile], { cwd: elsewhere, encoding: 'utf8' });
    rmSync(elsewhere, { recursive: true, force: true });
    assert.deepEqual(JSON.parse(output), [1, false, 1, true]);
  });
}
