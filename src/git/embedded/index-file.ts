import { createHash } from 'node:crypto';
import { oid, type RepoPath } from '../../model/brand.js';
import { canonicalMode } from '../mode.js';
import { decodePath } from '../path-bytes.js';
import { GitError } from '../repository.js';
import { unsupported } from './refusals.js';
import type { IndexEntry } from './sources.js';

const HASH = 20;
const FIXED = 40;
const EXTENDED = 0x4000;
const NAME_MASK = 0x0fff;
const INTENT_TO_ADD = 0x2000;

/**
 * The index (gitformat-index(5)), read here because isomorphic-git drops the flags that matter
 * (intent-to-add) and takes split and sparse indexes for whole ones:
 *
 *     "DIRC" | version: u32 (2, 3, 4) | number of entries: u32
 *     entries: 40 bytes of stat (mode at 24) | oid: 20 | flags: u16 | [version 3+, if flags say so: u16] | path
 *         versions 2, 3: path, then 1 to 8 NUL up to a multiple of 8
 *         version 4: how many bytes to drop from the path before (offset varint), the rest of the path, NUL
 *     extensions: signature: 4 | size: u32 | …         A lower-case first letter: must be understood
 *     SHA-1 over all before; zeros under index.skipHash
 */
export function parseIndex(bytes: Buffer, file: string): readonly IndexEntry[] {
  const damaged = (what: string): GitError =>
    new GitError('failed', `${file} is damaged: ${what}`, `rm ${file} && git reset`);
  if (bytes.length < 12 + HASH || bytes.toString('latin1', 0, 4) !== 'DIRC') throw damaged('no index header');
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) throw unsupported(`index version ${version}`);
  verifyChecksum(bytes, damaged);
  const end = bytes.length - HASH;
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let count = bytes.readUInt32BE(8); count > 0; count -= 1) {
    if (at + FIXED + HASH + 2 > end) throw damaged('an entry is cut off');
    const start = at;
    const flags = bytes.readUInt16BE(at + FIXED + HASH);
    const isExtended = (flags & EXTENDED) !== 0;
    const more = isExtended ? bytes.readUInt16BE(at + FIXED + HASH + 2) : 0;
    const nameAt = at + FIXED + HASH + (isExtended ? 4 : 2);
    const name =
      version === 4 ? readCompressed(bytes, nameAt, previous) : readPlain(bytes, nameAt, start, flags);
    if (name === null || name.end > end) throw damaged('a path is cut off');
    previous = name.path;
    at = name.end;
    entries.push({
      path: decodePath(name.path) as RepoPath,
      mode: canonicalMode(bytes.readUInt32BE(start + 24)),
      oid: oid(bytes.toString('hex', start + FIXED, start + FIXED + HASH)),
      stage: (flags >> 12) & 3,
      intentToAdd: (more & INTENT_TO_ADD) !== 0,
    });
  }
  refuseUnknownExtensions(bytes, at, end, damaged);
  if (entries.some(entry => entry.mode === '040000')) throw unsupported('a sparse index');
  return entries;
}

function verifyChecksum(bytes: Buffer, damaged: (what: string) => GitError): void {
  const stored = bytes.subarray(bytes.length - HASH);
  // index.skipHash: git writes zeros and asks for no check.
  if (stored.every(byte => byte === 0)) return;
  const computed = createHash('sha1')
    .update(bytes.subarray(0, bytes.length - HASH))
    .digest();
  if (!computed.equals(stored)) throw damaged('its checksum is wrong');
}

function refuseUnknownExtensions(
  bytes: Buffer,
  start: number,
  end: number,
  damaged: (what: string) => GitError,
): void {
  for (let at = start; at < end; ) {
    if (at + 8 > end) throw damaged('an extension is cut off');
    const signature = bytes.toString('latin1', at, at + 4);
    const first = signature.charCodeAt(0);
    const isOptional = first >= 0x41 && first <= 0x5a;
    if (signature === 'link') throw unsupported('a split index', 'git update-index --no-split-index');
    if (signature === 'sdir')
      throw unsupported('a sparse index', 'git sparse-checkout reapply --no-sparse-index');
    if (!isOptional) throw unsupported(`the index extension ${JSON.stringify(signature)}`);
    at += 8 + bytes.readUInt32BE(at + 4);
    if (at > end) throw damaged('an extension is cut off');
  }
}

interface Name {
  readonly path: Buffer;
  /** Where the next entry starts. */
  readonly end: number;
}

function readPlain(bytes: Buffer, at: number, start: number, flags: number): Name | null {
  const length = flags & NAME_MASK;
  // 0xfff: as long or longer than the field can say.
  const nul = length < NAME_MASK ? at + length : bytes.indexOf(0, at);
  if (nul === -1 || nul >= bytes.length || bytes[nul] !== 0) return null;
  const size = nul - start;
  return { path: bytes.subarray(at, nul), end: start + (size - (size % 8) + 8) };
}

function readCompressed(bytes: Buffer, start: number, previous: Buffer): Name | null {
  let at = start;
  let byte = bytes[at] ?? 0;
  let drop = byte & 0x7f;
  // The offset encoding of packfiles: each further byte adds one before it shifts.
  while ((byte & 0x80) !== 0 && at < start + 8) {
    at += 1;
    byte = bytes[at] ?? 0;
    drop = ((drop + 1) << 7) | (byte & 0x7f);
  }
  at += 1;
  const nul = bytes.indexOf(0, at);
  if (nul === -1 || drop > previous.length) return null;
  const path = Buffer.concat([previous.subarray(0, previous.length - drop), bytes.subarray(at, nul)]);
  return { path, end: nul + 1 };
}
