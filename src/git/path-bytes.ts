import { Buffer, isUtf8 } from 'node:buffer';
import type { RepoPath } from '../model/brand.js';

/**
 * Paths are bytes to git and strings to lintel. Bytes that are not UTF-8 become lone surrogates
 * U+DC80…U+DCFF and back again (Python's surrogateescape, PEP 383): two different paths stay different.
 */
const ESCAPED = /[\udc80-\udcff]/;
/** From here on code units and bytes are ordered differently. */
const SURROGATES = 0xd800;

export function decodePath(bytes: Uint8Array): RepoPath {
  return decodeBytes(bytes) as RepoPath;
}

export function decodeBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let text = '';
  let start = 0;
  while (start < buffer.length) {
    const length = sequenceLength(buffer, start);
    if (length === 0) {
      text += String.fromCharCode(0xdc00 + (buffer[start] ?? 0));
      start += 1;
    } else {
      text += buffer.toString('utf8', start, start + length);
      start += length;
    }
  }
  return text;
}

/** The bytes of the valid UTF-8 sequence that starts here; 0 when there is none. */
function sequenceLength(buffer: Buffer, start: number): number {
  const first = buffer[start] ?? 0;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || start + length > buffer.length) return 0;
  return isUtf8(buffer.subarray(start, start + length)) ? length : 0;
}

export function encodePath(path: string): Buffer {
  if (!ESCAPED.test(path)) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  // By code point: the low half of a pair is not a lone surrogate.
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    parts.push(code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

/** Git's order of full paths: by bytes. Code units give the same order below the surrogates. */
export function comparePaths(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    if (left < SURROGATES && right < SURROGATES) return left - right;
    return Buffer.compare(encodePath(a), encodePath(b));
  }
  return a.length - b.length;
}
