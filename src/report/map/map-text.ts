import { displayWidth, padColumns } from '../columns.js';
import { visible } from '../escape.js';
import type { Palette } from '../palette.js';
import type { Picture, PictureEdge, PictureNode } from './picture.js';
import type { Violation } from './violations.js';
import { against, count, faults } from './words.js';

export interface TextStyle {
  readonly palette: Palette;
  /** A terminal is for reading: the rest is counted. A file holds everything. */
  readonly length: 'short' | 'whole';
}

interface Limits {
  readonly nodes: number;
  readonly edges: number;
  readonly listed: number;
}

const LIMITS: Readonly<Record<TextStyle['length'], Limits>> = {
  short: { nodes: 40, edges: 8, listed: 20 },
  whole: {
    nodes: Number.POSITIVE_INFINITY,
    edges: Number.POSITIVE_INFINITY,
    listed: Number.POSITIVE_INFINITY,
  },
};

/** A paragraph for each node with what it imports, heaviest first; below, where a terminal stops, what is wrong. */
export function renderMapText(picture: Picture, { palette, length }: TextStyle): string {
  const { nodes, edges, level } = picture;
  if (nodes.length === 0) return 'no code file is there to draw\n';
  const limits = LIMITS[length];
  const rows = new Map<string, PictureEdge[]>();
  for (const edge of edges) rows.set(edge.from, [...(rows.get(edge.from) ?? []), edge]);
  const importing = nodes.filter(({ id }) => rows.has(id));
  const shown = heaviest(importing, rows, limits.nodes);
  const lines: string[] = [];
  for (const node of shown) {
    lines.push(palette.title(visible(node.id)) + palette.quiet(sizeOf(node, level)));
    lines.push(...edgeLines(rows.get(node.id) ?? [], limits.edges, palette));
  }
  if (shown.length < importing.length)
    lines.push(
      palette.quiet(
        `… and ${count(importing.length - shown.length, level)} more that import less: name a path, or --output FILE for all`,
      ),
    );
  if (lines.length > 0) lines.push('');
  lines.push(
    ...circleLines(picture, limits.listed, palette),
    ...violationLines(picture, limits.listed, palette),
  );
  lines.push(summary(picture));
  return `${lines.join('\n')}\n`;
}

/** In the order of their names. */
function heaviest(
  nodes: readonly PictureNode[],
  rows: ReadonlyMap<string, readonly PictureEdge[]>,
  limit: number,
): readonly PictureNode[] {
  if (nodes.length <= limit) return nodes;
  const weight = ({ id }: PictureNode): number =>
    (rows.get(id) ?? []).reduce((sum, { imports }) => sum + imports.length, 0);
  const kept = new Set([...nodes].sort((a, b) => weight(b) - weight(a)).slice(0, limit));
  return nodes.filter(node => kept.has(node));
}

function sizeOf({ type, files, inside, violations }: PictureNode, level: Picture['level']): string {
  if (level === 'file' || type === 'package') return '';
  const within = inside.length === 0 ? '' : `, ${count(inside.length, 'import')} inside`;
  const wrong = faults({ violations, cyclic: false }).map(text => `, ${text}`);
  return `  ${count(files, 'file')}${within}${wrong.join('')}`;
}

function edgeLines(edges: readonly PictureEdge[], limit: number, palette: Palette): readonly string[] {
  const weight = (edge: PictureEdge): number =>
    edge.imports.length + (against(edge.violations) > 0 ? 2e9 : edge.cyclic ? 1e9 : 0);
  const sorted = [...edges].sort((a, b) => weight(b) - weight(a));
  const shown = sorted.slice(0, limit);
  const digits = Math.max(...shown.map(({ imports }) => String(imports.length).length));
  const width = Math.min(60, Math.max(...shown.map(({ to }) => displayWidth(visible(to)))));
  const lines = shown.map(edge => {
    const paint =
      against(edge.violations) > 0 ? palette.blocked : edge.cyclic ? palette.warned : palette.label;
    const number = String(edge.imports.length).padStart(digits);
    return `  ${number} → ${padColumns(visible(edge.to), width)}  ${paint(faults(edge).join(', '))}`.trimEnd();
  });
  const rest = sorted.slice(limit).reduce((sum, { imports }) => sum + imports.length, 0);
  if (rest > 0)
    lines.push(palette.quiet(`  … ${rest} more imports, of ${count(sorted.length - limit, 'other')}`));
  return lines;
}

function circleLines({ circles, level }: Picture, limit: number, palette: Palette): readonly string[] {
  if (circles.length === 0) return [];
  const sorted = [...circles].sort((a, b) => b.length - a.length);
  const lines = [palette.warned(`${count(circles.length, 'circle')}:`)];
  for (const members of sorted.slice(0, limit)) {
    const names = members.slice(0, limit).map(visible).join(', ');
    const more = members.length > limit ? `, … ${members.length - limit} more` : '';
    lines.push(
      members.length === 1 ? `  ${names}, with itself` : `  ${members.length} ${level}s: ${names}${more}`,
    );
  }
  if (sorted.length > limit) lines.push(palette.quiet(`  … and ${sorted.length - limit} more`));
  return [...lines, ''];
}

function violationLines(picture: Picture, limit: number, palette: Palette): readonly string[] {
  const all = violationsOf(picture);
  if (all.length === 0) return [];
  const groups = grouped(all);
  const lines: string[] = [];
  for (const [head, violations] of groups) {
    lines.push(palette.blocked(head));
    for (const { path, line, to, message, waived } of violations.slice(0, limit)) {
      const place = palette.place(`${visible(path)}${line === null ? '' : `:${line}`}`);
      const what = to === null ? `: ${visible(message)}` : ` → ${visible(to)}`;
      lines.push(`  ${place}${what}${waived ? palette.quiet(' (waived)') : ''}`);
    }
    if (violations.length > limit) lines.push(palette.quiet(`  … and ${violations.length - limit} more`));
  }
  return [...lines, ''];
}

function headOf({ decision, title, invariant }: Violation): string {
  return visible(`${decision} ${title} (${invariant})`);
}

function grouped(all: readonly Violation[]): Map<string, Violation[]> {
  const groups = new Map<string, Violation[]>();
  for (const one of all) {
    const known = groups.get(headOf(one));
    if (known === undefined) groups.set(headOf(one), [one]);
    else known.push(one);
  }
  return groups;
}

/** All that the picture knows of. */
function violationsOf({ nodes, edges, elsewhere }: Picture): readonly Violation[] {
  return [
    ...edges.flatMap(({ violations }) => violations),
    ...nodes.flatMap(({ violations }) => violations),
    ...elsewhere,
  ];
}

function summary(picture: Picture): string {
  const { nodes, edges, level, loose } = picture;
  const own = nodes.filter(({ type }) => type !== 'package');
  const between = edges.reduce((sum, { imports }) => sum + imports.length, 0);
  const inside = nodes.reduce((sum, node) => sum + node.inside.length, 0);
  const computed = loose.filter(({ type }) => type === 'computed').length;
  const hidden = loose.length - computed;
  return [
    `${count(own.length, level)}, ${count(edges.length, 'edge')} of ${count(between, 'import')}`,
    ...(inside > 0 ? [`${inside} inside`] : []),
    ...(hidden > 0 ? [`${hidden} of packages (--packages)`] : []),
    ...(computed > 0 ? [`${computed} computed`] : []),
    `${edges.filter(({ cyclic }) => cyclic).length} edges in circles`,
    `${against(violationsOf(picture))} against a decision`,
  ].join(', ');
}
