import type { Digraph } from './components.js';

export interface ChainQuery {
  readonly from: number;
  readonly to: number;
  /** May the node lie between the two? */
  passes(node: number): boolean;
  follows(edge: number): boolean;
  /** Costs nothing, and is not shown: from a folder to the files that it stands for. */
  isFree(edge: number, from: number): boolean;
  /** Of several edges between two nodes the one with the lowest rank (its line) is taken. */
  rank(edge: number): number;
  name(node: number): string;
}

/** One shown step of a chain: the node, and the edge by which it is left. */
export interface ChainStep {
  readonly node: number;
  readonly edge: number;
}

/**
 * A shortest chain of at least one edge from one node to another (or back to itself), every step but the last node.
 * Of several the same one is chosen however the graph's nodes are numbered: names decide.
 * @returns `null`: there is none
 */
export function shortestChain(graph: Digraph, query: ChainQuery): readonly ChainStep[] | null {
  const { from, to, passes, follows, isFree, name } = query;
  const { starts, targets } = graph;
  /** How each node is reached: the edge, and whence. `to` may be `from`, so that it is kept apart. */
  const reached = new Map<number, ChainStep>();
  let end: ChainStep | null = null;
  const meet = (step: ChainStep, onto: number[]): void => {
    const node = targets[step.edge] ?? 0;
    if (node === to) end ??= step;
    if (node === from || reached.has(node) || !passes(node)) return;
    reached.set(node, step);
    onto.push(node);
  };
  const edgesOf = function* (node: number, free: boolean): IterableIterator<number> {
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++)
      if (isFree(edge, node) === free && follows(edge)) yield edge;
  };
  const byName = (a: number, b: number): number => (name(a) < name(b) ? -1 : 1);
  for (let level = [from]; level.length > 0 && end === null; ) {
    // What a folder stands for is no further away than the folder.
    level.sort(byName);
    for (let at = 0; at < level.length; at++) {
      const node = level[at] ?? 0;
      for (const edge of edgesOf(node, true)) meet({ node, edge }, level);
    }
    if (end !== null) break;
    level.sort(byName);
    const next: number[] = [];
    for (const node of level) for (const edge of edgesOf(node, false)) meet({ node, edge }, next);
    level = next;
  }
  return end === null ? null : traced(graph, query, reached, end);
}

function traced(
  { starts, targets }: Digraph,
  { from, follows, isFree, rank }: ChainQuery,
  reached: ReadonlyMap<number, ChainStep>,
  end: ChainStep,
): readonly ChainStep[] {
  const steps: ChainStep[] = [];
  for (let step: ChainStep | undefined = end; step !== undefined; step = reached.get(step.node)) {
    const { node } = step;
    let { edge } = step;
    // Of the edges to one node (they differ in kind) the search took the first.
    for (let other = starts[node] ?? 0; other < (starts[node + 1] ?? 0); other++)
      if (targets[other] === targets[edge] && follows(other) && rank(other) < rank(edge)) edge = other;
    if (!isFree(edge, node)) steps.push({ node, edge });
    if (node === from) break;
  }
  return steps.reverse();
}
