import { Numbers } from './growing.js';

export interface RowEdge {
  readonly to: number;
  readonly kind: number;
  line: number;
}

/** Rows of edges and of places as they are read, by the number of their node; nothing in them is an object. */
export class Rows {
  private readonly at = new Map<number, number>();
  private readonly starts = new Numbers();
  private readonly placeStarts = new Numbers();
  private readonly edges = new Numbers();
  private readonly lines = new Numbers();
  private readonly found = new Numbers();

  constructor() {
    this.starts.push(0);
    this.placeStarts.push(0);
  }

  get nodes(): Iterable<number> {
    return this.at.keys();
  }

  has(node: number): boolean {
    return this.at.has(node);
  }

  /** @param edges ordered by target and kind */
  add(node: number, edges: readonly RowEdge[], places: Uint32Array): void {
    this.at.set(node, this.starts.length - 1);
    for (const { to, kind, line } of edges) {
      // Sixteen kinds at most, so 268 million nodes.
      this.edges.push(to * 16 + kind);
      this.lines.push(line);
    }
    this.starts.push(this.edges.length);
    this.found.pushAll(places);
    this.placeStarts.push(this.found.length);
  }

  /** How many edges. */
  length(node: number): number {
    const row = this.at.get(node);
    return row === undefined ? 0 : this.starts.at(row + 1) - this.starts.at(row);
  }

  each(node: number, visit: (to: number, kind: number, line: number) => void): void {
    const row = this.at.get(node);
    if (row === undefined) return;
    for (let edge = this.starts.at(row); edge < this.starts.at(row + 1); edge++) {
      const packed = this.edges.at(edge);
      visit(Math.floor(packed / 16), packed % 16, this.lines.at(edge));
    }
  }

  places(node: number): Uint32Array {
    const row = this.at.get(node);
    if (row === undefined) return new Uint32Array(0);
    return this.found.slice(this.placeStarts.at(row), this.placeStarts.at(row + 1));
  }
}
