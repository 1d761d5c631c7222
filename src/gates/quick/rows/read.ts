import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { hashBytes } from '../../../facts/graph/hash.js';
import { decodeBytes, encodePath } from '../../../git/path-bytes.js';
import { GateDoubt } from '../../../invariants/graph-gate.js';
import {
  BLOCK_SLOTS,
  BLOCK_WORDS,
  checksumOf,
  HEADER_BYTES,
  KIND_BITS,
  KIND_MASK,
  ROW_WORDS,
  ROWS_FORMAT,
  type RowsHeader,
  rowsAt,
  SLOT_WORDS,
  slotAt,
} from './format.js';
import type { RowsOf } from './write.js';

export interface Row {
  readonly name: string;
  /** One a rule. */
  readonly marks: Uint32Array;
  readonly edges: readonly RowEdge[];
}

export interface RowEdge {
  /** Of the target's row. */
  readonly place: number;
  readonly kind: number;
}

const PAGE_WORDS = 1024;

/** Reads rows as they are asked for. @throws GateDoubt where the file is not what it should be */
export class RowsFile {
  /** Each holds the page after it, too: what begins in a page seldom ends beyond that. */
  private readonly pages = new Map<number, Uint32Array>();
  private readonly known = new Map<number, Row>();
  /** Every rule asks for the same few names. */
  private readonly found = new Map<string, Row | null>();
  private readonly rowsAt: number;
  private readonly end: number;

  private constructor(
    private readonly file: number,
    private readonly header: RowsHeader,
  ) {
    this.rowsAt = rowsAt(header.slots);
    this.end = header.bytes / 4;
  }

  /** @returns `null`: absent, or written for another tree, policy or build of lintel. */
  static open(path: string, of: RowsOf): RowsFile | null {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      return null;
    }
    const header = readHeader(file);
    if (
      header === null ||
      header.tree !== of.tree ||
      header.policy !== of.policy ||
      header.tool !== of.tool
    ) {
      closeSync(file);
      return null;
    }
    return new RowsFile(file, header);
  }

  close(): void {
    closeSync(this.file);
  }

  find(name: string): Row | null {
    let row = this.found.get(name);
    if (row === undefined) {
      row = this.look(name);
      this.found.set(name, row);
    }
    return row;
  }

  private look(name: string): Row | null {
    const bytes = encodePath(name);
    const hash = hashBytes(bytes, 0, bytes.length);
    const blocks = this.header.slots / BLOCK_SLOTS;
    const slot = hash & (this.header.slots - 1);
    let first = slot % BLOCK_SLOTS;
    for (let read = 0; read <= blocks; read++) {
      const words = this.block((Math.floor(slot / BLOCK_SLOTS) + read) % blocks);
      for (let at = first; at < BLOCK_SLOTS; at++) {
        const place = words[at * SLOT_WORDS + 1] ?? 0;
        if (place === 0) return null;
        if (words[at * SLOT_WORDS] !== hash) continue;
        const found = this.row(place - 1);
        if (found.name === name) return found;
      }
      first = 0;
    }
    return null;
  }

  private block(index: number): Uint32Array {
    const words = this.words(slotAt(index * BLOCK_SLOTS), BLOCK_WORDS);
    if (checksumOf(words, 0, BLOCK_WORDS - 1) !== words[BLOCK_WORDS - 1])
      throw new GateDoubt('a damaged index of the graph');
    return words;
  }

  /** @param place in words from the first row */
  row(place: number): Row {
    let row = this.known.get(place);
    if (row === undefined) {
      row = this.readRow(this.rowsAt + place);
      this.known.set(place, row);
    }
    return row;
  }

  private readRow(at: number): Row {
    const [, nameBytes = 0, edgeCount = 0] = this.words(at, ROW_WORDS);
    const edgesAt = ROW_WORDS + this.header.rules;
    const nameAt = edgesAt + edgeCount;
    const words = this.words(at, nameAt + Math.ceil(nameBytes / 4));
    if (checksumOf(words, 1, words.length) !== words[0]) throw new GateDoubt('a damaged row of the graph');
    const edges: RowEdge[] = [];
    for (let edge = edgesAt; edge < nameAt; edge++) {
      const packed = words[edge] ?? 0;
      edges.push({ place: packed >>> KIND_BITS, kind: packed & KIND_MASK });
    }
    const name = new Uint8Array(words.buffer, words.byteOffset + nameAt * 4, nameBytes);
    return { name: decodeBytes(name), marks: words.subarray(ROW_WORDS, edgesAt), edges };
  }

  /** @param at in words from the beginning of the file */
  private words(at: number, count: number): Uint32Array {
    if (at + count > this.end) throw new GateDoubt('a row beyond the graph’s end');
    const page = Math.floor(at / PAGE_WORDS);
    const start = at - page * PAGE_WORDS;
    if (start + count > PAGE_WORDS * 2) return this.read(at, count);
    let words = this.pages.get(page);
    if (words === undefined) {
      words = this.read(page * PAGE_WORDS, Math.min(PAGE_WORDS * 2, this.end - page * PAGE_WORDS));
      this.pages.set(page, words);
    }
    return words.subarray(start, start + count);
  }

  private read(at: number, count: number): Uint32Array {
    const words = new Uint32Array(count);
    if (readSync(this.file, words, 0, count * 4, at * 4) !== count * 4)
      throw new GateDoubt('the graph’s file is cut off');
    return words;
  }
}

function readHeader(file: number): RowsHeader | null {
  const bytes = Buffer.alloc(HEADER_BYTES);
  if (readSync(file, bytes, 0, HEADER_BYTES, 0) !== HEADER_BYTES) return null;
  try {
    const header = JSON.parse(bytes.toString('latin1')) as RowsHeader;
    return header.format === ROWS_FORMAT && fstatSync(file).size === header.bytes ? header : null;
  } catch {
    return null;
  }
}
