/** Signals in the middle, and two at once. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BASIC, VIOLATION } from '../gates/project.js';
import { createRepository } from '../support/repository.js';
import { cacheFiles } from './damaged-cache.js';
import { expectBoth, type Gate, gateOf, stateOf, withGate } from './gate.js';

const CLEAN = { 'src/ui/list.ts': 'export const list = 2;\n' };

/** A git whose `cat-file` tells that it was asked and then never answers: so the signal comes in the middle. */
function stuckGit(gate: Gate): { readonly folder: string; readonly reached: string } {
  const folder = path.join(gate.repo.folder, 'stuck');
  const reached = path.join(folder, 'reached');
  gate.repo.run('mkdir', ['-p', folder]);
  const real = gate.repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  const script = `#!/bin/sh
unset GIT_EXEC_PATH
case " $* " in *' cat-file '*) : >'${reached}'; exec sleep 20 ;; esac
exec '${real}' "$@"
`;
  writeFileSync(path.join(folder, 'git'), script, { mode: 0o755 });
  return { folder, reached };
}

async function interrupt(child: ChildProcess, reached: string, signal: NodeJS.Signals): Promise<void> {
  for (let tries = 0; !existsSync(reached); tries += 1) {
    assert.ok(tries < 600, 'the gate never asked git');
    await sleep(25);
  }
  // As a terminal does it: the whole group.
  if (child.pid !== undefined) process.kill(-child.pid, signal);
}

async function ended(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? signal ?? assert.fail();
}

describe('a signal in the middle', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`${signal} during git commit: no commit, nothing half-written, the next one is fine`, () =>
      withGate(BASIC, async gate => {
        const { repo } = gate;
        gate.change({ 'src/api/warm.ts': 'export {};\n' });
        assert.equal(gate.commit().code, 0);
        gate.change(CLEAN);
        const before = stateOf(repo);
        const { folder, reached } = stuckGit(gate);
        const child = spawn('git', [`--exec-path=${folder}`, 'commit', '-q', '-m', 'next'], {
          cwd: repo.path,
          env: repo.env,
          stdio: 'ignore',
          detached: true,
        });
        const end = ended(child);
        await interrupt(child, reached, signal);
        assert.notEqual(await end, 0);
        // Git's own leftover, after a SIGKILL alone.
        if (signal === 'SIGKILL') repo.run('rm', ['-f', '.git/index.lock', '.git/HEAD.lock']);
        assert.ok(!existsSync(path.join(repo.path, '.git/index.lock')));
        assert.equal(stateOf(repo), before);
        assert.deepEqual(
          cacheFiles(gate.cache).filter(file => file.endsWith('.tmp')),
          [],
        );
        expectBoth(gate, { code: 0 });
        gate.change(VIOLATION);
        expectBoth(gate, { code: 1, says: ['ui-off-db'] });
      }));

    it(`${signal} during check: never 0, nothing is printed as admitted`, () =>
      withGate(BASIC, async gate => {
        const { repo } = gate;
        gate.change(VIOLATION);
        const before = stateOf(repo);
        const { folder, reached } = stuckGit(gate);
        const env = { ...repo.env, PATH: `${folder}${path.delimiter}${repo.env['PATH'] ?? ''}` };
        const cli = path.join(gate.package, 'dist/cli.js');
        const child = spawn(process.execPath, [cli, 'check', '--output', 'report.txt'], {
          cwd: repo.path,
          env,
          stdio: 'ignore',
          detached: true,
        });
        const end = ended(child);
        await interrupt(child, reached, signal);
        // It may see git die of the same signal first: then it could not judge.
        const ends = { SIGINT: [130, 3], SIGTERM: [143, 3], SIGKILL: ['SIGKILL'] }[signal];
        assert.ok((ends as (string | number)[]).includes(await end), String(await end));
        assert.equal(stateOf(repo), before, 'no report, and no half of one');
      }));
  }
});

describe('two at once', () => {
  it('check, many times side by side on one cache that is cold: each says the same', () =>
    withGate(BASIC, async gate => {
      gate.change(VIOLATION);
      const cli = path.join(gate.package, 'dist/cli.js');
      const run = async (): Promise<string> => {
        const child = spawn(process.execPath, [cli, 'check', '--format', 'json'], {
          cwd: gate.repo.path,
          env: gate.repo.env,
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let text = '';
        child.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
        });
        const [code] = await once(child, 'close');
        return `${String(code)} ${text}`;
      };
      const said = await Promise.all(Array.from({ length: 8 }, run));
      assert.match(said[0] ?? '', /^1 .*"result":\s*"blocked"/s);
      assert.equal(new Set(said).size, 1);
      assert.deepEqual(
        cacheFiles(gate.cache).filter(file => file.endsWith('.tmp')),
        [],
      );
      expectBoth(gate, { code: 1, says: ['ui-off-db'] });
    }));

  it('commits in two worktrees, side by side: each gets its own verdict, each time', () =>
    withGate(BASIC, async gate => {
      const { repo } = gate;
      const at = path.join(repo.folder, 'linked');
      repo.git(['worktree', 'add', '-q', '-b', 'linked', at]);
      const other = gateOf(await createRepository({ at: { repository: repo, path: at } }), gate.package);
      const commit = async ({ repo: { path: cwd, env } }: Gate): Promise<number | NodeJS.Signals> =>
        ended(spawn('git', ['commit', '-q', '-m', 'next'], { cwd, env, stdio: 'ignore' }));
      for (let round = 0; round < 4; round += 1) {
        gate.change({
          'src/ui/list.ts': `export const list = ${round};\n`,
          'src/ui/new.ts': `export const a = ${round};\n`,
        });
        other.change({
          'src/ui/list.ts': `import { pool } from '../db/pool';\nexport const list = pool + ${round};\n`,
        });
        assert.deepEqual(await Promise.all([commit(gate), commit(other)]), [0, 1], `round ${round}`);
        assert.equal(repo.git(['status', '--porcelain']).stdout, '');
      }
      assert.equal(gate.lintel(['log']).code, 0);
    }));
});
