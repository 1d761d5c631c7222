import { existsSync, readFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../model/brand.js';
import type { FileImports } from '../model/edges.js';
import { inBatches } from '../model/in-batches.js';
import { formatLine, parseLine } from './import-lines.js';

/**
 * Imports by blob id, a folder a language: 256 files, by the id's first two digits, so that ten blobs of 500,000
 * cost ten small reads. Each is only ever appended to, so that concurrent writers can't undo one another (a line is
 * written by one `write`; one torn by a full disk fails its checksum).
 *
 * A file past its limit becomes the old generation, in place of the one before it; what is asked for from there is
 * written anew. So what is in use stays, and the rest goes.
 */
const LIMIT_BYTES = 2 * 1024 * 1024;
const OLD = '.old';
/** Written at once: git needs some of the files that a process may open, too. */
const OPEN_FILES = 8;
const SPACE = 32;
const NEWLINE = 10;

export class ImportLog {
  private readonly shards = new Map<string, Shard>();
  /** Nothing was ever written, as in a fresh clone: asking hundreds of files that aren't there takes its time. */
  private isNew: boolean;
  /** What was added and not written before the last flush: what was read is often asked for again. */
  private readonly fresh = new Map<Oid, FileImports>();
  private unwritten: Oid[] = [];
  private written: Iterable<Oid> = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {
    this.isNew = !existsSync(folder);
  }

  get(blob: Oid): FileImports | null {
    const fresh = this.fresh.get(blob);
    if (fresh !== undefined) return fresh;
    if (this.isNew) return null;
    const name = blob.slice(0, 2);
    let shard = this.shards.get(name);
    if (shard === undefined) {
      shard = { current: new Lines(join(this.folder, name)), old: new Lines(join(this.folder, name + OLD)) };
      this.shards.set(name, shard);
    }
    const found = shard.current.get(blob);
    if (found !== null) return found;
    const old = shard.old.get(blob);
    if (old !== null) this.add(blob, old);
    return old;
  }

  add(blob: Oid, imports: FileImports): void {
    this.fresh.set(blob, imports);
    this.unwritten.push(blob);
  }

  /**
   * Writes what was added so far. Threads of the runtime do that, while other work goes on here.
   * @throws what the file system says
   */
  flush(): Promise<void> {
    // What could not be written once may be written now.
    this.writing = this.writing.catch(() => {}).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    for (const blob of this.written) this.fresh.delete(blob);
    const blobs = new Set(this.unwritten);
    this.unwritten = [];
    this.written = blobs;
    if (blobs.size === 0) return;
    const texts = new Map<string, string>();
    for (const blob of blobs) {
      const imports = this.fresh.get(blob);
      const name = blob.slice(0, 2);
      if (imports !== undefined) texts.set(name, (texts.get(name) ?? '') + formatLine(blob, imports));
    }
    await mkdir(this.folder, { recursive: true });
    const errors: unknown[] = [];
    await inBatches(
      [...texts],
      ([name, text]) => append(join(this.folder, name), text).catch(error => void errors.push(error)),
      OPEN_FILES,
    );
    this.shards.clear();
    this.isNew = false;
    if (errors.length > 0) throw errors[0];
  }
}

interface Shard {
  readonly current: Lines;
  readonly old: Lines;
}

/** One file; lines are parsed when they are asked for. */
class Lines {
  private readonly content: Buffer;
  /** Blob id → offset of its last line. */
  private readonly index = new Map<string, number>();

  constructor(path: string) {
    let content: Buffer;
    try {
      content = readFileSync(path);
    } catch {
      content = Buffer.alloc(0);
    }
    this.content = content;
    for (let start = 0; start < content.length; ) {
      const space = content.indexOf(SPACE, start);
      const end = content.indexOf(NEWLINE, start);
      if (space < 0 || end < 0) break;
      if (space < end) this.index.set(content.toString('latin1', start, space), start);
      start = end + 1;
    }
  }

  get(blob: Oid): FileImports | null {
    const start = this.index.get(blob);
    if (start === undefined) return null;
    return parseLine(this.content.toString('utf8', start, this.content.indexOf(NEWLINE, start)), blob);
  }
}

async function append(path: string, text: string): Promise<void> {
  const before = await stat(path).catch(ignoreGone);
  // Another process may move it at the same time.
  if (before !== undefined && before.size > LIMIT_BYTES) await rename(path, path + OLD).catch(ignoreGone);
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    const isTorn = size > 0 && (await lastByte(file, size)) !== NEWLINE;
    // A line that a full disk cut off must not take the next one along. One `write`: others may be writing, too.
    const bytes = Buffer.from(isTorn ? `\n${text}` : text);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error(`${path}: no room`);
  } finally {
    await file.close();
  }
}

/** It isn't there, or not any more. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

async function lastByte(file: FileHandle, size: number): Promise<number | undefined> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0];
}
