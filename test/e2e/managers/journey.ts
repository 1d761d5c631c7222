/**
 * One journey for every hook manager: the manager is really installed, lintel joins it, real `git commit`, `merge` and
 * `push` are stopped and let through, uninstall puts everything back.
 *
 * The judge is a stand-in that does as it is told. With LINTEL_TARBALL=/path/to/lintel-x.y.z.tgz the packed lintel
 * is installed and judges by a decision of its own.
 */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { init, uninstall } from '../../../src/install/index.js';
import { type FakePackage, fakePackage } from '../../install/fake-package.js';
import { snapshot } from '../../install/scenario.js';
import {
  createRepository,
  type FileContent,
  type RunResult,
  type TestRepository,
} from '../../support/repository.js';

const TARBALL = process.env['LINTEL_TARBALL'];

const DECISION = `---
id: ADR-0100
title: No forbidden files
status: accepted
invariants:
  - id: no-forbidden-files
    forbid-path: { in: "forbidden/**" }
    because: They are forbidden.
---
# No forbidden files
`;

export interface Journey {
  readonly repository: TestRepository;
  /** `null` when the packed lintel is driven. */
  readonly fake: FakePackage | null;
  /** Prints what init and uninstall said. */
  readonly said: string[];
  lintel(command: 'init' | 'uninstall', ...args: readonly string[]): Promise<void>;
  /** A commit that lintel stops: the result of git. */
  commitBlocked(): RunResult;
  pushBlocked(): RunResult;
}

export interface JourneyOptions {
  readonly files: Readonly<Record<string, FileContent>>;
  /** npm packages that are really installed. */
  readonly npm?: readonly string[];
}

export async function journey(
  options: JourneyOptions,
  use: (journey: Journey) => Promise<void>,
): Promise<void> {
  const repository = await createRepository({ files: { '.gitignore': 'node_modules/\n', ...options.files } });
  try {
    const packages = [...(options.npm ?? []), ...(TARBALL === undefined ? [] : [TARBALL])];
    if (packages.length > 0) {
      // The machine's registry settings, which the isolated HOME hides.
      const env = {
        npm_config_userconfig: path.join(process.env['HOME'] ?? '', '.npmrc'),
        npm_config_cache: process.env['npm_config_cache'] ?? path.join(process.env['HOME'] ?? '', '.npm'),
      };
      repository.run('npm', ['install', '--no-audit', '--no-fund', '-D', ...packages], { env });
      repository.stage();
      repository.commit('packages', '--no-verify');
    }
    const fake = TARBALL === undefined ? fakePackage(repository) : null;
    const said: string[] = [];
    repository.git(['init', '-q', '--bare', '../remote']);
    await use({
      repository,
      fake,
      said,
      lintel: (command, ...args) => runLintel(repository, fake, said, command, args),
      commitBlocked: () => {
        if (fake === null) {
          repository.write({ 'forbidden/a.txt': 'x\n' });
          repository.stage('forbidden');
        } else {
          fake.exitWith('pre-commit', 1);
          repository.write({ 'changed.txt': `${Math.random()}\n` });
          repository.stage('changed.txt');
        }
        const result = repository.git(['commit', '-m', 'blocked'], { expectFailure: true });
        if (fake === null) {
          repository.git(['rm', '-rqf', 'forbidden']);
        } else rmSync(path.join(fake.folder, 'dist/exit-pre-commit'));
        return result;
      },
      pushBlocked: () => {
        if (fake === null) {
          repository.write({ 'forbidden/a.txt': 'x\n' });
          repository.stage('forbidden');
        } else fake.exitWith('pre-push', 1);
        repository.commit('unseen', '--no-verify');
        const result = repository.git(['push', '../remote', 'HEAD:refs/heads/main'], { expectFailure: true });
        if (fake === null) repository.git(['reset', '-q', '--hard', 'HEAD~1']);
        else rmSync(path.join(fake.folder, 'dist/exit-pre-push'));
        return result;
      },
    });
  } finally {
    await repository.dispose();
  }
}

async function runLintel(
  repository: TestRepository,
  fake: FakePackage | null,
  said: string[],
  command: 'init' | 'uninstall',
  args: readonly string[],
): Promise<void> {
  if (fake === null) {
    const { stdout } = repository.run('npx', [
      '--no-install',
      'lintel',
      command,
      ...(command === 'init' ? ['--yes'] : []),
      ...args,
    ]);
    said.push(...stdout.split('\n'));
    return;
  }
  const context = {
    cwd: repository.path,
    environment: repository.env,
    lintelFolder: fake.folder,
    say: (line: string) => said.push(line),
  };
  const before = process.env;
  if (command === 'uninstall') await uninstall(context);
  else await init({ ...context, yes: true, ...(args[1] === 'git' ? { hooks: 'git' } : {}) });
  assert.equal(process.env, before);
}

/** The part that is the same for all: joined, stopped, let through, taken out. */
export async function drive(
  { repository, fake, said, lintel, commitBlocked, pushBlocked }: Journey,
  expected: {
    readonly hooks: string;
    readonly args?: readonly string[];
    readonly ownRuns?: RegExp;
    readonly linked?: 'stops';
  },
): Promise<void> {
  const before = snapshot(repository.path);
  await lintel('init', ...(expected.args ?? []));
  const text = said.join('\n');
  assert.ok(text.includes(`so hooks go through ${expected.hooks}`), text);
  assert.ok(!text.includes('TO DO by hand'), text);
  const once = snapshot(repository.path);
  await lintel('init', ...(expected.args ?? []));
  assert.deepEqual(changedPaths(once, snapshot(repository.path)), [], 'a second init changed something');

  repository.write({ '.architecture/decisions/0100-no-forbidden-files.md': DECISION });
  repository.stage();
  fake?.forget();
  const joined = repository.git(['commit', '-m', 'lintel joins']);
  if (expected.ownRuns !== undefined) assert.match(joined.stdout + joined.stderr, expected.ownRuns);
  if (fake !== null) assert.deepEqual(hooksOf(fake), ['pre-commit', 'post-commit']);

  const stopped = commitBlocked();
  assert.equal(stopped.code, 1, stopped.stderr + stopped.stdout);
  assert.match(
    stopped.stdout + stopped.stderr,
    fake === null ? /ADR-0100/ : /fake lintel: pre-commit says no/,
  );

  // Deletions only, and nothing at all: some managers think that no file is concerned.
  repository.git(['rm', '-rqf', '--ignore-unmatch', 'changed.txt', 'doomed.txt']);
  fake?.forget();
  repository.git(['commit', '-q', '--allow-empty', '-m', 'empty']);
  if (fake !== null) assert.deepEqual(hooksOf(fake), ['pre-commit', 'post-commit']);

  repository.git(['checkout', '-q', '-b', 'topic', 'HEAD~1']);
  repository.commitFiles('topic', { 'topic.txt': 'x\n' });
  repository.git(['checkout', '-q', 'main']);
  fake?.forget();
  fake?.exitWith('pre-merge-commit', 1);
  if (fake !== null) {
    assert.equal(repository.git(['merge', '--no-edit', 'topic'], { expectFailure: true }).code, 1);
    assert.deepEqual(hooksOf(fake), ['pre-merge-commit']);
    rmSync(path.join(fake.folder, 'dist/exit-pre-merge-commit'));
    repository.git(['merge', '--abort'], { expectFailure: true });
    repository.git(['reset', '-q', '--hard']);
  }
  repository.git(['merge', '-q', '--no-edit', 'topic']);

  assert.equal(pushBlocked().code, 1);
  // Every ref, though the branch that is checked out has nothing new: main is pushed before the others.
  repository.git(['push', '-q', '-u', '../remote', 'main']);
  repository.git(['branch', 'other']);
  fake?.forget();
  repository.git(['push', '-q', '../remote', 'topic', 'other']);
  if (fake !== null) {
    const refs = fake.calls().map(call =>
      call.input
        .trim()
        .split('\n')
        .map(line => line.split(' ')[0]),
    );
    assert.deepEqual(refs, [['refs/heads/topic', 'refs/heads/other'].sort((a, b) => (a < b ? 1 : -1))]);
  }

  const linked = path.join(repository.folder, 'linked');
  repository.git(['worktree', 'add', '-q', '-b', 'linked', linked]);
  if (fake !== null) {
    fake.forget();
    const { code } = repository.git(['commit', '-q', '--allow-empty', '-m', 'x'], {
      cwd: linked,
      expectFailure: true,
    });
    if (expected.linked === 'stops') assert.notEqual(code, 0, 'silently without hooks');
    else assert.deepEqual(hooksOf(fake), ['pre-commit', 'post-commit']);
  }
  repository.git(['worktree', 'remove', '--force', linked]);
  repository.git(['worktree', 'prune']);

  repository.git(['rm', '-q', '.architecture/decisions/0100-no-forbidden-files.md']);
  await lintel('uninstall');
  const after = snapshot(repository.path);
  const expectedAfter = Object.keys(before).filter(
    name => !/^(?:\.git\/config|doomed\.txt)$/.test(name) && !name.startsWith('.git/lintel'),
  );
  for (const name of expectedAfter) assert.equal(after[name], before[name], `${name} is not what it was`);
  for (const name of ['.architecture/run-hook', '.architecture/config.yaml', '.git/lintel/'])
    assert.ok(!(name in after), `${name} is still there`);
  if (fake !== null) {
    fake.forget();
    // pre-commit refuses to run while its configuration is not staged.
    repository.stage();
    repository.git(['commit', '-q', '--allow-empty', '-m', 'without lintel']);
    assert.deepEqual(fake.calls(), []);
  }
}

function hooksOf(fake: FakePackage): readonly string[] {
  return fake.calls().map(call => call.hook);
}

function changedPaths(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(name => a[name] !== b[name]);
}

export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some(folder => existsSync(path.join(folder, program)));
}
