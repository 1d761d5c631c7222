import { type ImportGraph, kindFilter, type Reversed, reversed } from '../facts/graph/import-graph.js';
import { nodeTarget } from '../facts/graph/node-target.js';
import { repoPath } from '../model/brand.js';
import type { DeniedEdges } from './denied-edges.js';
import { GateDoubt, type GateGraph, type GateNode, type GraphGate } from './graph-gate.js';
import { type Land, surveyor } from './land.js';

/** Nodes that one commit may walk through before the full judge takes over. */
const MAX_VISITED = 4000;

const INNER = 1;
const TARGET = 2;
const SOURCE = 4;
/** An inner node to which a chain leads from a source; from which one leads to a target. */
const FROM_SOURCE = 8;
const TO_TARGET = 16;

/**
 * A new import can complete a forbidden chain only if it hangs on a source and what it ends at leads to a target.
 * Sources and targets are not told apart by what they bind (captures): the gate doubts too often, never too rarely.
 */
export const transitiveGate: GraphGate<DeniedEdges> = {
  marks(rule, graph, leftOut) {
    const survey = surveyor(rule, leftOut);
    const nodes = new Uint32Array(graph.size);
    for (let node = 0; node < graph.size; node++) nodes[node] = bitsOf(survey(nodeTarget(graph, node)));
    const wanted = kindFilter(rule.kinds);
    spread(graph, nodes, wanted, SOURCE, FROM_SOURCE, forwards(graph));
    spread(graph, nodes, wanted, TARGET, TO_TARGET, backwards(reversed(graph)));
    return { nodes };
  },
  screen(rule, graph, edges, leftOut) {
    const wanted = kindFilter(rule.kinds);
    const survey = surveyor(rule, leftOut);
    const ends = new Map<string, number>();
    for (const { to, target } of edges) ends.set(to, (ends.get(to) ?? 0) | bitsOf(survey(target)));
    // What has no mark has come since: an end of a new import, or a new file that imports.
    const land = ({ name, mark }: GateNode): number =>
      (mark ?? bitsOf(survey({ type: 'file', path: repoPath(name) }))) | (ends.get(name) ?? 0);
    const own = edges
      .filter(({ kind }) => wanted[kind] === 1)
      .map(({ from, to }) => {
        const node = graph.find(to);
        return { tail: land(graph.find(from)), head: land(node), node };
      });
    const leadsOn = own.some(({ tail, head }) => (tail & INNER) !== 0 && (head & (TARGET | TO_TARGET)) !== 0);
    const open: GateNode[] = [];
    for (const { tail, head, node } of own) {
      if ((tail & (SOURCE | FROM_SOURCE)) === 0) continue;
      if ((head & TO_TARGET) !== 0) return 'candidate';
      // From a source itself it is a direct import, which is judged as such.
      if ((head & TARGET) !== 0 && (tail & SOURCE) === 0) return 'candidate';
      if (leadsOn && (head & INNER) !== 0) open.push(node);
    }
    return reaches(graph, open, wanted, land) ? 'candidate' : 'clear';
  },
};

function bitsOf({ isInner, isTarget, isSource }: Land): number {
  return (isInner ? INNER : 0) | (isTarget ? TARGET : 0) | (isSource ? SOURCE : 0);
}

/** Does a chain of inner nodes lead from one of these to a target, over imports that are new? */
function reaches(
  graph: GateGraph,
  open: GateNode[],
  wanted: Uint8Array,
  land: (node: GateNode) => number,
): boolean {
  const visited = new Set(open.map(({ name }) => name));
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { node: next, kind } of graph.successors(node)) {
      if (wanted[kind] !== 1 || visited.has(next.name)) continue;
      const bits = land(next);
      if ((bits & (TARGET | TO_TARGET)) !== 0) return true;
      if ((bits & INNER) === 0) continue;
      if (visited.size >= MAX_VISITED) throw new GateDoubt('too many files hang on a new import');
      visited.add(next.name);
      open.push(next);
    }
  }
  return false;
}

type Neighbours = (node: number, visit: (other: number, edge: number) => void) => void;

function forwards({ starts, targets }: ImportGraph): Neighbours {
  return (node, visit) => {
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++)
      visit(targets[edge] ?? 0, edge);
  };
}

function backwards({ starts, sources, edges }: Reversed): Neighbours {
  return (node, visit) => {
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++)
      visit(sources[at] ?? 0, edges[at] ?? 0);
  };
}

/** Gives `bit` to every inner node that hangs on a node of the kind `from` by a chain of inner nodes. */
function spread(
  { size, kinds }: ImportGraph,
  nodes: Uint32Array,
  wanted: Uint8Array,
  from: number,
  bit: number,
  neighbours: Neighbours,
): void {
  const open: number[] = [];
  for (let node = 0; node < size; node++) if (((nodes[node] ?? 0) & from) !== 0) open.push(node);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    neighbours(node, (other, edge) => {
      const bits = nodes[other] ?? 0;
      if (wanted[kinds[edge] ?? 0] !== 1 || (bits & INNER) === 0 || (bits & bit) !== 0) return;
      nodes[other] = bits | bit;
      open.push(other);
    });
  }
}
