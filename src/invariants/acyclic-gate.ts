import { strongComponents } from '../facts/graph/components.js';
import { kindFilter } from '../facts/graph/import-graph.js';
import { GateDoubt, type GateEdge, type GateGraph, type GateNode, type GraphGate } from './graph-gate.js';
import type { LeftOut } from './kind.js';
import { groupOfFile, layoutOf } from './layout.js';
import type { LevelRule } from './level.js';

/** Nodes that one commit may walk through before the full judge takes over. */
const MAX_VISITED = 4000;

/**
 * Marks are places in a topological order of the cycles' condensation: an import leads to a place that is not higher,
 * and to an equal one only within a cycle. So a new import that leads down closes none, whatever else is new; only
 * against one that leads up (or from or to what has no place yet) the way back is looked for.
 */
export const acyclicGate: GraphGate<LevelRule> = {
  marks(rule, graph, leftOut) {
    const layout = layoutOf(rule, graph, leftOut);
    const { of } = strongComponents(layout.edges, Array(layout.size).keys(), () => true);
    const place = (group: number): number => (group === -1 ? 0 : (of[group] ?? -1) + 1);
    if (rule.level === 'file') return { nodes: Uint32Array.from(layout.of, place) };
    const groups = new Map<string, number>();
    for (let group = 0; group < layout.size; group++) groups.set(layout.group(group).label, place(group));
    return { nodes: new Uint32Array(graph.size), groups };
  },
  screen(rule, graph, edges, leftOut) {
    const wanted = kindFilter(rule.kinds);
    const own = edges.filter(({ kind }) => wanted[kind] === 1);
    return rule.level === 'file'
      ? screenFiles(rule, graph, own, wanted, leftOut)
      : screenGroups(rule, graph, own, leftOut);
  },
};

interface Upward {
  readonly from: GateNode;
  readonly to: GateNode;
}

function screenFiles(
  rule: LevelRule,
  graph: GateGraph,
  edges: readonly GateEdge[],
  wanted: Uint8Array,
  leftOut: LeftOut,
): 'clear' | 'candidate' {
  const upward: Upward[] = [];
  for (const { from, to, target } of edges) {
    const isIn = (path: string): boolean => groupOfFile(rule, path, leftOut) !== null;
    if (!isIn(from)) continue;
    if (target.type !== 'folder' && (target.type !== 'file' || !isIn(target.path))) continue;
    if (from === to) return 'candidate';
    const edge = { from: graph.find(from), to: graph.find(to) };
    const high = edge.from.mark ?? 0;
    const low = edge.to.mark ?? 0;
    if (high > 0 && low > 0 && high > low) continue;
    if (high > 0 && high === low) return 'candidate';
    upward.push(edge);
  }
  // Below the lowest of these no way leads up again.
  const floor = Math.min(...upward.map(({ from }) => from.mark ?? 0));
  for (const edge of upward) if (leadsBack(graph, edge, floor, wanted)) return 'candidate';
  return 'clear';
}

function leadsBack(graph: GateGraph, { from, to }: Upward, floor: number, wanted: Uint8Array): boolean {
  const visited = new Set([to.name]);
  const open = [to];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.name === from.name) return true;
    for (const { node: next, kind } of graph.successors(node)) {
      if (wanted[kind] !== 1 || visited.has(next.name)) continue;
      const mark = next.mark ?? 0;
      if (mark > 0 && mark < floor) continue;
      if (visited.size >= MAX_VISITED) throw new GateDoubt('too many files hang on a new import');
      visited.add(next.name);
      open.push(next);
    }
  }
  return false;
}

/** Groups have places but no rows: an import that leads up is a matter for the full judge. */
function screenGroups(
  rule: LevelRule,
  graph: GateGraph,
  edges: readonly GateEdge[],
  leftOut: LeftOut,
): 'clear' | 'candidate' {
  const importing = new Set<string>();
  const imported = new Set<string>();
  for (const { from, target } of edges) {
    const source = groupOfFile(rule, from, leftOut);
    if (source === null) continue;
    // What a package stands for may lie in several components.
    if (target.type === 'folder') return 'candidate';
    const end = target.type === 'file' ? groupOfFile(rule, target.path, leftOut) : null;
    if (end === null || end.label === source.label) continue;
    const high = graph.group(source.label);
    const low = graph.group(end.label);
    if (high !== null && low !== null) {
      if (high <= low) return 'candidate';
      continue;
    }
    // A new group closes no circle while it only imports, or is only imported.
    if (high === null) importing.add(source.label);
    if (low === null) imported.add(end.label);
  }
  return [...importing].some(group => imported.has(group)) ? 'candidate' : 'clear';
}
