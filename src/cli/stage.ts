import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitError } from '../git/repository.js';
import type { RepoPath } from '../model/brand.js';
import { shellWord } from '../report/escape.js';
import { writeFileAtomically } from './atomic-file.js';
import type { Io } from './io.js';

/**
 * The two places where lintel changes what will be committed, both because the user asked for it by name
 * (`waive`, `decisions`): a file of the policy is written, and staged by git itself.
 */

/** Writes a file of the working tree. @throws GitError when a folder on the way is a symbolic link. */
export function writeInWorktree(worktree: string, path: RepoPath, text: string): void {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const there = lstatSync(join(worktree, folder), { throwIfNoEntry: false });
    // Git would refuse to stage what lies beyond the link, after the file was written somewhere else.
    if (there?.isSymbolicLink() === true)
      throw new GitError(
        'unsupported',
        `${folder} is a symbolic link: nothing was written`,
        'make it a folder of this repository',
      );
  }
  writeFileAtomically(join(worktree, path), text);
}

/** `git add`, from the root, in the caller's environment: the user's index, filters and configuration. */
export function stage(io: Io, worktree: string, path: RepoPath): void {
  const git = io.environment['LINTEL_GIT'] ?? 'git';
  // Literal: a path is not a pattern, and may begin with a colon or a dash.
  const result = spawnSync(git, ['--literal-pathspecs', 'add', '--', path], {
    cwd: worktree,
    env: { ...io.environment },
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? result.stderr.trim();
  throw new GitError(
    'failed',
    `${path} is written but not staged: ${reason}`,
    `stage it yourself: git add -- ${shellWord(path)}`,
    [path],
  );
}
