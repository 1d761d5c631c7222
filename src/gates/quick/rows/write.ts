import { hashBytes } from '../../../facts/graph/hash.js';
import type { ImportGraph } from '../../../facts/graph/import-graph.js';
import { encodePath } from '../../../git/path-bytes.js';
import type { Marks } from '../../../invariants/graph-gate.js';
import {
  BLOCK_SLOTS,
  BLOCK_WORDS,
  checksumOf,
  HEADER_BYTES,
  HEADER_WORDS,
  KIND_BITS,
  MAX_PLACE,
  ROW_WORDS,
  ROWS_FORMAT,
  type RowsHeader,
  rowsAt,
  slotAt,
} from './format.js';

export interface RowsOf {
  readonly tree: string;
  readonly policy: string;
  readonly tool: string;
}

/**
 * @param marks one for each rule over the graph, in the policy's order
 * @returns the file's content; `null`: the graph has no room in it
 */
export function encodeRows(graph: ImportGraph, marks: readonly Marks[], of: RowsOf): Buffer | null {
  const groups = groupNames(marks);
  const rows = graph.size + groups.length;
  const slots = 2 ** Math.ceil(Math.log2(Math.max(BLOCK_SLOTS, rows * 2)));
  const places = placesOf(graph, groups, marks.length);
  const size = places[rows] ?? 0;
  if (size > MAX_PLACE) return null;
  const first = rowsAt(slots);
  const header: RowsHeader = {
    format: ROWS_FORMAT,
    ...of,
    slots,
    rules: marks.length,
    bytes: (first + size) * 4,
  };
  const words = new Uint32Array(first + size);
  const bytes = Buffer.from(words.buffer);
  bytes.write(JSON.stringify(header).padEnd(HEADER_BYTES), 'latin1');
  for (let row = 0; row < rows; row++) {
    const place = places[row] ?? 0;
    const hash =
      row < graph.size
        ? putNode(words, bytes, first + place, graph, row, marks, places)
        : putGroup(words, bytes, first + place, groups[row - graph.size], marks.length);
    words[first + place] = checksumOf(words, first + place + 1, first + (places[row + 1] ?? 0));
    let slot = hash & (slots - 1);
    while ((words[slotAt(slot) + 1] ?? 0) !== 0) slot = (slot + 1) & (slots - 1);
    words[slotAt(slot)] = hash;
    words[slotAt(slot) + 1] = place + 1;
  }
  for (let end = HEADER_WORDS + BLOCK_WORDS; end <= first; end += BLOCK_WORDS)
    words[end - 1] = checksumOf(words, end - BLOCK_WORDS, end - 1);
  return bytes;
}

/** Where each row begins, and after them where the last one ends: in words from the first. */
function placesOf(graph: ImportGraph, groups: readonly Group[], rules: number): Float64Array {
  const places = new Float64Array(graph.size + groups.length + 1);
  let place = 0;
  const put = (row: number, nameBytes: number, edges: number): void => {
    places[row] = place;
    place += ROW_WORDS + rules + edges + Math.ceil(nameBytes / 4);
  };
  const { offsets } = graph.names;
  for (let row = 0; row < graph.size; row++) put(row, between(offsets, row), between(graph.starts, row));
  for (const [at, { bytes }] of groups.entries()) put(graph.size + at, bytes.length, 0);
  places[graph.size + groups.length] = place;
  return places;
}

function between(starts: Uint32Array, at: number): number {
  return (starts[at + 1] ?? 0) - (starts[at] ?? 0);
}

/** @returns the hash of its name */
function putNode(
  words: Uint32Array,
  bytes: Buffer,
  at: number,
  graph: ImportGraph,
  row: number,
  marks: readonly Marks[],
  places: Float64Array,
): number {
  const { offsets, bytes: names } = graph.names;
  const start = offsets[row] ?? 0;
  const end = offsets[row + 1] ?? 0;
  let next = putHead(words, at, end - start, between(graph.starts, row));
  for (const { nodes } of marks) words[next++] = nodes[row] ?? 0;
  for (let edge = graph.starts[row] ?? 0; edge < (graph.starts[row + 1] ?? 0); edge++) {
    const place = places[graph.targets[edge] ?? 0] ?? 0;
    words[next++] = ((place << KIND_BITS) | (graph.kinds[edge] ?? 0)) >>> 0;
  }
  bytes.set(names.subarray(start, end), next * 4);
  return hashBytes(names, start, end);
}

function putGroup(
  words: Uint32Array,
  bytes: Buffer,
  at: number,
  group: Group | undefined,
  rules: number,
): number {
  if (group === undefined) throw new RangeError('a row beyond the last group');
  const next = putHead(words, at, group.bytes.length, 0);
  words[next + group.rule] = group.mark;
  bytes.set(group.bytes, (next + rules) * 4);
  return hashBytes(group.bytes, 0, group.bytes.length);
}

/** @returns where the marks go */
function putHead(words: Uint32Array, at: number, nameBytes: number, edges: number): number {
  words[at + 1] = nameBytes;
  words[at + 2] = edges;
  return at + ROW_WORDS;
}

/** A group's row: its name says which rule it belongs to. */
export function groupName(rule: number, name: string): string {
  return `\0${rule}\0${name}`;
}

interface Group {
  readonly bytes: Uint8Array;
  readonly rule: number;
  readonly mark: number;
}

function groupNames(marks: readonly Marks[]): readonly Group[] {
  return marks.flatMap(({ groups }, rule) =>
    [...(groups ?? [])].map(([name, mark]) => ({ bytes: encodePath(groupName(rule, name)), rule, mark })),
  );
}
