import { visible } from '../escape.js';
import { type Curve, curve } from './curve.js';
import { arrangeBoxes } from './layers.js';
import { layOut, pathThrough } from './layout.js';
import type { Picture, PictureEdge } from './picture.js';
import { BOX_HEIGHT, boxWidth } from './sizes.js';
import { against, marks } from './words.js';

/** Both themes: a picture in a README is read in either. */
const STYLE = `
  svg { background: #fff; color: #1c2128; font: 12px system-ui, sans-serif }
  .box { fill: #f3f5f8; stroke: #8a94a3 } .package { stroke-dasharray: 4 }
  text { fill: currentColor } .count { font-size: 10px; fill: #59636e }
  .line { fill: none; stroke: #8a94a3 } .cyclic { stroke: #b85c00; stroke-dasharray: 5 3 }
  .wrong { stroke: #c62828; stroke-width: 2 }
  #end path { fill: #8a94a3 } #end-cyclic path { fill: #b85c00 } #end-wrong path { fill: #c62828 }
  @media (prefers-color-scheme: dark) {
    svg { background: #14181d; color: #e6eaef } .box { fill: #222a33; stroke: #7d8794 }
    .count { fill: #a3adb8 } .line { stroke: #7d8794 } .cyclic { stroke: #ffa657 } .wrong { stroke: #ff7b72 }
    #end path { fill: #7d8794 } #end-cyclic path { fill: #ffa657 } #end-wrong path { fill: #ff7b72 }
  }`;

/** Past this the fine layout takes minutes: straight columns then. */
const FINE_EDGES = 400;
const MARGIN = 20;

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly lines: readonly Curve[];
}

interface Labelled {
  readonly id: string;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly style: string;
}

export function renderSvg({ nodes, edges, level }: Picture): string {
  const boxes = nodes.map(({ id, files, type }) => {
    const label = visible(id) + (level === 'file' || files === 0 ? '' : ` (${files})`);
    const style = type === 'package' || type === 'missing' ? 'box package' : 'box';
    return { id, label, width: boxWidth(label), height: BOX_HEIGHT, style };
  });
  const drawn = edges.length > FINE_EDGES ? coarse(boxes, edges) : fine(boxes, edges);
  const parts = [
    ...edges.map((edge, place) => line(edge, drawn.lines[place])),
    ...boxes.map(box => {
      const { x, y } = drawn.boxes.get(box.id) ?? { x: 0, y: 0 };
      return `<g><rect class="${box.style}" x="${round(x - box.width / 2)}" y="${round(y - BOX_HEIGHT / 2)}" width="${box.width}" height="${BOX_HEIGHT}" rx="5"/><text x="${round(x)}" y="${round(y) + 4}" text-anchor="middle">${escaped(box.label)}</text></g>`;
    }),
  ];
  const width = Math.max(1, Math.ceil(drawn.width));
  const height = Math.max(1, Math.ceil(drawn.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What imports what">
<style>${STYLE}
</style>
<defs>${['end', 'end-cyclic', 'end-wrong'].map(marker).join('')}</defs>
${parts.join('\n')}
</svg>
`;
}

function marker(id: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>`;
}

function fine(boxes: readonly Labelled[], edges: readonly PictureEdge[]): Drawn {
  const { lines, ...laid } = layOut(boxes, edges);
  return {
    ...laid,
    lines: lines.map(points => {
      const { x, y } = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
      return { path: pathThrough(points), x, y };
    }),
  };
}

function coarse(boxes: readonly Labelled[], edges: readonly PictureEdge[]): Drawn {
  const index = new Map(boxes.map(({ id }, at) => [id, at]));
  const { width, height, corners } = arrangeBoxes(
    boxes.map((box, key) => ({ key, width: box.width, height: box.height })),
    edges.map(({ from, to, imports }) => ({
      from: index.get(from) ?? -1,
      to: index.get(to) ?? -1,
      weight: imports.length,
    })),
  );
  const rects = boxes.map((box, at) => {
    const { x = 0, y = 0 } = corners[at] ?? {};
    return { x: x + MARGIN, y: y + MARGIN, width: box.width, height: box.height };
  });
  const nowhere = { x: 0, y: 0, width: 0, height: 0 };
  return {
    width: width + 2 * MARGIN,
    height: height + 2 * MARGIN,
    boxes: new Map(
      rects.map((rect, at) => [
        boxes[at]?.id ?? '',
        { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 },
      ]),
    ),
    lines: edges.map(({ from, to }) => {
      const a = rects[index.get(from) ?? -1] ?? nowhere;
      const b = rects[index.get(to) ?? -1] ?? nowhere;
      return curve(a, b);
    }),
  };
}

function line(edge: PictureEdge, drawn: Curve | undefined): string {
  const { path, x, y } = drawn ?? { path: '', x: 0, y: 0 };
  const style = against(edge.violations) > 0 ? 'wrong' : edge.cyclic ? 'cyclic' : '';
  const end = style === '' ? 'end' : `end-${style}`;
  const title = `${visible(edge.from)} → ${visible(edge.to)}: ${marks(edge)}`;
  return `<g><title>${escaped(title)}</title><path class="line ${style}" d="${path}" marker-end="url(#${end})"/><text class="count" x="${round(x)}" y="${round(y) - 3}" text-anchor="middle">${edge.imports.length}</text></g>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
