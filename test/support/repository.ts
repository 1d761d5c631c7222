/**
 * A real git repository in a temporary folder, cut off from the machine's own configuration.
 *
 *     const repo = await createRepository();
 *     const first = repo.commitFiles('first', { 'src/a.ts': 'export {}' });
 *     repo.write({ 'src/a.ts': null, 'link': { symlink: 'src/b.ts' } });
 *     repo.stage();
 *     const { stdout } = repo.git(['diff', '--cached', '--name-only']);
 *     await repo.dispose();
 *
 * It refuses to run git anywhere but below its own temporary folder: a test must never touch the
 * project's repository.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** `null` deletes the file. */
export type FileContent =
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly executable: string }
  | null;

export interface GitOptions {
  /** Added to the isolated environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** Relative to the repository. Must stay inside the temporary folder. */
  readonly cwd?: string;
  /** Without it a non-zero exit throws, with git's standard error in the message. */
  readonly expectFailure?: boolean;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** -1 when a signal ended it. */
  readonly code: number;
  /** Standard output as bytes. */
  readonly bytes: Buffer;
}

export interface TestRepository {
  /** Absolute root of the working tree (of the repository when bare), symbolic links resolved. */
  readonly path: string;
  /** The temporary folder around it: for clones, remotes, a home. Removed by `dispose`. */
  readonly folder: string;
  /** The isolated environment: hand it to child processes. */
  readonly env: Readonly<Record<string, string>>;
  git(args: readonly string[], options?: GitOptions): RunResult;
  /** Any program, in the same environment and under the same rule. */
  run(program: string, args: readonly string[], options?: GitOptions): RunResult;
  write(files: Readonly<Record<string, FileContent>>): void;
  /** `git add -A` of the paths, or of everything. */
  stage(...paths: readonly string[]): void;
  /** Commits what is staged (an empty commit is allowed). Returns the new HEAD. */
  commit(message: string, ...args: readonly string[]): string;
  /** Writes, stages everything, commits. Returns the new HEAD. */
  commitFiles(message: string, files: Readonly<Record<string, FileContent>>): string;
  read(file: string): string;
  /** The object id of a revision. */
  revision(name: string): string;
  dispose(): Promise<void>;
}

export interface RepositoryOptions {
  readonly bare?: boolean;
  readonly objectFormat?: 'sha1' | 'sha256';
  readonly env?: Readonly<Record<string, string>>;
  /** Another git binary; default: `LINTEL_GIT`, else `git`. */
  readonly binary?: string;
  /** Written and committed as the first commit. */
  readonly files?: Readonly<Record<string, FileContent>>;
  /** Work in this existing folder of another test repository instead of a new one (a clone, a linked worktree). */
  readonly at?: { readonly repository: TestRepository; readonly path: string };
}

const PROJECT = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));
const EPOCH = Date.UTC(2026, 0, 1) / 1000;

function isInside(folder: string, candidate: string): boolean {
  const relative = path.relative(folder, candidate);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function isolatedEnvironment(home: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    // NODE_EXTRA_CA_CERTS costs every node child 60 ms; GIT_* and npm_* would leak the outer run's state;
    // NODE_TEST_CONTEXT makes a nested `node --test` report to the outer one; with CI set, installers keep still.
    if (value === undefined || /^(?:GIT|npm_|HUSKY|NODE_EXTRA_CA|NODE_TEST_CONTEXT|LINTEL_|CI$)/i.test(name))
      continue;
    env[name] = value;
  }
  return {
    ...env,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    GIT_CONFIG_GLOBAL: path.join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: path.dirname(home),
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
    NO_COLOR: '1',
  };
}

const GLOBAL_CONFIG = `[user]
	name = Tess Tester
	email = tess@example.com
[init]
	defaultBranch = main
[protocol "file"]
	allow = always
[commit]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
[advice]
	detachedHead = false
`;

export async function createRepository(options: RepositoryOptions = {}): Promise<TestRepository> {
  const binary = options.binary ?? process.env['LINTEL_GIT'] ?? 'git';
  const shared = options.at?.repository;
  const folder = shared?.folder ?? realpathSync(mkdtempSync(path.join(tmpdir(), 'lintel-test-')));
  if (isInside(PROJECT, folder) || isInside(folder, PROJECT))
    throw new Error(`refusing to make a test repository at ${folder}: it overlaps the project's own`);
  const home = path.join(folder, 'home');
  const root = options.at === undefined ? path.join(folder, 'repo') : path.resolve(folder, options.at.path);
  if (!isInside(folder, root)) throw new Error(`refusing ${root}: outside ${folder}`);
  if (shared === undefined) {
    mkdirSync(home, { recursive: true });
    mkdirSync(root, { recursive: true });
    writeFileSync(path.join(home, '.gitconfig'), GLOBAL_CONFIG);
  }
  const env: Record<string, string> = { ...(shared?.env ?? isolatedEnvironment(home)), ...options.env };
  // Strictly increasing dates: the order of commits never hangs on how fast the test runs.
  let clock = EPOCH;

  const run = (program: string, args: readonly string[], given: GitOptions = {}): RunResult => {
    const cwd = path.resolve(root, given.cwd ?? '.');
    if (!isInside(folder, realpathSync(cwd))) throw new Error(`refusing to run ${program} in ${cwd}`);
    clock += 60;
    const merged: Record<string, string | undefined> = {
      ...env,
      GIT_AUTHOR_DATE: `${clock} +0000`,
      GIT_COMMITTER_DATE: `${clock} +0000`,
      ...given.env,
    };
    const result: SpawnSyncReturns<Buffer> = spawnSync(program, [...args], {
      cwd,
      env: merged,
      input: given.input ?? '',
      maxBuffer: 1 << 30,
      windowsHide: true,
    });
    if (result.error !== undefined) throw result.error;
    const stdout = result.stdout.toString('utf8');
    const stderr = result.stderr.toString('utf8');
    const code = result.status ?? -1;
    if (code !== 0 && given.expectFailure !== true)
      throw new Error(`${program} ${args.join(' ')} exited with ${code} in ${cwd}\n${stderr}${stdout}`);
    return { stdout, stderr, code, bytes: result.stdout };
  };
  const git: TestRepository['git'] = (args, given) => run(binary, args, given);
  const revision = (name: string): string => git(['rev-parse', '--verify', name]).stdout.trim();

  const write: TestRepository['write'] = files => {
    for (const [name, content] of Object.entries(files)) writeOne(root, name, content);
  };
  const stage: TestRepository['stage'] = (...paths) => {
    git(['--literal-pathspecs', 'add', '-A', '--', ...(paths.length === 0 ? ['.'] : paths)]);
  };
  const commit: TestRepository['commit'] = (message, ...args) => {
    git(['commit', '--quiet', '--allow-empty', '-m', message, ...args]);
    return revision('HEAD');
  };

  if (options.at === undefined) {
    const format = options.objectFormat ?? 'sha1';
    git(['init', '--quiet', `--object-format=${format}`, ...(options.bare === true ? ['--bare'] : []), '.']);
  }
  const repository: TestRepository = {
    path: realpathSync(root),
    folder,
    env,
    git,
    run,
    write,
    stage,
    commit,
    commitFiles(message, files) {
      write(files);
      stage();
      return commit(message);
    },
    read: file => readFileSync(path.join(root, file), 'utf8'),
    revision,
    async dispose() {
      if (shared === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  if (options.files !== undefined) repository.commitFiles('first', options.files);
  return repository;
}

function writeOne(root: string, name: string, content: FileContent): void {
  const target = path.join(root, name);
  if (!isInside(root, target)) throw new Error(`refusing to write ${name}: outside the repository`);
  const standing = lstatSync(target, { throwIfNoEntry: false });
  if (content === null) {
    rmSync(target, { recursive: true });
    return;
  }
  // A link is replaced, never written through.
  if (standing?.isSymbolicLink() === true) rmSync(target);
  mkdirSync(path.dirname(target), { recursive: true });
  if (typeof content === 'string' || content instanceof Uint8Array) {
    writeFileSync(target, content);
  } else if ('symlink' in content) {
    if (standing !== undefined && !standing.isSymbolicLink()) rmSync(target);
    symlinkSync(content.symlink, target);
  } else {
    writeFileSync(target, content.executable);
    chmodSync(target, 0o755);
  }
}

/** Makes a repository, hands it to `use`, and removes it whatever happens. */
export async function withRepository<T>(
  use: (repository: TestRepository) => Promise<T> | T,
  options: RepositoryOptions = {},
): Promise<T> {
  const repository = await createRepository(options);
  try {
    return await use(repository);
  } finally {
    await repository.dispose();
  }
}
