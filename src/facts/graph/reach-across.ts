import { type Digraph, strongComponents } from './components.js';

/** Ends that one pass carries: bounds memory at 128 bytes a component. */
const CHUNK = 1024;
const WORDS = CHUNK / 32;

/** A country between two borders: chains start at a source, run through inner nodes and end at a target. */
export interface Crossing {
  /** Each once. */
  readonly sources: readonly number[];
  isInner(node: number): boolean;
  isTarget(node: number): boolean;
  follows(edge: number): boolean;
}

/**
 * Calls `found` for every source and target between which a chain runs that has at least one inner node and none
 * but inner nodes between its ends. Bit sets of targets are carried up the condensation of the inner nodes, so the
 * cost is that of the edges for every thousand targets, whatever the number of sources.
 */
export function reachAcross(
  graph: Digraph,
  crossing: Crossing,
  found: (source: number, target: number) => void,
): void {
  const { starts, targets } = graph;
  const { sources, follows } = crossing;
  const enters = (edge: number): boolean => follows(edge) && crossing.isInner(targets[edge] ?? 0);
  const components = strongComponents(graph, firstInner(graph, sources, enters), enters);
  if (components.count === 0) return;
  const { of: component, order } = components;
  const ends = new Int32Array(graph.size).fill(-1);
  const targetNodes: number[] = [];
  for (const node of order) {
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      const to = targets[edge] ?? 0;
      if (ends[to] !== -1 || !follows(edge) || !crossing.isTarget(to)) continue;
      ends[to] = targetNodes.length;
      targetNodes.push(to);
    }
  }
  const reach = new Uint32Array(components.count * WORDS);
  const across = new Uint32Array(WORDS);
  for (let first = 0; first < targetNodes.length; first += CHUNK) {
    if (first > 0) reach.fill(0);
    const words = Math.ceil(Math.min(CHUNK, targetNodes.length - first) / 32);
    // Components come sinks first, so what a component leads to is complete before it.
    for (const node of order) {
      const own = (component[node] ?? 0) * WORDS;
      for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
        if (!follows(edge)) continue;
        const to = targets[edge] ?? 0;
        const end = (ends[to] ?? -1) - first;
        if (end >= 0 && end < CHUNK) {
          const word = own + (end >>> 5);
          reach[word] = (reach[word] ?? 0) | (1 << (end & 31));
        }
        const inner = component[to] ?? -1;
        if (inner !== -1 && inner * WORDS !== own) join(reach, own, inner * WORDS, words);
      }
    }
    for (const source of sources) {
      across.fill(0);
      for (let edge = starts[source] ?? 0; edge < (starts[source + 1] ?? 0); edge++) {
        const inner = enters(edge) ? (component[targets[edge] ?? 0] ?? -1) : -1;
        if (inner === -1) continue;
        for (let word = 0; word < words; word++)
          across[word] = (across[word] ?? 0) | (reach[inner * WORDS + word] ?? 0);
      }
      for (let word = 0; word < words; word++) {
        for (let bits = across[word] ?? 0; bits !== 0; bits &= bits - 1) {
          const bit = 31 - Math.clz32(bits & -bits);
          found(source, targetNodes[first + word * 32 + bit] ?? 0);
        }
      }
    }
  }
}

function join(reach: Uint32Array, own: number, other: number, words: number): void {
  for (let word = 0; word < words; word++)
    reach[own + word] = (reach[own + word] ?? 0) | (reach[other + word] ?? 0);
}

function* firstInner(
  { starts, targets }: Digraph,
  sources: readonly number[],
  enters: (edge: number) => boolean,
): IterableIterator<number> {
  for (const source of sources)
    for (let edge = starts[source] ?? 0; edge < (starts[source + 1] ?? 0); edge++)
      if (enters(edge)) yield targets[edge] ?? 0;
}
