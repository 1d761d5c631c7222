import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { hashBytes } from '../../../facts/graph/hash.js';
import { decodeBytes, encodePath } from '../../../git/path-bytes.js';
import { GateDoubt } from '../../../invariants/graph-gate.js';
import {
  BLOCK_SLOTS,
  BLOCK_WORDS,
  blockSum,
  HEADER_BYTES,
  KIND_BITS,
  KIND_MASK,
  mix,
  type Places,
  placesOf,
  ROW_WORDS,
  ROWS_FORMAT,
  type RowsHeader,
  SLOT_WORDS,
} from './format.js';
import type { RowsOf } from './write.js';

export interface Row {
  readonly row: number;
  readonly name: string;
  readonly marks: readonly number[];
  readonly edges: readonly { readonly row: number; readonly kind: number }[];
}

/** Reads rows as they are asked for. @throws GateDoubt where the file is not what it should be */
export class RowsFile {
  private readonly known = new Map<number, Row>();
  private readonly blocks = new Map<number, Uint32Array>();
  /** Every rule asks for the same few names. */
  private readonly found = new Map<string, Row | null>();

  private constructor(
    private readonly file: number,
    private readonly header: RowsHeader,
    private readonly places: Places,
  ) {}

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
    return new RowsFile(file, header, placesOf(header));
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
        const row = words[at * SLOT_WORDS + 1] ?? 0;
        if (row === 0) return null;
        if (words[at * SLOT_WORDS] !== hash) continue;
        const found = this.row(row - 1);
        if (found.name === name) return found;
      }
      first = 0;
    }
    return null;
  }

  private block(index: number): Uint32Array {
    let words = this.blocks.get(index);
    if (words === undefined) {
      const read = this.words(this.places.slots + index * BLOCK_WORDS * 4, BLOCK_WORDS);
      words = read.subarray(0, BLOCK_WORDS - 1);
      if (blockSum(words) !== read[BLOCK_WORDS - 1]) throw new GateDoubt('a damaged index of the graph');
      this.blocks.set(index, words);
    }
    return words;
  }

  row(index: number): Row {
    const known = this.known.get(index);
    if (known !== undefined) return known;
    const { places, header } = this;
    if (index >= header.rows) throw new GateDoubt('a row beyond the graph’s end');
    const words = this.words(places.rows + index * places.stride, ROW_WORDS + header.rules);
    const [start = 0, length = 0, firstEdge = 0, count = 0, checksum = 0] = words;
    if (firstEdge + count > header.edges || places.names + start + length > header.bytes)
      throw new GateDoubt('a damaged row of the graph');
    const edges = this.words(places.edges + firstEdge * 4, count);
    const name = this.bytes(places.names + start, length);
    let sum = mix(mix(mix(hashBytes(name, 0, name.length), start), firstEdge), count);
    for (const edge of edges) sum = mix(sum, edge);
    const marks = [...words.subarray(ROW_WORDS)];
    for (const mark of marks) sum = mix(sum, mark);
    if (sum >>> 0 !== checksum) throw new GateDoubt('a damaged row of the graph');
    const row = {
      row: index,
      name: decodeBytes(name),
      marks,
      edges: [...edges].map(edge => ({ row: edge >>> KIND_BITS, kind: edge & KIND_MASK })),
    };
    this.known.set(index, row);
    return row;
  }

  private words(offset: number, count: number): Uint32Array {
    const words = new Uint32Array(count);
    if (count > 0) fill(this.file, Buffer.from(words.buffer), offset);
    return words;
  }

  private bytes(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    if (length > 0) fill(this.file, bytes, offset);
    return bytes;
  }
}

function fill(file: number, buffer: Buffer, offset: number): void {
  if (readSync(file, buffer, 0, buffer.length, offset) !== buffer.length)
    throw new GateDoubt('the graph’s file is cut off');
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
