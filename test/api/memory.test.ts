/** A change that is nowhere but in memory, judged through the public API. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createMemoryRepository, exitCode, type Lintel, openLintel, type Verdict } from '../../src/index.js';
import { BASIC, createProject, summary, TODAY, VIOLATION } from '../gates/project.js';

type Options = Parameters<typeof createMemoryRepository>[0];

async function within<T>(options: Options, use: (lintel: Lintel) => Promise<T>): Promise<T> {
  const warnings: string[] = [];
  const repository = createMemoryRepository(options);
  const lintel = await openLintel({
    repository,
    asOf: TODAY,
    environment: {},
    warn: message => warnings.push(message),
  });
  try {
    return await use(lintel);
  } finally {
    await lintel.close();
    assert.ok(!existsSync(repository.commonDirectory), 'nothing of it is written to the disk');
    assert.deepEqual(warnings, [], 'nor was that tried');
  }
}

const staged = (files: Options): Promise<Verdict> => within(files, lintel => lintel.judgeStaged());

describe('a repository in memory', () => {
  it('the index is judged against HEAD', async () => {
    const verdict = await staged({ commits: [{ files: BASIC }], index: { ...BASIC, ...VIOLATION } });
    assert.equal(verdict.result, 'blocked');
    assert.equal(exitCode(verdict), 1);
    assert.deepEqual(
      verdict.findings.map(({ state, path, line, invariant }) => [state, path, line, invariant]),
      [['introduced', 'src/ui/list.ts', 1, 'ui-off-db']],
    );
    assert.deepEqual(verdict.policy.invariants, { expected: 1, evaluated: 1 });
  });

  it('a conforming change is admitted; without decisions it is ungoverned', async () => {
    const verdict = await staged({ commits: [{ files: BASIC }], index: { ...BASIC, 'src/api/new.ts': '' } });
    assert.equal(verdict.result, 'admitted');
    const none = await staged({ commits: [{ files: { 'a.ts': '' } }], index: VIOLATION });
    assert.equal(none.result, 'admitted');
    assert.equal(none.policy.ungoverned, true);
  });

  it('what stood before is counted, not blocked', async () => {
    const files = { ...BASIC, ...VIOLATION };
    const verdict = await staged({ commits: [{ files }], index: { ...files, 'src/ui/b.ts': '' } });
    assert.equal(verdict.result, 'admitted');
    const all = await within({ commits: [{ files }] }, lintel => lintel.judgeAll());
    assert.deepEqual(
      all.findings.map(({ state, path }) => `${state} ${path}`),
      ['standing src/ui/list.ts'],
    );
  });

  it('a range, and a push', async () => {
    const options = {
      commits: [{ files: BASIC }, { files: { ...BASIC, ...VIOLATION } }],
      refs: { 'refs/heads/main': 1, 'refs/remotes/origin/main': 0 },
      config: { 'remote.origin.url': 'x' },
    };
    const [base = assert.fail(), head = assert.fail()] = createMemoryRepository(options).commits;
    const range = await within(options, lintel => lintel.judgeRange('origin/main'));
    assert.equal(range.result, 'blocked');
    const line = {
      localRef: 'refs/heads/main',
      localOid: head,
      remoteRef: 'refs/heads/main',
      remoteOid: base,
    };
    const [push] = await within(options, lintel => lintel.judgePush({ remote: 'origin', url: 'x' }, [line]));
    assert.equal(push?.result, 'blocked');
  });

  it('the verdict is that of the same change in a real repository, but for who and when', async () => {
    const project = await createProject(BASIC);
    try {
      const real = await project.judge(VIOLATION);
      const memory = await staged({ commits: [{ files: BASIC }], index: { ...BASIC, ...VIOLATION } });
      assert.equal(memory.change.id, real.change.id);
      assert.equal(memory.policy.digest, real.policy.digest);
      assert.deepEqual(summary(memory), summary(real));
      assert.deepEqual(
        memory.findings.map(({ fingerprint, message }) => [fingerprint, message]),
        real.findings.map(({ fingerprint, message }) => [fingerprint, message]),
      );
    } finally {
      await project.dispose();
    }
  });

  it('a policy that does not compile is an error with its place', async () => {
    const path = '.architecture/decisions/0001-ui-off-db.md';
    const verdict = await staged({
      commits: [{ files: BASIC }],
      index: { ...BASIC, [path]: '---\nstatus: [\n---\n' },
    });
    assert.equal(exitCode(verdict), 2);
    assert.equal(verdict.errors[0]?.path, path);
  });
});
