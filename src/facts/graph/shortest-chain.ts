import { oncePer } from '../../model/once.js';
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
  const search = searchOf(graph);
  search.begin();
  /** The last step; `to` may be `from`, so that it is kept apart. */
  let end: ChainStep | null = null;
  /** Puts what the node's edges (the free ones, or the others) lead to onto the list. */
  const leave = (node: number, free: boolean, onto: number[]): void => {
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      const next = targets[edge] ?? 0;
      const isEnd = next === to && end === null;
      const isNew = next !== from && !search.has(next);
      if (!(isEnd || isNew) || isFree(edge, node) !== free || !follows(edge)) continue;
      if (isEnd) end = { node, edge };
      if (!isNew || !passes(next)) continue;
      search.reach(next, node, edge);
      onto.push(next);
    }
  };
  const byName = (a: number, b: number): number => (name(a) < name(b) ? -1 : 1);
  for (let level = [from]; level.length > 0 && end === null; ) {
    // What a folder stands for is no further away than the folder.
    if (level.length > 1) level.sort(byName);
    const found = level.length;
    for (let at = 0; at < level.length; at++) leave(level[at] ?? 0, true, level);
    if (end !== null) break;
    if (level.length > found) level.sort(byName);
    const next: number[] = [];
    for (const node of level) leave(node, false, next);
    level = next;
  }
  return end === null ? null : traced(graph, query, search, end);
}

/** How each node was reached, for one search at a time: thousands of chains are asked for in one graph. */
class Search {
  private readonly node: Uint32Array;
  private readonly edge: Uint32Array;
  /** In which search the node was reached. */
  private readonly when: Uint32Array;
  private now = 0;

  constructor({ size }: Digraph) {
    this.node = new Uint32Array(size);
    this.edge = new Uint32Array(size);
    this.when = new Uint32Array(size);
  }

  begin(): void {
    this.now += 1;
  }

  has(node: number): boolean {
    return this.when[node] === this.now;
  }

  reach(node: number, from: number, edge: number): void {
    this.when[node] = this.now;
    this.node[node] = from;
    this.edge[node] = edge;
  }

  /** The step by which the node was reached. */
  stepTo(node: number): ChainStep | null {
    return this.has(node) ? { node: this.node[node] ?? 0, edge: this.edge[node] ?? 0 } : null;
  }
}

const searchOf = oncePer((graph: Digraph) => new Search(graph));

function traced(
  { starts, targets }: Digraph,
  { from, follows, isFree, rank }: ChainQuery,
  search: Search,
  end: ChainStep,
): readonly ChainStep[] {
  const steps: ChainStep[] = [];
  for (let step: ChainStep | null = end; step !== null; step = search.stepTo(step.node)) {
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
