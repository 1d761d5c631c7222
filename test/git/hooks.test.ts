/** What a pre-commit hook sees of the index, by every way of committing. Real git, both backends. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type TestRepository, withRepository } from '../support/repository.js';

const PROBE = fileURLToPath(new URL('./probe.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

interface Report {
  readonly backend: string;
  readonly changes?: readonly string[];
  readonly error?: string;
}

const FILES = { 'a.txt': '0', 'b.txt': '0', 'sub/c.txt': '0' };

function withHook(
  use: (test: TestRepository, seen: (commit: () => void) => readonly Report[]) => void,
): Promise<void> {
  return withRepository(
    test => {
      const report = path.join(test.folder, 'report');
      const probe = (backend: string): string =>
        `'${process.execPath}' --import '${TSX}' '${PROBE}' '${report}' ${backend} || exit 1`;
      const hook = `#!/bin/sh\n${probe('git')}\n${probe('embedded')}\n`;
      test.write({
        '.git/hooks/pre-commit': { executable: hook },
        '.git/hooks/pre-merge-commit': { executable: hook },
      });
      use(test, commit => {
        rmSync(report, { force: true });
        commit();
        if (!existsSync(report)) return [];
        return readFileSync(report, 'utf8')
          .trimEnd()
          .split('\n')
          .map(line => JSON.parse(line) as Report);
      });
    },
    { files: FILES },
  );
}

function both(changes: readonly string[]): readonly Report[] {
  return ['git', 'embedded'].map(backend => ({ backend, changes }));
}

describe('the index in a hook', () => {
  it('commit: what is staged, not what is on disk', () =>
    withHook((test, seen) => {
      test.write({ 'a.txt': '1', 'b.txt': '1' });
      test.stage('a.txt');
      assert.deepEqual(
        seen(() => test.git(['commit', '-qm', 'x'])),
        both(['modify a.txt']),
      );
    }));

  it('commit -a, from a subfolder', () =>
    withHook((test, seen) => {
      test.write({ 'a.txt': '1', 'b.txt': null });
      assert.deepEqual(
        seen(() => test.git(['commit', '-qam', 'x'], { cwd: 'sub' })),
        both(['modify a.txt', 'delete b.txt']),
      );
    }));

  it('commit -- path: only that path, though another is staged', () =>
    withHook((test, seen) => {
      test.write({ 'a.txt': '1', 'sub/c.txt': '1' });
      test.stage('a.txt');
      assert.deepEqual(
        seen(() => test.git(['commit', '-qm', 'x', '--', 'c.txt'], { cwd: 'sub' })),
        both(['modify sub/c.txt']),
      );
    }));

  it('commit --amend: on HEAD', () =>
    withHook((test, seen) => {
      test.write({ 'a.txt': '1' });
      test.stage();
      assert.deepEqual(
        seen(() => test.git(['commit', '-q', '--amend', '-m', 'x'])),
        both(['modify a.txt']),
      );
    }));

  it('the first commit of a branch', () =>
    withHook((test, seen) => {
      test.git(['checkout', '-q', '--orphan', 'other']);
      assert.deepEqual(
        seen(() => test.git(['commit', '-qm', 'x'])),
        both(['add a.txt', 'add b.txt', 'add sub/c.txt']),
      );
    }));

  it('a clean merge, and a conflicted one that is resolved', () =>
    withHook((test, seen) => {
      test.git(['checkout', '-qb', 'side']);
      test.write({ 'b.txt': 'side' });
      test.git(['commit', '-qnam', 'side']);
      test.git(['checkout', '-q', 'main']);
      test.write({ 'a.txt': 'main' });
      test.git(['commit', '-qnam', 'main']);
      assert.deepEqual(
        seen(() => test.git(['merge', '-q', '--no-edit', 'side'])),
        both(['modify b.txt']),
      );
    }));

  it('a relative GIT_DIR and GIT_WORK_TREE given by hand', () =>
    withHook((test, seen) => {
      test.write({ 'a.txt': '1' });
      const env = { GIT_DIR: '../.git', GIT_WORK_TREE: '..' };
      assert.deepEqual(
        seen(() => test.git(['commit', '-qam', 'x'], { cwd: 'sub', env })),
        both(['modify a.txt']),
      );
    }));
});
