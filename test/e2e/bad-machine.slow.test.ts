/** Machines in an odd state: git too old or missing, a bare environment, an incomplete installation. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { assertSays, createGate, expectBoth, installPackage, withGate } from './gate.js';

const CLEAN = { 'src/ui/list.ts': 'export const list = 2;\n' };

/** A PATH of links to these programs alone. */
function pathOf(folder: string, programs: readonly string[], run: (program: string) => string): string {
  const at = path.join(folder, 'bare-path');
  mkdirSync(at);
  for (const program of programs) symlinkSync(run(program), path.join(at, program));
  return at;
}

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
      gate.change({
        'src/ui/list.ts': 'const r = require;\nr(name);\n',
      });
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
        gate.repo.run(process.execPath, [path.join(copy, 'dist/cli.js'), 'check'], { expectFailure: true })
          .code,
        1,
      );
      chmodSync(path.join(copy, 'dist'), 0o755);
    }));
});
