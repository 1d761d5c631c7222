import { ManifestError } from '../format.js';

const REMEDY = 'let npm write the lock file anew';
/** Of each slot: number + 1 (0: free), hash, start, end. Side by side, for the memory to be asked once. */
const SLOT = 4;

/**
 * Numbers for the pieces of one text: equal pieces have equal numbers, counted from 0. Asking makes no string, and no
 * string need be hashed: for names that stand in a text hundreds of thousands of times.
 */
export class TextIds {
  private count = 0;
  private steps = 0;
  /** Slots: a power of two, at most half of them taken. */
  private slots = 1 << 12;
  private table = new Int32Array(this.slots * SLOT);

  constructor(private readonly text: string) {}

  /** The number of a piece, which gets one if it has none. */
  id(start: number, end: number): number {
    const { text, table } = this;
    const mask = this.slots - 1;
    let hash = SEED;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash ^= hash >>> 13;
    let slot = (hash & mask) * SLOT;
    for (let found = table[slot] ?? 0; found !== 0; found = table[slot] ?? 0) {
      if (table[slot + 1] === hash && this.same(table[slot + 2] ?? 0, table[slot + 3] ?? 0, start, end))
        return found - 1;
      slot = ((slot / SLOT + 1) & mask) * SLOT;
      if (++this.steps > FIRST_STEPS + this.count * FAIR_STEPS)
        throw new ManifestError('its names are written so that reading them takes for ever', null, REMEDY);
    }
    const id = this.count++;
    table[slot] = id + 1;
    table[slot + 1] = hash;
    table[slot + 2] = start;
    table[slot + 3] = end;
    if (this.count * 2 > this.slots) this.grow();
    return id;
  }

  private same(from: number, to: number, start: number, end: number): boolean {
    if (to - from !== end - start) return false;
    if (from === start) return true;
    const { text } = this;
    for (let at = from, other = start; other < end; at++, other++)
      if (text.charCodeAt(at) !== text.charCodeAt(other)) return false;
    return true;
  }

  private grow(): void {
    const old = this.table;
    this.slots *= 4;
    const mask = this.slots - 1;
    const table = new Int32Array(this.slots * SLOT);
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      let slot = ((old[from + 1] ?? 0) & mask) * SLOT;
      while (table[slot] !== 0) slot = ((slot / SLOT + 1) & mask) * SLOT;
      for (let part = 0; part < SLOT; part++) table[slot + part] = old[from + part] ?? 0;
    }
    this.table = table;
  }
}

const SEED = 0x2545f491;
/** Steps that looking for a place may take, on average, and to begin with. */
const FAIR_STEPS = 64;
const FIRST_STEPS = 1 << 16;
