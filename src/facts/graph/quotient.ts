import type { Digraph } from './components.js';
import { type ImportGraph, MEMBER } from './import-graph.js';

/** What the imports are between groups of nodes. */
export interface Quotient extends Digraph {
  /** Imports (one a pair of nodes and a kind) that make each edge. */
  readonly weights: Uint32Array;
}

/**
 * The graph of groups: an edge wherever a node of one imports a node of another. A node that imports itself is an
 * edge too; imports within a group of several are none. Folders that are no group of their own stand for their members.
 * @param groupOf group of each node, -1: in none
 * @param follows whether an edge of the graph counts; asked of members too
 */
export function quotient(
  graph: ImportGraph,
  groupOf: Int32Array,
  groups: number,
  follows: (edge: number) => boolean,
): Quotient {
  const pairs: number[] = [];
  const add = (source: number, target: number): void => {
    const from = groupOf[source] ?? -1;
    const to = groupOf[target] ?? -1;
    if (to !== -1 && (from !== to || source === target)) pairs.push(from * groups + to);
  };
  for (let node = 0; node < graph.size; node++) {
    if (groupOf[node] === -1) continue;
    eachTarget(graph, node, groupOf, follows, target => add(node, target));
  }
  return fromPairs(Float64Array.from(pairs).sort(), groups);
}

/** Calls `found` with each end of the node's imports, and the edge; folders without a group are seen through. */
export function eachTarget(
  graph: ImportGraph,
  node: number,
  groupOf: Int32Array,
  follows: (edge: number) => boolean,
  found: (target: number, edge: number) => void,
): void {
  const { starts, targets, kinds } = graph;
  for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
    if (!follows(edge)) continue;
    const target = targets[edge] ?? 0;
    const inner = starts[target] ?? 0;
    const end = starts[target + 1] ?? 0;
    if (groupOf[target] !== -1 || inner === end || kinds[inner] !== MEMBER) found(target, edge);
    else for (let member = inner; member < end; member++) found(targets[member] ?? 0, edge);
  }
}

function fromPairs(pairs: Float64Array, groups: number): Quotient {
  const starts = new Uint32Array(groups + 1);
  const targets: number[] = [];
  const weights: number[] = [];
  let last = -1;
  for (const pair of pairs) {
    if (pair === last) {
      weights[weights.length - 1] = (weights.at(-1) ?? 0) + 1;
      continue;
    }
    last = pair;
    const from = Math.floor(pair / groups);
    starts[from + 1] = (starts[from + 1] ?? 0) + 1;
    targets.push(pair - from * groups);
    weights.push(1);
  }
  for (let group = 0; group < groups; group++)
    starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
  return { size: groups, starts, targets: Uint32Array.from(targets), weights: Uint32Array.from(weights) };
}
