/** Repositories and machines in an odd state. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { assertSays, createGate, expectBoth, gateOf, installPackage, stateOf, withGate } from './gate.js';

const CLEAN = { 'src/ui/list.ts': 'export const list = 2;\n' };

/** A PATH of links to these programs alone. */
function pathOf(folder: string, programs: readonly string[], run: (program: string) => string): string {
  const at = path.join(folder, 'bare-path');
  mkdirSync(at);
  for (const program of programs) symlinkSync(run(program), path.join(at, program));
  return at;
}

describe('the state of the repository', () => {
  it('an unmerged index: the paths, the way out, and the conflict is left as it is', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      repo.git(['checkout', '-q', '-b', 'side']);
      repo.commitFiles('theirs', { 'src/ui/list.ts': 'theirs\n' });
      repo.git(['checkout', '-q', 'main']);
      repo.commitFiles('ours', { 'src/ui/list.ts': 'ours\n' });
      repo.git(['merge', '-q', 'side'], { expectFailure: true });
      const before = stateOf(repo);
      const { code, stderr } = gate.check();
      assert.equal(code, 3);
      assertSays(stderr, 'the index holds unmerged paths: src/ui/list.ts');
      assertSays(stderr, 'git add');
      const hook = repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true });
      assert.equal(hook.code, 3, hook.stderr);
      assertSays(hook.stderr, 'the index holds unmerged paths: src/ui/list.ts');
      assert.equal(stateOf(repo), before);
    }));

  it('no commits: the first one is judged by the policy that it brings', () =>
    withGate({}, gate => {
      gate.change({ ...BASIC, ...VIOLATION });
      expectBoth(gate, { code: 1, says: ['src/ui/list.ts:1:22', 'ui-off-db'] });
      gate.change(CLEAN);
      expectBoth(gate, { code: 0 });
    }));

  it('no commits and nothing staged: nothing to object to', () =>
    withGate({}, gate => assert.equal(gate.check().code, 0)));

  it('not a repository: exit 3, and how to mend it', () =>
    withGate(BASIC, gate => {
      const { code, stdout, stderr } = gate.check({ cwd: '..' });
      assert.equal(code, 3);
      assert.equal(stdout, '');
      assert.match(stderr, /^lintel: .*not a git repository.*\n {2}remedy: .*git init/);
    }));

  it('a damaged index: never admitted', () =>
    withGate(BASIC, gate => {
      gate.change(VIOLATION);
      const index = path.join(gate.repo.path, '.git/index');
      const bytes = readFileSync(index);
      writeFileSync(index, bytes.subarray(0, bytes.length / 2));
      assert.equal(gate.check().code, 3);
      assert.notEqual(gate.repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true }).code, 0);
    }));

  it('a staged blob that is missing: never admitted, cold or warm', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      const gone = `100644 ${'ab'.repeat(20)}\tsrc/ui/list.ts\0`;
      const stage = () => repo.git(['update-index', '-z', '--index-info'], { input: gone });
      for (const warmth of ['cold', 'warm']) {
        stage();
        const { code, stdout, stderr } = gate.check();
        assert.equal(code, 3, warmth);
        assertSays(stdout + stderr, 'src/ui/list.ts');
        assert.equal(repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true }).code, 3, warmth);
        repo.git(['read-tree', 'HEAD']);
        gate.change({ 'src/ui/list.ts': `export const ${warmth} = 1;\n` });
        assert.equal(gate.commit().code, 0);
      }
    }));

  for (const name of ['two words', 'größe', "it's $(odd) \"quoted\"", '-dash'])
    it(`a repository at ${name}`, async () => {
      const outer = await createGate(BASIC);
      try {
        const at = path.join(outer.repo.folder, name);
        outer.repo.git(['clone', '-q', '--', outer.repo.path, at]);
        const { createRepository } = await import('../support/repository.js');
        const gate = gateOf(await createRepository({ at: { repository: outer.repo, path: at } }));
        gate.change(VIOLATION);
        expectBoth(gate, { code: 1, says: ['src/ui/list.ts:1:22', 'ui-off-db'] });
        gate.change(CLEAN);
        expectBoth(gate, { code: 0 });
      } finally {
        await outer.dispose();
      }
    });

  it('a repository whose path holds a newline: refused or judged, never waved through', async () => {
    const outer = await createGate(BASIC);
    try {
      const at = path.join(outer.repo.folder, 'new\nline');
      outer.repo.git(['clone', '-q', '--', outer.repo.path, at]);
      const { createRepository } = await import('../support/repository.js');
      const gate = gateOf(await createRepository({ at: { repository: outer.repo, path: at } }));
      gate.change(VIOLATION);
      expectBoth(gate, { code: 3, says: ["the repository's path holds a line break", 'Move it'] });
    } finally {
      await outer.dispose();
    }
  });
});

describe('the machine', () => {
  it('git is too old: both versions are named', () =>
    withGate(BASIC, gate => {
      gate.change(VIOLATION);
      const old = path.join(gate.repo.folder, 'old-git');
      // An old git repeats what it does not know.
      const script = `#!/bin/sh
case "$*" in *version*) echo 'git version 2.20.1' ;; *rev-parse*) echo --path-format=absolute ;; *) exit 129 ;; esac
`;
      writeFileSync(old, script, { mode: 0o755 });
      const { code, stdout, stderr } = gate.check({ env: { LINTEL_GIT: old } });
      assert.equal(code, 3, stdout);
      assertSays(stderr, 'is git version 2.20.1; lintel needs git 2.31 or newer');
      assertSays(stderr, 'LINTEL_GIT');
    }));

  it('the git that was named is missing, or is no program: exit 3, never another backend', () =>
    withGate(BASIC, gate => {
      gate.change(CLEAN);
      const plain = path.join(gate.repo.folder, 'plain');
      writeFileSync(plain, 'no program\n', { mode: 0o644 });
      for (const LINTEL_GIT of ['/nonexistent/git', plain]) {
        const { code, stderr } = gate.check({ env: { LINTEL_GIT } });
        assert.equal(code, 3);
        assert.match(stderr, /was not found|can't be executed/);
        assertSays(stderr, 'Install git');
      }
    }));

  const bare: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    'HOME is unset': { HOME: undefined, XDG_CONFIG_HOME: undefined },
    'TMPDIR can not be written': { TMPDIR: '/proc/nowhere', TMP: '/proc/nowhere', TEMP: '/proc/nowhere' },
    'LANG is another, and colours are forced': { LC_ALL: 'C.UTF-8', FORCE_COLOR: '1' },
  };
  for (const [name, env] of Object.entries(bare))
    it(`${name}: the verdict stays`, () =>
      withGate(BASIC, gate => {
        // Who the author is comes from the home folder.
        for (const key of ['user.name', 'user.email']) gate.repo.git(['config', key, 'tess@example.com']);
        gate.change(VIOLATION);
        expectBoth(gate, { code: 1, says: ['ui-off-db'] }, { env });
        gate.change(CLEAN);
        expectBoth(gate, { code: 0 }, { env });
      }));

  it('PATH is bare (a graphical client): the recorded node judges', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      const PATH = pathOf(repo.folder, ['git', 'sh', 'sed'], program =>
        repo.run('sh', ['-c', `command -v ${program}`]).stdout.trim(),
      );
      mkdirSync(gate.cache, { recursive: true });
      writeFileSync(path.join(gate.cache, 'node'), `${process.execPath}\n`);
      gate.change(VIOLATION);
      const blocked = gate.commit({ env: { PATH } });
      assert.equal(blocked.code, 1);
      assertSays(blocked.stderr, 'ui-off-db');
      gate.change(CLEAN);
      assert.equal(gate.commit({ env: { PATH } }).code, 0);
    }));

  it('the current folder was deleted: exit 3, in one message', () =>
    withGate(BASIC, gate => {
      const gone = path.join(gate.repo.path, 'gone');
      mkdirSync(gone);
      const cli = path.join(gate.package, 'dist/cli.js');
      const script = 'cd gone && rmdir ../gone && exec "$0" "$1" check --staged';
      const { code, stdout, stderr } = gate.repo.run('sh', ['-c', script, process.execPath, cli], {
        expectFailure: true,
      });
      assert.notEqual(code, 0, stdout);
      assert.doesNotMatch(stdout, /admitted/);
      assert.match(stderr, /\S/);
    }));

  it('oxc-parser is missing: what needs it is an error, never a pass', async () => {
    const gate = await createGate(BASIC, { ownPackage: true });
    try {
      renameSync(path.join(gate.package, 'node_modules'), path.join(gate.package, 'gone'));
      // What the proof without a parser can't show.
      gate.change({ 'src/ui/list.ts': 'const load = (name: string) => import(`../db/${name}`);\nload("pool");\n' });
      for (const { code, stdout, stderr } of [gate.check(), gate.commit()]) {
        assert.notEqual(code, 0);
        assert.match(stdout + stderr, /oxc-parser/);
      }
    } finally {
      await gate.dispose();
    }
  });

  for (const file of ['judge.js', 'hook.cjs'])
    it(`${file} can't be loaded: the commit stops`, async () => {
      const gate = await createGate(BASIC, { ownPackage: true });
      try {
        writeFileSync(path.join(gate.package, 'dist', file), 'syntax error(');
        gate.change(VIOLATION);
        assert.notEqual(gate.commit().code, 0);
      } finally {
        await gate.dispose();
      }
    });

  it('a judge whose event loop runs dry has not admitted anything', async () => {
    const gate = await createGate(BASIC, { ownPackage: true });
    try {
      const never = 'export const runHookProcess = () => new Promise(() => {});\n';
      writeFileSync(path.join(gate.package, 'dist/judge.js'), never);
      gate.change(VIOLATION);
      assert.equal(gate.repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true }).code, 3);
      assert.equal(gate.commit().code, 1);
    } finally {
      await gate.dispose();
    }
  });

  it('a package that can be read but not written, and a repository of another', () =>
    withGate(BASIC, gate => {
      const copy = installPackage(path.join(gate.repo.folder, 'read-only'));
      chmodSync(path.join(copy, 'dist'), 0o555);
      gate.change(VIOLATION);
      assert.equal(
        gate.repo.run(process.execPath, [path.join(copy, 'dist/cli.js'), 'check'], { expectFailure: true }).code,
        1,
      );
      chmodSync(path.join(copy, 'dist'), 0o755);
    }));
});
