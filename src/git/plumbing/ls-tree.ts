import { oid, type RepoPath } from '../../model/brand.js';
import type { TreeEntry } from '../../model/tree.js';
import { parseMode } from '../mode.js';
import { GitError } from '../repository.js';
import { splitAtNul } from './raw-diff.js';

/** `git ls-tree -r -z`: (<mode> SP <type> SP <oid> TAB <path> NUL)* */
export function parseLsTree(output: Buffer): readonly TreeEntry[] {
  return splitAtNul(output).map(record => {
    const tab = record.indexOf('\t');
    const [mode = '', , id = ''] = record.slice(0, tab).split(' ');
    if (tab === -1 || tab === record.length - 1)
      throw new GitError('failed', `git ls-tree answered what lintel does not know: ${record.slice(0, 200)}`);
    return { mode: parseMode(mode), oid: oid(id), path: record.slice(tab + 1) as RepoPath };
  });
}
