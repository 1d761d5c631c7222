/** Repositories held in memory: literals, and a git directory in a file system that is no disk. */
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { FileSystem } from '../../src/git/embedded/file-system.js';
import { openEmbedded } from '../../src/git/embedded/open.js';
import { withRepository } from '../support/repository.js';
import { createMemoryRepository, fileHistory, oid, repoPath } from './imports.js';
import { paths, shown } from './shown.js';

const gitlink = 'c'.repeat(40);
const FIRST = { 'a.txt': 'one', 'src/x.ts': 'x', 'src.d/y.ts': 'y', link: { symlink: 'a.txt' } };
const SECOND = { 'a.txt': 'two', 'src/x.ts': { executable: 'x' }, sub: { gitlink } };

describe('a repository of literals', () => {
  const port = createMemoryRepository({
    commits: [{ files: FIRST }, { files: SECOND }, { files: FIRST, parents: [0], message: 'side' }],
    index: { ...SECOND, 'new.ts': 'n' },
    refs: { 'refs/heads/main': 1, 'refs/heads/side': 2, 'refs/remotes/origin/main': 0 },
    symbolicRefs: { 'refs/remotes/origin/HEAD': 'refs/remotes/origin/main' },
    config: { 'Remote.origin.URL': 'x' },
  });
  const [first = assert.fail(), second = assert.fail(), side = assert.fail()] = port.commits;

  it('answers like any other', async () => {
    assert.equal(await port.resolveCommit('HEAD'), second);
    assert.equal(await port.resolveCommit('origin'), first);
    assert.deepEqual(await port.mergeBases(second, side), [first]);
    assert.equal(await port.config('remote.origin.url'), 'x');
    const tree = (await port.commit(second)).tree;
    assert.deepEqual(shown(await port.diffIndex(tree)), ['add new.ts']);
    assert.deepEqual(shown(await port.diffTrees((await port.commit(first)).tree, tree)), [
      'modify a.txt',
      'delete link',
      'delete src.d/y.ts',
      'modify src/x.ts',
      'add sub',
    ]);
    const entry = await port.treeEntry(tree, repoPath('a.txt'));
    assert.equal((await port.readBlob(entry?.oid ?? assert.fail())).toString(), 'two');
    assert.deepEqual(
      (await fileHistory(port, second, repoPath('link'), 9)).map(version => version.oid === null),
      [true, false],
    );
  });

  it('has the ids that git would give', () =>
    withRepository(async test => {
      test.git(['update-index', '--add', '--cacheinfo', `160000,${gitlink},sub`]);
      test.write({ 'a.txt': 'two', 'src/x.ts': { executable: 'x' } });
      test.git(['add', 'a.txt', 'src']);
      const tree = (await port.commit(second)).tree;
      assert.equal(test.git(['write-tree']).stdout.trim(), tree);
    }));

  it('is empty when nothing is given', async () => {
    const empty = createMemoryRepository();
    assert.equal(await empty.resolveCommit('HEAD'), null);
    assert.deepEqual(await empty.listIndex(), []);
    assert.throws(() => createMemoryRepository({ commits: [{ files: {}, parents: [3] }] }), RangeError);
  });
});

/** A copy of a folder that lives in a Map; it can't be written. */
function inMemory(folder: string): FileSystem {
  const files = new Map<string, Buffer>();
  const folders = new Map<string, readonly string[]>();
  const load = (at: string): void => {
    if (lstatSync(at).isDirectory()) {
      folders.set(at, readdirSync(at));
      for (const name of readdirSync(at)) load(path.join(at, name));
    } else files.set(at, readFileSync(at));
  };
  load(folder);
  const absent = (at: string): Error => Object.assign(new Error(`ENOENT: ${at}`), { code: 'ENOENT' });
  const stat = async (at: string) => {
    if (!files.has(at) && !folders.has(at)) throw absent(at);
    return { isFile: () => files.has(at), isDirectory: () => folders.has(at), isSymbolicLink: () => false };
  };
  const refuse = async (): Promise<never> => assert.fail('written to');
  const readFile = async (at: string) => files.get(at) ?? Promise.reject(absent(at));
  const readdir = async (at: string) => folders.get(at) ?? Promise.reject(absent(at));
  return {
    promises: {
      readFile,
      readdir,
      stat,
      lstat: stat,
      readlink: refuse,
      symlink: refuse,
      writeFile: refuse,
      unlink: refuse,
      mkdir: refuse,
      rmdir: refuse,
    },
  };
}

describe('a git directory in memory', () => {
  it('is read without the disk: loose and packed objects, refs, index', () =>
    withRepository(async test => {
      test.commitFiles('first', { 'a.txt': 'one', 'src/x.ts': 'x' });
      test.git(['gc', '-q']);
      test.commitFiles('second', { 'a.txt': 'two' });
      test.write({ 'b.txt': 'b' });
      test.stage();
      const fs = inMemory(test.path);
      const head = oid(test.revision('HEAD'));
      await test.dispose();
      const port = await openEmbedded({ cwd: path.join(test.path, 'src'), fs });
      assert.equal(await port.resolveCommit('main'), head);
      const { tree } = await port.commit(head);
      assert.deepEqual(paths(await port.listTree(tree)), ['a.txt', 'src/x.ts']);
      assert.deepEqual(shown(await port.diffIndex(tree)), ['add b.txt']);
      const packed = await port.treeEntry(tree, repoPath('src/x.ts'));
      assert.equal((await port.readBlob(packed?.oid ?? assert.fail())).toString(), 'x');
      await port.close();
    }));
});
