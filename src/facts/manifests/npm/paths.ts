import type { DependencySource } from '../../../model/dependency.js';
import { join } from '../../resolve/paths.js';

/** `written` as seen from `folder`, as a path from the repository's root; `null`: it leads out, or starts elsewhere. */
export function within(folder: string, written: string): string | null {
  const path = written.replaceAll('\\', '/');
  if (path.startsWith('/') || path.startsWith('~/') || /^[a-z]:/i.test(path)) return null;
  return join(folder, path);
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
