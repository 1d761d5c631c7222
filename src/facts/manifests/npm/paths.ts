import type { DependencySource } from '../../../model/dependency.js';

/** Folder of a file, from the repository's root: `''` for the root itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** `written` as seen from `folder`, as a path from the repository's root; `null`: it leads out, or starts elsewhere. */
export function within(folder: string, written: string): string | null {
  const path = written.replaceAll('\\', '/');
  if (path.startsWith('/') || path.startsWith('~/') || /^[a-z]:/i.test(path)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** A folder or archive beside the file. `place`: without its protocol; `written`: with it. */
export function pathSource(
  folder: string,
  place: string,
  written: string,
): Extract<DependencySource, { type: 'path' }> {
  // `file:///x` is absolute, `file://./x` and `file:/./x` are relative: so npm reads them.
  const plain = place.replace(/^\/{1,3}(?=\.{1,2}(?:\/|$))/, '');
  return { type: 'path', path: within(folder, plain), written };
}
