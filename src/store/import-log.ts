import { appendFileSync, mkdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Oid } from '../model/brand.js';
import { checksum } from '../model/checksum.js';
import type { FileImports } from '../model/edges.js';

/**
 * Imports by blob id, one file a language, only ever appended to, so that concurrent writers can't
 * undo one another (a line is written by one `write`; one torn by a full disk fails its checksum).
 *
 *     <blob id> <checksum of the JSON> <JSON of what the file imports and declares>\n
 */
const LIMIT_BYTES = 128 * 1024 * 1024;
const SPACE = 32;
const NEWLINE = 10;

export class ImportLog {
  private content: Buffer | null = null;
  /** Blob id → offset of the line. */
  private index: Map<string, number> | null = null;
  private readonly pending = new Map<Oid, FileImports>();

  constructor(private readonly path: string) {}

  get(blob: Oid): FileImports | null {
    const fresh = this.pending.get(blob);
    if (fresh !== undefined) return fresh;
    const { content, index } = this.load();
    const start = index.get(blob);
    if (start === undefined) return null;
    const end = content.indexOf(NEWLINE, start);
    const line = content.toString('utf8', start, end < 0 ? content.length : end);
    return parseLine(line, blob);
  }

  add(blob: Oid, imports: FileImports): void {
    this.pending.set(blob, imports);
  }

  /** @throws what the file system says. */
  flush(): void {
    if (this.pending.size === 0) return;
    mkdirSync(dirname(this.path), { recursive: true });
    if (sizeOf(this.path) > LIMIT_BYTES) unlinkSync(this.path);
    const lines: string[] = [];
    for (const [blob, imports] of this.pending) {
      const json = JSON.stringify(imports);
      lines.push(`${blob} ${checksum(json)} ${json}\n`);
    }
    this.pending.clear();
    this.content = null;
    this.index = null;
    appendFileSync(this.path, lines.join(''));
  }

  private load(): { content: Buffer; index: Map<string, number> } {
    if (this.content !== null && this.index !== null) return { content: this.content, index: this.index };
    let content: Buffer;
    try {
      content = readFileSync(this.path);
    } catch {
      content = Buffer.alloc(0);
    }
    const index = new Map<string, number>();
    let start = 0;
    while (start < content.length) {
      const space = content.indexOf(SPACE, start);
      if (space < 0) break;
      index.set(content.toString('latin1', start, space), start);
      const end = content.indexOf(NEWLINE, start);
      if (end < 0) break;
      start = end + 1;
    }
    this.content = content;
    this.index = index;
    return { content, index };
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

function parseLine(line: string, blob: string): FileImports | null {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  if (first < 0 || second < 0 || line.slice(0, first) !== blob) return null;
  const json = line.slice(second + 1);
  if (checksum(json) !== line.slice(first + 1, second)) return null;
  return JSON.parse(json) as FileImports;
}
