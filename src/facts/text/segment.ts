export type SegmentKind = 'code' | 'comment' | 'string';

/** A run of text of one kind. Indexes in UTF-16 units, `end` exclusive. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
}
