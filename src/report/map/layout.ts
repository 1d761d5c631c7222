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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Room around the picture: the numbers of the outermost lines stand in it. */
const MARGIN = 20;

/** Layers from left to right, as few crossings as the library finds. The same input gives the same picture. */
export function layOut(
  boxes: readonly Box[],
  edges: readonly { readonly from: string; readonly to: string }[],
): Laid {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 70 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  edges.forEach(({ from, to }, place) => {
    graph.setEdge(from, to, {}, String(place));
  });
  layout(graph);
  const middles = boxes.map(({ id }) => pointOf(graph.node(id)));
  const lines = edges.map(({ from, to }, place) =>
    (graph.edge(from, to, String(place)).points ?? []).map(pointOf),
  );
  // The size that the library tells leaves out lines that run around everything.
  const spots = [
    ...lines.flat(),
    ...middles.flatMap(({ x, y }, at) => {
      const { width = 0, height = 0 } = boxes[at] ?? {};
      return [
        { x: x - width / 2, y: y - height / 2 },
        { x: x + width / 2, y: y + height / 2 },
      ];
    }),
  ];
  const [first = { x: 0, y: 0 }] = spots;
  const low = spots.reduce((a, b) => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) }), first);
  const high = spots.reduce((a, b) => ({ x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) }), first);
  const moved = ({ x, y }: Point): Point => ({ x: x - low.x + MARGIN, y: y - low.y + MARGIN });
  return {
    width: high.x - low.x + 2 * MARGIN,
    height: high.y - low.y + 2 * MARGIN,
    boxes: new Map(boxes.map(({ id }, at) => [id, moved(middles[at] ?? low)])),
    lines: lines.map(points => points.map(moved)),
  };
}

function pointOf({ x = 0, y = 0 }: { x?: number; y?: number }): Point {
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
