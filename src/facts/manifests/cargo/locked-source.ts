import type { DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';

/** `registry+https://…`, `sparse+https://…`, `git+https://…?branch=x#commit`; none: of the repository itself. */
export function lockedSource(written: string | null, line: number): DependencySource {
  if (written === null) return { type: 'workspace', path: null };
  const plus = written.indexOf('+');
  const kind = written.slice(0, Math.max(0, plus));
  const place = written.slice(plus + 1);
  switch (kind) {
    case 'registry':
    case 'sparse':
    case 'local-registry':
    case 'directory':
      return { type: 'registry', url: place };
    case 'git': {
      const hash = place.indexOf('#');
      const asked = hash === -1 ? place : place.slice(0, hash);
      const query = asked.indexOf('?');
      return {
        type: 'git',
        url: query === -1 ? asked : asked.slice(0, query),
        revision: hash === -1 ? null : place.slice(hash + 1),
      };
    }
    case 'path':
      return { type: 'workspace', path: null };
    default:
      throw new ManifestError(
        `a source of no known kind: ${written.slice(0, 80)}`,
        line,
        'let Cargo write the lock file: cargo generate-lockfile',
      );
  }
}
