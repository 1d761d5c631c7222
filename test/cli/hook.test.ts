import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePushLines, runHook } from '../../src/cli/hook.js';
import type { GateContext, PushLine, PushTarget } from '../../src/gates/types.js';
import { repoPath } from '../../src/model/brand.js';
import { COMMIT, finding, verdict } from '../report/fixtures.js';
import { fakeIo } from './fake-io.js';

const ZEROS = '0'.repeat(40);

test('pre-commit prints on standard error only, blocks with 1, and keeps frames for explain', async () => {
  const { io, out, documents } = fakeIo({
    gates: { judgeCommit: async () => verdict({ findings: [finding()] }) },
    repository: {
      listIndex: async () => [{ mode: '100644', oid: COMMIT, path: repoPath('src/ui/list.ts') }],
      readBlob: async () => Buffer.from("// first\n\nimport { pool } from '../db/pool';\n"),
    },
  });
  assert.equal(await runHook('pre-commit', [], io), 1);
  assert.equal(out.stdout, '');
  assert.match(out.stderr, / {4}> 3 │ import \{ pool \} from '\.\.\/db\/pool';\n/);
  assert.match(out.stderr, /lintel: blocked — 1 finding of 1 decision \(9 invariants evaluated\)\n$/);
  assert.ok(JSON.stringify(documents.get('frames')).includes("'../db/pool'"));
});

test('pre-commit and pre-merge-commit ask for their own moment', async () => {
  const moments: unknown[] = [];
  const gates = {
    judgeCommit: async (_: GateContext, moment?: string) => {
      moments.push(moment);
      return verdict();
    },
  };
  assert.equal(await runHook('pre-commit', [], fakeIo({ gates }).io), 0);
  assert.equal(await runHook('pre-merge-commit', [], fakeIo({ gates }).io), 0);
  assert.deepEqual(moments, ['commit', 'pre-merge-commit']);
});

test('a repository without decisions hears nothing from a hook', async () => {
  const { policy } = verdict();
  const { io, out } = fakeIo({
    gates: { judgeCommit: async () => verdict({ policy: { ...policy, ungoverned: true } }) },
  });
  assert.equal(await runHook('pre-commit', [], io), 0);
  assert.deepEqual(out, { stdout: '', stderr: '' });
});

test('pre-push judges every line, and the gravest verdict decides', async () => {
  const asked: unknown[] = [];
  const gates = {
    judgePush: async (_: GateContext, target: PushTarget, lines: readonly PushLine[]) => {
      asked.push(target, lines);
      const { change } = verdict();
      return [
        verdict({ change: { ...change, source: 'push', ref: 'refs/heads/main' } }),
        verdict({ findings: [finding()], change: { ...change, source: 'push', ref: 'refs/heads/x' } }),
      ];
    },
  };
  const stdin = `refs/heads/main ${COMMIT} refs/heads/main ${ZEROS}\n(delete) ${ZEROS} refs/heads/old ${COMMIT}\n`;
  const { io, out } = fakeIo({ gates, stdin });
  assert.equal(await runHook('pre-push', ['origin', 'git@example.com:x.git'], io), 1);
  assert.deepEqual(asked, [
    { remote: 'origin', url: 'git@example.com:x.git' },
    [
      { localRef: 'refs/heads/main', localOid: COMMIT, remoteRef: 'refs/heads/main', remoteOid: ZEROS },
      { localRef: '(delete)', localOid: ZEROS, remoteRef: 'refs/heads/old', remoteOid: COMMIT },
    ],
  ]);
  assert.match(out.stderr, /^lintel: refs\/heads\/main: admitted — 9 invariants evaluated$/m);
  assert.match(out.stderr, /^lintel: refs\/heads\/x: blocked — 1 finding of 1 decision/m);
});

test('nothing to push: nothing is opened', async () => {
  const { io, opened } = fakeIo({ stdin: '' });
  assert.equal(await runHook('pre-push', ['origin', 'url'], io), 0);
  assert.equal(opened.repositories, 0);
});

test('a local ref may hold spaces; a line of another form is never passed over', () => {
  assert.deepEqual(parsePushLines(`HEAD^{/two words} ${COMMIT} refs/heads/x ${ZEROS}\n`), [
    { localRef: 'HEAD^{/two words}', localOid: COMMIT, remoteRef: 'refs/heads/x', remoteOid: ZEROS },
  ]);
  assert.throws(() => parsePushLines('refs/heads/main\n'), /not a line of pre-push/);
});

test('a malformed line stops the push with exit 3', async () => {
  const { io } = fakeIo({ stdin: 'garbage\n' });
  assert.equal(await runHook('pre-push', ['origin', 'url'], io), 3);
});

test('post-commit records the commit with the time', async () => {
  const times: Date[] = [];
  const gates = {
    recordCommit: async (_: GateContext, now: Date) => {
      times.push(now);
      return { commit: COMMIT, state: 'judged' as const, at: '', branch: null, subject: '' };
    },
  };
  const { io, out } = fakeIo({ gates });
  assert.equal(await runHook('post-commit', [], io), 0);
  assert.deepEqual(times, [new Date('2026-11-22T04:30:00Z')]);
  assert.deepEqual(out, { stdout: '', stderr: '' });
});

test('an unknown hook is exit 2 with the nearest spelling', async () => {
  const { io, out } = fakeIo();
  assert.equal(await runHook('pre-comit', [], io), 2);
  assert.equal(out.stderr, 'lintel: lintel has no hook "pre-comit"\n  remedy: did you mean pre-commit?\n');
});

test('an unexpected failure stops the commit: exit 3, how to see more, the stack only when asked', async () => {
  const gates = {
    judgeCommit: async () => {
      throw new Error('out of cheese');
    },
  };
  const { io, out } = fakeIo({ gates });
  assert.equal(await runHook('pre-commit', [], io), 3);
  assert.equal(
    out.stderr,
    'lintel: internal error: out of cheese\n  remedy: run the same command with --debug (a hook: LINTEL_DEBUG=1) and report what it prints\n',
  );
  const debug = fakeIo({ gates, environment: { LINTEL_DEBUG: '1' } });
  assert.equal(await runHook('pre-commit', [], debug.io), 3);
  assert.match(debug.out.stderr, /Error: out of cheese\n\s+at /);
});

test('under `git commit -- PATH` the report says to name the waiver file', async () => {
  const { io, out } = fakeIo({
    gates: { judgeCommit: async () => verdict({ findings: [finding()] }) },
    environment: { GIT_INDEX_FILE: '/repository/.git/next-index-4711.lock' },
  });
  assert.equal(await runHook('pre-commit', [], io), 1);
  assert.match(out.stderr, /This was `git commit -- PATH…`/);
});
