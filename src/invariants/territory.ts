import { type ImportGraph, kindFilter, NODE_TYPES } from '../facts/graph/import-graph.js';
import { nodeTarget } from '../facts/graph/node-target.js';
import { inTargets, type Target } from '../model/edges.js';
import type { Place } from './denials.js';
import type { DeniedEdges } from './denied-edges.js';
import type { LeftOut } from './kind.js';
import { inAny } from './path-sets.js';

/** How a rule divides a graph: places that it names, and the land between them through which chains may run. */
export interface Territory {
  /** Files that the invariant does not leave out. */
  files(): IterableIterator<number>;
  name(node: number): string;
  target(node: number): Target;
  /** In no place that the rule names, not left out, and no permitted way. */
  isInner(node: number): boolean;
  /** In a place that the rule may deny. */
  isTarget(node: number): boolean;
  follows(edge: number): boolean;
}

const NAMED = 1;
const TARGET = 2;
const CLOSED = 4;
const KNOWN = 8;

const FILE = NODE_TYPES.indexOf('file');
const FOLDER = NODE_TYPES.indexOf('folder');

const known = new WeakMap<ImportGraph, WeakMap<DeniedEdges, Territory>>();

/** Made once for a rule and a graph: a rule belongs to one invariant, which always leaves out the same files. */
export function territoryOf(rule: DeniedEdges, graph: ImportGraph, leftOut: LeftOut): Territory {
  let byRule = known.get(graph);
  if (byRule === undefined) {
    byRule = new WeakMap();
    known.set(graph, byRule);
  }
  let territory = byRule.get(rule);
  if (territory === undefined) {
    territory = divide(rule, graph, leftOut);
    byRule.set(rule, territory);
  }
  return territory;
}

function divide(rule: DeniedEdges, graph: ImportGraph, leftOut: LeftOut): Territory {
  const wanted = kindFilter(rule.kinds);
  const via = rule.via ?? [];
  const ends = distinct(rule.denials.flatMap(denial => denial.deny ?? []));
  const others = distinct(rule.denials.flatMap(denial => (denial.binds === 'source' ? denial.from : [])));
  const roles = new Uint8Array(graph.size);
  const targets: (Target | undefined)[] = [];
  const target = (node: number): Target => {
    let made = targets[node];
    if (made === undefined) {
      made = nodeTarget(graph, node);
      targets[node] = made;
    }
    return made;
  };
  const look = (node: number): number => {
    const type = graph.types[node] ?? -1;
    const holds = (place: Place): boolean => inTargets(place.set, target(node));
    if (ends.some(holds)) return KNOWN | NAMED | TARGET;
    if (type !== FILE && type !== FOLDER) return KNOWN | CLOSED;
    if (others.some(holds)) return KNOWN | NAMED;
    const isClosed =
      graph.paths(node).some(path => inAny(via, path)) || (type === FILE && leftOut(graph.names.at(node)));
    return isClosed ? KNOWN | CLOSED : KNOWN;
  };
  const roleOf = (node: number): number => {
    let role = roles[node] ?? 0;
    if (role === 0) {
      role = look(node);
      roles[node] = role;
    }
    return role;
  };
  return {
    *files() {
      for (let node = 0; node < graph.size; node++)
        if (graph.types[node] === FILE && !leftOut(graph.names.at(node))) yield node;
    },
    name: node => graph.names.at(node),
    target,
    isInner: node => roleOf(node) === KNOWN,
    isTarget: node => (roleOf(node) & TARGET) !== 0,
    follows: edge => wanted[graph.kinds[edge] ?? 0] === 1,
  };
}

/** Rules with many denials name the same places again and again. */
function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map(place => [JSON.stringify(place.set), place])).values()];
}
