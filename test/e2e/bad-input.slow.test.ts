/** Input that is too much: 100 MB, one line of 5 MB, 100,000 files; and kills at any moment. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BASIC, decision, VIOLATION } from '../gates/project.js';
import type { RunResult } from '../support/repository.js';
import { cacheFiles } from './damaged-cache.js';
import { assertSays, expectBoth, type Gate, withGate } from './gate.js';

const SECOND = '.architecture/decisions/0002-more.md';
const MORE = decision(
  'ADR-0002',
  `- id: no-run
  forbid-text: { in: "text/**", pattern: "(a+)+$", lines: all }
- id: no-todo
  forbid-text: { in: "src/**", pattern: TODO }
- id: lib-off-db
  forbid-import: { from: "lib/**", to: db }
- id: co
  co-change: { if: "src/db/{name}.ts", then: "test/{name}.test.ts" }`,
);
const POLICY = { ...BASIC, [SECOND]: MORE };
const MEGABYTE = 1024 * 1024;

/** The largest process of a run, in MB (GNU time); `null` without it. */
function measured(gate: Gate, command: readonly string[]): RunResult & { readonly megabytes: number | null } {
  const args = ['-f', 'largest process: %M', ...command];
  const result = gate.repo.run('/usr/bin/time', args, { expectFailure: true });
  const kilobytes = /largest process: (\d+)/.exec(result.stderr)?.[1];
  return { ...result, megabytes: kilobytes === undefined ? null : Number(kilobytes) / 1024 };
}

function commands(gate: Gate): readonly (readonly string[])[] {
  return [
    ['sh', '.git/hooks/pre-commit'],
    [process.execPath, `${gate.package}/dist/cli.js`, 'check'],
  ];
}

function warm(gate: Gate): void {
  for (const content of ['export {};\n', 'export const a = 1;\n']) {
    gate.change({ 'src/api/warm.ts': content });
    assert.equal(gate.commit().code, 0);
  }
}

const noTime =
  spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0 ? false : 'GNU time is not installed';

describe('a file of 100 MB', { skip: noTime }, () => {
  const big = Buffer.alloc(100 * MEGABYTE, '// one line of many\n');
  for (const [name, path, code, rule] of [
    ['that nothing governs passes', 'assets/big.dat', 0, null],
    ['that a text rule governs is an error', 'text/big.txt', 3, 'ADR-0002, no-run'],
    ['that an import rule governs is an error', 'lib/big.ts', 3, 'ADR-0002, lib-off-db'],
  ] as const)
    it(`${name}; memory stays bounded`, () =>
      withGate(POLICY, gate => {
        warm(gate);
        gate.change({ [path]: big });
        for (const command of commands(gate)) {
          const { code: ended, stdout, stderr, megabytes } = measured(gate, command);
          assert.equal(ended, code, stderr);
          assert.ok(megabytes !== null && megabytes < 400, `${megabytes} MB: ${command.join(' ')}`);
          if (rule === null) continue;
          const said = (stdout + stderr).replaceAll(/\n +/g, ' ');
          for (const text of [path, 'oversized', rule, 'limits.file-bytes']) assertSays(said, text);
        }
        assert.equal(gate.commit().code === 0, code === 0);
      }));

  it('several of them, changed: the gate does not hold them all', () =>
    withGate(POLICY, gate => {
      warm(gate);
      const names = ['a', 'b', 'c', 'd'].map(name => `assets/${name}.dat`);
      const all = (content: Buffer) => Object.fromEntries(names.map(name => [name, content]));
      gate.change(all(big));
      assert.equal(gate.commit().code, 0);
      gate.change(all(Buffer.concat([big, Buffer.from('more\n')])));
      for (const command of commands(gate)) {
        const { code, stderr, megabytes } = measured(gate, command);
        assert.equal(code, 0, stderr);
        assert.ok(megabytes !== null && megabytes < 400, `${megabytes} MB: ${command.join(' ')}`);
      }
    }));
});

describe('one line of 5 MB', () => {
  const cases = {
    'under a pattern that would hang a backtracking engine': ['text/line.txt', `${'a'.repeat(5e6)}!\n`, 0],
    'which that pattern matches': ['text/line.txt', `${'a'.repeat(5e6)}\n`, 1],
    'of code, with a forbidden import at its end': [
      'src/ui/min.ts',
      `${'f();'.repeat(1.25e6)}import '../db/pool';`,
      1,
    ],
    'of a string': ['src/ui/string.ts', `export const a = "${'x'.repeat(5e6)}";\n`, 0],
    'of brackets that nothing follows: no import can stand there': ['src/ui/deep.ts', '('.repeat(5e6), 0],
    'of brackets around an import': ['src/ui/deep.ts', `${'('.repeat(5e6)}import('../db/pool')`, 'not 0'],
  } as const;
  for (const [name, [path, content, code]] of Object.entries(cases))
    it(name, { timeout: 120_000 }, () =>
      withGate(POLICY, gate => {
        warm(gate);
        gate.change({ [path]: content });
        const before = Date.now();
        for (const command of commands(gate)) {
          const {
            code: ended,
            stdout,
            stderr,
          } = gate.repo.run(command[0] ?? '', command.slice(1), {
            expectFailure: true,
          });
          const said = `${String(ended)} ${stdout}${stderr}`.slice(0, 2000);
          // A native parser may run out of stack: a crash is no admission.
          if (code === 'not 0') assert.notEqual(ended, 0, said);
          else assert.equal(ended, code, said);
          // What is shown of the line is a cut of it.
          assert.ok(stdout.length + stderr.length < 20_000);
        }
        assert.ok(Date.now() - before < 100_000, 'it hung');
      }),
    );
});

const FILES = 100_000;

/** Stages 100,000 new files without writing one of them. */
function stageMany(gate: Gate, content: (n: number) => string): void {
  const { repo } = gate;
  const head =
    'commit refs/heads/next\ncommitter T <t@example.com> 1767225600 +0000\ndata 1\nx\nfrom refs/heads/main\n';
  const files = Array.from({ length: FILES }, (_, n) => {
    const text = content(n);
    return `M 100644 inline src/ui/d${Math.floor(n / 100)}/f${n % 100}.ts\ndata ${text.length}\n${text}\n`;
  });
  repo.git(['fast-import', '--quiet', '--force'], { input: head + files.join('') });
  repo.git(['read-tree', 'next']);
}

const CLEAN = (n: number): string => `import { x } from './f${(n + 1) % 100}';\nexport const a${n} = x;\n`;
const noScript =
  spawnSync('script', ['--version']).status === 0 ? false : 'script (util-linux) is not installed';

describe('100,000 staged files', () => {
  it(
    'are judged: clean, then with one violation among them; the hook and the command line',
    { timeout: 300_000 },
    () =>
      withGate(POLICY, gate => {
        warm(gate);
        stageMany(gate, CLEAN);
        for (const [program = '', ...args] of commands(gate)) {
          const { code, stderr } = gate.repo.run(program, args, { expectFailure: true });
          assert.equal(code, 0, stderr.slice(0, 2000));
        }
        stageMany(gate, n => (n === 77_777 ? "import '../../db/pool';\n" : CLEAN(n)));
        for (const [program = '', ...args] of commands(gate)) {
          const { code, stdout, stderr } = gate.repo.run(program, args, { expectFailure: true });
          assert.equal(code, 1);
          assertSays(stdout + stderr, 'src/ui/d777/f77.ts:1:8');
        }
      }),
  );

  it('each with a violation: ten are shown in the hook, the rest is counted', { timeout: 300_000 }, () =>
    withGate(POLICY, gate => {
      stageMany(gate, () => "import '../../db/pool';\n");
      const { code, stderr } = gate.repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true });
      assert.equal(code, 1);
      assertSays(stderr, '99990 more findings');
      assert.ok(stderr.length < 50_000);
    }),
  );

  it('show their progress on a terminal, and leave nothing of it', { timeout: 300_000, skip: noScript }, () =>
    withGate(POLICY, gate => {
      stageMany(gate, CLEAN);
      for (const command of [
        'sh .git/hooks/pre-commit',
        `'${process.execPath}' '${gate.package}/dist/cli.js' check`,
      ]) {
        const { code, stdout } = gate.repo.run('script', ['-qec', command, '/dev/null'], {
          expectFailure: true,
        });
        assert.equal(code, 0, stdout.slice(-2000));
        assert.match(stdout, /lintel: (?:judging|imports) \d+\/\d+ \d+ %/, command);
        const shown = stdout.split('\r\u001b[2K').at(-1) ?? '';
        assert.doesNotMatch(shown, /judging|imports \d/, 'the line is taken away at the end');
      }
    }),
  );

  it(
    'moved to another folder with what they violate: renames are found, and nothing is quadratic',
    { timeout: 300_000 },
    () =>
      withGate(POLICY, gate => {
        const { repo } = gate;
        stageMany(gate, n => `import '../../db/pool';\nexport const a${n} = 1;\n`);
        repo.git(['commit', '-qn', '-m', 'debt']);
        const entries = repo.git(['ls-files', '--stage', 'src/ui/d*']).stdout;
        const moved = entries.replaceAll('\tsrc/ui/d', '\tsrc/ui/e');
        const gone = entries.replaceAll(/^100644 [0-9a-f]+ 0/gm, `0 ${'0'.repeat(40)}`);
        repo.git(['update-index', '--index-info'], { input: gone + moved });
        const { code, stdout, stderr } = gate.check();
        assert.equal(code, 0, (stdout + stderr).slice(0, 2000));
      }),
  );
});

describe('SIGKILL at any moment', () => {
  it(
    'never lets a violation through, and leaves nothing that the next run stumbles over',
    { timeout: 300_000 },
    () =>
      withGate(POLICY, async gate => {
        const { repo } = gate;
        warm(gate);
        gate.change(VIOLATION);
        const head = repo.revision('HEAD');
        for (let delay = 5; delay < 400; delay += 15) {
          const child = spawn('git', ['commit', '-q', '-m', 'next'], {
            cwd: repo.path,
            env: repo.env,
            stdio: 'ignore',
            detached: true,
          });
          const end = once(child, 'exit');
          await sleep(delay);
          try {
            if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
          } catch (error) {
            // It had ended before.
            assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
          }
          await end;
          repo.run('rm', ['-f', '.git/index.lock', '.git/HEAD.lock']);
          assert.equal(repo.revision('HEAD'), head, `killed after ${delay} ms`);
        }
        expectBoth(gate, { code: 1, says: ['ui-off-db'] });
        gate.change({ 'src/ui/list.ts': 'export const list = 2;\n' });
        expectBoth(gate, { code: 0 });
        assert.ok(cacheFiles(gate.cache).length > 0);
      }),
  );
});
