/**
 * What every backend of the Repository port must do, on repositories of the plain format.
 * What only git's own plumbing can read is in formats.test.ts.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRepository, type TestRepository, withRepository } from '../support/repository.js';
import { GitError, type GitErrorCode, type Oid, oid, type Repository, repoPath } from './imports.js';
import { paths, shown } from './shown.js';

export type Open = (
  cwd: string,
  environment: Readonly<Record<string, string | undefined>>,
) => Promise<Repository>;

export async function withPort<T>(
  test: TestRepository,
  open: Open,
  use: (port: Repository) => Promise<T>,
  environment: Readonly<Record<string, string | undefined>> = {},
  cwd = '.',
): Promise<T> {
  const port = await open(`${test.path}/${cwd}`, { ...test.env, ...environment });
  try {
    return await use(port);
  } finally {
    await port.close();
  }
}

export async function rejects(promise: Promise<unknown>, code: GitErrorCode): Promise<GitError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof GitError, `not a GitError: ${String(error)}`);
    assert.equal(error.code, code, error.message);
    return error;
  }
  assert.fail(`expected a GitError ${code}`);
}

const FIRST = {
  'a.txt': 'one\n',
  'a.d/deep/er.ts': 'export {};\n',
  'a/b.ts': 'export {};\n',
  'run.sh': { executable: '#!/bin/sh\n' },
  link: { symlink: 'a.txt' },
} as const;

export function contract(name: string, open: Open): void {
  describe(`Repository: ${name}`, () => {
    let test: TestRepository;
    let first: Oid;
    let port: Repository;

    before(async () => {
      test = await createRepository();
      first = oid(test.commitFiles('first\n\nwhy: ü', FIRST));
      port = await open(test.path, test.env);
    });
    after(async () => {
      await port.close();
      await test.dispose();
    });

    it('says where the repository lies', () => {
      assert.equal(port.worktree, test.path);
      assert.equal(port.gitDirectory, `${test.path}/.git`);
      assert.equal(port.commonDirectory, `${test.path}/.git`);
      assert.equal(port.objectFormat, 'sha1');
      assert.equal(port.emptyTree, '4b825dc642cb6eb9a060e54bf8d69288fbee4904');
    });

    it('reads a commit: people, parents, message', async () => {
      const commit = await port.commit(first);
      assert.equal(commit.tree, test.revision('HEAD^{tree}'));
      assert.deepEqual(commit.parents, []);
      assert.equal(commit.author.name, 'Tess Tester');
      assert.equal(commit.author.email, 'tess@example.com');
      assert.equal(String(commit.author.time), test.git(['log', '-1', '--format=%at', first]).stdout.trim());
      assert.equal(commit.message, 'first\n\nwhy: ü\n');
    });

    it('lists a tree in the order of git, with modes', async () => {
      const { tree } = await port.commit(first);
      const listed = (await port.listTree(tree)).map(entry => `${entry.mode} ${entry.oid}\t${entry.path}`);
      const lines = test.git([
        'ls-tree',
        '-r',
        '--format=%(objectmode) %(objectname)%x09%(path)',
        'HEAD',
      ]).stdout;
      assert.deepEqual(listed, lines.trimEnd().split('\n'));
      assert.deepEqual(await port.listTree(port.emptyTree), []);
    });

    it('finds one entry of a tree: leaf, folder, nothing', async () => {
      const { tree } = await port.commit(first);
      assert.equal((await port.treeEntry(tree, repoPath('link')))?.mode, '120000');
      assert.equal((await port.treeEntry(tree, repoPath('a.d/deep')))?.mode, '040000');
      assert.equal((await port.treeEntry(tree, repoPath('a.d/deep/er.ts')))?.mode, '100644');
      assert.equal(await port.treeEntry(tree, repoPath('a.d/deep/none.ts')), null);
      assert.equal(await port.treeEntry(tree, repoPath('a.txt/below')), null);
    });

    it('reads blobs byte for byte, and none beyond the limit', async () => {
      const bytes = Buffer.from([0, 10, 13, 255, 254, 10]);
      const id = oid(test.git(['hash-object', '-w', '--stdin'], { input: bytes }).stdout.trim());
      assert.deepEqual(await port.readBlob(id), bytes);
      assert.deepEqual(await port.readBlob(id, 6), bytes);
      await rejects(port.readBlob(id, 5), 'oversized');
      const absent = oid('1'.repeat(40));
      await rejects(port.readBlob(absent), 'missing-object');
      await rejects(port.readBlob(first), 'failed');
      assert.deepEqual(await port.blobSizes([id, absent, id]), [6, null, 6]);
    });

    it('reads many objects at once, each the right one', async () => {
      const ids = Array.from({ length: 300 }, (_, at) => at)
        .map(at =>
          test.git(['hash-object', '-w', '--stdin'], { input: at % 7 === 0 ? '' : `${at}\n`.repeat(at) }),
        )
        .map(({ stdout }) => oid(stdout.trim()));
      const blobs = await Promise.all(ids.map(id => port.readBlob(id)));
      for (const [at, blob] of blobs.entries())
        assert.equal(blob.toString(), at % 7 === 0 ? '' : `${at}\n`.repeat(at));
    });

    it('tells what an object is, and peels tags', async () => {
      test.git(['tag', '-a', 'v1', '-m', 'one']);
      test.git(['tag', '-a', 'v1-again', '-m', 'two', 'v1']);
      test.git(['tag', '-a', 'a-blob', '-m', 'blob', 'HEAD:a.txt']);
      const tag = oid(test.revision('refs/tags/v1-again'));
      const { tree } = await port.commit(first);
      assert.equal(await port.objectType(tag), 'tag');
      assert.equal(await port.objectType(first), 'commit');
      assert.equal(await port.objectType(tree), 'tree');
      assert.equal(await port.objectType(port.emptyTree), 'tree');
      assert.equal(await port.objectType(oid('2'.repeat(40))), null);
      assert.equal(await port.peelToCommit(tag), first);
      assert.equal(await port.peelToCommit(oid(test.revision('refs/tags/a-blob'))), null);
      assert.equal(await port.peelToCommit(tree), null);
      assert.equal(await port.peelToCommit(oid('2'.repeat(40))), null);
    });

    it('refuses a commit that is none, and one that is not there', async () => {
      await rejects(port.commit(oid('3'.repeat(40))), 'missing-object');
      await rejects(port.commit((await port.commit(first)).tree), 'failed');
    });

    it('follows the environment into a subfolder', async () => {
      await withPort(test, open, async below => assert.equal(below.worktree, test.path), {}, 'a.d/deep');
    });

    it('gives configuration values', async () => {
      test.git(['config', 'Lintel.Some', 'first']);
      test.git(['config', '--add', 'lintel.some', ' a "quoted" ; value\t\\n ']);
      test.git(['config', 'remote.Up Stream.url', 'https://example.com/x.git#y']);
      await withPort(test, open, async fresh => {
        assert.equal(await fresh.config('lintel.SOME'), ' a "quoted" ; value\t\\n ');
        assert.equal(await fresh.config('remote.Up Stream.url'), 'https://example.com/x.git#y');
        assert.equal(await fresh.config('remote.up stream.url'), null);
        assert.equal(await fresh.config('user.name'), 'Tess Tester');
        assert.equal(await fresh.config('no.such'), null);
      });
    });

    it('is closed for good', async () => {
      const closing = await open(test.path, test.env);
      await closing.readBlob(oid(test.revision('HEAD:a.txt')));
      await closing.close();
      await closing.close();
      await rejects(closing.readBlob(oid(test.revision('HEAD:a.txt'))), 'failed');
    });
  });

  describe(`the index: ${name}`, () => {
    it('before the first commit everything is added', () =>
      withRepository(async test => {
        await withPort(test, open, async port => {
          assert.equal(await port.resolveCommit('HEAD'), null);
          assert.deepEqual(await port.listIndex(), []);
          test.write(FIRST);
          test.stage();
          assert.deepEqual(shown(await port.diffIndex(port.emptyTree)), [
            'add a.d/deep/er.ts',
            'add a.txt',
            'add a/b.ts',
            'add link',
            'add run.sh',
          ]);
          assert.equal(await port.symbolicRef('HEAD'), 'refs/heads/main');
        });
      }));

    it('tells add, modify, delete, change of type, and that a rename is two changes', () =>
      withRepository(
        async test => {
          test.write({
            'a.txt': 'two\n',
            'a.d/deep/er.ts': null,
            'b/er.ts': 'export {};\n',
            link: 'a.txt',
            'a/b.ts': { executable: 'export {};\n' },
            a: null,
          });
          test.write({ a: { symlink: 'run.sh' } });
          test.stage();
          await withPort(test, open, async port => {
            const tree = oid(test.revision('HEAD^{tree}'));
            const changes = await port.diffIndex(tree);
            assert.deepEqual(shown(changes), [
              'add a',
              'delete a.d/deep/er.ts',
              'modify a.txt',
              'delete a/b.ts',
              'add b/er.ts',
              'type link',
            ]);
            const link = changes.find(change => change.path === 'link');
            assert.equal(link?.before?.mode, '120000');
            assert.equal(link?.after?.mode, '100644');
            assert.equal(link?.after?.oid, test.revision(':link'));
            test.commit('second');
            assert.deepEqual(await port.diffTrees(tree, oid(test.revision('HEAD^{tree}'))), changes);
            assert.deepEqual(await port.diffTrees(tree, tree), []);
          });
        },
        { files: FIRST },
      ));

    it('the executable bit is a modification', () =>
      withRepository(
        async test => {
          test.git(['update-index', '--chmod=+x', 'a.txt']);
          await withPort(test, open, async port => {
            assert.deepEqual(shown(await port.diffIndex(oid(test.revision('HEAD^{tree}')))), [
              'modify a.txt',
            ]);
          });
        },
        { files: FIRST },
      ));

    it('leaves out what is only intended to be added', () =>
      withRepository(
        async test => {
          test.write({ 'later.ts': 'x', 'now.ts': 'y' });
          test.git(['add', '-N', 'later.ts']);
          test.stage('now.ts');
          await withPort(test, open, async port => {
            assert.ok(!paths(await port.listIndex()).includes('later.ts'));
            assert.ok(paths(await port.listIndex()).includes('now.ts'));
            assert.deepEqual(shown(await port.diffIndex(oid(test.revision('HEAD^{tree}')))), ['add now.ts']);
          });
        },
        { files: FIRST },
      ));

    it('is never the working tree: unstaged edits, assume-unchanged and skip-worktree change nothing', () =>
      withRepository(
        async test => {
          test.write({ 'a.txt': 'staged\n' });
          test.stage();
          test.git(['update-index', '--assume-unchanged', 'a.txt']);
          test.git(['update-index', '--skip-worktree', 'a/b.ts']);
          test.write({ 'a.txt': 'unstaged\n', 'a/b.ts': 'unstaged\n', 'run.sh': null });
          await withPort(test, open, async port => {
            assert.deepEqual(shown(await port.diffIndex(oid(test.revision('HEAD^{tree}')))), [
              'modify a.txt',
            ]);
          });
        },
        { files: FIRST },
      ));

    it('names the unmerged paths', () =>
      withRepository(
        async test => {
          test.git(['checkout', '-qb', 'side']);
          test.commitFiles('side', { 'a.txt': 'side\n' });
          test.git(['checkout', '-q', 'main']);
          test.commitFiles('main', { 'a.txt': 'main\n' });
          test.git(['merge', 'side'], { expectFailure: true });
          await withPort(test, open, async port => {
            const tree = oid(test.revision('HEAD^{tree}'));
            assert.deepEqual((await rejects(port.diffIndex(tree), 'unmerged-index')).paths, ['a.txt']);
            assert.deepEqual((await rejects(port.listIndex(), 'unmerged-index')).paths, ['a.txt']);
          });
        },
        { files: FIRST },
      ));

    it('keeps odd paths apart: spaces, quotes, line breaks, leading dashes, bytes that are not UTF-8', () =>
      withRepository(async test => {
        const odd = [
          ' lead',
          '"q"',
          '-rf',
          ':(top)x',
          'a b',
          'back\\slash',
          'caf\u00e9',
          'cafe\u0301',
          'nl\nx',
          'tab\tx',
          '\u{1f600}',
          '\uffee',
        ];
        const id = test.git(['hash-object', '-w', '--stdin'], { input: 'x' }).stdout.trim();
        const invalid = Buffer.concat([Buffer.from('bad'), Buffer.of(0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80)]);
        const lines = [...odd.map(path => Buffer.from(path)), invalid].map(path =>
          Buffer.concat([Buffer.from(`100644 ${id}\t`), path, Buffer.of(0)]),
        );
        test.git(['update-index', '-z', '--index-info'], { input: Buffer.concat(lines) });
        const expected = [...odd, 'bad\udcff\udcc3(\udced\udca0\udc80'].sort();
        await withPort(test, open, async port => {
          assert.deepEqual([...paths(await port.listIndex())].sort(), expected);
          const head = await port.commit(oid(test.commit('odd')));
          assert.deepEqual([...paths(await port.listTree(head.tree))].sort(), expected);
          for (const path of expected)
            assert.equal((await port.treeEntry(head.tree, repoPath(path)))?.oid, id, JSON.stringify(path));
          assert.deepEqual(paths(await port.listTree(head.tree)), paths(await port.listIndex()));
        });
      }));

    it('is the one that GIT_INDEX_FILE names, read from the root wherever it was started', () =>
      withRepository(
        async test => {
          test.git(['read-tree', 'HEAD'], { env: { GIT_INDEX_FILE: '.git/other' } });
          test.git(['update-index', '--force-remove', 'a.txt'], { env: { GIT_INDEX_FILE: '.git/other' } });
          test.write({ 'run.sh': null });
          test.stage();
          const tree = oid(test.revision('HEAD^{tree}'));
          for (const cwd of ['.', 'a.d/deep'])
            for (const file of ['.git/other', `${test.path}/.git/other`])
              await withPort(
                test,
                open,
                async port => assert.deepEqual(shown(await port.diffIndex(tree)), ['delete a.txt']),
                { GIT_INDEX_FILE: file },
                cwd,
              );
        },
        { files: FIRST },
      ));

    it('shows a gitlink, whatever .gitmodules says', () =>
      withRepository(
        async test => {
          const id = test.revision('HEAD');
          test.write({ '.gitmodules': '[submodule "m"]\n\tpath = m\n\turl = ./m\n\tignore = all\n' });
          test.git(['config', 'submodule.m.ignore', 'all']);
          test.git(['config', 'diff.ignoreSubmodules', 'all']);
          test.stage('.gitmodules');
          test.git(['update-index', '--add', '--cacheinfo', `160000,${id},m`]);
          await withPort(test, open, async port => {
            const changes = await port.diffIndex(oid(test.revision('HEAD^{tree}')));
            assert.deepEqual(shown(changes), ['add .gitmodules', 'add m']);
            assert.deepEqual(changes[1]?.after, { mode: '160000', oid: id });
          });
        },
        { files: FIRST },
      ));

    it('writes nothing', () =>
      withRepository(
        async test => {
          test.write({ 'a.txt': 'two\n' });
          test.stage();
          // An old stat makes every refresh of the index want to write it.
          test.run('touch', ['-d', '2020-01-01', 'a.txt', 'a/b.ts']);
          const state = (): string =>
            test.run('sh', ['-c', 'find . -type f | sort | xargs sha256sum; stat -c %Y.%i .git/index'])
              .stdout;
          const start = state();
          await withPort(test, open, async port => {
            const tree = oid(test.revision('HEAD^{tree}'));
            await port.diffIndex(tree);
            await port.listIndex();
            await port.listTree(tree);
            await port.refs('refs/');
          });
          assert.equal(state(), start);
        },
        { files: FIRST },
      ));
  });

  describe(`history: ${name}`, () => {
    let test: TestRepository;
    let port: Repository;
    const ids: Record<string, Oid> = {};
    const on = (branch: string, base: string): void => {
      test.git(['checkout', '-q', '-b', branch, base]);
    };
    const merge = (key: string, ...heads: readonly string[]): void => {
      test.git(['merge', '-q', '--no-ff', '-m', key, ...heads]);
      ids[key] = oid(test.revision('HEAD'));
    };
    const id = (key: string): Oid => ids[key] ?? assert.fail(`no commit ${key}`);

    // root ── a1 ── am ── a3          am = a1 + b1, bm = b1 + a1: a criss-cross
    //    └─── b1 ── bm
    before(async () => {
      test = await createRepository();
      const commit = (key: string, files: Record<string, string | null>): void => {
        ids[key] = oid(test.commitFiles(key, files));
      };
      commit('root', { 'a.txt': '0', 'b.txt': '0', 'dir/c.txt': '0' });
      on('a', 'main');
      commit('a1', { 'a.txt': '1' });
      on('b', 'main');
      commit('b1', { 'b.txt': '1', 'dir/c.txt': '1' });
      test.git(['checkout', '-q', 'a']);
      merge('am', 'b');
      test.git(['checkout', '-q', 'b']);
      merge('bm', id('a1'));
      test.git(['checkout', '-q', 'a']);
      commit('a3', { 'a.txt': null });
      test.git(['checkout', '-q', '--orphan', 'alone']);
      commit('alone', { 'z.txt': 'z' });
      test.git(['tag', '-a', 'v1', '-m', 'one', 'main']);
      test.git(['update-ref', 'refs/remotes/origin/main', id('root')]);
      test.git(['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main']);
      test.git(['pack-refs', '--all']);
      test.git(['branch', 'loose', id('b1')]);
      test.git(['gc', '-q']);
      port = await open(test.path, test.env);
    });
    after(async () => {
      await port.close();
      await test.dispose();
    });

    it('finds all merge bases', async () => {
      assert.deepEqual([...(await port.mergeBases(id('am'), id('bm')))].sort(), [id('a1'), id('b1')].sort());
      assert.deepEqual(await port.mergeBases(id('a1'), id('b1')), [id('root')]);
      assert.deepEqual(await port.mergeBases(id('root'), id('a3')), [id('root')]);
      assert.deepEqual(await port.mergeBases(id('a3'), id('a3')), [id('a3')]);
      assert.deepEqual(await port.mergeBases(id('a3'), id('alone')), []);
      await rejects(port.mergeBases(id('a3'), oid('4'.repeat(40))), 'missing-object');
    });

    it('knows ancestors', async () => {
      assert.equal(await port.isAncestor(id('b1'), id('a3')), true);
      assert.equal(await port.isAncestor(id('a3'), id('a3')), true);
      assert.equal(await port.isAncestor(id('a3'), id('b1')), false);
      assert.equal(await port.isAncestor(id('alone'), id('a3')), false);
      await rejects(port.isAncestor(id('a3'), oid('4'.repeat(40))), 'missing-object');
    });

    it('lists commits, newest first or oldest first', async () => {
      const include = [id('a3')];
      const all = ['a3', 'am', 'b1', 'a1', 'root'].map(id);
      assert.deepEqual(await port.listCommits({ include, exclude: [] }), all);
      assert.deepEqual(await port.listCommits({ include, exclude: [], oldestFirst: true }), all.toReversed());
      assert.deepEqual(await port.listCommits({ include, exclude: [id('b1')] }), ['a3', 'am', 'a1'].map(id));
      assert.deepEqual(await port.listCommits({ include, exclude: [], limit: 2 }), ['a3', 'am'].map(id));
      assert.deepEqual(await port.listCommits({ include, exclude: include }), []);
      assert.deepEqual(await port.listCommits({ include: [], exclude: [] }), []);
      await rejects(port.listCommits({ include: [oid('4'.repeat(40))], exclude: [] }), 'missing-object');
    });

    it('lists the commits that changed a path or folder', async () => {
      const of = (...names: readonly string[]): Promise<readonly Oid[]> =>
        port.listCommits({ include: [id('a3')], exclude: [], paths: names.map(repoPath) });
      assert.deepEqual(await of('a.txt'), ['a3', 'a1', 'root'].map(id));
      assert.deepEqual(await of('dir'), ['b1', 'root'].map(id));
      assert.deepEqual(await of('a.txt', 'b.txt'), ['a3', 'am', 'b1', 'a1', 'root'].map(id));
      assert.deepEqual(await of('*.txt'), []);
      assert.deepEqual(await of('none'), []);
    });

    it('resolves revisions', async () => {
      for (const [revision, key] of [
        ['a', 'a3'],
        ['refs/heads/a', 'a3'],
        ['heads/a', 'a3'],
        ['a~1', 'am'],
        ['a~', 'am'],
        ['a^^2', 'b1'],
        ['a~2^{commit}', 'a1'],
        ['a^0', 'a3'],
        ['v1', 'root'],
        ['v1^{}', 'root'],
        ['origin', 'root'],
        ['origin/main', 'root'],
        ['@', 'alone'],
        [id('bm').slice(0, 9), 'bm'],
        [id('bm'), 'bm'],
        ['loose', 'b1'],
      ] as const)
        assert.equal(await port.resolveCommit(revision), id(key), revision);
      for (const revision of [
        'none',
        'a^3',
        'root~99',
        'a~99',
        '5'.repeat(40),
        '',
        'a\nb',
        'abcdef0',
        'index',
        'config',
      ])
        assert.equal(await port.resolveCommit(revision), null, JSON.stringify(revision));
    });

    it('lists refs, loose and packed, and follows symbolic ones', async () => {
      assert.deepEqual(
        await port.refs('refs/remotes/origin/'),
        new Map([
          ['refs/remotes/origin/HEAD', id('root')],
          ['refs/remotes/origin/main', id('root')],
        ]),
      );
      assert.deepEqual(
        [...(await port.refs('refs/heads')).keys()],
        ['a', 'alone', 'b', 'loose', 'main'].map(name => `refs/heads/${name}`),
      );
      assert.equal((await port.refs('refs/tags/v1')).get('refs/tags/v1'), test.revision('refs/tags/v1'));
      assert.equal((await port.refs('refs/heads/mai')).size, 0);
      assert.equal(await port.symbolicRef('refs/remotes/origin/HEAD'), 'refs/remotes/origin/main');
      assert.equal(await port.symbolicRef('refs/remotes/other/HEAD'), null);
      assert.equal(await port.symbolicRef('refs/heads/a'), null);
    });

    it('sees what is committed while it is open', async () => {
      test.git(['checkout', '-q', '-b', 'late', 'a']);
      const late = test.commitFiles('late', { 'late.txt': 'late' });
      assert.equal(await port.resolveCommit('late'), late);
      assert.equal((await port.readBlob(oid(test.revision('late:late.txt')))).toString(), 'late');
    });

    it('is shallow or not, and says so before it answers wrongly', async () => {
      assert.equal(await port.isShallow(), false);
      test.git(['clone', '-q', '--depth=1', '--no-single-branch', `file://${test.path}`, '../shallow']);
      const clone = await createRepository({ at: { repository: test, path: 'shallow' } });
      await withPort(clone, open, async shallow => {
        assert.equal(await shallow.isShallow(), true);
        await rejects(shallow.mergeBases(id('a3'), id('bm')), 'shallow');
        await rejects(shallow.mergeBases(id('a3'), id('alone')), 'shallow');
        await rejects(shallow.isAncestor(id('bm'), id('a3')), 'shallow');
        assert.deepEqual(await shallow.mergeBases(id('a3'), id('a3')), [id('a3')]);
        assert.deepEqual((await shallow.commit(id('a3'))).parents, [id('am')]);
        assert.equal(await shallow.resolveCommit('origin/a^1'), null);
        const next = oid(clone.commitFiles('next', { 'n.txt': 'n' }));
        const head = oid(clone.revision('HEAD~1'));
        assert.deepEqual(await shallow.mergeBases(head, next), [head]);
        assert.equal(await shallow.isAncestor(head, next), true);
        assert.equal(await shallow.isAncestor(next, head), false);
      });
    });
  });

  describe(`where it opens: ${name}`, () => {
    it('not outside a repository', () =>
      withRepository(async test => {
        await rejects(open(test.folder, test.env), 'not-a-repository');
        await rejects(
          open(`${test.path}/nowhere`, { ...test.env, GIT_DIR: `${test.path}/none` }),
          'not-a-repository',
        );
      }));

    it('a bare repository, as a server hook sees it', () =>
      withRepository(
        async test => {
          test.git(['clone', '-q', '--bare', '.', '../bare.git']);
          const bare = await createRepository({ at: { repository: test, path: 'bare.git' } });
          for (const environment of [{}, { GIT_DIR: '.' }])
            await withPort(
              bare,
              open,
              async port => {
                assert.equal(port.worktree, null);
                assert.equal(port.gitDirectory, bare.path);
                const head = (await port.resolveCommit('HEAD')) ?? assert.fail();
                assert.equal(head, test.revision('HEAD'));
                assert.equal((await port.listTree((await port.commit(head)).tree)).length, 5);
              },
              environment,
            );
        },
        { files: FIRST },
      ));

    it('the same repository whatever the command line configures', () =>
      withRepository(
        async test => {
          for (const environment of [
            { GIT_CONFIG_PARAMETERS: "'core.bare=true'" },
            { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.bare', GIT_CONFIG_VALUE_0: 'true' },
            { GIT_TRACE: '1', GIT_PREFIX: 'a/', GIT_REPLACE_REF_BASE: 'refs/heads/' },
          ])
            await withPort(
              test,
              open,
              async port => {
                assert.equal(port.worktree, test.path);
                assert.equal(await port.config('core.bare'), 'false');
                assert.equal(await port.resolveCommit('HEAD'), test.revision('HEAD'));
              },
              environment,
            );
        },
        { files: FIRST },
      ));

    it('a submodule, whose .git is a file', () =>
      withRepository(
        async test => {
          test.git(['clone', '-q', '.', '../inner']);
          test.git(['submodule', '--quiet', 'add', '../inner', 'sub']);
          const sub = await createRepository({ at: { repository: test, path: 'repo/sub' } });
          await withPort(sub, open, async port => {
            assert.equal(port.worktree, sub.path);
            assert.equal(await port.resolveCommit('HEAD'), test.revision('HEAD'));
            assert.equal((await port.listIndex()).length, 5);
          });
        },
        { files: FIRST },
      ));
  });
}
