import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type RepoPath, repoPath } from '../model/brand.js';
import type { Io } from './io.js';
import { UsageError } from './usage.js';

/** The nearest folder that exists, without symbolic links: git names its working tree so. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const missing =
      error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    if (!missing || dirname(path) === path) throw error;
    return join(real(dirname(path)), basename(path));
  }
}

/**
 * What a person typed, relative to where they stand, as a path of the repository. The file need not exist.
 * @throws UsageError when it lies outside.
 */
export function inRepository(io: Io, worktree: string | null, typed: string): RepoPath {
  // Without a working tree there is nowhere to stand: the path counts from the root.
  if (worktree === null) return repoPath(typed);
  const absolute = resolve(io.cwd, typed);
  // The last segment may be a symbolic link that the repository holds: it is judged as itself.
  const path = relative(real(worktree), join(real(dirname(absolute)), basename(absolute)));
  if (path === '') throw new UsageError('the root of the repository is no file', 'name a file');
  if (isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`))
    throw new UsageError(`${typed} lies outside the repository`, `name a path below ${worktree}`);
  return repoPath(path.split(sep).join('/'));
}
