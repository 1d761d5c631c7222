import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hashBytes } from '../../../facts/graph/hash.js';
import type { ImportGraph } from '../../../facts/graph/import-graph.js';
import { encodePath } from '../../../git/path-bytes.js';
import type { Marks } from '../../../invariants/graph-gate.js';
import {
  BLOCK_SLOTS,
  BLOCK_WORDS,
  blockSum,
  HEADER_BYTES,
  KIND_BITS,
  mix,
  placesOf,
  ROW_WORDS,
  ROWS_FORMAT,
  type RowsHeader,
  slotWord,
} from './format.js';

export interface RowsOf {
  readonly tree: string;
  readonly policy: string;
  readonly tool: string;
}

/**
 * @param marks one for each rule over the graph, in the policy's order
 * @returns the file's content, in pieces
 */
export function encodeRows(graph: ImportGraph, marks: readonly Marks[], of: RowsOf): readonly Buffer[] {
  const groups = groupNames(marks);
  const groupBytes = groups.map(({ name }) => encodePath(name));
  const rows = graph.size + groups.length;
  const slots = 2 ** Math.ceil(Math.log2(Math.max(BLOCK_SLOTS, rows * 2)));
  const sizes = { ...of, rows, slots, rules: marks.length, edges: graph.targets.length };
  const places = placesOf(sizes);
  const nodeNames = graph.names.bytes;
  const names = Buffer.concat([nodeNames, ...groupBytes]);
  const table = new Uint32Array((places.names - HEADER_BYTES) / 4);
  const rowAt = (places.rows - HEADER_BYTES) / 4;
  const edgeAt = (places.edges - HEADER_BYTES) / 4;
  const words = ROW_WORDS + marks.length;
  let groupStart = nodeNames.length;
  for (let row = 0; row < rows; row++) {
    const isNode = row < graph.size;
    const bytes = groupBytes[row - graph.size]?.length ?? 0;
    const start = isNode ? (graph.names.offsets[row] ?? 0) : groupStart;
    const length = isNode ? (graph.names.offsets[row + 1] ?? 0) - start : bytes;
    if (!isNode) groupStart += bytes;
    const firstEdge = isNode ? (graph.starts[row] ?? 0) : 0;
    const edges = isNode ? (graph.starts[row + 1] ?? 0) - firstEdge : 0;
    const at = rowAt + row * words;
    table[at] = start;
    table[at + 1] = length;
    table[at + 2] = firstEdge;
    table[at + 3] = edges;
    const hash = hashBytes(names, start, start + length);
    let sum = mix(mix(mix(hash, start), firstEdge), edges);
    for (let edge = firstEdge; edge < firstEdge + edges; edge++) {
      const packed = (((graph.targets[edge] ?? 0) << KIND_BITS) | (graph.kinds[edge] ?? 0)) >>> 0;
      table[edgeAt + edge] = packed;
      sum = mix(sum, packed);
    }
    for (let rule = 0; rule < marks.length; rule++) {
      const group = groups[row - graph.size];
      const mark = isNode ? (marks[rule]?.nodes[row] ?? 0) : group?.rule === rule ? group.mark : 0;
      table[at + ROW_WORDS + rule] = mark;
      sum = mix(sum, mark);
    }
    table[at + 4] = sum >>> 0;
    let slot = hash & (slots - 1);
    while ((table[slotWord(slot) + 1] ?? 0) !== 0) slot = (slot + 1) & (slots - 1);
    table[slotWord(slot)] = hash;
    table[slotWord(slot) + 1] = row + 1;
  }
  for (let block = 0; block < slots / BLOCK_SLOTS; block++) {
    const sum = (block + 1) * BLOCK_WORDS - 1;
    table[sum] = blockSum(table.subarray(sum - BLOCK_WORDS + 1, sum));
  }
  const header: RowsHeader = { format: ROWS_FORMAT, ...sizes, bytes: places.names + names.length };
  return [Buffer.from(JSON.stringify(header).padEnd(HEADER_BYTES)), Buffer.from(table.buffer), names];
}

/** A group's row: its name says which rule it belongs to. */
export function groupName(rule: number, name: string): string {
  return `\0${rule}\0${name}`;
}

function groupNames(marks: readonly Marks[]): readonly { name: string; rule: number; mark: number }[] {
  return marks.flatMap(({ groups }, rule) =>
    [...(groups ?? [])].map(([name, mark]) => ({ name: groupName(rule, name), rule, mark })),
  );
}

/** Replaces the file in one step. @throws what the file system says */
export function writeRows(path: string, pieces: readonly Buffer[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, Buffer.concat(pieces));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
