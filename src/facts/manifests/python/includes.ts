import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import type { DependencyFiles } from '../format.js';
import { REGISTRY } from './sources.js';

/**
 * Entries for files that are included and that lintel doesn't read, since they are not there or not named as files of
 * requirements are: what they want must not come in unseen.
 */
export function unreadIncludes(file: DependencyFile, files: DependencyFiles): readonly DependencyEntry[] {
  const unread = file.includes.filter(path => path !== file.path && files.file(path) === null);
  return unread.map(path => ({
    id: `?include ${path}`,
    role: 'dependency',
    ecosystem: 'pypi',
    name: `?${path}`,
    version: null,
    range: null,
    scope: 'production',
    direct: true,
    source: REGISTRY,
    integrity: [],
    line: includeLine(file, path),
    inherits: `-r ${path}`,
  }));
}

/** `link` of a format whose includes alone are left open. */
export function withUnreadIncludes(file: DependencyFile, files: DependencyFiles): DependencyFile {
  return { ...file, entries: [...file.entries, ...unreadIncludes(file, files)] };
}

/** `exports` of a file of requirements and of setup.cfg: where it includes which. */
export const INCLUDE_PREFIX = 'include:';

function includeLine(file: DependencyFile, path: string): number {
  return Number(file.exports?.[`${INCLUDE_PREFIX}${path}`] ?? 1);
}
