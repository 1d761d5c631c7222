import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { GitError } from '../repository.js';

/** How to reach one repository through one git binary. */
export interface GitDoor {
  readonly binary: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface GitOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly code: number;
}

interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Exit codes that are answers, besides 0. */
  readonly accept?: readonly number[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * `--no-replace-objects`: beside the variable, for wrappers that clean the environment.
 * `--literal-pathspecs`: a file may be called `:(top)*`.
 */
export const GLOBAL_OPTIONS = ['--no-replace-objects', '--literal-pathspecs', '--no-pager'] as const;

/** Standard error is for messages only; a child that writes more is cut off there. */
export const MAX_STDERR = 64 * 1024;

/**
 * Runs git once and waits for its end.
 * @throws GitError `git-missing`, `interrupted` (ended by a signal), `failed` (an exit code not in `accept`).
 */
export async function runGit(
  door: GitDoor,
  args: readonly string[],
  options: RunOptions = {},
): Promise<GitOutput> {
  const { promise, resolve, reject } = defer<GitOutput>();
  const child = spawn(door.binary, [...GLOBAL_OPTIONS, ...args], {
    cwd: door.cwd,
    env: { ...door.environment, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < MAX_STDERR) stderr += chunk.toString('utf8');
  });
  // EPIPE: git ended before it read everything; its exit code tells the story.
  child.stdin.on('error', () => {});
  child.on('error', error => reject(startFailure(door, error)));
  child.on('close', (code, signal) => {
    if (code === null) reject(interrupted(args, signal));
    else if (code === 0 || options.accept?.includes(code) === true)
      resolve({ stdout: Buffer.concat(stdout), stderr, code });
    else reject(failure(args, code, stderr));
  });
  child.stdin.end(options.input ?? '');
  return promise;
}

export function interrupted(args: readonly string[], signal: string | null): GitError {
  return new GitError(
    'interrupted',
    `git ${args[0] ?? ''} was ended by ${signal ?? 'a signal'}; what it had not said is unknown`,
    'Run the command again.',
  );
}

export function startFailure(door: GitDoor, error: Error): GitError {
  // spawn reports a missing working directory with the same ENOENT as a missing program.
  if (!existsSync(door.cwd)) return new GitError('not-a-repository', `there is no folder ${door.cwd}`);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR')
    return new GitError(
      'git-missing',
      code === 'ENOENT' ? `no git binary: ${door.binary} was not found` : `${door.binary} can't be executed`,
      'Install git, put it on PATH, or name its binary in the environment variable LINTEL_GIT.',
    );
  return new GitError('failed', `git could not be started: ${error.message}`);
}

/** Git's own words tell what to do; what it says of promised objects and foreign owners is recognised. */
export function failure(args: readonly string[], code: number, stderr: string): GitError {
  const said = stderr.trim();
  if (/dubious ownership/.test(said))
    return new GitError(
      'failed',
      `git refuses the repository because another user owns it: ${firstLine(said)}`,
      /git config --global --add safe\.directory .*/.exec(said)?.[0] ??
        'git config --global --add safe.directory <folder of the repository>',
    );
  if (/not a git repository/.test(said))
    return new GitError(
      'not-a-repository',
      firstLine(said),
      'Run lintel inside a git repository, or start one with git init.',
    );
  if (isFetchFailure(said)) return notFetched(firstLine(said));
  return new GitError(
    'failed',
    `git ${args[0] ?? ''} failed (exit ${code}): ${said === '' ? 'without a word' : said}`,
  );
}

export function isFetchFailure(stderr: string): boolean {
  return /promisor remote|promised object|lazy fetch/i.test(stderr);
}

export function notFetched(detail: string): GitError {
  return new GitError(
    'missing-object',
    `this partial clone lacks an object, and fetching it failed: ${detail}`,
    'git fetch --refetch --no-filter  # with the remote within reach',
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

export function defer<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
