import type { DependencySource } from '../../../model/dependency.js';
import { percentDecoded } from './git-url.js';
import { splitDescriptor } from './lock-entry.js';
import { pathSource, within } from './paths.js';
import { npmSpecifier } from './specifier.js';

const MAX_NESTED = 8;

/**
 * Where a locator of Yarn 2 or later (`name@reference`) comes from. A patched package comes from where the package
 * does.
 * @param folder of the lock file, from the repository's root
 */
export function locatorSource(locator: string, folder: string, depth = 0): DependencySource {
  const { called, range: reference } = splitDescriptor(locator);
  const bound = reference.indexOf('::');
  const plain = bound === -1 ? reference : reference.slice(0, bound);
  const binding = (name: string): string | null =>
    bound === -1 ? null : new URLSearchParams(reference.slice(bound + 2)).get(name);
  const colon = plain.indexOf(':');
  const rest = plain.slice(colon + 1);
  switch (plain.slice(0, colon + 1)) {
    case 'npm:':
      return { type: 'registry', url: binding('__archiveUrl') };
    case 'workspace:':
      return { type: 'workspace', path: within(folder, rest) };
    case 'patch:': {
      const inner = patchedBy(locator);
      if (inner === null || depth >= MAX_NESTED) return { type: 'url', url: reference };
      return locatorSource(inner, folder, depth + 1);
    }
    case 'file:':
    case 'link:':
    case 'portal:':
    case 'exec:': {
      const hash = rest.indexOf('#');
      const base = within(folder, workspaceOf(binding('locator')));
      return pathSource(base ?? folder, hash === -1 ? rest : rest.slice(0, hash), plain);
    }
    default:
      return npmSpecifier(called, plain, { folder, bareNpm: 'tag' }).source;
  }
}

/** `root@workspace:packages/a`: whose manifest says `file:`. */
function workspaceOf(locator: string | null): string {
  const mark = locator?.indexOf('@workspace:') ?? -1;
  return mark === -1 || locator === null ? '' : locator.slice(mark + 11);
}

/** The descriptor or locator that a `patch:` is laid over; `null`: it is none. */
export function patchedBy(descriptor: string): string | null {
  const mark = descriptor.indexOf('@patch:');
  if (mark === -1) return null;
  const hash = descriptor.indexOf('#', mark);
  const inner = percentDecoded(descriptor.slice(mark + 7, hash === -1 ? undefined : hash));
  if (inner.indexOf('@', 1) === -1) return null;
  return inner;
}
