import { isUtf8 } from 'node:buffer';
import type { RepoPath } from '../../model/brand.js';
import type { Fact, FactError, SourceText } from '../tree-facts.js';

/** As far as git itself looks for a NUL to tell a binary file (`buffer_is_binary`). */
const BINARY_PROBE = 8000;

/**
 * What stands in the blob of a file that Git LFS keeps elsewhere:
 *
 *     version https://git-lfs.github.com/spec/v1
 *     oid sha256:4d7a2146…
 *     size 12345
 */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1';
/** The specification's limit for a pointer, in bytes. */
const LFS_POINTER_SIZE = 1024;

const BYTE_ORDER_MARK = 0xfeff;

/** Decodes a blob as UTF-8; binary files and Git LFS pointers have no text. */
export function decodeText(path: RepoPath, bytes: Buffer): Fact<SourceText> {
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) {
    return refused(
      'binary',
      path,
      'is binary or UTF-16: it holds a NUL byte',
      'store it as UTF-8, or leave it out of the decision (`except`)',
    );
  }
  if (bytes.length < LFS_POINTER_SIZE && bytes.toString('latin1', 0, LFS_POINTER.length) === LFS_POINTER) {
    return refused(
      'lfs-pointer',
      path,
      'is kept in Git LFS: git holds a pointer in place of its content',
      'leave it out of the decision (`except`), or take it out of Git LFS (git lfs untrack)',
    );
  }
  const decoded = bytes.toString('utf8');
  const text = decoded.charCodeAt(0) === BYTE_ORDER_MARK ? decoded.slice(1) : decoded;
  return { ok: true, value: { text, lossy: !isUtf8(bytes), bytes: bytes.length } };
}

function refused(code: FactError['code'], path: RepoPath, what: string, remedy: string): Fact<SourceText> {
  return { ok: false, error: { code, path, message: `${path} ${what}`, line: null, column: null, remedy } };
}
