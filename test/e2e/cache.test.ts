/** `.git/lintel` damaged, in the way, not to be written: the verdict is the one without a cache. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { cacheFiles, DAMAGES } from './damaged-cache.js';
import { assertSays, expectBoth, type Gate, withGate } from './gate.js';

const CLEAN = { 'src/ui/list.ts': "import { pool } from '../api';\nexport const list = pool;\n" };

/** A cache that holds one of everything. */
function warm(gate: Gate): void {
  gate.change({ 'src/api/warm.ts': 'export {};\n' });
  assert.equal(gate.commit().code, 0);
  gate.change(VIOLATION);
  assert.equal(gate.commit().code, 1);
  assert.ok(cacheFiles(gate.cache).length >= 6, cacheFiles(gate.cache).join('\n'));
}

describe('a damaged cache', () => {
  for (const [name, damage] of Object.entries(DAMAGES))
    it(`${name}: the same verdict as without one, and it is made anew`, () =>
      withGate(BASIC, gate => {
        warm(gate);
        const whole = path.join(gate.repo.folder, 'whole');
        cpSync(gate.cache, whole, { recursive: true });
        const json = (): string => gate.lintel(['check', '--format', 'json']).stdout;
        rmSync(gate.cache, { recursive: true });
        const expected = json();
        rmSync(gate.cache, { recursive: true });
        cpSync(whole, gate.cache, { recursive: true });
        for (const file of cacheFiles(gate.cache)) damage(file);
        assert.equal(json(), expected);
        for (const file of cacheFiles(gate.cache)) damage(file);
        expectBoth(gate, { code: 1, says: ['ui-off-db'] });
        gate.change(CLEAN);
        for (const file of cacheFiles(gate.cache)) damage(file);
        expectBoth(gate, { code: 0 });
        assert.equal(gate.lintel(['log']).code, 0);
      }));
});

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
      for (const command of [check, 'sh .git/hooks/pre-commit']) assert.equal(limited(command).code, 0, command);
      expectBoth(gate, { code: 0 });
    }));

  it('no permission (another user): said, and judged all the same', { skip: notRoot() }, () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      warm(gate);
      chmodSync(repo.folder, 0o755);
      repo.git(['config', '--global', 'safe.directory', '*']);
      const cli = path.join(gate.package, 'dist/cli.js');
      repo.run('chmod', ['-R', 'a+rX', path.dirname(path.dirname(path.dirname(gate.package)))], { cwd: '.' });
      for (const [command, args] of [
        [process.execPath, [cli, 'check']],
        ['sh', ['.git/hooks/pre-commit']],
      ] as const) {
        const user = ['--reuid=65534', '--regid=65534', '--clear-groups'];
        const { code, stdout, stderr } = repo.run('setpriv', [...user, command, ...args], { expectFailure: true });
        assert.equal(code, 1, stderr);
        assertSays(stdout + stderr, 'ui-off-db');
      }
    }));
});

function notRoot(): string | false {
  return process.getuid?.() === 0 ? false : 'only root can run it as somebody else';
}
