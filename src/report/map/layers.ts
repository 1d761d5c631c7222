/** A box to be placed, and its size. */
export interface Sized {
  readonly key: number;
  readonly width: number;
  readonly height: number;
}

export interface Link {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

export interface Arranged {
  readonly width: number;
  readonly height: number;
  /** Upper left corner of each box. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

const GAP = 12;
/** Columns stand farther apart than rows: arrows leave a box at its side more flatly. */
const BETWEEN = { columns: 64, rows: 44 };
const LONGEST = { columns: 760, rows: 1100 };
/** What a screen has to offer. */
const WIDE_TO_HIGH = 1.4;

/**
 * Layers: what imports stands left of what is imported, or above it, whichever fits a screen better. Links that close
 * a circle run back. Boxes without links stand in rows below.
 */
export function arrangeBoxes(boxes: readonly Sized[], links: readonly Link[]): Arranged {
  const edges = edgesOf(boxes, links);
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const layers = sweep(layersOf(sourcesFirst([...linked], edges), edges), edges);
  const flat = boxes.map(({ key, width, height }) => ({ key, width: height, height: width }));
  const columns = inColumns(boxes, layers, 'columns');
  const turned = inColumns(flat, layers, 'rows');
  const rows = {
    width: turned.height,
    height: turned.width,
    corners: turned.corners.map(({ x, y }) => ({ x: y, y: x })),
  };
  const alone = boxes.map((_, at) => at).filter(at => !linked.has(at));
  return rowsBelow(alone, boxes, room(rows) < room(columns) ? rows : columns);
}

/** How small it must be drawn to fit. */
function room({ width, height }: Arranged): number {
  return Math.max(width, height * WIDE_TO_HIGH);
}

function edgesOf(boxes: readonly Sized[], links: readonly Link[]): readonly Edge[] {
  const index = new Map(boxes.map(({ key }, at) => [key, at]));
  const weights = new Map<number, number>();
  for (const { from, to, weight } of links) {
    const a = index.get(from);
    const b = index.get(to);
    if (a === undefined || b === undefined || a === b) continue;
    const key = a * boxes.length + b;
    weights.set(key, (weights.get(key) ?? 0) + weight);
  }
  return [...weights].map(([key, weight]) => ({
    from: Math.floor(key / boxes.length),
    to: key % boxes.length,
    weight,
  }));
}

function inColumns(
  boxes: readonly Sized[],
  layers: readonly (readonly number[])[],
  as: 'columns' | 'rows',
): Arranged {
  const columns = splitLong(layers, boxes, LONGEST[as]);
  const corners: { x: number; y: number }[] = boxes.map(() => ({ x: 0, y: 0 }));
  const heights = columns.map(column =>
    column.reduce((sum, at) => sum + (boxes[at]?.height ?? 0) + GAP, -GAP),
  );
  const tallest = Math.max(0, ...heights);
  let x = 0;
  columns.forEach((column, place) => {
    let y = (tallest - (heights[place] ?? 0)) / 2;
    for (const at of column) {
      corners[at] = { x, y };
      y += (boxes[at]?.height ?? 0) + GAP;
    }
    x += Math.max(...column.map(at => boxes[at]?.width ?? 0)) + BETWEEN[as];
  });
  return { width: Math.max(0, x - BETWEEN[as]), height: tallest, corners };
}

/**
 * An order in which few links run back (Eades, Lin and Smyth's greedy heuristic): ends go last, beginnings first, and
 * between them the box that gives out most beyond what it takes in.
 */
function sourcesFirst(nodes: readonly number[], edges: readonly Edge[]): readonly number[] {
  const left = new Set(nodes);
  const first: number[] = [];
  const last: number[] = [];
  const outgoing = new Map<number, number>(nodes.map(node => [node, 0]));
  const incoming = new Map<number, number>(nodes.map(node => [node, 0]));
  for (const { from, to, weight } of edges) {
    outgoing.set(from, (outgoing.get(from) ?? 0) + weight);
    incoming.set(to, (incoming.get(to) ?? 0) + weight);
  }
  const take = (node: number): void => {
    left.delete(node);
    for (const { from, to, weight } of edges) {
      if (from === node) incoming.set(to, (incoming.get(to) ?? 0) - weight);
      if (to === node) outgoing.set(from, (outgoing.get(from) ?? 0) - weight);
    }
  };
  while (left.size > 0) {
    const all = [...left];
    const end = all.find(node => outgoing.get(node) === 0);
    const begin = end === undefined ? all.find(node => incoming.get(node) === 0) : undefined;
    if (end !== undefined) {
      last.unshift(end);
      take(end);
      continue;
    }
    const surplus = (node: number): number => (outgoing.get(node) ?? 0) - (incoming.get(node) ?? 0);
    const next = begin ?? all.reduce((best, node) => (surplus(node) > surplus(best) ? node : best));
    first.push(next);
    take(next);
  }
  return [...first, ...last];
}

/** Each box behind all that import it by a link that runs forward. */
function layersOf(order: readonly number[], edges: readonly Edge[]): number[][] {
  const rank = new Map(order.map((node, at) => [node, at]));
  const column = new Map<number, number>();
  const columns: number[][] = [];
  for (const node of order) {
    let own = 0;
    for (const { from, to } of edges)
      if (to === node && (rank.get(from) ?? 0) < (rank.get(node) ?? 0))
        own = Math.max(own, (column.get(from) ?? 0) + 1);
    column.set(node, own);
    const known = columns[own];
    if (known === undefined) columns[own] = [node];
    else known.push(node);
  }
  return columns;
}

/** Moves each box to the middle of what it is linked with, a few times, so that fewer links cross. */
function sweep(columns: number[][], edges: readonly Edge[]): number[][] {
  const place = new Map<number, number>();
  const number = (column: readonly number[]): void =>
    column.forEach((node, at) => {
      place.set(node, (at + 0.5) / column.length);
    });
  columns.forEach(number);
  const near = new Map<number, { readonly node: number; readonly weight: number }[]>();
  for (const { from, to, weight } of edges)
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const)
      near.set(a, [...(near.get(a) ?? []), { node: b, weight: Math.sqrt(weight) }]);
  for (let round = 0; round < 6; round++) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      const wish = new Map(
        column.map(node => {
          const others = near.get(node) ?? [];
          const total = others.reduce((sum, { weight }) => sum + weight, 0);
          const sum = others.reduce(
            (at, { node: other, weight }) => at + weight * (place.get(other) ?? 0.5),
            0,
          );
          return [node, total === 0 ? 0.5 : sum / total];
        }),
      );
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
      number(column);
    }
  }
  return columns;
}

function splitLong(
  columns: readonly (readonly number[])[],
  boxes: readonly Sized[],
  longest: number,
): number[][] {
  return columns.flatMap(column => {
    const parts: number[][] = [[]];
    let height = 0;
    for (const at of column) {
      const own = (boxes[at]?.height ?? 0) + GAP;
      if (height > 0 && height + own > longest) {
        parts.push([]);
        height = 0;
      }
      parts.at(-1)?.push(at);
      height += own;
    }
    return parts;
  });
}

function rowsBelow(alone: readonly number[], boxes: readonly Sized[], above: Arranged): Arranged {
  const corners = [...above.corners];
  const area = alone.reduce(
    (sum, at) => sum + ((boxes[at]?.width ?? 0) + GAP) * ((boxes[at]?.height ?? 0) + GAP),
    0,
  );
  const widest = Math.max(above.width, Math.sqrt(area * 2));
  let { width } = above;
  let x = 0;
  let y = above.height === 0 ? 0 : above.height + 2 * GAP;
  let row = 0;
  for (const at of alone) {
    const { width: wide = 0, height: high = 0 } = boxes[at] ?? {};
    if (x > 0 && x + wide > widest) {
      x = 0;
      y += row + GAP;
      row = 0;
    }
    corners[at] = { x, y };
    x += wide + GAP;
    width = Math.max(width, x - GAP);
    row = Math.max(row, high);
  }
  return { width, height: alone.length === 0 ? above.height : y + row, corners };
}
