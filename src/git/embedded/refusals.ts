import type { Environment } from '../environment.js';
import { GitError } from '../repository.js';
import type { Setting } from './config-file.js';
import { type FileSystem, namesIn, readTextIfThere, statIfThere } from './file-system.js';

/** A refusal is loud: the embedded backend is silently wrong on what it was not made for. */
export function unsupported(feature: string, otherwise?: string): GitError {
  return new GitError(
    'unsupported',
    `without a git binary lintel can't read ${feature}`,
    `Install git (or name its binary in LINTEL_GIT)${otherwise === undefined ? '.' : `; or: ${otherwise}`}`,
  );
}

/** Extensions that change nothing for a reader of objects, refs and the index. */
const HARMLESS_EXTENSIONS = new Set(['noop', 'noop-v1', 'preciousobjects', 'worktreeconfig']);

/**
 * Refuses a repository whose format isomorphic-git would misread or misses parts of.
 * @param local the settings of the repository's own config file
 */
export async function refuseUnreadable(
  fs: FileSystem,
  gitDirectory: string,
  local: readonly Setting[],
  environment: Environment,
): Promise<void> {
  const at = (name: string): string => `${gitDirectory}/${name}`;
  refuseFormat(local);
  if (environment['GIT_COMMON_DIR'] || (await statIfThere(fs, at('commondir'))) !== null)
    throw unsupported('a linked worktree', 'commit in the main worktree');
  if (environment['GIT_QUARANTINE_PATH'])
    throw unsupported('objects in quarantine (a push that is being received)');
  if (environment['GIT_OBJECT_DIRECTORY'] || environment['GIT_ALTERNATE_OBJECT_DIRECTORIES'])
    throw unsupported('another object directory (GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES)');
  const alternates = (await readTextIfThere(fs, at('objects/info/alternates'))) ?? '';
  if (alternates.split('\n').some(line => line.trim() !== '' && !line.startsWith('#')))
    throw unsupported(
      'objects of another repository (objects/info/alternates)',
      'git repack -ad && rm .git/objects/info/alternates',
    );
  if ((await namesIn(fs, at('objects/pack'))).some(name => name.endsWith('.promisor'))) throw partialClone();
  if ((await statIfThere(fs, at('info/grafts'))) !== null) throw unsupported('grafts (info/grafts)');
  await refuseReplaceRefs(fs, gitDirectory);
}

function refuseFormat(local: readonly Setting[]): void {
  for (const [key, value] of local) {
    if (key === 'core.repositoryformatversion' && value !== '0' && value !== '1')
      throw unsupported(`repository format version ${value}`);
    if (/^remote\..*\.(?:promisor|partialclonefilter)$/.test(key)) throw partialClone();
    if (!key.startsWith('extensions.')) continue;
    const name = key.slice('extensions.'.length);
    if (name === 'objectformat' && value.toLowerCase() === 'sha1') continue;
    if (name === 'objectformat') throw unsupported(`the object format ${value}`);
    if (name === 'refstorage' && value.toLowerCase() === 'files') continue;
    if (name === 'refstorage') throw unsupported(`the ref storage ${value}`);
    if (name === 'partialclone') throw partialClone();
    if (!HARMLESS_EXTENSIONS.has(name)) throw unsupported(`the repository extension ${key}`);
  }
}

function partialClone(): GitError {
  return unsupported('a partial clone', 'clone without --filter');
}

/** The judge reads objects as they are, never their replacements; what other tools show here is something else. */
async function refuseReplaceRefs(fs: FileSystem, gitDirectory: string): Promise<void> {
  const loose = await namesIn(fs, `${gitDirectory}/refs/replace`);
  const packed = (await readTextIfThere(fs, `${gitDirectory}/packed-refs`)) ?? '';
  if (loose.length > 0 || packed.includes(' refs/replace/'))
    throw unsupported('replaced objects (refs/replace)');
}
