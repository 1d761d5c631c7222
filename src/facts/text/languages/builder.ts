import type { Segment, SegmentKind } from '../segment.js';

/** A language's lexical rules. */
export type Lexer = (text: string) => readonly Segment[];

/** Collects comments and strings in order; what lies between them is code. Neighbours of one kind become one. */
export class SegmentBuilder {
  private readonly segments: { kind: SegmentKind; start: number; end: number }[] = [];
  private covered = 0;

  constructor(private readonly length: number) {}

  add(kind: SegmentKind, start: number, end: number): void {
    if (start > this.covered) this.push('code', this.covered, start);
    this.push(kind, Math.max(start, this.covered), Math.min(end, this.length));
    this.covered = Math.max(this.covered, Math.min(end, this.length));
  }

  /** Takes over what another lexer found in a part of the text. */
  embed(segments: readonly Segment[], offset: number): void {
    for (const { kind, start, end } of segments) this.add(kind, start + offset, end + offset);
  }

  finish(): readonly Segment[] {
    if (this.covered < this.length) this.push('code', this.covered, this.length);
    return this.segments;
  }

  private push(kind: SegmentKind, start: number, end: number): void {
    if (start >= end) return;
    const last = this.segments.at(-1);
    if (last !== undefined && last.kind === kind && last.end === start) last.end = end;
    else this.segments.push({ kind, start, end });
  }
}
