import { below, folderOf } from '../paths.js';
import type { CContext } from './context.js';

const known = new WeakMap<CContext, Map<string, readonly string[]>>();

function shared(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

/**
 * Folders in which a header may be looked for, from a folder's files: those that a configuration names; each folder
 * above with its `include` and `src`, the nearest first; then every folder called `include`, the nearest first.
 */
export function rootsFor(context: CContext, folder: string): readonly string[] {
  const folders = known.get(context) ?? new Map<string, readonly string[]>();
  known.set(context, folders);
  let roots = folders.get(folder);
  if (roots === undefined) {
    roots = [...new Set([...context.roots, ...above(folder), ...nearest(context.includes, folder)])];
    folders.set(folder, roots);
  }
  return roots;
}

function above(folder: string): readonly string[] {
  const roots: string[] = [];
  for (let at = folder; ; at = folderOf(at)) {
    roots.push(below(at, 'include'), below(at, 'src'), at);
    if (at === '') return roots;
  }
}

function nearest(includes: readonly string[], folder: string): readonly string[] {
  const own = folder.split('/');
  return includes
    .map(path => ({ path, near: shared(own, path.split('/')), depth: path.split('/').length }))
    .sort(
      (one, other) => other.near - one.near || one.depth - other.depth || (one.path < other.path ? -1 : 1),
    )
    .map(({ path }) => path);
}
