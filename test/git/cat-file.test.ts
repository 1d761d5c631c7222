/** What happens when `git cat-file` dies, stops early or says something else. A fake git plays it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type BatchAnswer, BatchStream } from '../../src/git/plumbing/batch-stream.js';
import { type TestRepository, withRepository } from '../support/repository.js';
import { rejects } from './contract.js';
import { type GitErrorCode, type Oid, oid, openRepository, type Repository } from './imports.js';

/** A git that is the real one, but for `cat-file --batch`. */
function fakeGit(test: TestRepository, batch: string): string {
  const file = `${test.folder}/fake-git`;
  const script = `#!/bin/sh\ncase " $* " in *" --batch "*) ${batch};; esac\nexec git "$@"\n`;
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

async function withFake(
  batch: string,
  use: (port: Repository, blob: Oid, test: TestRepository) => Promise<void>,
): Promise<void> {
  await withRepository(
    async test => {
      const environment = { ...test.env, LINTEL_GIT: fakeGit(test, batch) };
      const port = await openRepository({ cwd: test.path, environment, backend: 'git' });
      try {
        await use(port, oid(test.revision('HEAD:a.txt')), test);
      } finally {
        await port.close();
      }
    },
    { files: { 'a.txt': 'content\n' } },
  );
}

describe('a cat-file that fails', () => {
  const header = 'read asked; printf "%s blob 8\\n" "$asked"';
  const cases: readonly (readonly [string, string, GitErrorCode])[] = [
    ['ends at once', 'exit 0', 'failed'],
    ['ends in the middle of an object', `${header}; printf "cont"; exit 0`, 'failed'],
    ['ends after the object but before its line feed', `${header}; printf "content\\n"; exit 0`, 'failed'],
    ['is killed in the middle of an object', `${header}; printf "cont"; kill -KILL $$`, 'interrupted'],
    ['is interrupted', 'kill -INT $$', 'interrupted'],
    ['exits with an error', 'echo "fatal: no luck" >&2; exit 128', 'failed'],
    [
      'answers for another object',
      `read asked; echo ${'a'.repeat(40)} blob 0; echo; cat > /dev/null`,
      'failed',
    ],
    ['says more than its header promised', `${header}; echo "content, and more"; cat > /dev/null`, 'failed'],
    ['answers in another language', 'read asked; echo "hello"; cat > /dev/null', 'failed'],
  ];
  for (const [name, batch, code] of cases)
    it(name, () =>
      withFake(batch, async (port, blob) => {
        await rejects(port.readBlob(blob), code);
      }),
    );

  it('fails every question that waits, and the next question starts a new child', () =>
    withFake(
      'if [ ! -e "$HOME/died" ]; then touch "$HOME/died"; read one; kill -KILL $$; fi',
      async (port, blob) => {
        const results = await Promise.allSettled([
          port.readBlob(blob),
          port.readBlob(blob),
          port.readBlob(blob),
        ]);
        assert.deepEqual(
          results.map(result => result.status),
          ['rejected', 'rejected', 'rejected'],
        );
        assert.equal((await port.readBlob(blob)).toString(), 'content\n');
      },
    ));

  it('says what git said', () =>
    withFake('echo "fatal: no luck" >&2; exit 128', async (port, blob) => {
      assert.match((await rejects(port.readBlob(blob), 'failed')).message, /exit 128.*no luck/);
    }));
});

describe('a content that is too long', () => {
  const sizes = { small: 10, long: 100_000, huge: 9_000_000 };

  it('is answered by its size, and what was asked beside it by its content', () =>
    withRepository(
      async test => {
        const port = await openRepository({ cwd: test.path, environment: test.env, backend: 'git' });
        const head = await port.resolveCommit('HEAD');
        assert.ok(head !== null);
        const entries = await port.listTree((await port.commit(head)).tree);
        const order = ['small', 'huge', 'long', 'small', 'huge', 'huge', 'small', 'long'] as const;
        const results = await Promise.allSettled(
          order.map(name => {
            const entry = entries.find(({ path }) => path === name);
            assert.ok(entry !== undefined);
            return port.readBlob(entry.oid, 1000);
          }),
        );
        assert.deepEqual(
          results.map(result =>
            result.status === 'fulfilled' ? result.value.length : (result.reason as { code: string }).code,
          ),
          order.map(name => (sizes[name] > 1000 ? 'oversized' : sizes[name])),
        );
        await port.close();
      },
      {
        files: Object.fromEntries(
          Object.entries(sizes).map(([name, size]) => [name, name.charAt(0).repeat(size)]),
        ),
      },
    ));
});

describe('an idle repository', () => {
  it('does not keep the program alive, though nobody closed it', () =>
    withRepository(
      test => {
        const script = `
          import { openRepository } from ${JSON.stringify(new URL('../../src/git/index.ts', import.meta.url).href)};
          const port = await openRepository({ cwd: '.', environment: process.env, backend: 'git' });
          const head = await port.resolveCommit('HEAD');
          const [entry] = await port.listTree((await port.commit(head)).tree);
          process.stdout.write(await port.readBlob(entry.oid));`;
        const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
        const result = spawnSync(process.execPath, args, { cwd: test.path, env: test.env, timeout: 60_000 });
        assert.equal(result.stderr.toString(), '');
        assert.equal(result.stdout.toString(), 'content\n');
        assert.equal(result.signal, null, 'it had to be stopped');
      },
      { files: { 'a.txt': 'content\n' } },
    ));
});

describe('the framing of cat-file --batch', () => {
  it('does not hang on how the bytes are cut', () => {
    const contents = ['', '\n', 'a\n\nb', `${'0'.repeat(40)} blob 3\nabc\n`, '\u0000\u00ff x missing\n'].map(
      Buffer.from,
    );
    const output = Buffer.concat([
      ...contents.flatMap(content => [
        Buffer.from(`${'a'.repeat(40)} blob ${content.length}\n`),
        content,
        Buffer.from('\n'),
      ]),
      Buffer.from('HEAD^{tree} x missing\n'),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(output.length)), fc.constantFrom(0, 1, 4, 1000), (cuts, limit) => {
        const answers: BatchAnswer[] = [];
        const stream = new BatchStream(
          'contents',
          answer => answers.push(answer),
          () => limit,
        );
        const places = [0, ...cuts.sort((a, b) => a - b), output.length];
        for (const [at, place] of places.entries())
          stream.push(output.subarray(place, places[at + 1] ?? place));
        const found = answers.flatMap(answer => (answer.found ? [answer.content] : []));
        const held = contents.map(content => (content.length > limit ? null : content));
        assert.deepEqual(found, held);
        assert.deepEqual(answers.at(-1), { found: false, reason: 'missing' });
      }),
    );
  });
});
