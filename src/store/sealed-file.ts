import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Files that say themselves whether they are whole: a first line, then the body, twice. A damaged one reads
 * as absent, so that it is made again.
 *
 *     lintel4 <name of the file> <bytes of the body>\n
 *
 * With its name, so that one put in another's place is no use either.
 *
 * Twice, because comparing two halves is one call of the runtime, where a checksum in JavaScript, not yet
 * compiled, takes the commit gate 3 ms for 100 kB.
 */
const MAGIC = 'lintel4 ';
const NEWLINE = 10;

/** @returns the body, or `null` when the file is absent, unreadable or damaged. */
export function readSealed(path: string): string | null {
  return readSealedBytes(path)?.toString('utf8') ?? null;
}

export function readSealedBytes(path: string): Buffer | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  return wholeBody(bytes, basename(path));
}

/** @param name the file's, without its folder */
export function unseal(bytes: Buffer, name: string): string | null {
  const body = wholeBody(bytes, name);
  return body === null ? null : body.toString('utf8');
}

/** As bytes, not copied. */
function wholeBody(bytes: Buffer, name: string): Buffer | null {
  const start = bytes.indexOf(NEWLINE) + 1;
  const length = (bytes.length - start) / 2;
  if (start === 0 || bytes.toString('latin1', 0, start) !== header(name, length)) return null;
  const body = bytes.subarray(start, start + length);
  return body.equals(bytes.subarray(start + length)) ? body : null;
}

export function seal(body: string | Uint8Array, name: string): Buffer {
  const bytes = Buffer.from(body as string);
  return Buffer.concat([Buffer.from(header(name, bytes.length), 'latin1'), bytes, bytes]);
}

function header(name: string, length: number): string {
  return `${MAGIC}${name} ${length}\n`;
}

/**
 * Replaces the file in one step: a reader sees the old one or the new one, never half of it.
 * @throws what the file system says (no room, no permission).
 */
export function writeSealed(path: string, body: string | Uint8Array): void {
  replaceFile(path, seal(body, basename(path)));
}

export function replaceFile(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
