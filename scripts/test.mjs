// Runs the tests: `fast` (everything but *.slow.test.ts) or `slow`. Further arguments are name filters on files.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [suite = 'fast', ...filters] = process.argv.slice(2);
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts'))
  .filter(file => file.endsWith('.slow.test.ts') === (suite === 'slow'))
  .filter(file => filters.length === 0 || filters.some(filter => file.includes(filter)))
  .map(file => join('test', file))
  .sort();
if (files.length === 0) {
  console.error(`no test file matches ${filters.join(' ')}`);
  process.exit(1);
}
const args = ['--import', 'tsx', '--test', '--test-concurrency=2', ...files];
const env = { ...process.env };
// A git hook or a test runner around us must not reach the repositories that the tests make.
for (const name of Object.keys(env))
  if (name.startsWith('GIT_') || name === 'NODE_TEST_CONTEXT') delete env[name];
// The slow proofs install what users install: the packed tarball. Set LINTEL_TARBALL to test another one.
const packed = suite === 'slow' && env.LINTEL_TARBALL === undefined ? pack() : null;
if (packed !== null) env.LINTEL_TARBALL = packed;
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
if (packed !== null) rmSync(dirname(packed), { recursive: true });
process.exit(status ?? 1);

function pack() {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-pack-'));
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
  return join(folder, readdirSync(folder)[0]);
}
