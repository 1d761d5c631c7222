import { ends, globSource, layerOf, type Pair, pair, type Rule, type RuleSet } from './rules.js';

/** File → the files it imports, and whether any import of that file remains at run time. */
export type ImportGraph = ReadonlyMap<string, ReadonlyMap<string, 'run time' | 'type'>>;

/**
 * Which pairs a tool reports when `from` leads to `to` over other files.
 * - `whole chains`: every file of `from` with every file of `to` that it reaches.
 * - `shortest pairs`: those whose chain runs through neither place in between. Any other chain holds such a pair, so that
 *   a rule is broken by both readings or by neither.
 */
export type Reading = 'whole chains' | 'shortest pairs';

/** What the rules say of a graph, by the plainest means: the answer that every tool is held against. */
export function judge(
  graph: ImportGraph,
  rules: RuleSet,
  reading: Reading,
): Readonly<Record<Rule, ReadonlySet<Pair>>> {
  return { cycles: cycles(graph, rules), layers: layers(graph, rules), reach: reach(graph, rules, reading) };
}

function cycles(graph: ImportGraph, { root }: RuleSet): Set<Pair> {
  const inside = (path: string): boolean => path.startsWith(`${root}/`);
  const edges: Pair[] = [];
  for (const [from, targets] of graph)
    for (const [to, kind] of targets)
      if (kind === 'run time' && inside(from) && inside(to)) edges.push(pair(from, to));
  return new Set(edgesInCycles(edges));
}

function layers(graph: ImportGraph, rules: RuleSet): Set<Pair> {
  const layer = layerOf(rules);
  const found = new Set<Pair>();
  for (const [from, targets] of graph) {
    const own = layer(from);
    if (own === -1) continue;
    for (const to of targets.keys()) {
      const other = layer(to);
      if (other !== -1 && other < own) found.add(pair(from, to));
    }
  }
  return found;
}

function reach(graph: ImportGraph, rules: RuleSet, reading: Reading): Set<Pair> {
  const [from, to] = [rules.reach.from, rules.reach.to].map(glob => new RegExp(globSource(glob)));
  const isFrom = (path: string): boolean => from?.test(path) === true;
  const isTo = (path: string): boolean => to?.test(path) === true;
  const passes = (path: string): boolean => reading === 'whole chains' || !(isFrom(path) || isTo(path));
  const found = new Set<Pair>();
  for (const source of graph.keys()) {
    if (!isFrom(source)) continue;
    for (const target of reached(graph, source, passes))
      if (target !== source && isTo(target)) found.add(pair(source, target));
  }
  return found;
}

/** Files that are reached from `source`; what does not pass is reached, and leads no further. */
function reached(graph: ImportGraph, source: string, passes: (path: string) => boolean): Set<string> {
  const seen = new Set([source]);
  const open = [source];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of graph.get(at)?.keys() ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (passes(next)) open.push(next);
    }
  return seen;
}

/** Those of the edges whose two ends reach each other: both in one strongly connected component. */
export function edgesInCycles(edges: readonly Pair[]): Pair[] {
  const targets = new Map<string, string[]>();
  for (const edge of edges) {
    const [from, to] = ends(edge);
    const list = targets.get(from);
    if (list === undefined) targets.set(from, [to]);
    else list.push(to);
  }
  const component = components(targets);
  return edges.filter(edge => {
    const [from, to] = ends(edge);
    return component.get(from) === component.get(to);
  });
}

/** Kosaraju's two passes, without recursion: one step a node would overflow the stack. */
function components(targets: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const sources = new Map<string, string[]>();
  for (const [from, list] of targets)
    for (const to of list) sources.set(to, [...(sources.get(to) ?? []), from]);
  const seen = new Set<string>();
  const order: string[] = [];
  for (const start of targets.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const path = [{ node: start, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = targets.get(top.node)?.[top.next++];
      if (to === undefined) {
        order.push(top.node);
        path.pop();
      } else if (!seen.has(to)) {
        seen.add(to);
        path.push({ node: to, next: 0 });
      }
    }
  }
  const component = new Map<string, number>();
  for (const start of order.reverse()) {
    if (component.has(start)) continue;
    const number = component.size;
    component.set(start, number);
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const from of sources.get(at) ?? []) {
        if (component.has(from)) continue;
        component.set(from, number);
        open.push(from);
      }
  }
  return component;
}
