import type { RepoPath } from '../../model/brand.js';
import type { TreeListing } from '../../model/tree.js';
import { languageOf } from '../imports/index.js';
import { assemble } from './assemble.js';
import { Staging } from './staging.js';
import type { GraphSource, TreeGraph, TreeProgress } from './tree-graph.js';

/** Makes the graph of a tree from nothing: reads every code file, a few at a time. */
export async function createTreeGraph(source: GraphSource, progress?: TreeProgress): Promise<TreeGraph> {
  const staging = new Staging(null, source);
  await source.read(codeFiles(source.listing), file => staging.add(file), progress);
  return assemble(staging, { gone: new Uint8Array(0), folderChanged: () => true });
}

/** Files and links whose names say that they hold code, in the order of the listing. */
export function codeFiles(listing: TreeListing): readonly RepoPath[] {
  const paths: RepoPath[] = [];
  for (const { path, mode } of listing.entries())
    if (mode !== '160000' && languageOf(path) !== null) paths.push(path);
  return paths;
}
