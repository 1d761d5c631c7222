import { type ImportGraph, MEMBER } from '../facts/graph/import-graph.js';
import { type ChainStep, shortestChain } from '../facts/graph/shortest-chain.js';
import { repoPath } from '../model/brand.js';
import type { Hop } from './chain.js';
import type { DeniedEdges } from './denied-edges.js';
import type { LeftOut, Violation } from './kind.js';
import { type Territory, territoryOf } from './territory.js';
import { INDIRECT } from './transitive.js';

/** The violation with its witness: a shortest chain, the same in every run. A direct import needs none. */
export function withChain(
  rule: DeniedEdges,
  graph: ImportGraph,
  violation: Violation,
  leftOut: LeftOut,
): Violation {
  const { path, subject } = violation;
  if (!subject.endsWith(INDIRECT)) return violation;
  const target = subject.slice(0, -INDIRECT.length);
  const territory = territoryOf(rule, graph, leftOut);
  const from = graph.names.find(path);
  const steps =
    chainBetween(graph, territory, from, graph.names.find(target)) ??
    witness(graph, territory, namesakes(graph, path), namesakes(graph, target));
  if (steps === null) throw new Error(`no chain from ${path} to ${target}`);
  const chain: readonly Hop[] = [
    ...steps.map(({ node, edge }) => ({
      path: repoPath(territory.name(node)),
      line: graph.lines[edge] ?? null,
    })),
    { path: repoPath(target), line: null },
  ];
  return { ...violation, line: chain[0]?.line ?? null, chain };
}

function chainBetween(
  graph: ImportGraph,
  { isInner, follows, name }: Territory,
  from: number,
  to: number,
): readonly ChainStep[] | null {
  const { starts, targets, kinds, lines } = graph;
  const first = starts[from] ?? 0;
  const end = starts[from + 1] ?? 0;
  return shortestChain(graph, {
    from,
    to,
    passes: isInner,
    // What is imported directly too is another violation, and no witness of this one.
    follows: edge => follows(edge) && !(targets[edge] === to && edge >= first && edge < end),
    isFree: edge => kinds[edge] === MEMBER,
    rank: edge => lines[edge] ?? 0,
    name,
  });
}

function witness(
  graph: ImportGraph,
  territory: Territory,
  sources: readonly number[],
  targets: readonly number[],
): readonly ChainStep[] | null {
  for (const from of sources)
    for (const to of targets) {
      const steps = chainBetween(graph, territory, from, to);
      if (steps !== null) return steps;
    }
  return null;
}

/** A file of the tree can be called as a package or a missing file is; a name alone finds one of them. */
function namesakes({ names, size }: ImportGraph, name: string): readonly number[] {
  return Array.from({ length: size }, (_, node) => node).filter(node => names.at(node) === name);
}
