import { strongComponents } from '../../facts/graph/components.js';
import type { EdgeKind } from '../../model/edges.js';
import { inPaths, type PathSet } from '../../model/path-set.js';

export const LEVELS = ['file', 'folder', 'component'] as const;
export type Level = (typeof LEVELS)[number];

/** What a picture is drawn from; `gates/map.ts` makes it. */
export interface MapSource {
  readonly files: readonly string[];
  readonly imports: readonly PictureImport[];
  readonly components: Readonly<Record<string, PathSet>>;
  readonly rules: readonly {
    readonly decision: string;
    readonly title: string;
    readonly invariant: string;
    governs(path: never): boolean;
  }[];
  readonly findings: readonly {
    readonly path: string;
    readonly subject: string;
    readonly message: string;
    readonly invariant: string;
    readonly decision: { readonly id: string; readonly title: string };
  }[];
}

export interface PictureImport {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly specifier: string | null;
  readonly kind: EdgeKind;
  readonly line: number;
}

export interface PictureNode {
  readonly id: string;
  readonly type: 'file' | 'folder' | 'component' | 'package' | 'missing' | 'outside';
  /** Code files in it. */
  readonly files: number;
  /** Do its imports run in a circle with others' of this picture? */
  readonly cyclic: boolean;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly imports: readonly PictureImport[];
  readonly cyclic: boolean;
  readonly violations: readonly Violation[];
  /** Decisions whose rules look at imports of these files, `ADR-0002 (rule)`. */
  readonly decisions: readonly string[];
}

export interface Violation {
  readonly decision: string;
  readonly title: string;
  readonly invariant: string;
  readonly message: string;
}

export interface Picture {
  readonly level: Level;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureOptions {
  readonly level: Level;
  /** Only what begins or ends at one of these files or folders. Empty: everything. */
  readonly paths: readonly string[];
  /** Only imports that this decision's rules look at. */
  readonly decision: string | null;
  /** Packages and built-in modules, too. */
  readonly packages: boolean;
}

/** Groups imports by the level and marks what violates a decision or runs in a circle. In a stable order. */
export function toPicture(source: MapSource, options: PictureOptions): Picture {
  const { level } = options;
  const groupOf = grouping(source, level);
  const violations = byImport(source.findings);
  const nodes = new Map<string, { type: PictureNode['type']; files: number }>();
  for (const file of source.files) if (isShown(file, options)) add(nodes, groupOf(file), level, 1);
  const edges = new Map<string, { from: string; to: string; imports: PictureImport[] }>();
  for (const one of source.imports) {
    const end = endOf(one, groupOf, options);
    if (end === null || !isWanted(source, one, options)) continue;
    const from = groupOf(one.from);
    if (from === end.id && (level !== 'file' || one.from !== one.to)) continue;
    add(nodes, from, level, 0);
    add(nodes, end.id, end.type, 0);
    const key = JSON.stringify([from, end.id]);
    const edge = edges.get(key);
    if (edge === undefined) edges.set(key, { from, to: end.id, imports: [one] });
    else edge.imports.push(one);
  }
  const drawn = [...edges.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  const circles = circlesOf([...nodes.keys()], drawn);
  const rules = decisionsOf(source);
  return {
    level,
    nodes: [...nodes]
      .map(([id, { type, files }]) => ({ id, type, files, cyclic: circles.nodes.has(id) }))
      .sort((a, b) => compare(a.id, b.id)),
    edges: drawn.map(edge => ({
      ...edge,
      imports: edge.imports.sort((a, b) => compare(a.from, b.from) || a.line - b.line),
      cyclic: circles.edges.has(edge),
      violations: edge.imports.flatMap(({ from, to }) => violations.get(`${from}\0${to}`) ?? []),
      decisions: [...new Set(edge.imports.flatMap(({ from }) => rules(from)))].sort(),
    })),
  };
}

function add(
  nodes: Map<string, { type: PictureNode['type']; files: number }>,
  id: string,
  type: PictureNode['type'],
  files: number,
): void {
  const known = nodes.get(id);
  if (known === undefined) nodes.set(id, { type, files });
  else known.files += files;
}

/** Files that belong to no component are drawn as one: `(no component)`. */
export const NO_COMPONENT = '(no component)';

function grouping(source: MapSource, level: Level): (path: string) => string {
  if (level === 'file') return path => path;
  if (level === 'folder') return path => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
  const components = Object.entries(source.components);
  const known = new Map<string, string>();
  return path => {
    let name = known.get(path);
    if (name === undefined) {
      name = components.find(([, set]) => inPaths(set, path))?.[0] ?? NO_COMPONENT;
      known.set(path, name);
    }
    return name;
  };
}

function endOf(
  { to, type }: PictureImport,
  groupOf: (path: string) => string,
  { level, packages }: PictureOptions,
): { readonly id: string; readonly type: PictureNode['type'] } | null {
  switch (type) {
    case 'file':
    case 'asset':
      return { id: groupOf(to), type: level };
    case 'folder':
      return { id: level === 'file' ? to : groupOf(`${to}file`), type: level === 'file' ? 'folder' : level };
    case 'unresolved':
      return { id: level === 'file' ? to : groupOf(to), type: level === 'file' ? 'missing' : level };
    case 'package':
    case 'builtin':
      return packages ? { id: packageOf(to), type: 'package' } : null;
    default:
      return null;
  }
}

/** `npm:@scope/name/sub` → `npm:@scope/name`: one node a package. */
function packageOf(name: string): string {
  return /^(?:npm|node):(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
}

function isShown(path: string, { paths }: PictureOptions): boolean {
  return paths.length === 0 || paths.some(one => path === one || path.startsWith(`${one}/`));
}

function isWanted(source: MapSource, one: PictureImport, options: PictureOptions): boolean {
  if (!isShown(one.from, options) && !isShown(one.to, options)) return false;
  if (options.decision === null) return true;
  return source.rules.some(rule => rule.decision === options.decision && rule.governs(one.from as never));
}

function byImport(findings: MapSource['findings']): ReadonlyMap<string, readonly Violation[]> {
  const found = new Map<string, Violation[]>();
  for (const { path, subject, message, invariant, decision } of findings) {
    const to = subject.replace(/ \((?:value|type|cycle|indirect)\)$/, '');
    const violation = { decision: decision.id, title: decision.title, invariant, message };
    const key = `${path}\0${to}`;
    found.set(key, [...(found.get(key) ?? []), violation]);
  }
  return found;
}

function decisionsOf({ rules }: MapSource): (path: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return path => {
    let names = known.get(path);
    if (names === undefined) {
      names = rules
        .filter(rule => rule.governs(path as never))
        .map(({ decision, invariant }) => `${decision} (${invariant})`);
      known.set(path, names);
    }
    return names;
  };
}

function circlesOf<Drawn extends { readonly from: string; readonly to: string }>(
  ids: readonly string[],
  edges: readonly Drawn[],
): { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<Drawn> } {
  const index = new Map(ids.map((id, at) => [id, at]));
  const starts = new Uint32Array(ids.length + 1);
  for (const { from } of edges)
    starts[(index.get(from) ?? 0) + 1] = (starts[(index.get(from) ?? 0) + 1] ?? 0) + 1;
  for (let at = 0; at < ids.length; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const targets = new Uint32Array(edges.length);
  const next = starts.slice();
  for (const { from, to } of edges) {
    const source = index.get(from) ?? 0;
    const place = next[source] ?? 0;
    targets[place] = index.get(to) ?? 0;
    next[source] = place + 1;
  }
  const { of } = strongComponents({ size: ids.length, starts, targets }, ids.keys(), () => true);
  const within = edges.filter(({ from, to }) => of[index.get(from) ?? 0] === of[index.get(to) ?? 0]);
  return { edges: new Set(within), nodes: new Set(within.flatMap(({ from, to }) => [from, to])) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
