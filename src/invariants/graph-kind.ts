import { type ImportGraph, NODE_TYPES } from '../facts/graph/import-graph.js';
import { type RepoPath, repoPath } from '../model/brand.js';
import type { LeftOut, ScreenedFile } from './kind.js';

const FILE = NODE_TYPES.indexOf('file');

/** A code file and its node. */
export interface FileNode {
  readonly node: number;
  readonly path: RepoPath;
}

/** The code files that a rule is about, by name. */
export function filesOf(
  graph: ImportGraph,
  leftOut: LeftOut,
  isMeant: (path: string) => boolean,
): readonly FileNode[] {
  const files: FileNode[] = [];
  for (let node = 0; node < graph.size; node++) {
    if (graph.types[node] !== FILE) continue;
    const path = graph.names.at(node);
    if (isMeant(path) && !leftOut(path)) files.push({ node, path: repoPath(path) });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** For rules that only a new import can break, wherever it is. */
export function screenAnyEdge(file: ScreenedFile): 'clear' | 'candidate' {
  if (file.status === 'delete') return 'clear';
  if (!file.regular) return 'candidate';
  const edges = file.newEdges();
  return edges === null || edges.length > 0 ? 'candidate' : 'clear';
}
