import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function lintel(...args: readonly string[]): ChildProcessWithoutNullStreams {
  const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
  return spawn(process.execPath, ['--import', loader, join(root, 'src/cli/main.ts'), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: tmpdir() },
  });
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

test('a reader that goes away is no failure: no stack, the exit code stays', async () => {
  const child = lintel('--help');
  child.stdout.destroy();
  const [stderr, [code]] = await Promise.all([collect(child.stderr), once(child, 'exit')]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
});

test('outside of a repository: exit 3, one message, one remedy, no stack', async () => {
  const child = lintel('check');
  child.stdin.end();
  const [stderr, stdout, [code]] = await Promise.all([
    collect(child.stderr),
    collect(child.stdout),
    once(child, 'exit'),
  ]);
  assert.equal(code, 3);
  assert.equal(stdout, '');
  assert.match(stderr, /^lintel: .*not a git repository.*\n {2}remedy: .+\n$/);
});

test('SIGINT ends it with 130', async () => {
  // pre-push waits for its standard input, which stays open here.
  const child = lintel('hook', 'pre-push', 'origin', 'url');
  const exited = once(child, 'exit');
  try {
    // Far more than a pipe holds: once it is written, the hook is reading, and its handlers are in place.
    await new Promise<void>(resolve => child.stdin.write('x'.repeat(4_000_000), () => resolve()));
    child.kill('SIGINT');
    assert.deepEqual(await exited, [130, null]);
  } finally {
    child.kill('SIGKILL');
  }
});
