import { EDGE_KINDS, type EdgeKind } from '../../model/edges.js';
import { oncePer } from '../../model/once.js';
import type { NameTable } from './name-table.js';

/**
 * What a node stands for.
 * - `file`: a code file of the tree; only files have imports of their own.
 * - `asset`: another file of the tree (a style sheet, JSON).
 * - `folder`: a package that is a folder (Go, Java's wildcard, a C# namespace): named by its path and a trailing
 *   slash; edges of the kind `member` lead to the files that it stands for.
 * - `package`, `builtin`: outside of the tree: `npm:pg/native`, `node:fs`.
 * - `missing`: an import that should end in the tree and doesn't: named by its first candidate.
 */
export const NODE_TYPES = ['file', 'asset', 'folder', 'package', 'builtin', 'missing'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** Not an import: from a folder to the files that it stands for. */
export const MEMBER = EDGE_KINDS.length;

/**
 * The imports of a whole tree, compact: nodes are numbers from 0, edges lie row by row in typed arrays.
 * Never changed once made. One edge per (from, to, kind); computed imports are no edges.
 * In each row edges are ordered by target and kind. Names are unique but for a file that is called as a package or a
 * missing file is. Numbers mean nothing: two graphs of one tree may number the nodes differently.
 */
export interface ImportGraph {
  readonly size: number;
  readonly names: NameTable;
  /** Index into NODE_TYPES, one a node. */
  readonly types: Uint8Array;
  /** `starts[n]` to `starts[n + 1]`: the edges of node n. Length `size + 1`. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
  /** Index into EDGE_KINDS, or MEMBER, one an edge. An erased import is of kind `type`, however it is written. */
  readonly kinds: Uint8Array;
  /** The line of the first import that makes the edge, 1-based; 0 for members. */
  readonly lines: Uint32Array;
  /**
   * The paths by which rules see a node: a file's own path; every path that a `missing` node may have meant; the
   * imaginary files of a `folder` (Target's `names`); none for packages and builtins.
   */
  paths(node: number): readonly string[];
  /** Other names by which a rule may call a `package`, each with the subpath: an npm alias, a Python module's. */
  aliases(node: number): readonly string[];
}

export function typeOf(graph: ImportGraph, node: number): NodeType {
  const type = NODE_TYPES[graph.types[node] ?? -1];
  if (type === undefined) throw new RangeError(`no such node: ${node}`);
  return type;
}

/** Which kinds count, by their index: for filters that run over every edge. */
export function kindFilter(kinds: readonly EdgeKind[] | undefined): Uint8Array {
  const wanted = new Uint8Array(EDGE_KINDS.length + 1).fill(kinds === undefined ? 1 : 0);
  for (const kind of kinds ?? []) wanted[EDGE_KINDS.indexOf(kind)] = 1;
  wanted[MEMBER] = 1;
  return wanted;
}

/** The same graph with its edges turned round; lines and kinds go with them. */
export interface Reversed {
  readonly starts: Uint32Array;
  readonly sources: Uint32Array;
  /** Index of the edge in the graph itself. */
  readonly edges: Uint32Array;
}

/** Made once a graph. */
export const reversed: (graph: ImportGraph) => Reversed = oncePer(reverse);

function reverse({ size, starts, targets }: ImportGraph): Reversed {
  const back = new Uint32Array(size + 1);
  for (const to of targets) back[to + 1] = (back[to + 1] ?? 0) + 1;
  for (let node = 0; node < size; node++) back[node + 1] = (back[node + 1] ?? 0) + (back[node] ?? 0);
  const next = back.slice(0, size);
  const sources = new Uint32Array(targets.length);
  const edges = new Uint32Array(targets.length);
  for (let from = 0; from < size; from++) {
    for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge++) {
      const to = targets[edge] ?? 0;
      const place = next[to] ?? 0;
      next[to] = place + 1;
      sources[place] = from;
      edges[place] = edge;
    }
  }
  return { starts: back, sources, edges };
}
