import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../model/brand.js';
import type { FileImports } from '../model/edges.js';
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
const SPACE = 32;
const NEWLINE = 10;

export class ImportLog {
  private readonly shards = new Map<string, Shard>();
  private readonly pending = new Map<Oid, FileImports>();

  constructor(private readonly folder: string) {}

  get(blob: Oid): FileImports | null {
    const fresh = this.pending.get(blob);
    if (fresh !== undefined) return fresh;
    const name = blob.slice(0, 2);
    let shard = this.shards.get(name);
    if (shard === undefined) {
      shard = { current: new Lines(join(this.folder, name)), old: new Lines(join(this.folder, name + OLD)) };
      this.shards.set(name, shard);
    }
    const found = shard.current.get(blob);
    if (found !== null) return found;
    const old = shard.old.get(blob);
    if (old !== null) this.pending.set(blob, old);
    return old;
  }

  add(blob: Oid, imports: FileImports): void {
    this.pending.set(blob, imports);
  }

  /** @throws what the file system says. */
  flush(): void {
    if (this.pending.size === 0) return;
    const texts = new Map<string, string>();
    for (const [blob, imports] of this.pending) {
      const name = blob.slice(0, 2);
      texts.set(name, (texts.get(name) ?? '') + formatLine(blob, imports));
    }
    this.pending.clear();
    this.shards.clear();
    mkdirSync(this.folder, { recursive: true });
    for (const [name, text] of texts) {
      const path = join(this.folder, name);
      const { size, torn } = endOf(path);
      if (size > LIMIT_BYTES) renameSync(path, path + OLD);
      // A line that a full disk cut off must not take the next one along.
      appendFileSync(path, torn ? `\n${text}` : text);
    }
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

function endOf(path: string): { readonly size: number; readonly torn: boolean } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > LIMIT_BYTES) return { size, torn: false };
  return { size, torn: readFileSync(path).at(-1) !== NEWLINE };
}
