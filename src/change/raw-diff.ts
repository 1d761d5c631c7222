import type { FileChange } from '../model/tree.js';

/**
 * One canonical text for a raw diff, so that a change judged at the commit is known again after it:
 *
 *     <path>\t<old mode> <old oid> <new mode> <new oid>\0
 *
 * in order of path (by code unit); `000000 -` for the side that does not exist.
 */
export function rawDiffText(changes: readonly Pick<FileChange, 'path' | 'before' | 'after'>[]): string {
  const lines = changes.map(change => {
    const before = change.before === null ? '000000 -' : `${change.before.mode} ${change.before.oid}`;
    const after = change.after === null ? '000000 -' : `${change.after.mode} ${change.after.oid}`;
    return `${change.path}\t${before} ${after}\0`;
  });
  return lines.sort().join('');
}
