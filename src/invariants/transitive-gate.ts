import { type ImportGraph, kindFilter, type Reversed, reversed } from '../facts/graph/import-graph.js';
import { nodeTarget } from '../facts/graph/node-target.js';
import { repoPath } from '../model/brand.js';
import type { DeniedEdges } from './denied-edges.js';
import {
  GateDoubt,
  type GateEdge,
  type GateGraph,
  type GateNode,
  type GraphGate,
  type Weighed,
} from './graph-gate.js';
import type { LeftOut } from './kind.js';
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
 * A new import completes a forbidden chain if it hangs on a source and what it ends at leads to a target.
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
  weigh(rule, graph, edge, leftOut) {
    if (kindFilter(rule.kinds)[edge.kind] !== 1) return null;
    const { tail, head } = landsOf(rule, graph, [edge], [], leftOut).ends(edge);
    const weighs = completes(tail, head) || widensFrom(tail, head) || widensTo(tail, head);
    return weighs ? [tail, head] : null;
  },
  screen(rule, graph, fresh, gained, leftOut) {
    const wanted = kindFilter(rule.kinds);
    const own = fresh.filter(({ kind }) => wanted[kind] === 1);
    if (own.length === 0) return 'clear';
    const lands = landsOf(rule, graph, own, gained, leftOut);
    const ends = own.map(lands.ends);
    if (ends.some(({ tail, head }) => completes(tail, head))) return 'candidate';
    const all = [...ends, ...gained.map(weighedEnds)];
    // Only by two imports, one that lengthens what hangs on a source and one that lengthens what leads to a target,
    // can a chain come about that the marks don't show.
    if (!all.some(({ tail, head }) => widensTo(tail, head))) return 'clear';
    const open = all.filter(({ tail, head }) => widensFrom(tail, head)).map(({ to }) => graph.find(to));
    return reaches(graph, open, wanted, lands.of) ? 'candidate' : 'clear';
  },
};

function hangsOnSource(tail: number): boolean {
  return (tail & (SOURCE | FROM_SOURCE)) !== 0;
}

/** From a source itself to a target it is a direct import, which is judged as such. */
function completes(tail: number, head: number): boolean {
  if (!hangsOnSource(tail)) return false;
  return (head & TO_TARGET) !== 0 || ((head & TARGET) !== 0 && (tail & SOURCE) === 0);
}

function widensFrom(tail: number, head: number): boolean {
  return hangsOnSource(tail) && (head & INNER) !== 0 && (head & FROM_SOURCE) === 0;
}

function widensTo(tail: number, head: number): boolean {
  return (head & (TARGET | TO_TARGET)) !== 0 && (tail & INNER) !== 0 && (tail & TO_TARGET) === 0;
}

/** What the marks say of an import's two ends. */
interface Ends {
  readonly tail: number;
  readonly head: number;
  readonly to: string;
}

function weighedEnds({ edge, weight: [tail = 0, head = 0] }: Weighed): Ends {
  return { tail, head, to: edge.to };
}

interface Lands {
  ends(edge: GateEdge): Ends;
  of(node: GateNode): number;
}

function landsOf(
  rule: DeniedEdges,
  graph: GateGraph,
  fresh: readonly GateEdge[],
  gained: readonly Weighed[],
  leftOut: LeftOut,
): Lands {
  const survey = surveyor(rule, leftOut);
  const heads = new Map<string, number>();
  const add = (name: string, bits: number): void => {
    heads.set(name, (heads.get(name) ?? 0) | bits);
  };
  for (const { to, target } of fresh) add(to, bitsOf(survey(target)));
  for (const { edge, weight } of gained) add(edge.to, weight[1] ?? 0);
  // What has no mark has come since: an end of a new import, or a new file that imports.
  const of = ({ name, mark }: GateNode): number =>
    (mark ?? bitsOf(survey({ type: 'file', path: repoPath(name) }))) | (heads.get(name) ?? 0);
  return { of, ends: ({ from, to }) => ({ tail: of(graph.find(from)), head: of(graph.find(to)), to }) };
}

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
