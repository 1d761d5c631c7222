import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/cli/program.js';
import type { GateContext } from '../../src/gates/types.js';
import { GitError } from '../../src/git/repository.js';
import { finding, verdict } from '../report/fixtures.js';
import { fakeIo } from './fake-io.js';

const blocked = verdict({ findings: [finding()] });
const calls = (result = verdict()) => {
  const asked: unknown[] = [];
  const answer = (question: unknown) => {
    asked.push(question);
    return result;
  };
  const gates = {
    judgeCommit: async (context: GateContext) => answer(['commit', context.asOf]),
    judgeAll: async () => answer(['all']),
    judgeRange: async (_: GateContext, range: object) => answer(['range', range]),
  };
  return { asked, gates };
};

test('check judges the index unless told otherwise, as of today in UTC', async () => {
  const { asked, gates } = calls();
  const { io, out, opened } = fakeIo({ gates });
  assert.equal(await run(['check'], io), 0);
  assert.deepEqual(asked, [['commit', '2026-11-22']]);
  assert.deepEqual(out, { stdout: 'lintel: admitted — 9 invariants evaluated\n', stderr: '' });
  assert.deepEqual(opened, { repositories: 1, closed: 1 });
});

test('--staged, --base, --head and --all choose the gate; --as-of the date', async () => {
  const { asked, gates } = calls();
  const { io } = fakeIo({ gates });
  assert.equal(await run(['check', '--staged', '--as-of', '2026-01-02'], io), 0);
  assert.equal(await run(['check', '--base', 'origin/main'], io), 0);
  assert.equal(await run(['check', '--base', 'a', '--head', 'b'], io), 0);
  assert.equal(await run(['check', '--all'], io), 0);
  assert.deepEqual(asked, [
    ['commit', '2026-01-02'],
    ['range', { base: 'origin/main', head: 'HEAD' }],
    ['range', { base: 'a', head: 'b' }],
    ['all'],
  ]);
});

for (const args of [
  ['--staged', '--all'],
  ['--staged', '--base', 'a'],
  ['--all', '--base', 'a'],
  ['--all', '--head', 'a'],
  ['--staged', '--head', 'a'],
  ['--head', 'a'],
  ['--base'],
  ['--format', 'xml'],
  ['--as-of', 'tomorrow'],
  ['--as-of', '2026-02-30'],
  ['stray'],
])
  test(`check ${args.join(' ')} is wrong usage: exit 2, one message, nothing judged`, async () => {
    const { asked, gates } = calls();
    const { io, out } = fakeIo({ gates });
    assert.equal(await run(['check', ...args], io), 2);
    assert.deepEqual(asked, []);
    assert.match(out.stderr, /^lintel: .+\n/);
    assert.doesNotMatch(out.stderr, /\n\s+at /);
    assert.equal(out.stdout, '');
  });

test('a blocked check exits 1 and prints on standard output; --format json prints the verdict', async () => {
  const { gates } = calls(blocked);
  const text = fakeIo({ gates });
  assert.equal(await run(['check'], text.io), 1);
  assert.match(text.out.stdout, /lintel: blocked — 1 finding of 1 decision/);
  const json = fakeIo({ gates });
  assert.equal(await run(['check', '--format', 'json'], json.io), 1);
  assert.deepEqual(JSON.parse(json.out.stdout), blocked);
});

test('a verdict of error exits 3, a policy that does not compile 2', async () => {
  const error = { code: 'shallow', message: 'm', path: null, line: null, column: null, remedy: 'git fetch' };
  const shallow = fakeIo({ gates: calls(verdict({ result: 'error', errors: [error] })).gates });
  assert.equal(await run(['check'], shallow.io), 3);
  const invalid = fakeIo({
    gates: calls(verdict({ result: 'error', errors: [{ ...error, code: 'policy-invalid' }] })).gates,
  });
  assert.equal(await run(['check'], invalid.io), 2);
});

test('--output writes the report whole, leaves no other file, and prints the summary', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-check-'));
  try {
    const { io, out } = fakeIo({ gates: calls(blocked).gates, cwd: folder });
    assert.equal(await run(['check', '--format', 'json', '--output', 'out/verdict.json'], io), 1);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out/verdict.json'), 'utf8')), blocked);
    assert.deepEqual(readdirSync(join(folder, 'out')), ['verdict.json']);
    assert.equal(out.stdout, 'lintel: blocked — 1 finding of 1 decision (9 invariants evaluated)\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file that cannot be written is told with its remedy: exit 3', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-check-'));
  try {
    const { io, out } = fakeIo({ gates: calls().gates, cwd: folder });
    assert.equal(await run(['check', '--output', '.'], io), 3);
    assert.match(out.stderr, /^lintel: .+\n {2}remedy: /);
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what git can't know is one message with its remedy; --debug adds the stack", async () => {
  const gates = {
    judgeCommit: async () => {
      throw new GitError('unmerged-index', 'src/a\u001b.ts is unmerged', 'resolve it, then git add it');
    },
  };
  const quiet = fakeIo({ gates });
  assert.equal(await run(['check'], quiet.io), 3);
  assert.equal(
    quiet.out.stderr,
    'lintel: src/a\\x1b.ts is unmerged\n  remedy: resolve it, then git add it\n',
  );
  assert.deepEqual(quiet.opened, { repositories: 1, closed: 1 });
  const debug = fakeIo({ gates });
  assert.equal(await run(['check', '--debug'], debug.io), 3);
  assert.match(debug.out.stderr, /GitError: .+\n\s+at /);
});

test('progress is drawn on standard error of a terminal only, and cleared', async () => {
  const gates = {
    judgeCommit: async (context: GateContext) => {
      for (const done of [1, 2, 3]) context.progress?.({ stage: 'imports', done, total: 9 });
      return verdict();
    },
  };
  let clock = 0;
  const shown = fakeIo({ gates, terminal: 'terminal' });
  const now = () => {
    clock += 300;
    return new Date(Date.UTC(2026, 10, 21) + clock);
  };
  const io = { ...shown.io, now };
  assert.equal(await run(['check'], io), 0);
  assert.match(shown.out.stderr, /lintel: imports \d\/9/);
  assert.ok(shown.out.stderr.endsWith('\r\u001b[2K'));
  const piped = fakeIo({ gates });
  assert.equal(await run(['check'], piped.io), 0);
  assert.equal(piped.out.stderr, '');
});
