import type { RepoPath } from '../model/brand.js';
import type { FactError } from './tree-facts.js';

/** Why the content of a file can't be had, and what to do about it. */

export function oversized(path: RepoPath, bytes: number): FactError {
  return {
    code: 'oversized',
    path,
    message: `${path} is larger than ${bytes} bytes, the limit for files that rules read`,
    line: null,
    column: null,
    remedy: 'raise limits.file-bytes in the configuration, or leave the file out with except or ignore',
  };
}

export function missing(path: RepoPath): FactError {
  return {
    code: 'missing-object',
    path,
    message: `the content of ${path} is not in this repository`,
    line: null,
    column: null,
    remedy: 'git fetch --refetch (partial clone), or git fsck to find what is damaged',
  };
}

export function notUtf8(path: RepoPath): FactError {
  return {
    code: 'unparsable',
    path,
    message: `${path} is not UTF-8`,
    line: null,
    column: null,
    remedy: 'save it as UTF-8',
  };
}

export function linkError(path: RepoPath, code: FactError['code'], what: string): FactError {
  return {
    code,
    path,
    message: `the symbolic link ${path} ${what}`,
    line: null,
    column: null,
    remedy: 'point it at a file of the repository, or leave it out with except or ignore',
  };
}
