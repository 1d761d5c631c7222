import { Buffer } from 'node:buffer';
import { oid as checkedOid, type Oid } from '../../model/brand.js';
import type { Mode } from '../../model/tree.js';
import { parseMode } from '../mode.js';
import { decodeBytes } from '../path-bytes.js';
import { GitError } from '../repository.js';

/** One name in one tree object. */
export interface TreeItem {
  readonly mode: Mode;
  readonly oid: Oid;
  readonly name: string;
}

/**
 * A tree object: (<mode in octal, no leading zero> SP <name> NUL <oid: 20 or 32 bytes>)*
 */
export function parseTree(id: Oid, content: Buffer): readonly TreeItem[] {
  const width = id.length / 2;
  const items: TreeItem[] = [];
  let start = 0;
  while (start < content.length) {
    const space = content.indexOf(0x20, start);
    const nul = content.indexOf(0, space);
    if (space === -1 || nul === -1 || nul + 1 + width > content.length)
      throw new GitError('failed', `tree ${id} is damaged`, 'git fsck');
    items.push({
      mode: parseMode(content.toString('latin1', start, space)),
      name: decodeBytes(content.subarray(space + 1, nul)),
      oid: checkedOid(content.toString('hex', nul + 1, nul + 1 + width)),
    });
    start = nul + 1 + width;
  }
  return items;
}

/** The inverse of `parseTree`; the items must be in git's order. */
export function formatTree(items: Iterable<{ mode: Mode; oid: Oid; bytes: Buffer }>): Buffer {
  const parts: Buffer[] = [];
  for (const { mode, oid, bytes } of items)
    parts.push(Buffer.from(`${mode.replace(/^0/, '')} `), bytes, Buffer.of(0), Buffer.from(oid, 'hex'));
  return Buffer.concat(parts);
}
