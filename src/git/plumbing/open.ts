import path from 'node:path';
import { type Environment, gitEnvironment } from '../environment.js';
import type { ObjectFormat } from '../objects/hash.js';
import { decodeBytes } from '../path-bytes.js';
import { GitError } from '../repository.js';
import { failure, type GitDoor, runGit } from './process.js';

/** 2.31 (March 2021) brought `rev-parse --path-format=absolute`; everything else that is used is older. */
const MINIMUM = '2.31';

export interface Layout {
  readonly door: GitDoor;
  readonly objectFormat: ObjectFormat;
  readonly gitDirectory: string;
  readonly commonDirectory: string;
  readonly worktree: string | null;
  /** The file that lists the boundary of a shallow clone; absent in others. */
  readonly shallowFile: string;
}

const QUESTIONS = [
  '--path-format=absolute',
  '--git-dir',
  '--git-common-dir',
  '--git-path',
  'index',
  '--git-path',
  'objects',
  '--git-path',
  'shallow',
  '--show-object-format',
  '--is-bare-repository',
  // Last: in a bare repository it fails, after the other answers have been given.
  '--show-toplevel',
] as const;

/** One `git rev-parse` answers everything that opening a repository must know. */
export async function discover(cwd: string, environment: Environment): Promise<Layout> {
  const binary = environment['LINTEL_GIT'] || 'git';
  const start: GitDoor = { binary, cwd: path.resolve(cwd), environment: gitEnvironment(environment) };
  const { stdout, stderr, code } = await runGit(start, ['rev-parse', ...QUESTIONS], { accept: [128] });
  const lines = decodeBytes(stdout).split('\n');
  lines.pop();
  // An old git repeats the option that it does not know instead of obeying it.
  if (lines[0]?.startsWith('--path-format') === true) throw await tooOld(start);
  const [gitDirectory, commonDirectory, index, objects, shallowFile, format, bare, toplevel] = lines;
  if (bare === undefined || (code !== 0 && lines.length > 7)) throw failure(['rev-parse'], code, stderr);
  if (lines.length > 8)
    throw new GitError(
      'unsupported',
      `the repository's path holds a line break: ${start.cwd}`,
      'Move it to another folder.',
    );
  if (gitDirectory === undefined || commonDirectory === undefined || shallowFile === undefined)
    throw failure(['rev-parse'], code, stderr);
  if (format !== 'sha1' && format !== 'sha256')
    throw new GitError('unsupported', `lintel does not know the object format ${format ?? ''}`);
  // In a hook of a server GIT_DIR is `.`: git takes the repository's own folder for a working tree.
  const worktree = toplevel === undefined || toplevel === gitDirectory ? null : toplevel;
  return {
    door: {
      binary,
      cwd: worktree ?? gitDirectory,
      environment: pinned(start.environment, { gitDirectory, worktree, index, objects }),
    },
    objectFormat: format,
    gitDirectory,
    commonDirectory,
    worktree,
    shallowFile,
  };
}

interface Found {
  readonly gitDirectory: string;
  readonly worktree: string | null;
  readonly index: string | undefined;
  readonly objects: string | undefined;
}

/**
 * Later children start at the root and are told what was found, so that nothing is looked for twice and
 * relative values (GIT_INDEX_FILE=.git/index) keep their meaning: git reads them from the root, wherever it started.
 */
function pinned(
  environment: Readonly<Record<string, string>>,
  found: Found,
): Readonly<Record<string, string>> {
  const pin: Record<string, string> = { ...environment, GIT_DIR: found.gitDirectory };
  if (found.worktree !== null) pin['GIT_WORK_TREE'] = found.worktree;
  if ('GIT_INDEX_FILE' in pin && found.index !== undefined) pin['GIT_INDEX_FILE'] = found.index;
  if ('GIT_OBJECT_DIRECTORY' in pin && found.objects !== undefined)
    pin['GIT_OBJECT_DIRECTORY'] = found.objects;
  return pin;
}

async function tooOld(door: GitDoor): Promise<GitError> {
  const { stdout } = await runGit(door, ['version']);
  return new GitError(
    'git-too-old',
    `${door.binary} is ${stdout.toString('utf8').trim()}; lintel needs git ${MINIMUM} or newer`,
    'Install a newer git, or name its binary in the environment variable LINTEL_GIT.',
  );
}
