import type { Oid, RepoPath } from '../model/brand.js';
import { GitError } from './repository.js';

/** Errors that both backends know. */
export function missingObject(id: Oid, what = 'object'): GitError {
  return new GitError(
    'missing-object',
    `the repository does not have the ${what} ${id}`,
    'git fetch --unshallow, or git fetch the branch that holds it; git fsck if it should be there.',
  );
}

export function oversized(id: Oid, size: number, maxBytes: number): GitError {
  return new GitError('oversized', `object ${id} has ${size} bytes; at most ${maxBytes} are read`);
}

export function wrongType(id: Oid, wanted: string, found: string): GitError {
  return new GitError('failed', `object ${id} is a ${found}, not a ${wanted}`);
}

export function hiddenByShallow(question: string): GitError {
  return new GitError(
    'shallow',
    `${question} can't be told: this clone is shallow and its history stops before the answer`,
    'git fetch --unshallow',
  );
}

export function closed(): GitError {
  return new GitError('failed', 'the repository has been closed');
}

export function unmergedIndex(paths: readonly RepoPath[]): GitError {
  const shown = paths.slice(0, 10).join(', ');
  const rest = paths.length > 10 ? ` and ${paths.length - 10} more` : '';
  return new GitError(
    'unmerged-index',
    `the index holds unmerged paths: ${shown}${rest}`,
    'Resolve the conflicts and git add the files, or git merge --abort.',
    paths,
  );
}
