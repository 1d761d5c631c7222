import { componentSizes } from '../facts/graph/components.js';
import type { ImportGraph } from '../facts/graph/import-graph.js';
import { acyclicGate } from './acyclic-gate.js';
import { CYCLE, componentsOf, withCycle } from './cycle-chain.js';
import { byPlace, edgeKey } from './group-edges.js';
import type { LeftOut, Violation } from './kind.js';
import { layoutOf } from './layout.js';
import type { LevelRule } from './level.js';
import { levelKind } from './level-kind.js';

/**
 * No import closes a circle.
 *
 * - `in`: components or paths; only what imports each other within it counts. All files if left out.
 * - `level`: `file` (default), `folder` (each with the files directly in it) or `component` (each ref of `in`, or those
 *   of the configuration; with captures each binding is one; a file in several is taken for one of the first).
 * - `kinds`: if left out, all but `type` and `test`: neither is there when the code runs.
 *
 * Every import inside a circle violates the rule; a change answers for those that it brings in.
 */
export const acyclic = levelKind({
  name: 'acyclic',
  summary: 'imports must not run in a circle',
  within: 'Only circles within these are judged: components or paths. All files if left out.',
  isWithinRequired: false,
  mark: CYCLE,
  violations: cycleEdges,
  explain: withCycle,
  // Only a new edge closes a circle: of those the gate speaks.
  screen: () => 'clear',
  gate: () => acyclicGate,
});

function cycleEdges(rule: LevelRule, graph: ImportGraph, leftOut: LeftOut): readonly Violation[] {
  const layout = layoutOf(rule, graph, leftOut);
  const { starts, targets } = layout.edges;
  const components = componentsOf(layout);
  const sizes = componentSizes(components);
  const violations: Violation[] = [];
  for (let from = 0; from < layout.size; from++) {
    // What a package stands for is no import.
    if (layout.group(from).isPackage) continue;
    const own = components.of[from] ?? 0;
    for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge++) {
      const to = targets[edge] ?? 0;
      if (components.of[to] !== own || (from !== to && (sizes[own] ?? 0) < 2)) continue;
      violations.push({
        ...edgeKey(rule, layout, graph, [from, to], CYCLE),
        message: messageOf(layout.group(from).label, layout.group(to).label),
      });
    }
  }
  return violations.sort(byPlace);
}

function messageOf(from: string, to: string): string {
  return from === to
    ? `${from} must not import itself`
    : `${from} must not import ${to}, which leads back to it`;
}
