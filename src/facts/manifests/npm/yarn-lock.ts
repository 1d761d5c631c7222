import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile } from '../../../model/dependency.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { namedByManifests } from './lock-places.js';
import { parseBerry } from './yarn-berry.js';
import { parseClassic } from './yarn-classic.js';
import { linkYarn } from './yarn-link.js';

/** `yarn.lock`: of Yarn 1, or (with `__metadata`) of Yarn 2 and later. An empty one is valid: it locks nothing. */
export const yarnLock: ManifestFormat = {
  parse,
  link: (file, files) => namedByManifests(linkYarn(file, files), files),
};

const METADATA = /^["']?__metadata["']?:/m;
const CLASSIC = /^# yarn lockfile v(\d+)/m;

function parse(path: RepoPath, text: string): DependencyFile {
  const conflict = conflictLine(text);
  if (conflict !== null)
    throw new ManifestError('a merge has left its conflict markers', conflict, 'Run `yarn install`.');
  if (METADATA.test(text)) return parseBerry(path, text);
  const version = CLASSIC.exec(text.slice(0, 1000))?.[1] ?? '1';
  if (version !== '1')
    throw new ManifestError(
      `yarn lockfile v${version} is not known: v1 is`,
      1,
      'Write the lock file anew with a known Yarn.',
    );
  return parseClassic(path, text);
}
