import { isUtf8 } from 'node:buffer';
import { type Oid, oid, type RepoPath } from '../../model/brand.js';
import type { ChangeStatus, FileChange } from '../../model/tree.js';
import { unmergedIndex } from '../errors.js';
import { parseMode } from '../mode.js';
import { decodePath } from '../path-bytes.js';
import { GitError } from '../repository.js';

/**
 * `git diff-index|diff-tree --raw -z --no-abbrev --no-renames` (git-diff(1), RAW OUTPUT FORMAT):
 *
 *     :<mode before> SP <mode after> SP <oid before> SP <oid after> SP <status> NUL <path> NUL
 *     :100644 100644 bcd1234… 0123456… M NUL src/a.ts NUL
 *
 * Modes have six digits; a side that does not exist is 000000 with an oid of zeros. Status: A, D, M, T, or
 * U for an unmerged path. Without rename detection nothing else occurs.
 */
export function parseRawDiff(output: Buffer): readonly FileChange[] {
  const fields = splitAtNul(output);
  const changes: FileChange[] = [];
  const unmerged = new Set<RepoPath>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const header = fields[index] ?? '';
    const path = fields[index + 1] as RepoPath;
    const digits = (header.length - 18) / 2;
    const letter = header.charAt(header.length - 1);
    if (header.charAt(0) !== ':' || !(digits === 40 || digits === 64) || path === '') throw unknown(header);
    if (letter === 'U') {
      unmerged.add(path);
      continue;
    }
    changes.push({
      path,
      status: statusOf(letter, header),
      before: sideOf(header.slice(1, 7), header.slice(15, 15 + digits)),
      after: sideOf(header.slice(8, 14), header.slice(16 + digits, 16 + 2 * digits)),
    });
  }
  if (fields.length % 2 !== 0) throw unknown(fields[fields.length - 1] ?? '');
  if (unmerged.size > 0) throw unmergedIndex([...unmerged]);
  return changes;
}

/** Fields closed by NUL. Almost always the whole output is UTF-8 and can be decoded at once. */
export function splitAtNul(output: Buffer): readonly string[] {
  if (output.length === 0) return [];
  if (output[output.length - 1] !== 0)
    throw new GitError('failed', "git's answer stops in the middle of a record", 'Run the command again.');
  if (isUtf8(output)) {
    const fields = output.toString('utf8').split('\0');
    fields.pop();
    return fields;
  }
  const fields: string[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    fields.push(decodePath(output.subarray(start, end)));
    start = end + 1;
  }
  return fields;
}

function statusOf(letter: string, header: string): ChangeStatus {
  switch (letter) {
    case 'A':
      return 'add';
    case 'D':
      return 'delete';
    case 'M':
      return 'modify';
    case 'T':
      return 'type';
    default:
      throw unknown(header);
  }
}

function sideOf(mode: string, id: string): FileChange['before'] {
  return mode === '000000' ? null : { mode: parseMode(mode), oid: oid(id) satisfies Oid };
}

function unknown(record: string): GitError {
  return new GitError(
    'failed',
    `git's raw diff holds a record that lintel does not know: ${record.slice(0, 200)}`,
  );
}
