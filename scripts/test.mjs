// Runs the tests: `fast` (everything but *.slow.test.ts) or `slow`. Further arguments are name filters on files.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
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
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
process.exit(status ?? 1);
