import type { Mode } from '../model/tree.js';
import { GitError } from './repository.js';

/** Git's `canon_mode`: old trees hold modes such as 100664, which git itself reads as 100644. */
export function canonicalMode(bits: number): Mode {
  switch (bits & 0o170000) {
    case 0o100000:
      return (bits & 0o100) === 0 ? '100644' : '100755';
    case 0o120000:
      return '120000';
    case 0o040000:
      return '040000';
    case 0o160000:
      return '160000';
    default:
      throw new GitError(
        'failed',
        `an entry has the mode ${bits.toString(8)}, which git does not know`,
        'git fsck',
      );
  }
}

/** @param text six octal digits, as in a raw diff; leading zeros may lack, as in a tree object */
export function parseMode(text: string): Mode {
  switch (text) {
    case '100644':
    case '100755':
    case '120000':
    case '160000':
    case '040000':
      return text;
    default:
      return canonicalMode(Number.parseInt(text, 8));
  }
}
