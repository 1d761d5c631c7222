import { BOX_HEIGHT, boxWidth, layOut, pathThrough } from './layout.js';
import type { Picture, PictureEdge } from './picture.js';

/** Both themes: a picture in a README is read in either. */
const STYLE = `
  svg { background: #fff; color: #1c2128; font: 12px system-ui, sans-serif }
  .box { fill: #f3f5f8; stroke: #8a94a3 } .package { stroke-dasharray: 4 }
  text { fill: currentColor } .count { font-size: 10px; fill: #59636e }
  .line { fill: none; stroke: #8a94a3 } .cyclic { stroke: #b85c00; stroke-dasharray: 5 3 }
  .wrong { stroke: #c62828; stroke-width: 2 } marker path { fill: context-stroke }
  @media (prefers-color-scheme: dark) {
    svg { background: #14181d; color: #e6eaef } .box { fill: #222a33; stroke: #7d8794 }
    .count { fill: #a3adb8 } .line { stroke: #7d8794 } .cyclic { stroke: #ffa657 } .wrong { stroke: #ff7b72 }
  }`;

export function renderSvg({ nodes, edges, level }: Picture): string {
  const boxes = nodes.map(({ id, files }) => ({
    id,
    label: level === 'file' || files === 0 ? id : `${id} (${files})`,
  }));
  const {
    width,
    height,
    boxes: middles,
    lines,
  } = layOut(
    boxes.map(({ id, label }) => ({ id, width: boxWidth(label), height: BOX_HEIGHT })),
    edges,
  );
  const drawn = [
    ...edges.map((edge, place) => line(edge, lines[place] ?? [])),
    ...boxes.map(({ id, label }, place) => {
      const { x, y } = middles.get(id) ?? { x: 0, y: 0 };
      const wide = boxWidth(label);
      const style = nodes[place]?.type === 'package' ? 'box package' : 'box';
      return `<g><rect class="${style}" x="${x - wide / 2}" y="${y - BOX_HEIGHT / 2}" width="${wide}" height="${BOX_HEIGHT}" rx="5"/><text x="${x}" y="${y + 4}" text-anchor="middle">${escaped(label)}</text></g>`;
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" role="img" aria-label="What imports what">
<style>${STYLE}
</style>
<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${drawn.join('\n')}
</svg>
`;
}

function line(edge: PictureEdge, points: readonly { readonly x: number; readonly y: number }[]): string {
  const { from, to, imports, violations, cyclic } = edge;
  const style = violations.length > 0 ? 'line wrong' : cyclic ? 'line cyclic' : 'line';
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  const wrong = violations.length > 0 ? `, ${violations.length} against a decision` : '';
  const title = `${from} → ${to}: ${imports.length}${wrong}${cyclic ? ', in a circle' : ''}`;
  return `<g><title>${escaped(title)}</title><path class="${style}" d="${pathThrough(points)}" marker-end="url(#end)"/><text class="count" x="${Math.round(middle.x)}" y="${Math.round(middle.y) - 3}" text-anchor="middle">${imports.length}</text></g>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
