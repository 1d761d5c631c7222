import type { EdgeKind } from '../../model/edges.js';
import type { PathSet } from '../../model/path-set.js';
import { circlesOf } from './circles.js';
import { grouping, type Level, once } from './grouping.js';
import { type MapFinding, placeViolations, type Violation } from './violations.js';

/** What a picture is drawn from; `gates/map.ts` makes it. */
export interface MapSource {
  readonly files: readonly string[];
  readonly imports: readonly PictureImport[];
  readonly components: Readonly<Record<string, PathSet>>;
  readonly rules: readonly MapSourceRule[];
  /** Of the rules above; others are passed over. */
  readonly findings: readonly MapFinding[];
}

interface MapSourceRule {
  readonly decision: string;
  readonly title: string;
  readonly invariant: string;
  governs(path: string): boolean;
}

export interface PictureImport {
  readonly from: string;
  readonly to: string;
  /** Of an import of a package: its name without what lies inside it. */
  readonly package?: string;
  /** What it ends at: `file`, `folder`, `package`, …, as `Target` in model/edges.ts has it. */
  readonly type: string;
  readonly specifier: string | null;
  readonly kind: EdgeKind;
  readonly line: number;
}

export interface PictureNode {
  readonly id: string;
  readonly type: 'file' | 'folder' | 'component' | 'package' | 'missing';
  /** Code files in it. */
  readonly files: number;
  /** Imports that begin and end in it. */
  readonly inside: readonly PictureImport[];
  /** Of the imports inside. */
  readonly violations: readonly Violation[];
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

/** Every import that is asked for is in one edge, or inside one node, or loose. */
export interface Picture {
  readonly level: Level;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Members of each circle. */
  readonly circles: readonly (readonly string[])[];
  /** Not drawn: computed, or of a package where none were asked for. */
  readonly loose: readonly PictureImport[];
  /** Violations that no drawn import shows. */
  readonly elsewhere: readonly Violation[];
}

export interface PictureOptions {
  readonly level: Level;
  /** Only what begins or ends at one of these files or folders. Empty: everything. */
  readonly paths: readonly string[];
  /** Only imports that this decision's rules look at, and what violates it. */
  readonly decision: string | null;
  /** Packages and built-in modules, too. Those imported against a decision are always there. */
  readonly packages: boolean;
}

interface Growing {
  readonly type: PictureNode['type'];
  files: number;
  readonly inside: PictureImport[];
}

/** Groups imports by the level and marks what violates a decision or runs in a circle. In a stable order. */
export function toPicture(source: MapSource, options: PictureOptions): Picture {
  const { level } = options;
  const groupOf = grouping(source.components, level);
  const filter = filterOf(source, options);
  const wanted = source.imports.filter(filter.import);
  const { ofImport, elsewhere } = placeViolations(wanted, source.findings.filter(filter.finding));
  const nodes = new Map<string, Growing>();
  const node = (id: string, type: PictureNode['type']): Growing => {
    let known = nodes.get(id);
    if (known === undefined) {
      known = { type, files: 0, inside: [] };
      nodes.set(id, known);
    }
    return known;
  };
  for (const file of source.files) if (filter.file(file)) node(groupOf(file), level).files++;
  const edges = new Map<string, { from: string; to: string; imports: PictureImport[] }>();
  const loose: PictureImport[] = [];
  for (const one of wanted) {
    const end = endOf(one, groupOf, level, options.packages || ofImport.has(one));
    if (end === null) {
      loose.push(one);
      continue;
    }
    const from = groupOf(one.from);
    const begin = node(from, level);
    // A file that imports itself is worth an arrow; what lies inside a folder is not.
    if (from === end.id && level !== 'file') {
      begin.inside.push(one);
      continue;
    }
    node(end.id, end.type);
    const key = JSON.stringify([from, end.id]);
    const edge = edges.get(key);
    if (edge === undefined) edges.set(key, { from, to: end.id, imports: [one] });
    else edge.imports.push(one);
  }
  const drawn = [...edges.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  const circles = circlesOf([...nodes.keys()].sort(compare), drawn);
  const speaking = decisionsOf(source);
  const violationsOf = (imports: readonly PictureImport[]): readonly Violation[] =>
    imports.flatMap(one => ofImport.get(one) ?? []);
  return {
    level,
    nodes: [...nodes]
      .map(([id, { type, files, inside }]) => ({
        id,
        type,
        files,
        inside: inside.sort(byPlace),
        violations: violationsOf(inside),
        cyclic: circles.nodes.has(id),
      }))
      .sort((a, b) => compare(a.id, b.id)),
    edges: drawn.map(edge => ({
      ...edge,
      imports: edge.imports.sort(byPlace),
      cyclic: circles.edges.has(edge),
      violations: violationsOf(edge.imports),
      decisions: [...new Set(edge.imports.flatMap(({ from }) => speaking(from)))].sort(compare),
    })),
    circles: circles.groups,
    loose: loose.sort(byPlace),
    elsewhere: [...elsewhere.filter(({ path }) => filter.shows(path)), ...violationsOf(loose)],
  };
}

function endOf(
  { to, type, package: name }: PictureImport,
  groupOf: (path: string) => string,
  level: Level,
  packages: boolean,
): { readonly id: string; readonly type: PictureNode['type'] } | null {
  switch (type) {
    case 'file':
    case 'asset':
      return { id: groupOf(to), type: level };
    case 'folder':
      return level === 'file' ? { id: to, type: 'folder' } : { id: groupOf(`${to}file`), type: level };
    case 'unresolved':
      return { id: groupOf(to), type: level === 'file' ? 'missing' : level };
    case 'package':
    case 'builtin':
      return packages ? { id: name ?? to, type: 'package' } : null;
    default:
      return null;
  }
}

interface Filter {
  file(path: string): boolean;
  import(one: PictureImport): boolean;
  finding(finding: MapFinding): boolean;
  shows(path: string): boolean;
}

function filterOf({ rules }: MapSource, { paths, decision }: PictureOptions): Filter {
  const isShown = once(
    path => paths.length === 0 || paths.some(one => path === one || path.startsWith(`${one}/`)),
  );
  const own = decision === null ? rules : rules.filter(rule => rule.decision === decision);
  const isGoverned = once(path => decision === null || own.some(rule => rule.governs(path)));
  const names = new Set(own.map(rule => JSON.stringify([rule.decision, rule.invariant])));
  return {
    file: path => isShown(path) && isGoverned(path),
    import: one => (isShown(one.from) || isShown(one.to)) && isGoverned(one.from),
    finding: one => names.has(JSON.stringify([one.decision.id, one.invariant])),
    shows: isShown,
  };
}

function decisionsOf({ rules }: MapSource): (path: string) => readonly string[] {
  return once(path =>
    rules.filter(rule => rule.governs(path)).map(({ decision, invariant }) => `${decision} (${invariant})`),
  );
}

function byPlace(a: PictureImport, b: PictureImport): number {
  return compare(a.from, b.from) || a.line - b.line || compare(a.to, b.to);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
