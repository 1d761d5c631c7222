/**
 * The graph of HEAD as the commit gate reads it: by `pread`, a few rows of a file that may hold 500,000.
 *
 *     header   4096 bytes: JSON, padded with spaces
 *     slots    {hash, row + 1}, open addressing, a power of two of them; after every 64 a checksum over those:
 *              that a name is absent must be as sure as what its row says
 *     rows     {name's offset, its length, first edge, edges, checksum, one mark a rule}
 *     edges    target row << 3 | kind
 *     names    bytes, end to end
 *
 * All numbers are 32 bits, little endian. Each row carries a checksum over itself, its edges and its name.
 */
export const HEADER_BYTES = 4096;
export const SLOT_WORDS = 2;
/** Slots that share a checksum, and are read with it at once. */
export const BLOCK_SLOTS = 64;
export const BLOCK_WORDS = BLOCK_SLOTS * SLOT_WORDS + 1;
/** Words of a row before its marks. */
export const ROW_WORDS = 5;
export const KIND_BITS = 3;
export const KIND_MASK = (1 << KIND_BITS) - 1;

export interface RowsHeader {
  readonly format: typeof ROWS_FORMAT;
  readonly tree: string;
  readonly policy: string;
  readonly tool: string;
  readonly rows: number;
  readonly slots: number;
  readonly rules: number;
  readonly edges: number;
  /** Of the whole file. */
  readonly bytes: number;
}

export const ROWS_FORMAT = 'graph-rows/3';

export interface Places {
  readonly slots: number;
  readonly rows: number;
  readonly edges: number;
  readonly names: number;
  readonly stride: number;
}

/** Offsets in bytes. */
export function placesOf({ slots, rows, rules, edges }: Omit<RowsHeader, 'format' | 'bytes'>): Places {
  const stride = (ROW_WORDS + rules) * 4;
  const rowsAt = HEADER_BYTES + (slots / BLOCK_SLOTS) * BLOCK_WORDS * 4;
  const edgesAt = rowsAt + rows * stride;
  return {
    slots: HEADER_BYTES,
    rows: rowsAt,
    edges: edgesAt,
    names: edgesAt + edges * 4,
    stride,
  };
}

/** Where a slot lies, in words after the header. */
export function slotWord(slot: number): number {
  return Math.floor(slot / BLOCK_SLOTS) * BLOCK_WORDS + (slot % BLOCK_SLOTS) * SLOT_WORDS;
}

/** Over the slots of one block. */
export function blockSum(words: Uint32Array): number {
  let sum = words.length;
  for (const word of words) sum = mix(sum, word);
  return sum >>> 0;
}

export function mix(sum: number, word: number): number {
  return Math.imul(sum ^ word, 0x9e3779b1) ^ (sum >>> 15);
}
