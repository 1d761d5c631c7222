import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { withRepository } from '../support/repository.js';
import { openRepository, type Repository, repoPath } from './imports.js';

const MANY = 1_000_000;

/** What the working tree gives for the blob that HEAD has at the path. */
async function copyOf(port: Repository, path: string, maxBytes = MANY): Promise<string | null> {
  const head = await port.resolveCommit('HEAD');
  assert.ok(head !== null);
  const entry = await port.treeEntry((await port.commit(head)).tree, repoPath(path));
  assert.ok(entry !== null, path);
  return port.workingCopy(repoPath(path), entry.oid, maxBytes)?.toString('utf8') ?? null;
}

describe('a working copy stands for a blob', () => {
  for (const objectFormat of ['sha1', 'sha256'] as const)
    it(`where the file holds just its bytes: ${objectFormat}`, () =>
      withRepository(
        async test => {
          const port = await openRepository({ cwd: test.path, environment: test.env, backend: 'git' });
          assert.equal(await copyOf(port, 'a.ts'), 'a\n');
          assert.equal(await copyOf(port, 'empty'), '');
          assert.equal(await copyOf(port, 'deep/ü b.ts'), 'b\n');
          assert.equal(await copyOf(port, 'a.ts', 2), 'a\n');
          assert.equal(await copyOf(port, 'a.ts', 1), null, 'too long');
          await port.close();
          const below = await openRepository({ cwd: join(test.path, 'deep'), environment: test.env });
          assert.equal(await copyOf(below, 'a.ts'), 'a\n', 'from a folder of it');
          await below.close();
        },
        { files: { 'a.ts': 'a\n', empty: '', 'deep/ü b.ts': 'b\n' }, objectFormat },
      ));

  it('and nowhere else', () =>
    withRepository(
      async test => {
        const port = await openRepository({ cwd: test.path, environment: test.env, backend: 'git' });
        const at = (path: string): string => join(test.path, path);
        appendFileSync(at('edited'), 'more');
        writeFileSync(at('same-length'), 'b\n');
        rmSync(at('deleted'));
        rmSync(at('folder'));
        mkdirSync(at('folder'));
        renameSync(at('linked'), at('elsewhere'));
        symlinkSync('elsewhere', at('linked'));
        rmSync(at('pipe'));
        assert.equal(spawnSync('mkfifo', [at('pipe')]).status, 0);
        for (const path of ['edited', 'same-length', 'deleted', 'folder', 'linked', 'pipe'])
          assert.equal(await copyOf(port, path), null, path);
        assert.equal(await copyOf(port, 'untouched'), 'a\n');
        await port.close();
      },
      {
        files: Object.fromEntries(
          ['edited', 'same-length', 'deleted', 'folder', 'linked', 'pipe', 'untouched'].map(path => [
            path,
            'a\n',
          ]),
        ),
      },
    ));

  it('not with converted line endings, which are soon no longer tried', () =>
    withRepository(
      async test => {
        const port = await openRepository({ cwd: test.path, environment: test.env, backend: 'git' });
        const names = Array.from({ length: 70 }, (_, at) => `${at}.ts`);
        for (const name of names) writeFileSync(join(test.path, name), 'a\r\n');
        for (const name of names) assert.equal(await copyOf(port, name), null);
        writeFileSync(join(test.path, '0.ts'), 'a\n');
        assert.equal(await copyOf(port, '0.ts'), null, 'no longer tried');
        await port.close();
      },
      { files: Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`${at}.ts`, 'a\n'])) },
    ));

  it('not in a bare repository', () =>
    withRepository(
      async test => {
        test.git(['clone', '--quiet', '--bare', '.', `${test.folder}/bare`]);
        const port = await openRepository({
          cwd: `${test.folder}/bare`,
          environment: test.env,
          backend: 'git',
        });
        assert.equal(await copyOf(port, 'a.ts'), null);
        await port.close();
      },
      { files: { 'a.ts': 'a\n' } },
    ));
});
