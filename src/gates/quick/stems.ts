import { ANY_NAME, possibleTargets, type ResolverContext } from '../../facts/resolve/index.js';
import type { RepoPath } from '../../model/brand.js';
import { type ImportSite, targetPaths } from '../../model/edges.js';

const EXTENSION = /(?:\.d)?\.(?:[cm]?[jt]sx?|json)$/;

/**
 * The part of a path that all spellings of an import of it share: without the extensions that resolution
 * adds or swaps, and without `/index`. If a file is a candidate of an import, their stems are equal. Finer than
 * the graph's `coarseStemOf`: here two files with one stem mean that the full judge runs.
 */
export function stemOf(path: string): string {
  const imaginary = path.indexOf(ANY_NAME);
  // An imaginary file of a folder that is imported whole.
  if (imaginary >= 0) return path.slice(0, imaginary + ANY_NAME.length);
  const bare = path.replace(EXTENSION, '');
  if (bare === 'index') return '';
  return bare.endsWith('/index') ? bare.slice(0, -'/index'.length) : bare;
}

/** The stem of an import of the folder in which the path lies. */
export function folderStemOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + ANY_NAME;
}

/** The folder of a code file, as the filter of paths holds it: it can be imported whole. `./` is the root. */
export function folderKey(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) || './';
}

/** Adds the stems of every path that these imports could end at. */
export function addStems(
  context: ResolverContext,
  from: RepoPath,
  sites: readonly ImportSite[],
  stems: { add(stem: string): unknown },
): void {
  for (const site of sites) {
    for (const target of possibleTargets(context, from, site)) {
      for (const path of targetPaths(target)) stems.add(stemOf(path));
    }
  }
}
