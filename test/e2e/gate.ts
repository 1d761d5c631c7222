/**
 * lintel as users have it: the built package in a folder of its own, git's own hooks calling it through the
 * shipped launcher, and the command line beside it.
 */
import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildIfStale, CHECKOUT } from '../support/dist.js';
import {
  createRepository,
  type FileContent,
  type GitOptions,
  type RepositoryOptions,
  type RunResult,
  type TestRepository,
} from '../support/repository.js';

type Files = Readonly<Record<string, FileContent>>;
const HOOKS = ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'] as const;

export interface Gate {
  readonly repo: TestRepository;
  /** The installed package: `dist/`, `hooks/`, `node_modules/`. */
  readonly package: string;
  /** `.git/lintel` */
  readonly cache: string;
  /** `lintel ARGS`; never throws for an exit code. */
  lintel(args: readonly string[], options?: GitOptions): RunResult;
  /** `lintel check --staged` */
  check(options?: GitOptions): RunResult;
  /** A real `git commit` with the hooks in place. */
  commit(options?: GitOptions & { readonly args?: readonly string[] }): RunResult;
  /** Writes and stages. */
  change(files: Files): void;
  dispose(): Promise<void>;
}

/** A copy of what is published, so that a test can damage it and a build beside it can't. */
export function installPackage(folder: string): string {
  buildIfStale();
  const target = path.join(folder, 'package/node_modules/lintel');
  mkdirSync(path.join(target, 'node_modules'), { recursive: true });
  for (const name of ['dist', 'hooks', 'package.json'])
    cpSync(path.join(CHECKOUT, name), path.join(target, name), { recursive: true });
  symlinkSync(path.join(CHECKOUT, 'node_modules/oxc-parser'), path.join(target, 'node_modules/oxc-parser'));
  return target;
}

let shared: string | null = null;

/** One for all tests of a process that leave it as it is. */
function sharedPackage(): string {
  if (shared !== null) return shared;
  const folder = mkdtempSync(path.join(tmpdir(), 'lintel-package-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  shared = installPackage(folder);
  return shared;
}

/** Puts the launcher into a hooks folder, as `lintel init --hooks git` does. */
function installHooks(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of HOOKS) copyFileSync(path.join(CHECKOUT, 'hooks/launcher.sh'), path.join(folder, name));
}

export interface GateOptions extends RepositoryOptions {
  /** A package of its own, which the test may damage. */
  readonly ownPackage?: true;
}

/** @param files committed before the hooks are there. */
export async function createGate(files: Files, options: GateOptions = {}): Promise<Gate> {
  const repo = await createRepository(options);
  if (Object.keys(files).length > 0) repo.commitFiles('start', files);
  return gateOf(repo, options.ownPackage === true ? installPackage(repo.folder) : sharedPackage());
}

/** Installs lintel in a repository that stands. */
export function gateOf(repo: TestRepository, packageFolder: string = sharedPackage()): Gate {
  const git = path.resolve(repo.path, repo.git(['rev-parse', '--git-common-dir']).stdout.replace(/\n$/, ''));
  installHooks(path.join(git, 'hooks'));
  mkdirSync(path.join(git, 'info'), { recursive: true });
  writeFileSync(path.join(git, 'info/exclude'), 'node_modules\n');
  mkdirSync(path.join(repo.path, 'node_modules'), { recursive: true });
  symlinkSync(packageFolder, path.join(repo.path, 'node_modules/lintel'));
  const lintel: Gate['lintel'] = (args, given) =>
    repo.run(process.execPath, [path.join(packageFolder, 'dist/cli.js'), ...args], {
      ...given,
      expectFailure: true,
    });
  return {
    repo,
    package: packageFolder,
    cache: path.join(git, 'lintel'),
    lintel,
    check: given => lintel(['check', '--staged'], given),
    commit: ({ args = [], ...given } = {}) =>
      repo.git([...args, 'commit', '-q', '--allow-empty', '-m', 'next'], { ...given, expectFailure: true }),
    change(files) {
      repo.write(files);
      repo.stage();
    },
    dispose: () => repo.dispose(),
  };
}

export async function withGate(
  files: Files,
  use: (gate: Gate) => Promise<void> | void,
  options: GateOptions = {},
): Promise<void> {
  const gate = await createGate(files, options);
  try {
    await use(gate);
  } finally {
    await gate.dispose();
  }
}

/** Everything of the user's that a run could lose: HEAD, the staged entries, each file of the working tree. */
export function stateOf(repo: TestRepository): string {
  const head = repo.git(['rev-parse', '-q', '--verify', 'HEAD'], { expectFailure: true }).stdout;
  const index = repo.git(['ls-files', '--stage', '-z']).stdout;
  return JSON.stringify([head, index, ...worktreeOf(repo.path)]);
}

function worktreeOf(root: string): readonly string[] {
  const found: string[] = [];
  const names = readdirSync(root, { recursive: true, encoding: 'latin1' }).sort();
  for (const name of names) {
    if (/^(?:\.git|node_modules)(?:\/|$)/.test(name)) continue;
    const file = Buffer.from(`${root}/`, 'utf8');
    const at = Buffer.concat([file, Buffer.from(name, 'latin1')]);
    const stat = lstatSync(at);
    if (stat.isSymbolicLink()) found.push(`${name} -> ${readlinkSync(at)}`);
    else if (stat.isFile()) found.push(`${name} ${stat.mtimeMs} ${stat.size}`);
  }
  return found;
}

export interface Expected {
  readonly code: 0 | 1 | 2 | 3;
  /** Each must occur in what is printed, by the command line and by the hook alike. */
  readonly says?: readonly (string | RegExp)[];
}

/**
 * Judges what is staged twice, by the command line and by a real `git commit`: both must say and decide what is
 * expected; nothing is committed unless admitted, and nothing of the user's is lost.
 */
export function expectBoth(gate: Gate, { code, says = [] }: Expected, options: GitOptions = {}): void {
  const { repo } = gate;
  const before = stateOf(repo);
  const bytes = readFileSync(path.join(repo.path, '.git/index'));
  const checked = gate.check(options);
  const printed = checked.stdout + checked.stderr;
  assert.equal(checked.code, code, printed);
  for (const text of says) assertSays(printed, text);
  assert.deepEqual(readFileSync(path.join(repo.path, '.git/index')), bytes, 'check touched the index');
  assert.equal(stateOf(repo), before, 'check lost something');
  const committed = gate.commit(options);
  const told = committed.stdout + committed.stderr;
  if (code === 0) {
    assert.equal(committed.code, 0, told);
    return;
  }
  assert.notEqual(committed.code, 0, told);
  for (const text of says) assertSays(told, text);
  assert.equal(stateOf(repo), before, 'the refused commit left a trace');
}

export function assertSays(printed: string, text: string | RegExp): void {
  if (typeof text === 'string') assert.ok(printed.includes(text), `${text}\nis not in:\n${printed}`);
  else assert.match(printed, text);
}
