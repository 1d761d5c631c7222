import { type ImportGraph, reversed, typeOf } from './import-graph.js';

/**
 * The files that import a node, each once: directly, or as a member of a folder that they import. A file that imports
 * itself is not among them.
 * @param follows whether an edge of the graph counts
 */
export function importersOf(
  graph: ImportGraph,
  node: number,
  follows: (edge: number) => boolean,
): ReadonlySet<number> {
  const { starts, sources, edges } = reversed(graph);
  const found = new Set<number>();
  const collect = (of: number): void => {
    for (let at = starts[of] ?? 0; at < (starts[of + 1] ?? 0); at++) {
      const source = sources[at] ?? 0;
      if (!follows(edges[at] ?? 0)) continue;
      if (typeOf(graph, source) === 'folder') collect(source);
      else if (source !== node) found.add(source);
    }
  };
  collect(node);
  return found;
}
