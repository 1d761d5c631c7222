import { type ImportGraph, kindFilter, NODE_TYPES } from '../facts/graph/import-graph.js';
import { type Quotient, quotient } from '../facts/graph/quotient.js';
import { type RepoPath, repoPath } from '../model/brand.js';
import { type Bindings, matchPaths } from '../model/path-set.js';
import type { Place } from './denials.js';
import type { LeftOut } from './kind.js';
import type { LevelRule } from './level.js';
import { oncePerGraph } from './once-per-graph.js';
import { inAny } from './path-sets.js';

/** One thing that a rule of some level looks at: a file, a folder, a component. */
export interface Group {
  /** Tells it from all others of its layout, in keys and in messages. */
  readonly label: string;
  /** Where its findings are shown: the file, or the folder that it lies in. */
  readonly path: RepoPath;
  /** A package that is a folder, at the level of files: it stands for its members and imports nothing itself. */
  readonly isPackage: boolean;
}

/** A graph as a rule of some level sees it. */
export interface Layout {
  readonly size: number;
  group(number: number): Group;
  /** Nodes of a group, by name. */
  members(number: number): readonly number[];
  /** Group of each node of the graph; -1: none. */
  readonly of: Int32Array;
  readonly edges: Quotient;
  follows(edge: number): boolean;
  /** @returns -1: none is called so */
  find(label: string): number;
}

const FILE = NODE_TYPES.indexOf('file');
const FOLDER = NODE_TYPES.indexOf('folder');

/** Made once for a rule and a graph. */
export const layoutOf = oncePerGraph(lay);

function lay(rule: LevelRule, graph: ImportGraph, leftOut: LeftOut): Layout {
  const groups: Group[] = [];
  const index = new Map<string, number>();
  const of = new Int32Array(graph.size).fill(-1);
  for (let node = 0; node < graph.size; node++) {
    const group = groupOf(rule, graph, node, leftOut);
    if (group === null) continue;
    let number = index.get(group.label);
    if (number === undefined) {
      number = groups.length;
      index.set(group.label, number);
      groups.push(group);
    }
    of[node] = number;
  }
  const wanted = kindFilter(rule.kinds);
  const follows = (edge: number): boolean => wanted[graph.kinds[edge] ?? 0] === 1;
  let lists: readonly (readonly number[])[] | null = null;
  return {
    size: groups.length,
    group(number) {
      const group = groups[number];
      if (group === undefined) throw new RangeError(`no such group: ${number}`);
      return group;
    },
    members(number) {
      lists ??= membersByGroup(graph, of, groups.length);
      return lists[number] ?? [];
    },
    of,
    edges: quotient(graph, of, groups.length, follows),
    follows,
    find: label => index.get(label) ?? -1,
  };
}

function membersByGroup(graph: ImportGraph, of: Int32Array, groups: number): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: groups }, () => []);
  of.forEach((group, node) => {
    lists[group]?.push(node);
  });
  const { names } = graph;
  for (const list of lists) list.sort((a, b) => (names.at(a) < names.at(b) ? -1 : 1));
  return lists;
}

function groupOf(rule: LevelRule, graph: ImportGraph, node: number, leftOut: LeftOut): Group | null {
  const type = graph.types[node];
  const name = graph.names.at(node);
  if (type === FOLDER && rule.level === 'file')
    return { label: name, path: repoPath(name.slice(0, -1)), isPackage: true };
  return type === FILE ? groupOfFile(rule, name, leftOut) : null;
}

/** The group of a code file; `null`: the rule does not look at it. */
export function groupOfFile(rule: LevelRule, name: string, leftOut: LeftOut): Group | null {
  if (leftOut(name) || (rule.in !== undefined && !inAny(rule.in, name))) return null;
  switch (rule.level) {
    case 'file':
      return { label: name, path: repoPath(name), isPackage: false };
    case 'folder': {
      const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
      return { label: `${folder || '.'}/`, path: repoPath(folder || '.'), isPackage: false };
    }
    case 'component':
      return memberOf(rule.members ?? [], name);
  }
}

/** A file in several components is taken for one of the first that names it. */
function memberOf(members: readonly Place[], path: string): Group | null {
  for (const { label, set } of members) {
    const bindings = set.paths === undefined ? null : matchPaths(set.paths, path);
    if (bindings === null) continue;
    const [first] = set.paths?.include ?? [];
    return {
      label: boundLabel(label, bindings),
      path: literalFolder(filled(first?.glob ?? '', bindings)),
      isPackage: false,
    };
  }
  return null;
}

function boundLabel(label: string, bindings: Bindings): string {
  if (bindings.size === 0) return label;
  return label.includes('{') ? filled(label, bindings) : `${label} ${[...bindings.values()].join(' ')}`;
}

function filled(glob: string, bindings: Bindings): string {
  return glob.replace(/\{([^{}!,]+)\}/g, (whole, name: string) => bindings.get(name) ?? whole);
}

/** `packages/a/**` → `packages/a` */
function literalFolder(glob: string): RepoPath {
  const segments = glob.replace(/^\.\//, '').split('/');
  const wild = segments.findIndex(segment => segment === '' || /[*?{]/.test(segment));
  return repoPath((wild === -1 ? segments : segments.slice(0, wild)).join('/') || '.');
}
