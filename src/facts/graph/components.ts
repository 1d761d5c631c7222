/** A directed graph as rows: node n's edges are `starts[n]` to `starts[n + 1]` of `targets`. */
export interface Digraph {
  readonly size: number;
  /** Length `size + 1`. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** Strongly connected components of the part of a graph that was walked. */
export interface StrongComponents {
  /** Component of each node; -1 where the walk did not come. An edge never leads to a higher number. */
  readonly of: Int32Array;
  readonly count: number;
  /** Every node walked, component by component, from 0 on. */
  readonly order: Uint32Array;
}

/**
 * Tarjan's algorithm, without recursion.
 * @param roots where the walk begins
 * @param follows whether an edge (by its index) is walked along
 */
export function strongComponents(
  { size, starts, targets }: Digraph,
  roots: Iterable<number>,
  follows: (edge: number) => boolean,
): StrongComponents {
  const component = new Int32Array(size).fill(-1);
  /** Order of discovery, from 1; 0: not met yet. */
  const met = new Uint32Array(size);
  const low = new Uint32Array(size);
  const next = new Uint32Array(size);
  const path = new Uint32Array(size);
  const open = new Uint32Array(size);
  const order = new Uint32Array(size);
  let time = 0;
  let ordered = 0;
  let count = 0;
  let depth = 0;
  let opened = 0;

  const enter = (node: number): void => {
    met[node] = low[node] = ++time;
    next[node] = starts[node] ?? 0;
    path[depth++] = node;
    open[opened++] = node;
  };
  const leave = (node: number): void => {
    depth--;
    const parent = path[depth - 1];
    if (depth > 0 && parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
    if (low[node] !== met[node]) return;
    for (let member = -1; member !== node; ) {
      member = open[--opened] ?? node;
      component[member] = count;
      order[ordered++] = member;
    }
    count++;
  };

  for (const root of roots) {
    if (met[root] !== 0) continue;
    enter(root);
    while (depth > 0) {
      const node = path[depth - 1] ?? 0;
      const end = starts[node + 1] ?? 0;
      let edge = next[node] ?? 0;
      let entered = false;
      for (; edge < end && !entered; edge++) {
        if (!follows(edge)) continue;
        const to = targets[edge] ?? 0;
        if (met[to] === 0) {
          enter(to);
          entered = true;
        } else if (component[to] === -1) low[node] = Math.min(low[node] ?? 0, met[to] ?? 0);
      }
      next[node] = edge;
      if (!entered) leave(node);
    }
  }
  return { of: component, count, order: order.subarray(0, ordered) };
}

/** How many nodes each component has. */
export function componentSizes(components: StrongComponents): Uint32Array {
  const sizes = new Uint32Array(components.count);
  for (const node of components.order) {
    const component = components.of[node] ?? 0;
    sizes[component] = (sizes[component] ?? 0) + 1;
  }
  return sizes;
}
