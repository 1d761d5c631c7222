import { Buffer } from 'node:buffer';
import { decodeBytes, encodePath } from '../../git/path-bytes.js';
import { hashBytes } from './hash.js';

/**
 * Names of nodes in one piece of memory: their bytes end to end, decoded when asked for. A repository of
 * 500,000 files has 30 MB of paths, and most commits ask for ten of them.
 */
export class NameTable {
  private readonly decoded = new Map<number, string>();
  private known: Uint32Array | null;
  private slots: Uint32Array | null = null;
  private readonly buffer: Buffer;

  /**
   * @param offsets where each name begins, and where the last one ends
   * @param hashes `hashBytes` of each name, if they are known already
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly offsets: Uint32Array,
    hashes: Uint32Array | null = null,
  ) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.known = hashes;
  }

  static of(names: readonly string[]): NameTable {
    const encoded = names.map(encodePath);
    const offsets = new Uint32Array(names.length + 1);
    encoded.forEach((bytes, at) => {
      offsets[at + 1] = (offsets[at] ?? 0) + bytes.length;
    });
    return new NameTable(Buffer.concat(encoded), offsets);
  }

  /** @param order names of `base` by their number, and those of `added` by base's size plus theirs */
  static gather(base: NameTable, added: readonly string[], order: Uint32Array): NameTable {
    const fresh = NameTable.of(added);
    const offsets = new Uint32Array(order.length + 1);
    const hashes = new Uint32Array(order.length);
    const pick = (name: number): readonly [NameTable, number] =>
      name < base.size ? [base, name] : [fresh, name - base.size];
    order.forEach((name, at) => {
      const [table, place] = pick(name);
      offsets[at + 1] = (offsets[at] ?? 0) + table.lengthOf(place);
      hashes[at] = table.hashes[place] ?? 0;
    });
    const bytes = Buffer.allocUnsafeSlow(offsets[order.length] ?? 0);
    for (let at = 0; at < order.length; ) {
      // Neighbours stay neighbours, mostly: copied in one go.
      let end = at + 1;
      const first = order[at] ?? 0;
      while (end < order.length && order[end] === first + end - at && (order[end] ?? 0) !== base.size) end++;
      const [table, place] = pick(first);
      const start = table.offsets[place] ?? 0;
      bytes.set(table.bytes.subarray(start, table.offsets[place + end - at]), offsets[at] ?? 0);
      at = end;
    }
    return new NameTable(bytes, offsets, hashes);
  }

  get size(): number {
    return this.offsets.length - 1;
  }

  get hashes(): Uint32Array {
    if (this.known === null) {
      this.known = new Uint32Array(this.size);
      for (let node = 0; node < this.size; node++)
        this.known[node] = hashBytes(this.bytes, this.offsets[node] ?? 0, this.offsets[node + 1] ?? 0);
    }
    return this.known;
  }

  at(node: number): string {
    let name = this.decoded.get(node);
    if (name === undefined) {
      const start = this.offsets[node];
      const end = this.offsets[node + 1];
      if (start === undefined || end === undefined) throw new RangeError(`no such node: ${node}`);
      name = decodeBytes(this.bytes.subarray(start, end));
      this.decoded.set(node, name);
    }
    return name;
  }

  /** @returns the node of that name, or -1; of several the first */
  find(name: string): number {
    return this.all(name)[0] ?? -1;
  }

  /** Every node of that name, in order: a package may be called as a file is. */
  all(name: string): readonly number[] {
    const bytes = encodePath(name);
    const hash = hashBytes(bytes, 0, bytes.length);
    const slots = this.table();
    const mask = slots.length - 1;
    const found: number[] = [];
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const node = (slots[slot] ?? 0) - 1;
      if (this.hashes[node] === hash && this.equals(node, bytes)) found.push(node);
    }
    return found.sort((a, b) => a - b);
  }

  /** By bytes: below zero, zero or above, as for `sort`. */
  compare(one: number, other: number): number {
    const { offsets } = this;
    return this.buffer.compare(
      this.bytes,
      offsets[other] ?? 0,
      offsets[other + 1] ?? 0,
      offsets[one] ?? 0,
      offsets[one + 1] ?? 0,
    );
  }

  lengthOf(node: number): number {
    return (this.offsets[node + 1] ?? 0) - (this.offsets[node] ?? 0);
  }

  private equals(node: number, bytes: Buffer): boolean {
    const start = this.offsets[node] ?? 0;
    const end = this.offsets[node + 1] ?? 0;
    return end - start === bytes.length && this.buffer.compare(bytes, 0, bytes.length, start, end) === 0;
  }

  /** Open addressing; a slot holds a node's number plus one. */
  private table(): Uint32Array {
    if (this.slots !== null) return this.slots;
    let length = 16;
    while (length < this.size * 2) length *= 2;
    const slots = new Uint32Array(length);
    const { hashes } = this;
    for (let node = 0; node < this.size; node++) {
      let slot = (hashes[node] ?? 0) & (length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (length - 1);
      slots[slot] = node + 1;
    }
    this.slots = slots;
    return slots;
  }
}
