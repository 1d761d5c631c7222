/** The only door to git: what other folders may import. */
import type { Environment } from './environment.js';
import { openPlumbing } from './plumbing/repository.js';
import { GitError, type Repository } from './repository.js';

export { type Environment, gitEnvironment } from './environment.js';
export { type FileVersion, fileHistory } from './history.js';
export { createListing, overlay } from './listing.js';
export {
  createMemoryRepository,
  type MemoryCommit,
  type MemoryContent,
  type MemoryFiles,
  type MemoryOptions,
  type MemoryRepository,
} from './memory.js';
export { comparePaths, decodePath, encodePath } from './path-bytes.js';
export { parseRawDiff } from './plumbing/raw-diff.js';
export * from './repository.js';

export interface OpenOptions {
  /** Any folder of the repository, or its git directory. */
  readonly cwd: string;
  /** The process's environment. `LINTEL_GIT` names another git binary. */
  readonly environment: Environment;
  /** `auto` (the default): git where its binary is found, else the embedded backend. */
  readonly backend?: 'auto' | 'git' | 'embedded';
}

/** @throws GitError `not-a-repository`, `git-missing`, `git-too-old`, `unsupported` */
export async function openRepository(options: OpenOptions): Promise<Repository> {
  const { cwd, environment, backend = 'auto' } = options;
  switch (backend) {
    case 'git':
      return openPlumbing(cwd, environment);
    case 'embedded':
      return openEmbeddedLazily(cwd, environment);
    case 'auto':
      try {
        return await openPlumbing(cwd, environment);
      } catch (error) {
        // A binary that was named and is not there is a mistake to hear of, not a reason to go on without.
        const isMissing = error instanceof GitError && error.code === 'git-missing';
        if (!isMissing || environment['LINTEL_GIT']) throw error;
        return openEmbeddedLazily(cwd, environment);
      }
  }
}

/** isomorphic-git takes 30 to 150 ms to load. */
async function openEmbeddedLazily(cwd: string, environment: Environment): Promise<Repository> {
  const { openEmbedded } = await import('./embedded/open.js');
  return openEmbedded({ cwd, environment });
}
