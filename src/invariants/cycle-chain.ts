import { strongComponents } from '../facts/graph/components.js';
import type { ImportGraph } from '../facts/graph/import-graph.js';
import { shortestChain } from '../facts/graph/shortest-chain.js';
import { oncePer } from '../model/once.js';
import type { Hop } from './chain.js';
import { endsOf, type GroupEdge, type Witness, witnessOf } from './group-edges.js';
import type { LeftOut, Violation } from './kind.js';
import { type Layout, layoutOf } from './layout.js';
import type { LevelRule } from './level.js';

/** Marks the subject of an edge of a cycle. */
export const CYCLE = ' (cycle)';

/** An edge of a cycle with an import that makes it, and of how many it is made. */
interface Link {
  readonly edge: GroupEdge;
  readonly witness: Witness;
  readonly imports: number;
}

/** The circles of a layout: two groups lead to each other if they are of one component. */
export const componentsOf = oncePer(({ edges, size }: Layout) =>
  strongComponents(edges, Array(size).keys(), () => true),
);

/** The violation with a shortest cycle through its edge, and the edge of it that is the cheapest to cut. */
export function withCycle(
  rule: LevelRule,
  graph: ImportGraph,
  violation: Violation,
  leftOut: LeftOut,
): Violation {
  const layout = layoutOf(rule, graph, leftOut);
  const links = cycleThrough(layout, graph, endsOf(rule, layout, violation, CYCLE));
  const chain: Hop[] = links.map(({ witness: { path, line } }) => ({ path, line }));
  const end = links.at(-1)?.witness.target;
  const isFile = rule.level === 'file';
  const [first] = chain;
  if (first !== undefined && end !== undefined) chain.push({ path: isFile ? first.path : end, line: null });
  // Between files the chain says it all; between groups each link is shown by one import.
  const shown = isFile ? '' : `: ${links.map(importText).join(', ')}`;
  return {
    ...violation,
    line: isFile ? (first?.line ?? null) : null,
    chain,
    message: `${violation.message}${shown}${links.length < 2 ? '' : `; ${cheapest(layout, links)}`}`,
  };
}

function cycleThrough(layout: Layout, graph: ImportGraph, [from, to]: GroupEdge): readonly Link[] {
  const { starts, targets, weights } = layout.edges;
  const link = (edge: number, ends: GroupEdge): Link => ({
    edge: ends,
    witness: witnessOf(layout, graph, ends),
    imports: weights[edge] ?? 0,
  });
  let closing = -1;
  for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge++)
    if (targets[edge] === to) closing = edge;
  const back = from === to ? [] : pathBack(layout, to, from);
  if (closing === -1 || back === null) throw new Error(`${layout.group(from).label} is in no cycle`);
  return [link(closing, [from, to]), ...back.map(({ node, edge }) => link(edge, [node, targets[edge] ?? 0]))];
}

function pathBack(layout: Layout, from: number, to: number): ReturnType<typeof shortestChain> {
  const { of } = componentsOf(layout);
  return shortestChain(layout.edges, {
    from,
    to,
    // What lies outside leads nowhere back.
    passes: group => of[group] === of[from],
    follows: () => true,
    isFree: (_, source) => layout.group(source).isPackage,
    rank: () => 0,
    name: group => layout.group(group).label,
  });
}

function importText({ witness: { path, line, target } }: Link): string {
  return `${path}:${line} imports ${target}`;
}

/** Of equals the edge that is told about: it is the new one. */
function cheapest(layout: Layout, links: readonly Link[]): string {
  let best = links[0];
  for (const link of links) if (best === undefined || link.imports < best.imports) best = link;
  if (best === undefined) return '';
  const [from, to] = best.edge;
  const count = best.imports === 1 ? '1 import' : `${best.imports} imports`;
  return `cheapest to cut: ${layout.group(from).label} → ${layout.group(to).label} (${count})`;
}
