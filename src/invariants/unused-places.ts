import { kindFilter } from '../facts/graph/import-graph.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import { type Edge, inTargets } from '../model/edges.js';
import { matchPaths } from '../model/path-set.js';
import {
  type Denial,
  deniedFromTarget,
  matchSource,
  type Place,
  type SourceDenial,
  type TargetDenial,
} from './denials.js';
import { type DeniedEdges, kindOf } from './denied-edges.js';
import { inAny } from './path-sets.js';
import { leavesInScope } from './scope.js';

/** What a rule about imports says that this tree gives no use for. */
export function unusedInRule(rule: DeniedEdges, facts: TreeFacts): readonly string[] {
  const judged = rule.denials.flatMap(denial => (denial.binds === 'source' ? denial.from : denial.deny));
  return [...emptyPlaces(judged, facts), ...unusedAllowances(rule, facts), ...unusedWays(rule, facts)];
}

/** Permitted ways (`via`) that nothing outside of them imports: no chain leads through. */
function unusedWays({ via = [], ...rule }: DeniedEdges, facts: TreeFacts): readonly string[] {
  if (via.length === 0) return [];
  const graph = facts.graph();
  const { size, starts, targets, kinds, names } = graph;
  const wanted = kindFilter(rule.kinds);
  const open = new Set(via);
  for (let node = 0; node < size && open.size > 0; node++) {
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      if (wanted[kinds[edge] ?? 0] !== 1) continue;
      for (const way of open)
        if (!inAny([way], names.at(node)) && graph.paths(targets[edge] ?? 0).some(path => inAny([way], path)))
          open.delete(way);
    }
  }
  return [...open].map(
    ({ include }) =>
      `no chain leads through ${include.map(({ glob }) => glob).join(', ')}: the way is not used`,
  );
}

/** @returns a sentence for each place of files that names none of the tree */
export function emptyPlaces(places: readonly Place[], facts: TreeFacts): readonly string[] {
  const open = new Map(
    places.filter(({ set }) => set.paths !== undefined).map(place => [place.label, place]),
  );
  for (const path of leavesInScope(facts.tree, 'all')) {
    if (open.size === 0) break;
    for (const [label, { set }] of open)
      if (set.packages !== undefined || (set.paths !== undefined && matchPaths(set.paths, path) !== null))
        open.delete(label);
  }
  return [...open.keys()].map(label => `${label} names no file, so nothing is judged there`);
}

interface Allowance {
  readonly told: string;
  isUsed(path: RepoPath, edge: Edge): boolean;
}

function unusedAllowances(rule: DeniedEdges, facts: TreeFacts): readonly string[] {
  const open = new Set(rule.denials.flatMap(allowancesOf));
  if (open.size === 0) return [];
  for (const path of leavesInScope(facts.tree, 'all')) {
    if (open.size === 0) break;
    const edges = facts.imports(path);
    if (!edges?.ok) continue;
    for (const edge of edges.value) {
      if (rule.kinds !== undefined && !rule.kinds.includes(kindOf(edge.site))) continue;
      for (const allowance of open) if (allowance.isUsed(path, edge)) open.delete(allowance);
    }
  }
  return [...open].map(({ told }) => told);
}

function allowancesOf(denial: Denial): readonly Allowance[] {
  return denial.binds === 'source' ? sourceAllowances(denial) : targetAllowances(denial);
}

function sourceAllowances(denial: SourceDenial): readonly Allowance[] {
  const { text, from, permit, deny = [] } = denial;
  const own = new Set(from.map(({ label }) => label));
  const importers = [...own].join(', ');
  const uses = (place: Place) => (path: RepoPath, edge: Edge) => {
    const source = matchSource(denial, path);
    return source !== null && inTargets(place.set, edge.target, source.bindings);
  };
  if (text.why === 'deprecated')
    return deny.map(place => ({
      told: `nothing in ${importers} imports ${place.label} any more: it need not be deprecated, it can be left out`,
      isUsed: uses(place),
    }));
  if (text.why !== 'not-allowed') return [];
  return permit
    .filter(({ label }) => text.allowed.includes(label) && !own.has(label))
    .map(place => ({
      told: `nothing in ${importers} imports ${place.label}: the allowance is not used`,
      isUsed: uses(place),
    }));
}

/** An allowance is used by an import that is denied once it is taken away. */
function targetAllowances(denial: TargetDenial): readonly Allowance[] {
  const { text, deny, permitFrom, permitTo } = denial;
  if (text.why !== 'protected' && text.why !== 'private') return [];
  const inside = deny.map(({ label }) => label).join(', ');
  const importers = permitFrom.filter(place => text.why === 'protected' && text.only.includes(place.label));
  const entries = permitTo.filter(place => text.why === 'private' && text.only.includes(place.label));
  return [
    ...importers.map(place => ({
      told: `nothing in ${place.label} imports ${inside}: the allowance is not used`,
      isUsed: usedIn({ ...denial, permitFrom: permitFrom.filter(other => other !== place) }),
    })),
    ...entries.map(place => ({
      told: `nothing outside imports ${place.label} of ${inside}: the entry point is not used`,
      isUsed: usedIn({ ...denial, permitTo: permitTo.filter(other => other !== place) }),
    })),
  ];
}

function usedIn(without: TargetDenial) {
  return (path: RepoPath, { target }: Edge): boolean =>
    target.type !== 'computed' && deniedFromTarget(without, path, target) !== null;
}
