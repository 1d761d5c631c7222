/**
 * Repository formats that are easy to misread (facts/git.md): git's plumbing reads each rightly, the
 * embedded backend reads it rightly or refuses it, naming the feature.
 */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  createRepository,
  type RepositoryOptions,
  type TestRepository,
  withRepository,
} from '../support/repository.js';
import { rejects, withPort } from './contract.js';
import { fileHistory, type Oid, oid, openRepository, type Repository, repoPath } from './imports.js';
import { paths, shown } from './shown.js';

type Environment = Readonly<Record<string, string | undefined>>;
const git = (cwd: string, environment: Environment): Promise<Repository> =>
  openRepository({ cwd, environment, backend: 'git' });
const embedded = (cwd: string, environment: Environment): Promise<Repository> =>
  openRepository({ cwd, environment, backend: 'embedded' });

const FILES = { 'a.txt': '0', 'b.txt': '0', 'src/deep/c.txt': '0', 'src/deep/d.txt': '0' };

const headTree = (test: TestRepository): Oid => oid(test.revision('HEAD^{tree}'));

function scenario(
  name: string,
  use: (test: TestRepository) => Promise<void>,
  options: RepositoryOptions = { files: FILES },
): void {
  it(name, () => withRepository(use, options));
}

/** Both backends give these changes of the index against HEAD. */
async function bothSee(
  test: TestRepository,
  changes: readonly string[],
  environment: Environment = {},
): Promise<void> {
  for (const open of [git, embedded])
    await withPort(
      test,
      open,
      async port => assert.deepEqual(shown(await port.diffIndex(headTree(test))), changes),
      environment,
    );
}

/** Git's backend gives these changes; the embedded one refuses with this feature's name. */
async function onlyGitSees(test: TestRepository, changes: readonly string[], feature: RegExp): Promise<void> {
  await withPort(test, git, async port => {
    assert.deepEqual(shown(await port.diffIndex(headTree(test))), changes);
    assert.equal((await port.listIndex()).length, test.git(['ls-files']).stdout.trim().split('\n').length);
  });
  await refuses(test, feature);
}

async function refuses(test: TestRepository, feature: RegExp, environment: Environment = {}): Promise<void> {
  const attempt = withPort(
    test,
    embedded,
    async port => {
      await port.diffIndex(headTree(test));
    },
    environment,
  );
  const error = await rejects(attempt, 'unsupported');
  assert.match(error.message, feature);
  assert.match(error.remedy ?? '', /Install git/);
}

describe('index formats', () => {
  scenario(
    'version 4',
    async test => {
      test.git(['update-index', '--index-version=4']);
      test.write({ 'src/deep/c.txt': '1', [`src/deep/${'x'.repeat(200)}.txt`]: 'long' });
      test.stage();
      await bothSee(test, ['modify src/deep/c.txt', `add src/deep/${'x'.repeat(200)}.txt`]);
    },
    { files: { ...FILES } },
  );

  scenario('version 3, with flags', async test => {
    test.git(['update-index', '--skip-worktree', 'a.txt']);
    test.write({ 'b.txt': '1' });
    test.stage('b.txt');
    await bothSee(test, ['modify b.txt']);
  });

  scenario('a path longer than the flags can say', async test => {
    const long = `${'d'.repeat(200)}/`.repeat(21);
    const id = test.git(['hash-object', '-w', '--stdin'], { input: 'x' }).stdout.trim();
    test.git(['update-index', '--add', '--cacheinfo', `100644,${id},${long}x`]);
    await bothSee(test, [`add ${long}x`]);
  });

  scenario('without a checksum (index.skipHash)', async test => {
    test.git(['config', 'index.skipHash', 'true']);
    test.write({ 'b.txt': '1' });
    test.stage();
    await bothSee(test, ['modify b.txt']);
  });

  scenario('split index', async test => {
    test.git(['update-index', '--split-index']);
    test.write({ 'b.txt': '1' });
    test.stage();
    await onlyGitSees(test, ['modify b.txt'], /split index/);
  });

  scenario('sparse index', async test => {
    test.git(['sparse-checkout', 'init', '--cone', '--sparse-index']);
    test.git(['sparse-checkout', 'set', 'other']);
    test.write({ 'b.txt': '1' });
    test.stage('b.txt');
    assert.match(test.git(['ls-files', '--sparse']).stdout, /^src\/$/m, 'the index must really be sparse');
    await withPort(test, git, async port => {
      assert.deepEqual(shown(await port.diffIndex(headTree(test))), ['modify b.txt']);
      assert.deepEqual(paths(await port.listIndex()), Object.keys(FILES));
    });
    await refuses(test, /sparse index/);
  });

  scenario('a mandatory extension that nobody knows', async test => {
    test.run('node', [
      '-e',
      `const fs = require('fs'); const file = '.git/index';
       const index = fs.readFileSync(file).subarray(0, -20);
       const all = Buffer.concat([index, Buffer.from('zzzz'), Buffer.alloc(4)]);
       fs.writeFileSync(file, Buffer.concat([all, require('crypto').createHash('sha1').update(all).digest()]));`,
    ]);
    await refuses(test, /extension "zzzz"/);
    await withPort(test, git, async port => {
      await rejects(port.diffIndex(headTree(test)), 'failed');
    });
  });

  scenario('damaged: cut off, or a flipped bit', async test => {
    const { bytes } = test.run('cat', ['.git/index']);
    const flipped = Buffer.from(bytes);
    flipped[70] = (flipped[70] ?? 0) ^ 1;
    for (const damaged of [bytes.subarray(0, 100), flipped, Buffer.from('DIRC'), Buffer.alloc(0)]) {
      writeFileSync(`${test.path}/.git/index`, damaged);
      await withPort(test, embedded, async port => {
        await rejects(port.listIndex(), 'failed');
      });
    }
  });
});

describe('repository formats', () => {
  scenario(
    'SHA-256',
    async test => {
      test.commitFiles('first', FILES);
      test.write({ 'b.txt': '1' });
      test.stage();
      await withPort(test, git, async port => {
        assert.equal(port.objectFormat, 'sha256');
        assert.equal(port.emptyTree, test.git(['hash-object', '-t', 'tree', '--stdin']).stdout.trim());
        assert.equal((await port.listIndex()).length, 4);
        const [change] = await port.diffIndex(headTree(test));
        assert.equal((await port.readBlob(change?.after?.oid ?? assert.fail())).toString(), '1');
        assert.equal((await port.treeEntry(headTree(test), repoPath('src/deep/c.txt')))?.mode, '100644');
        assert.equal((await port.diffTrees(port.emptyTree, headTree(test))).length, 4);
        assert.equal((await port.commit(oid(test.revision('HEAD')))).message, 'first\n');
      });
      await refuses(test, /object format sha256/);
    },
    { objectFormat: 'sha256' },
  );

  scenario('linked worktree', async test => {
    test.git(['worktree', 'add', '-q', '-b', 'side', '../linked']);
    const linked = await createRepository({ at: { repository: test, path: 'linked' } });
    linked.write({ 'b.txt': '1' });
    linked.stage();
    for (const cwd of ['.', 'src/deep'])
      await withPort(
        linked,
        git,
        async port => {
          assert.equal(port.worktree, linked.path);
          assert.equal(port.gitDirectory, `${test.path}/.git/worktrees/linked`);
          assert.equal(port.commonDirectory, `${test.path}/.git`);
          assert.equal(await port.symbolicRef('HEAD'), 'refs/heads/side');
          assert.deepEqual(shown(await port.diffIndex(headTree(linked))), ['modify b.txt']);
        },
        {},
        cwd,
      );
    await refuses(linked, /linked worktree/);
    test.write({ 'a.txt': '1' });
    test.stage();
    await bothSee(test, ['modify a.txt']);
  });

  scenario('replaced objects are read as they are', async test => {
    const original = oid(test.revision('HEAD:a.txt'));
    const other = test.git(['hash-object', '-w', '--stdin'], { input: 'replacement' }).stdout.trim();
    test.git(['replace', original, other]);
    assert.equal(test.git(['cat-file', 'blob', original]).stdout, 'replacement');
    await withPort(test, git, async port => {
      assert.equal((await port.readBlob(original)).toString(), '0');
      assert.deepEqual(await port.blobSizes([original]), [1]);
    });
    await refuses(test, /replaced objects/);
    test.git(['pack-refs', '--all']);
    await refuses(test, /replaced objects/);
  });

  scenario('grafts change no history', async test => {
    const root = oid(test.revision('HEAD'));
    const next = oid(test.commitFiles('next', { 'a.txt': '1' }));
    writeFileSync(`${test.path}/.git/info/grafts`, `${next}\n`);
    assert.equal(test.git(['rev-list', 'HEAD']).stdout.trim(), next, 'the graft must work for git itself');
    await withPort(test, git, async port => {
      assert.deepEqual(await port.listCommits({ include: [next], exclude: [] }), [next, root]);
      assert.equal(await port.resolveCommit('HEAD^'), root);
    });
    await refuses(test, /grafts/);
  });

  scenario('objects of another repository (alternates)', async test => {
    test.git(['clone', '-q', '--shared', '.', '../borrower']);
    const borrower = await createRepository({ at: { repository: test, path: 'borrower' } });
    borrower.write({ 'b.txt': '1' });
    borrower.stage();
    await onlyGitSees(borrower, ['modify b.txt'], /alternates/);
  });

  scenario('an extension that nobody knows', async test => {
    test.git(['config', 'core.repositoryFormatVersion', '1']);
    test.git(['config', 'extensions.future', 'true']);
    await rejects(embedded(test.path, test.env), 'unsupported');
    await rejects(git(test.path, test.env), 'failed');
  });

  for (const [key, value, feature] of [
    ['extensions.refStorage', 'reftable', /ref storage reftable/],
    ['extensions.partialClone', 'origin', /partial clone/],
    ['remote.origin.promisor', 'true', /partial clone/],
    ['core.repositoryFormatVersion', '2', /format version 2/],
  ] as const)
    scenario(`${key}=${value} is refused without git`, async test => {
      // Written by hand: an older git would refuse to touch the repository afterwards.
      const tree = headTree(test);
      writeFileSync(`${test.path}/.git/config`, sectioned(key, value), { flag: 'a' });
      const error = await rejects(
        embedded(test.path, test.env).then(port => port.listTree(tree)),
        'unsupported',
      );
      assert.match(error.message, feature);
    });
});

/** `a.b.c=v` as the file writes it. */
function sectioned(key: string, value: string): string {
  const [section = '', ...rest] = key.split('.');
  const name = rest.pop() ?? '';
  return `\n[${section}${rest.length > 0 ? ` "${rest.join('.')}"` : ''}]\n\t${name} = ${value}\n`;
}

describe('clones and servers', () => {
  scenario('a partial clone fetches what it lacks; when it can not, says so and goes on', async test => {
    test.git(['config', 'uploadpack.allowFilter', 'true']);
    test.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    test.git(['clone', '-q', '--no-checkout', '--filter=blob:none', `file://${test.path}`, '../partial']);
    const partial = await createRepository({ at: { repository: test, path: 'partial' } });
    const fetched = oid(test.revision('HEAD:a.txt'));
    const lost = oid(test.git(['hash-object', '--stdin'], { input: 'nowhere' }).stdout.trim());
    const here = oid(partial.git(['hash-object', '-w', '--stdin'], { input: 'here' }).stdout.trim());
    await withPort(partial, git, async port => {
      assert.equal((await port.listTree(headTree(test))).length, 4);
      assert.equal((await port.readBlob(fetched)).toString(), '0');
      const missing = port.readBlob(lost);
      const behind = port.readBlob(here);
      const error = await rejects(missing, 'missing-object');
      assert.match(error.remedy ?? '', /git fetch --refetch/);
      assert.equal((await behind).toString(), 'here');
      rmSync(`${test.path}/.git/objects`, { recursive: true });
      await rejects(port.readBlob(oid('b'.repeat(40))), 'missing-object');
      assert.deepEqual(await port.blobSizes([oid('b'.repeat(40)), here]), [null, 4]);
    });
    await rejects(embedded(partial.path, partial.env), 'unsupported');
  });

  scenario('the history of a file ends at a shallow boundary, and says so', async test => {
    const second = oid(test.commitFiles('second', { 'a.txt': '1' }));
    test.git(['clone', '-q', '--depth=2', `file://${test.path}`, '../shallow']);
    const third = oid(test.commitFiles('third', { 'a.txt': null }));
    const clone = await createRepository({ at: { repository: test, path: 'shallow' } });
    const path = repoPath('a.txt');
    for (const open of [git, embedded]) {
      await withPort(test, open, async port => {
        const versions = await fileHistory(port, third, path, 10);
        assert.deepEqual(
          versions.map(({ commit, oid: id, atShallowBoundary }) => [
            commit.message,
            id === null,
            atShallowBoundary,
          ]),
          [
            ['third\n', true, false],
            ['second\n', false, false],
            ['first\n', false, false],
          ],
        );
        assert.equal((await fileHistory(port, third, path, 1)).length, 1);
      });
      await withPort(clone, open, async port => {
        const of = async (name: string): Promise<readonly boolean[]> =>
          (await fileHistory(port, second, repoPath(name), 10)).map(version => version.atShallowBoundary);
        assert.deepEqual(await of('a.txt'), [false, false]);
        // Depth 2 ends at the very first commit, which has no parent to lack.
        assert.deepEqual(await of('b.txt'), [false]);
      });
    }
    test.git(['clone', '-q', '--depth=1', `file://${test.path}`, '../flat']);
    const flat = await createRepository({ at: { repository: test, path: 'flat' } });
    for (const open of [git, embedded])
      await withPort(flat, open, async port => {
        const [only, ...rest] = await fileHistory(port, third, repoPath('b.txt'), 10);
        assert.equal(only?.atShallowBoundary, true);
        assert.equal(rest.length, 0);
      });
  });

  scenario('pre-receive reads what is in quarantine', async test => {
    test.git(['init', '-q', '--bare', '../server.git']);
    const probe = new URL('./quarantine-probe.ts', import.meta.url).pathname;
    const hook = `#!/bin/sh\nexec '${process.execPath}' --import '${import.meta.resolve('tsx')}' '${probe}'\n`;
    mkdirSync(`${test.folder}/server.git/hooks`, { recursive: true });
    writeFileSync(`${test.folder}/server.git/hooks/pre-receive`, hook, { mode: 0o755 });
    const push = test.git(['push', '../server.git', 'main']);
    assert.match(push.stderr, /git: 4 files, worktree null/);
    assert.match(push.stderr, /embedded: unsupported .*quarantine/);
  });
});

describe('the binary', () => {
  scenario('LINTEL_GIT that is not there: an error, never another backend in silence', async test => {
    const environment = { ...test.env, LINTEL_GIT: `${test.folder}/no-git` };
    const error = await rejects(openRepository({ cwd: test.path, environment }), 'git-missing');
    assert.match(error.remedy ?? '', /LINTEL_GIT/);
  });

  scenario('no git on PATH: the embedded backend', async test => {
    const environment = { ...test.env, PATH: `${test.folder}/empty` };
    await rejects(openRepository({ cwd: test.path, environment, backend: 'git' }), 'git-missing');
    const port = await openRepository({ cwd: test.path, environment });
    assert.equal(port.backend, 'embedded');
    assert.equal(await port.resolveCommit('HEAD'), test.revision('HEAD'));
    await port.close();
  });

  scenario('a git that is too old says which one is needed', async test => {
    const old = `${test.folder}/old-git`;
    const body =
      '#!/bin/sh\nfor a; do case $a in version) echo git version 2.30.2; exit;; rev-parse) ;; --no-*|--lit*) ;; *) echo "$a";; esac; done\n';
    writeFileSync(old, body, { mode: 0o755 });
    const error = await rejects(
      openRepository({ cwd: test.path, environment: { ...test.env, LINTEL_GIT: old } }),
      'git-too-old',
    );
    assert.match(error.message, /2\.30\.2.*2\.31/);
  });
});
