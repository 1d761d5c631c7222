import type { Oid } from '../../model/brand.js';

/** What walking history needs of a commit. */
export interface GraphNode {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  /** Commit time, seconds. */
  readonly time: number;
}

/** Commits by id. Obeys a shallow boundary: its commits have no parents here. */
export type ReadNode = (id: Oid) => Promise<GraphNode>;

/** Newest first. Dates only steer the order of a walk; no answer depends on their being true. */
export class DateQueue {
  #nodes: GraphNode[] = [];

  get size(): number {
    return this.#nodes.length;
  }

  push(node: GraphNode): void {
    let low = 0;
    let high = this.#nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      // Sorted oldest first, so that pop() is cheap; equal dates leave in the order of their arrival.
      if ((this.#nodes[middle]?.time ?? 0) < node.time) low = middle + 1;
      else high = middle;
    }
    this.#nodes.splice(low, 0, node);
  }

  pop(): GraphNode | undefined {
    return this.#nodes.pop();
  }

  some(test: (node: GraphNode) => boolean): boolean {
    return this.#nodes.some(test);
  }
}

/** Everything reachable from the starts, themselves included. */
export async function reachable(
  starts: readonly Oid[],
  read: ReadNode,
): Promise<ReadonlyMap<Oid, GraphNode>> {
  const seen = new Map<Oid, GraphNode>();
  const stack = [...starts];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    const node = await read(id);
    seen.set(id, node);
    stack.push(...node.parents);
  }
  return seen;
}

export async function isReachable(target: Oid, from: Oid, read: ReadNode): Promise<boolean> {
  const seen = new Set<Oid>();
  const stack = [from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === target) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    stack.push(...(await read(id)).parents);
  }
  return false;
}
