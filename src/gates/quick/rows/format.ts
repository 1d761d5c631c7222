/**
 * The graph of HEAD as the commit gate reads it: a few pages of a file that may hold 500,000 nodes.
 *
 *     header   4096 bytes: JSON, padded with spaces
 *     slots    {hash, place of the row + 1}, open addressing, a power of two of them; after every 16 a checksum over
 *              those: that a name is absent must be as sure as what its row says
 *     rows     {checksum over the rest, bytes of the name, edges, one mark a rule, the edges, the name, padded with
 *              zeros}: all that is to be known of a node lies together, and the nodes of a folder near each other
 *
 * An edge is `place of the target's row << 3 | kind`. Places are counted in words from the first row. All numbers are
 * 32 bits, little endian.
 */
export const HEADER_BYTES = 4096;
export const HEADER_WORDS = HEADER_BYTES / 4;
export const SLOT_WORDS = 2;
/** Slots that share a checksum, and are read with it at once. */
export const BLOCK_SLOTS = 16;
export const BLOCK_WORDS = BLOCK_SLOTS * SLOT_WORDS + 1;
/** Words of a row before its marks. */
export const ROW_WORDS = 3;
export const KIND_BITS = 3;
export const KIND_MASK = (1 << KIND_BITS) - 1;
/** An edge has no room for a place beyond this one: 2 GB of rows. */
export const MAX_PLACE = 2 ** (32 - KIND_BITS) - 1;

export interface RowsHeader {
  readonly format: typeof ROWS_FORMAT;
  readonly tree: string;
  readonly policy: string;
  readonly tool: string;
  readonly slots: number;
  readonly rules: number;
  /** Of the whole file. */
  readonly bytes: number;
}

export const ROWS_FORMAT = 'graph-rows/4';

/** Where the first row lies, in words from the beginning of the file. */
export function rowsAt(slots: number): number {
  return HEADER_WORDS + (slots / BLOCK_SLOTS) * BLOCK_WORDS;
}

/** Where a slot lies, in words from the beginning of the file. */
export function slotAt(slot: number): number {
  return HEADER_WORDS + Math.floor(slot / BLOCK_SLOTS) * BLOCK_WORDS + (slot % BLOCK_SLOTS) * SLOT_WORDS;
}

/** Of a block of slots, or of a row: over all its words but the checksum's own. */
export function checksumOf(words: Uint32Array, start: number, end: number): number {
  let sum = end - start;
  for (let at = start; at < end; at++) sum = Math.imul(sum ^ (words[at] ?? 0), 0x9e3779b1) ^ (sum >>> 15);
  return sum >>> 0;
}
