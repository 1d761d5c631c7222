import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checksum } from '../model/checksum.js';

/**
 * Files that say themselves whether they are whole: a first line `lintel1 <checksum>`, then the body.
 * A damaged one reads as absent, so that it is made again.
 */
const MAGIC = 'lintel1 ';

/** @returns the body, or `null` when the file is absent, unreadable or damaged. */
export function readSealed(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  return unseal(text);
}

export function unseal(text: string): string | null {
  const end = text.indexOf('\n');
  if (!text.startsWith(MAGIC) || end < 0) return null;
  const body = text.slice(end + 1);
  return checksum(body) === text.slice(MAGIC.length, end) ? body : null;
}

export function seal(body: string): string {
  return `${MAGIC}${checksum(body)}\n${body}`;
}

/**
 * Replaces the file in one step: a reader sees the old one or the new one, never half of it.
 * @throws what the file system says (no room, no permission).
 */
export function writeSealed(path: string, body: string): void {
  replaceFile(path, seal(body));
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
