import type { ImportGraph } from '../facts/graph/import-graph.js';
import { byPlace, edgeKey, endsOf, witnessOf } from './group-edges.js';
import type { LeftOut, Violation } from './kind.js';
import { type Layout, layoutOf } from './layout.js';
import type { LevelRule } from './level.js';
import { levelKind, screenEdges } from './level-kind.js';

const UNSTABLE = ' (less stable)';

/**
 * Imports lead to what is at least as stable. Instability is Martin's: of all that it imports and that imports it, the
 * share that it imports; 0 is stable, 1 is not.
 *
 * - `in`: components or paths; only imports within it count. At the level of components each is one.
 * - `level`, `kinds`: as in `acyclic`.
 *
 * A change answers for the imports that it brings in, not for how the figures of others moved.
 */
export const stableDependencies = levelKind({
  name: 'stable-dependencies',
  summary: 'imports lead to what is at least as stable',
  within: 'Only imports within these count: components or paths.',
  isWithinRequired: true,
  mark: UNSTABLE,
  violations: unstableEdges,
  explain(rule, graph, violation, leftOut) {
    const layout = layoutOf(rule, graph, leftOut);
    const { path, line, target } = witnessOf(layout, graph, endsOf(rule, layout, violation, UNSTABLE));
    if (rule.level === 'file') return { ...violation, line };
    return { ...violation, message: `${violation.message}: ${path}:${line} imports ${target}` };
  },
  screen: screenEdges,
});

function unstableEdges(rule: LevelRule, graph: ImportGraph, leftOut: LeftOut): readonly Violation[] {
  const layout = layoutOf(rule, graph, leftOut);
  const { starts, targets } = layout.edges;
  const degrees = degreesOf(layout);
  const violations: Violation[] = [];
  for (let from = 0; from < layout.size; from++) {
    const source = degrees[from];
    if (source === undefined || layout.group(from).isPackage) continue;
    for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge++) {
      const to = targets[edge] ?? 0;
      const target = degrees[to];
      if (to === from || target === undefined || !isLessStable(target, source)) continue;
      violations.push({
        ...edgeKey(rule, layout, graph, [from, to], UNSTABLE),
        message: `${shown(layout, from, source)} must not import ${shown(layout, to, target)}, which is less stable`,
      });
    }
  }
  return violations.sort(byPlace);
}

interface Degree {
  in: number;
  out: number;
}

/** What each group imports, and is imported by. A package that is a folder imports what its members do. */
function degreesOf(layout: Layout): readonly Degree[] {
  const { starts, targets } = layout.edges;
  const degrees = Array.from({ length: layout.size }, (): Degree => ({ in: 0, out: 0 }));
  const each = (from: number, found: (to: number) => void): void => {
    for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge++) found(targets[edge] ?? 0);
  };
  const imported = (by: number, to: number): void => {
    const degree = degrees[to];
    if (degree === undefined || by === to) return;
    degree.in++;
    if (layout.group(to).isPackage) each(to, member => imported(by, member));
  };
  degrees.forEach((degree, from) => {
    if (layout.group(from).isPackage) return;
    each(from, to => {
      if (to === from) return;
      degree.out++;
      imported(from, to);
    });
  });
  degrees.forEach((degree, group) => {
    if (!layout.group(group).isPackage) return;
    each(group, member => {
      degree.out += degrees[member]?.out ?? 0;
    });
  });
  return degrees;
}

/** Compared as fractions: figures rounded for readers decide nothing. */
function isLessStable(a: Degree, b: Degree): boolean {
  return a.out * (b.in + b.out) > b.out * (a.in + a.out);
}

function shown(layout: Layout, group: number, { in: into, out }: Degree): string {
  const instability = (out / Math.max(1, into + out)).toFixed(2);
  return `${layout.group(group).label} (instability ${instability}: imports ${out}, imported by ${into})`;
}
