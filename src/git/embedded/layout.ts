import path from 'node:path';
import type { Environment } from '../environment.js';
import { GitError } from '../repository.js';
import { type FileSystem, readTextIfThere, statIfThere } from './file-system.js';

export interface EmbeddedLayout {
  readonly gitDirectory: string;
  /** `null` when bare, as far as the folders tell. */
  readonly worktree: string | null;
}

/** Finds the repository as git does: GIT_DIR, else upwards from `cwd`. */
export async function findLayout(
  fs: FileSystem,
  cwd: string,
  environment: Environment,
): Promise<EmbeddedLayout> {
  const start = path.resolve(cwd);
  const named = environment['GIT_DIR'];
  const workTree = environment['GIT_WORK_TREE'];
  if (named) {
    const gitDirectory = await followFile(fs, path.resolve(start, named));
    if (!(await isGitDirectory(fs, gitDirectory))) throw notARepository(gitDirectory);
    const worktree = path.resolve(start, workTree || '.');
    // In a hook of a server GIT_DIR is `.`: the repository's own folder is no working tree.
    return { gitDirectory, worktree: worktree === gitDirectory ? null : worktree };
  }
  const ceilings = new Set((environment['GIT_CEILING_DIRECTORIES'] ?? '').split(path.delimiter));
  for (let folder = start; ; folder = path.dirname(folder)) {
    const candidate = await followFile(fs, path.join(folder, '.git'));
    if (await isGitDirectory(fs, candidate))
      return { gitDirectory: candidate, worktree: workTree ? path.resolve(start, workTree) : folder };
    if (await isGitDirectory(fs, folder)) return { gitDirectory: folder, worktree: null };
    const parent = path.dirname(folder);
    if (parent === folder || ceilings.has(parent)) throw notARepository(start);
  }
}

/** `.git` of a submodule or a linked worktree is a file: `gitdir: <path>`. */
async function followFile(fs: FileSystem, candidate: string): Promise<string> {
  if ((await statIfThere(fs, candidate))?.isFile() !== true) return candidate;
  const target = /^gitdir: (.*?)\r?\n?$/s.exec((await readTextIfThere(fs, candidate)) ?? '')?.[1];
  if (target === undefined)
    throw new GitError('not-a-repository', `${candidate} is no .git file that git would know`);
  return path.resolve(path.dirname(candidate), target);
}

async function isGitDirectory(fs: FileSystem, folder: string): Promise<boolean> {
  const isLinked = (await statIfThere(fs, path.join(folder, 'commondir'))) !== null;
  if ((await statIfThere(fs, path.join(folder, 'HEAD'))) === null) return false;
  if (isLinked) return true;
  const [objects, refs] = await Promise.all([
    statIfThere(fs, path.join(folder, 'objects')),
    statIfThere(fs, path.join(folder, 'refs')),
  ]);
  return objects?.isDirectory() === true && refs?.isDirectory() === true;
}

function notARepository(folder: string): GitError {
  return new GitError(
    'not-a-repository',
    `not a git repository (or any of the folders above): ${folder}`,
    'Run lintel inside a git repository, or start one with git init.',
  );
}
