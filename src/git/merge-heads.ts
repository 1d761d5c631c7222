import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOid, type Oid } from '../model/brand.js';
import { GitError } from './repository.js';

/**
 * The heads of a merge under way that is not committed yet: one id a line in `MERGE_HEAD` of the
 * worktree's own git directory. Git offers no plumbing that lists all of an octopus.
 */
export async function readMergeHeads(gitDirectory: string): Promise<readonly Oid[]> {
  let text: string;
  try {
    text = await readFile(join(gitDirectory, 'MERGE_HEAD'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new GitError(
      'failed',
      `MERGE_HEAD can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const lines = text.split('\n').filter(line => line !== '');
  const heads = lines.filter(isOid);
  if (heads.length !== lines.length) {
    throw new GitError(
      'failed',
      'MERGE_HEAD holds a line that is no object id',
      'git merge --abort, then merge again',
    );
  }
  return heads;
}
