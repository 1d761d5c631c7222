import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { TestRepository } from '../support/repository.js';
import { fakePackage } from './fake-package.js';
import { scenario } from './scenario.js';

const SHOP = { 'package.json': '{ "name": "shop" }\n', 'src/a.ts': 'export {};\n' };
const hooks = 'git';

function removePackage(repository: TestRepository, folder: string): void {
  rmSync(folder, { recursive: true });
  rmSync(path.join(repository.path, '.git/lintel/entry'), { force: true });
}

for (const where of ['the index', 'HEAD'] as const)
  test(`without lintel a hook stops the commit where ${where} holds a policy, and says what to run`, () =>
    scenario(SHOP, async ({ repository, lintel, init }) => {
      await init({ hooks });
      repository.stage();
      if (where === 'HEAD') {
        repository.commit('policy');
        repository.git(['rm', '-rq', '--cached', '.architecture']);
      }
      removePackage(repository, lintel.folder);
      const { code, stderr } = repository.git(['commit', '-m', 'x'], { expectFailure: true });
      assert.equal(code, 1);
      assert.match(stderr, /lintel: not installed: there is no node_modules\/lintel/);
      assert.match(stderr, /Mend: npm install/);
    }));

for (const [name, files] of Object.entries({
  'package.json with a lintel key': { 'package.json': '{ "lintel":\n{ "version": 1 } }' },
  'lintel.config.json': { 'lintel.config.json': '{}' },
  '.lintelrc': { '.lintelrc': 'version: 1\n' },
}))
  test(`without lintel a hook knows ${name} for a policy`, () =>
    scenario({ ...SHOP, ...files }, async ({ repository, lintel, init }) => {
      await init({ hooks });
      removePackage(repository, lintel.folder);
      assert.equal(repository.git(['commit', '--allow-empty', '-m', 'x'], { expectFailure: true }).code, 1);
    }));

test('without lintel an old branch, which holds no policy, commits in silence', () =>
  scenario(
    { 'package.json': '{ "devDependencies": { "lintel": "1" } }\n' },
    async ({ repository, lintel, init }) => {
      await init({ hooks });
      removePackage(repository, lintel.folder);
      repository.git(['checkout', '-q', '--', 'package.json']);
      const { stderr } = repository.git(['commit', '-q', '--allow-empty', '-m', 'x']);
      assert.equal(stderr, '');
    },
  ));

test('without lintel the first commit of a repository without a policy passes', () =>
  scenario({}, async ({ repository, lintel, init }) => {
    await init({ hooks });
    removePackage(repository, lintel.folder);
    repository.git(['checkout', '-q', '--orphan', 'new']);
    repository.git(['rm', '-rq', '--cached', '.']);
    repository.stage('.gitignore');
    assert.equal(repository.git(['commit', '-q', '-m', 'x']).stderr, '');
  }));

/** PATH with git and the tools of a shell, and no node. */
function barePath(repository: TestRepository): string {
  const folder = path.join(repository.folder, 'bare-path');
  mkdirSync(folder);
  for (const tool of ['git', 'sh', 'sed', 'cat', 'grep', 'tr', 'uname', 'env'])
    symlinkSync(repository.run('sh', ['-c', `command -v ${tool}`]).stdout.trim(), path.join(folder, tool));
  return folder;
}

test('the recorded node serves clients without node on PATH; without it the hook stops and says why', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init({ hooks });
    const PATH = barePath(repository);
    repository.stage();
    repository.git(['commit', '-m', 'x'], { env: { PATH } });
    assert.equal(lintel.calls().length, 2);
    rmSync(path.join(repository.path, '.git/lintel/node'));
    const { code, stderr } = repository.git(['commit', '--allow-empty', '-m', 'y'], {
      env: { PATH },
      expectFailure: true,
    });
    assert.equal(code, 1);
    assert.match(stderr, /node was not found/);
  }));

test('a stale recorded node falls back to PATH', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init({ hooks });
    writeFileSync(path.join(repository.path, '.git/lintel/node'), '/gone/node\n');
    repository.commit('x');
    assert.equal(lintel.calls()[0]?.hook, 'pre-commit');
  }));

test('the judge’s environment: no foreign code, no certificates, no grafts, no replaced objects', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init({ hooks });
    repository.git(['commit', '-q', '--allow-empty', '-m', 'x'], {
      env: { NODE_OPTIONS: '--require /nonexistent.js', NODE_EXTRA_CA_CERTS: '/nonexistent.pem' },
    });
    const environment = lintel.calls()[0]?.environment ?? {};
    assert.equal(environment['NODE_OPTIONS'], undefined);
    assert.equal(environment['NODE_EXTRA_CA_CERTS'], undefined);
    assert.equal(environment['GIT_NO_REPLACE_OBJECTS'], '1');
    assert.match(environment['GIT_GRAFT_FILE'] ?? '', /lintel\/no-grafts$/);
  }));

for (const manager of ['husky', 'git'] as const)
  for (const when of ['before', 'after'] as const)
    test(`a linked worktree made ${when} init has hooks (--hooks ${manager})`, () =>
      scenario(SHOP, async ({ repository, lintel, init }) => {
        const linked = path.join(repository.folder, 'linked tree');
        if (when === 'before') repository.git(['worktree', 'add', '-q', '-b', 'other', linked]);
        await init({ hooks: manager });
        repository.stage();
        repository.commit('lintel');
        if (when === 'after') repository.git(['worktree', 'add', '-q', '-b', 'other', linked]);
        else repository.git(['reset', '-q', '--hard', 'main'], { cwd: linked });
        // husky, run by itself, sets its relative path again.
        if (manager === 'husky') repository.git(['config', 'core.hooksPath', '.husky/_']);
        lintel.forget();
        mkdirSync(path.join(linked, 'deep'));
        repository.git(['commit', '-q', '--allow-empty', '-m', 'x'], { cwd: path.join(linked, 'deep') });
        assert.deepEqual(
          lintel.calls().map(call => [call.hook, call.cwd]),
          [
            ['pre-commit', linked],
            ['post-commit', linked],
          ],
        );
      }));

test('each linked worktree runs the husky hooks of its own branch, whatever the main one has checked out', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init();
    repository.stage();
    repository.commit('lintel');
    repository.git(['worktree', 'add', '-q', '-b', 'other', '../linked']);
    repository.git(['checkout', '-q', 'HEAD~1']);
    lintel.forget();
    repository.git(['commit', '-q', '--allow-empty', '-m', 'x'], { cwd: '../linked' });
    assert.equal(lintel.calls().length, 2);
  }));

test('a deleted run-hook stops the commit in a shared hook, and does not on a branch without a policy', () =>
  scenario(SHOP, async ({ repository, init }) => {
    await init();
    repository.stage();
    repository.commit('lintel');
    repository.write({ '.architecture/run-hook': null });
    const { code, stderr } = repository.git(['commit', '--allow-empty', '-m', 'x'], { expectFailure: true });
    assert.equal(code, 1);
    assert.match(stderr, /git checkout HEAD -- \.architecture\/run-hook/);
    repository.git(['checkout', '-q', '-f', 'HEAD~1']);
    repository.write({ '.husky/pre-commit': repository.git(['show', 'main:.husky/pre-commit']).stdout });
    repository.git(['commit', '-q', '--allow-empty', '-m', 'x']);
  }));

test('a joined pre-push gives the other hook and lintel the same standard input, and lines after it still run', () =>
  scenario({ ...SHOP, '.husky/pre-push': 'cat > first\n' }, async ({ repository, lintel, init }) => {
    repository.git(['config', 'core.hooksPath', '.husky/_']);
    await init();
    repository.write({ '.husky/pre-push': `${repository.read('.husky/pre-push')}echo after > last\n` });
    repository.stage();
    repository.commit('x');
    repository.git(['init', '-q', '--bare', '../remote']);
    repository.git(['tag', 'v1']);
    repository.git(['branch', 'b2']);
    lintel.forget();
    repository.git(['push', '-q', '../remote', 'main', 'v1', 'b2', 'HEAD~1:refs/heads/raw']);
    const input = lintel.calls()[0]?.input ?? '';
    assert.equal(input.split('\n').length, 5);
    assert.equal(repository.read('first'), input);
    assert.equal(repository.read('last'), 'after\n');
    lintel.forget();
    // Nothing to push: git runs the hook with an empty input.
    repository.git(['push', '-q', '../remote', 'main']);
    assert.equal(lintel.calls()[0]?.input, '');
    assert.equal(repository.read('first'), '');
  }));

test('a chained hook that fails stops before lintel; one that is not executable is passed over, as git does', () =>
  scenario({ ...SHOP, 'x/pre-commit': '#!/bin/sh\nexit 3\n' }, async ({ repository, lintel, init }) => {
    repository.write({ '.git/hooks/pre-commit': { executable: '#!/bin/sh\nexit 3\n' } });
    await init();
    assert.equal(repository.git(['commit', '--allow-empty', '-m', 'x'], { expectFailure: true }).code, 1);
    assert.deepEqual(lintel.calls(), []);
    repository.run('chmod', ['-x', '.git/hooks/pre-commit.lintel-chained']);
    repository.commit('x');
    assert.equal(lintel.calls()[0]?.hook, 'pre-commit');
  }));

test('under pre-commit’s environment, without standard input, pre-push names the one ref it is told of', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init();
    const oid = repository.revision('HEAD');
    repository.run('sh', ['.architecture/run-hook', 'pre-push'], {
      env: {
        PRE_COMMIT: '1',
        PRE_COMMIT_TO_REF: oid,
        PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
        PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/new',
        PRE_COMMIT_REMOTE_NAME: 'origin',
        PRE_COMMIT_REMOTE_URL: 'https://example.com/x.git',
      },
    });
    const [call] = lintel.calls();
    assert.equal(call?.input, `refs/heads/main ${oid} refs/heads/new ${'0'.repeat(40)}\n`);
    assert.deepEqual(call?.args, ['origin', 'https://example.com/x.git']);
  }));

test('run-hook started below the root still finds everything', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init();
    repository.run('sh', ['../.architecture/run-hook', 'post-commit'], { cwd: 'src' });
    assert.equal(lintel.calls()[0]?.cwd, repository.path);
  }));

test('the package’s launcher serves `.pre-commit-hooks.yaml` directly', () =>
  scenario(SHOP, async ({ repository }) => {
    const other = fakePackage(repository);
    repository.run(path.join(other.folder, 'hooks/launcher.sh'), ['post-commit']);
    assert.equal(other.calls()[0]?.hook, 'post-commit');
  }));
