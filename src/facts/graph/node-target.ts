import { repoPath } from '../../model/brand.js';
import type { Target } from '../../model/edges.js';
import { type ImportGraph, typeOf } from './import-graph.js';

/** A node as the rules see what an import ends at. */
export function nodeTarget(graph: ImportGraph, node: number): Target {
  const name = graph.names.at(node);
  const type = typeOf(graph, node);
  switch (type) {
    case 'file':
    case 'asset':
      return { type, path: repoPath(name) };
    case 'folder':
      return { type, path: repoPath(name.slice(0, -1)), names: graph.paths(node).map(repoPath) };
    case 'package':
    case 'builtin': {
      const colon = name.indexOf(':');
      const named = { ecosystem: name.slice(0, colon), name: name.slice(colon + 1) };
      return type === 'builtin' ? { type, ...named } : { type, ...named, aliases: graph.aliases(node) };
    }
    case 'missing':
      return { type: 'unresolved', specifier: name, candidates: graph.paths(node).map(repoPath) };
  }
}
