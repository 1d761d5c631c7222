import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../model/brand.js';
import { checksum } from '../model/checksum.js';
import { replaceFile } from './sealed-file.js';

/**
 * Graphs of trees, one a file, which say themselves whether they are whole. Named by their tree and a checksum of
 * what else they depend on (their `variant`); that is in the file in full, so that a collision is seen. Written beside
 * and renamed: of two writers one wins, and a reader has a whole file open either way.
 */
const FOLDER = 'graph';
const KEPT_FILES = 8;
const KEPT_BYTES = 512 * 1024 * 1024;
const NAME = /^([0-9a-f]{40}|[0-9a-f]{64})-([0-9a-f]{16})$/;

function nameOf(tree: Oid, variant: string): string {
  return `${tree}-${checksum(variant)}`;
}

/** @returns the bytes as they lie on the disk: the decoder tells whether they are whole */
export function readGraph(directory: string, tree: Oid, variant: string): Buffer | null {
  const path = join(directory, FOLDER, nameOf(tree, variant));
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  touch(path);
  return bytes;
}

/** What is read stays; a folder that can't be written to stays as it is. */
function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Another process may have removed it, or the folder is read-only: neither matters to who has the bytes.
  }
}

/** @throws what the file system says. */
export function writeGraph(directory: string, tree: Oid, variant: string, bytes: Uint8Array): void {
  const folder = join(directory, FOLDER);
  replaceFile(join(folder, nameOf(tree, variant)), bytes);
  trim(folder);
}

/** Trees whose graph is there, the one used last first. */
export function listGraphs(directory: string, variant: string): readonly Oid[] {
  const wanted = checksum(variant);
  return filesIn(join(directory, FOLDER)).flatMap(({ name }) => {
    const [, tree, of] = NAME.exec(name) ?? [];
    return of === wanted && tree !== undefined ? [tree as Oid] : [];
  });
}

function trim(folder: string): void {
  let bytes = 0;
  filesIn(folder).forEach(({ name, size }, place) => {
    bytes += size;
    if (place > 0 && (place >= KEPT_FILES || bytes > KEPT_BYTES)) rmSync(join(folder, name), { force: true });
  });
}

interface Known {
  readonly name: string;
  readonly time: number;
  readonly size: number;
}

/** Newest first. What another process is writing just now is older than nothing, and left alone for a while. */
function filesIn(folder: string): readonly Known[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const found: Known[] = [];
  for (const name of names) {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stats === undefined || (!NAME.test(name) && Date.now() - stats.mtimeMs < 3_600_000)) continue;
    found.push({ name, time: stats.mtimeMs, size: stats.size });
  }
  return found.sort((one, other) => other.time - one.time || (one.name < other.name ? -1 : 1));
}
