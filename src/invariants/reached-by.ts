import { type ImportGraph, kindFilter, reversed, typeOf } from '../facts/graph/import-graph.js';
import { nodeTarget } from '../facts/graph/node-target.js';
import type { RepoPath } from '../model/brand.js';
import { type EdgeKind, inTargets } from '../model/edges.js';
import { type Bindings, matchPaths } from '../model/path-set.js';
import type { Place } from './denials.js';
import { filesOf } from './graph-kind.js';
import type { LeftOut } from './kind.js';

export type RequireImport = {
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  readonly kinds?: readonly EdgeKind[];
  readonly transitive?: true;
};

/** What `from` binds for a file that must import; `null`: it need not. */
export function bindingsOf({ from, to }: RequireImport, path: string): Bindings | null {
  for (const { set } of from) {
    const bindings = set.paths === undefined ? null : matchPaths(set.paths, path);
    if (bindings === null) continue;
    const isItself = to.some(
      place => place.set.paths !== undefined && matchPaths(place.set.paths, path, bindings),
    );
    return isItself ? null : bindings;
  }
  return null;
}

/** Whether each file of `from` reaches something of `to`, over files that are not left out; by name. */
export function reachedBy(
  rule: RequireImport,
  graph: ImportGraph,
  leftOut: LeftOut,
): readonly { readonly path: RepoPath; readonly reaches: boolean }[] {
  const search = new Search(rule, graph, leftOut);
  const reaching = new Map<string, Uint8Array>();
  return filesOf(graph, leftOut, () => true).flatMap(({ node, path }) => {
    const bindings = bindingsOf(rule, path);
    if (bindings === null) return [];
    const key = JSON.stringify([...bindings]);
    let nodes = reaching.get(key);
    if (nodes === undefined) {
      nodes = search.reaching(bindings);
      reaching.set(key, nodes);
    }
    return [{ path, reaches: nodes[node] === 1 }];
  });
}

/** Walks imports backwards, once for each way in which `from` binds. */
class Search {
  private readonly wanted: Uint8Array;

  constructor(
    private readonly rule: RequireImport,
    private readonly graph: ImportGraph,
    private readonly leftOut: LeftOut,
  ) {
    this.wanted = kindFilter(rule.kinds);
  }

  /** 1 for each node from which a chain leads to something of `to`. */
  reaching(bindings: Bindings): Uint8Array {
    const { graph } = this;
    const { starts, sources, edges } = reversed(graph);
    const reached = new Uint8Array(graph.size);
    const open: number[] = [];
    for (let node = 0; node < graph.size; node++)
      if (this.rule.to.some(({ set }) => inTargets(set, nodeTarget(graph, node), bindings))) open.push(node);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
        const source = sources[at] ?? 0;
        if (reached[source] === 1 || this.wanted[graph.kinds[edges[at] ?? 0] ?? 0] !== 1) continue;
        reached[source] = 1;
        if (typeOf(graph, source) !== 'file' || !this.leftOut(graph.names.at(source))) open.push(source);
      }
    }
    return reached;
  }
}
