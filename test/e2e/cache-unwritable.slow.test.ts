/** `.git/lintel` in the way or not to be written: said once, and judged all the same. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { CLEAN, cacheFiles, warm } from './damaged-cache.js';
import { assertSays, expectBoth, type Gate, withGate } from './gate.js';

const NO_ROOM: Readonly<Record<string, (gate: Gate) => void>> = {
  '.git/lintel is a file': gate => {
    rmSync(gate.cache, { recursive: true, force: true });
    writeFileSync(gate.cache, 'in the way\n');
  },
  '.git/lintel/v1 is a file': gate => {
    rmSync(gate.cache, { recursive: true, force: true });
    mkdirSync(gate.cache);
    writeFileSync(path.join(gate.cache, 'v1'), 'in the way\n');
  },
  'every file of the cache is a folder': gate => {
    for (const file of cacheFiles(gate.cache)) {
      rmSync(file);
      mkdirSync(file);
      writeFileSync(path.join(file, 'x'), '');
    }
  },
};

describe('a cache that can not be written', () => {
  for (const [name, prepare] of Object.entries(NO_ROOM))
    it(`${name}: said once, and judged all the same`, () =>
      withGate(BASIC, gate => {
        warm(gate);
        prepare(gate);
        const { stderr } = gate.check();
        assert.equal(stderr.split("can't keep its cache").length, 2, stderr);
        expectBoth(gate, { code: 1, says: ['ui-off-db', "can't keep its cache"] });
        gate.change(CLEAN);
        expectBoth(gate, { code: 0 });
      }));

  it('no room (ulimit -f 0): said, and judged all the same', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      const limited = (command: string) =>
        repo.run('sh', ['-c', `ulimit -f 0; exec ${command}`], { expectFailure: true });
      const check = `'${process.execPath}' '${gate.package}/dist/cli.js' check`;
      gate.change(VIOLATION);
      for (const command of [check, 'sh .git/hooks/pre-commit']) {
        const { code, stdout, stderr } = limited(command);
        assert.equal(code, 1, stderr);
        assertSays(stdout + stderr, 'ui-off-db');
        assertSays(stderr, "can't keep its cache");
      }
      gate.change(CLEAN);
      for (const command of [check, 'sh .git/hooks/pre-commit'])
        assert.equal(limited(command).code, 0, command);
      expectBoth(gate, { code: 0 });
    }));

  it('no permission (another user): said, and judged all the same', { skip: notRoot() }, () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      warm(gate);
      // HEAD moves past the hooks: there is something to catch up with, and it can't be written down.
      repo.git(['stash', '-q']);
      gate.change({ 'src/api/other.ts': 'export {};\n' });
      repo.git(['commit', '-qn', '-m', 'unjudged']);
      repo.git(['stash', 'pop', '-q', '--index']);
      chmodSync(repo.folder, 0o755);
      repo.git(['config', '--global', 'safe.directory', '*']);
      const cli = path.join(gate.package, 'dist/cli.js');
      repo.run('chmod', ['-R', 'a+rX', path.dirname(path.dirname(path.dirname(gate.package)))], { cwd: '.' });
      for (const [command, args] of [
        [process.execPath, [cli, 'check']],
        ['sh', ['.git/hooks/pre-commit']],
      ] as const) {
        const user = ['--reuid=65534', '--regid=65534', '--clear-groups'];
        const { code, stdout, stderr } = repo.run('setpriv', [...user, command, ...args], {
          expectFailure: true,
        });
        assert.equal(code, 1, stderr);
        assertSays(stdout + stderr, 'ui-off-db');
        assertSays(stderr, "can't keep its cache");
      }
    }),
  );
});

function notRoot(): string | false {
  return process.getuid?.() === 0 ? false : 'only root can run it as somebody else';
}
