import { oid, type RepoPath } from '../../model/brand.js';
import type { TreeEntry } from '../../model/tree.js';
import { parseMode } from '../mode.js';
import { GitError } from '../repository.js';
import { splitAtNul } from './raw-diff.js';

/** `git ls-files --stage -z`: (<mode> SP <oid> SP <stage> TAB <path> NUL)* */
export function parseLsFiles(output: Buffer): readonly TreeEntry[] {
  return splitAtNul(output).map(record => {
    const tab = record.indexOf('\t');
    const [mode = '', id = '', stage = ''] = record.slice(0, tab).split(' ');
    // Unmerged entries are diff-index's to report: where it does, nobody asks here.
    if (tab === -1 || tab === record.length - 1 || stage !== '0')
      throw new GitError(
        'failed',
        `git ls-files answered what lintel does not know: ${record.slice(0, 200)}`,
      );
    return { mode: parseMode(mode), oid: oid(id), path: record.slice(tab + 1) as RepoPath };
  });
}
