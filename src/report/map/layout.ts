import { Graph, layout } from '@dagrejs/dagre';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Laid {
  readonly width: number;
  readonly height: number;
  /** Middle of each box. */
  readonly boxes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** Points of each line, in the order of the edges given. */
  readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

/** Layers from left to right, as few crossings as the library finds. The same input gives the same picture. */
export function layOut(
  boxes: readonly Box[],
  edges: readonly { readonly from: string; readonly to: string }[],
): Laid {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 70, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  edges.forEach(({ from, to }, place) => {
    graph.setEdge(from, to, {}, String(place));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: new Map(boxes.map(({ id }) => [id, pointOf(graph.node(id))])),
    lines: edges.map(({ from, to }, place) => graph.edge(from, to, String(place)).points ?? []),
  };
}

function pointOf({ x = 0, y = 0 }: { x?: number; y?: number }): { readonly x: number; readonly y: number } {
  return { x, y };
}

/** A line through the points, its corners rounded off. */
export function pathThrough(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const at = ({ x, y }: { readonly x: number; readonly y: number }): string => `${round(x)} ${round(y)}`;
  let path = `M${at(first)}`;
  rest.forEach((point, place) => {
    const next = rest[place + 1];
    path +=
      next === undefined
        ? `L${at(point)}`
        : `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return path;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
