import type { DependencySource } from '../../../model/dependency.js';
import { isArchiveOf } from './requirement-target.js';
import { fileNameOf } from './sources.js';

/**
 * The source of a package that a lock file says is from an index, and that has archives at addresses of their own.
 * The one address that is told is the one that stands out: an archive that is named as another package's, else one
 * that is neither on the index's host nor on the one that serves its files, else the index.
 */
export function indexSource(
  index: string | null,
  archives: readonly string[],
  name: string,
): DependencySource {
  // Nearly all of a lock file's archives are named so; the rest is looked at closely.
  const usual = [`${name}-`, `${name.replaceAll('-', '_')}-`];
  const other = archives.find(url => !isUsual(url, usual) && !isArchiveOf(fileNameOf(url), name));
  if (other !== undefined) return { type: 'registry', url: other };
  const hosts = new Set([hostOf(index ?? 'https://pypi.org')]);
  if (hosts.has('pypi.org')) hosts.add('files.pythonhosted.org');
  const foreign = archives.find(url => url.includes('://') && !hosts.has(hostOf(url)));
  return { type: 'registry', url: foreign ?? index };
}

/** Is a version what follows the name? */
function isUsual(url: string, starts: readonly string[]): boolean {
  const file = url.lastIndexOf('/') + 1;
  return starts.some(start => {
    const next = url.charCodeAt(file + start.length);
    return next >= 0x30 && next <= 0x39 && url.startsWith(start, file);
  });
}

const PLAIN = /^https:\/\/([a-z0-9.-]+)\//;

function hostOf(url: string): string {
  const plain = PLAIN.exec(url)?.[1];
  if (plain !== undefined) return plain;
  try {
    return new URL(url).host;
  } catch {
    // A path, as of a folder with archives: none.
    return '';
  }
}
