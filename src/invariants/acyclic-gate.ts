import { strongComponents } from '../facts/graph/components.js';
import { kindFilter } from '../facts/graph/import-graph.js';
import {
  GateDoubt,
  type GateEdge,
  type GateGraph,
  type GateNode,
  type GraphGate,
  type Weighed,
} from './graph-gate.js';
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
  weigh(rule, graph, edge, leftOut) {
    if (kindFilter(rule.kinds)[edge.kind] !== 1) return null;
    if (rule.level !== 'file') {
      const step = groupStepOf(rule, graph, edge, leftOut);
      return step === null || groupLeadsDown(step) ? null : [step.high ?? 0, step.low ?? 0];
    }
    const step = stepOf(rule, graph, edge, leftOut);
    return step === null || leadsDown(step) ? null : [step.from.mark ?? 0];
  },
  screen(rule, graph, fresh, gained, leftOut) {
    const wanted = kindFilter(rule.kinds);
    const own = fresh.filter(({ kind }) => wanted[kind] === 1);
    return rule.level === 'file'
      ? screenFiles(rule, graph, own, gained, wanted, leftOut)
      : screenGroups(rule, graph, own, gained, leftOut);
  },
};

interface Step {
  readonly from: GateNode;
  readonly to: GateNode;
}

function stepOf(
  rule: LevelRule,
  graph: GateGraph,
  { from, to, target }: GateEdge,
  leftOut: LeftOut,
): Step | null {
  const isIn = (path: string): boolean => groupOfFile(rule, path, leftOut) !== null;
  if (!isIn(from)) return null;
  if (target.type !== 'folder' && (target.type !== 'file' || !isIn(target.path))) return null;
  return { from: graph.find(from), to: graph.find(to) };
}

function leadsDown({ from, to }: Step): boolean {
  const high = from.mark ?? 0;
  const low = to.mark ?? 0;
  return high > 0 && low > 0 && high > low;
}

function screenFiles(
  rule: LevelRule,
  graph: GateGraph,
  fresh: readonly GateEdge[],
  gained: readonly Weighed[],
  wanted: Uint8Array,
  leftOut: LeftOut,
): 'clear' | 'candidate' {
  const steps = fresh.flatMap(edge => stepOf(rule, graph, edge, leftOut) ?? []);
  for (const { from, to } of steps) {
    const mark = from.mark ?? 0;
    if (from.name === to.name || (mark > 0 && mark === to.mark)) return 'candidate';
  }
  // Below the lowest place that an import leads up from no way leads up again.
  const floor = Math.min(
    ...steps.filter(step => !leadsDown(step)).map(({ from }) => from.mark ?? 0),
    ...gained.map(({ weight: [mark = 0] }) => mark),
  );
  for (const step of steps) if (leadsBack(graph, step, floor, wanted)) return 'candidate';
  return 'clear';
}

function leadsBack(graph: GateGraph, { from, to }: Step, floor: number, wanted: Uint8Array): boolean {
  const isBelow = ({ mark }: GateNode): boolean => mark !== null && mark > 0 && mark < floor;
  if (isBelow(to)) return false;
  const visited = new Set([to.name]);
  const open = [to];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.name === from.name) return true;
    for (const { node: next, kind } of graph.successors(node)) {
      if (wanted[kind] !== 1 || visited.has(next.name)) continue;
      if (isBelow(next)) continue;
      if (visited.size >= MAX_VISITED) throw new GateDoubt('too many files hang on a new import');
      visited.add(next.name);
      open.push(next);
    }
  }
  return false;
}

/** An import from one group to another. */
interface GroupStep {
  readonly source: string;
  /** `null`: what a folder stands for may lie in several. */
  readonly end: string | null;
  readonly high: number | null;
  readonly low: number | null;
}

function groupStepOf(
  rule: LevelRule,
  graph: GateGraph,
  { from, target }: GateEdge,
  leftOut: LeftOut,
): GroupStep | null {
  const source = groupOfFile(rule, from, leftOut)?.label;
  if (source === undefined) return null;
  if (target.type === 'folder') return { source, end: null, high: null, low: null };
  const end = target.type === 'file' ? groupOfFile(rule, target.path, leftOut)?.label : undefined;
  if (end === undefined || end === source) return null;
  return { source, end, high: graph.group(source), low: graph.group(end) };
}

function groupLeadsDown({ high, low }: GroupStep): boolean {
  return high !== null && low !== null && high > low;
}

/** Groups have places but no rows: an import that leads up is a matter for the full judge. */
function screenGroups(
  rule: LevelRule,
  graph: GateGraph,
  fresh: readonly GateEdge[],
  gained: readonly Weighed[],
  leftOut: LeftOut,
): 'clear' | 'candidate' {
  const importing = new Set<string>();
  const imported = new Set<string>();
  const edges = [...gained.map(({ edge }) => edge), ...fresh];
  for (const edge of edges) {
    const step = groupStepOf(rule, graph, edge, leftOut);
    if (step === null || groupLeadsDown(step)) continue;
    if (step.end === null || (step.high !== null && step.low !== null)) return 'candidate';
    // A new group closes no circle while it only imports, or is only imported.
    if (step.high === null) importing.add(step.source);
    if (step.low === null) imported.add(step.end);
  }
  return [...importing].some(group => imported.has(group)) ? 'candidate' : 'clear';
}
