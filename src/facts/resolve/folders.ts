import { type RepoPath, repoPath } from '../../model/brand.js';
import type { Target } from '../../model/edges.js';
import type { TreeListing } from '../../model/tree.js';
import { extensionsOf, languageOf } from '../imports/index.js';
import { resolverOf } from './registry.js';

/** Stands for any name in the imaginary files by which rules see a folder: no file of a repository is called so. */
export const ANY_NAME = '\u{10FFFD}';

/** A place that ends in a slash is a folder, to be imported whole; `/` alone is the tree's root. */
export function isFolderProbe(place: string): boolean {
  return place.endsWith('/');
}

/** Its path, without the slash; `''`: the root. */
export function folderOfProbe(place: string): string {
  return place.slice(0, -1);
}

export function memberNames(family: string, folder: string): readonly RepoPath[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  return extensionsOf(family).map(extension => repoPath(`${prefix}${ANY_NAME}.${extension}`));
}

/** @param folder without a slash at its end; `''` is the root, named `.` */
export function folderTarget(family: string, folder: string): Target {
  return { type: 'folder', path: repoPath(folder === '' ? '.' : folder), names: memberNames(family, folder) };
}

/** Files that a folder target stands for. */
export function membersOf(listing: TreeListing, family: string, folder: string): readonly RepoPath[] {
  const isMember = resolverOf(family)?.isMember;
  const prefix = folder === '' || folder === '.' ? '' : `${folder}/`;
  return listing
    .children(prefix.slice(0, -1))
    .map(name => `${prefix}${name}`)
    .filter(
      path => languageOf(path)?.family === family && isMember?.(path) !== false && isLeaf(listing, path),
    )
    .map(repoPath);
}

export function hasMember(listing: TreeListing, family: string, folder: string): boolean {
  return listing.hasFolder(folder) && membersOf(listing, family, folder).length > 0;
}

function isLeaf(listing: TreeListing, path: string): boolean {
  const mode = listing.entry(repoPath(path))?.mode;
  return mode !== undefined && mode !== '160000';
}
