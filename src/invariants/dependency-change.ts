import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencyFile } from '../model/dependency.js';
import type { FileChange } from '../model/tree.js';
import { packageRef } from './dependency-rule.js';

/**
 * What a file of the head was in the base: the file of that path; else one that the change deletes and that says the
 * same sort of thing (moved, or written by another package manager), by the most packages in common.
 * @returns `null`: there was none; `unreadable`: there was one, and it can't be read
 */
export function fileBefore(
  base: DependencyFacts,
  file: DependencyFile,
  changes: readonly FileChange[],
): DependencyFile | 'unreadable' | null {
  const same = base.file(file.path);
  if (same !== null) return same;
  if (base.unreadable.some(({ path }) => path === file.path)) return 'unreadable';
  const names = new Set(file.entries.map(packageRef));
  let best: DependencyFile | null = null;
  let most = 0;
  for (const { path, status } of changes) {
    const gone = status === 'delete' ? base.file(path) : null;
    if (gone === null || gone.role !== file.role || gone.ecosystem !== file.ecosystem) continue;
    const shared = new Set(gone.entries.map(packageRef).filter(name => names.has(name))).size;
    if (shared > most) [best, most] = [gone, shared];
  }
  return best;
}
