import { type ImportGraph, kindFilter, NODE_TYPES } from '../facts/graph/import-graph.js';
import { nodeTarget } from '../facts/graph/node-target.js';
import type { Target } from '../model/edges.js';
import type { DeniedEdges } from './denied-edges.js';
import type { LeftOut } from './kind.js';
import { surveyor } from './land.js';
import { oncePerGraph } from './once-per-graph.js';

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

const INNER = 1;
const TARGET = 2;
/** A node that was looked at. */
const KNOWN = 4;

const FILE = NODE_TYPES.indexOf('file');

/** Made once for a rule and a graph. */
export const territoryOf = oncePerGraph(divide);

function divide(rule: DeniedEdges, graph: ImportGraph, leftOut: LeftOut): Territory {
  const wanted = kindFilter(rule.kinds);
  const survey = surveyor(rule, leftOut);
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
  const roleOf = (node: number): number => {
    let role = roles[node] ?? 0;
    if (role === 0) {
      const { isTarget, isInner } = survey(target(node));
      role = KNOWN | (isTarget ? TARGET : 0) | (isInner ? INNER : 0);
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
    isInner: node => (roleOf(node) & INNER) !== 0,
    isTarget: node => (roleOf(node) & TARGET) !== 0,
    follows: edge => wanted[graph.kinds[edge] ?? 0] === 1,
  };
}
