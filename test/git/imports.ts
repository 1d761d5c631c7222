/** What the tests of this folder need of the project, in one place. */
export {
  comparePaths,
  createListing,
  createMemoryRepository,
  decodePath,
  encodePath,
  fileHistory,
  GitError,
  type GitErrorCode,
  gitEnvironment,
  openRepository,
  overlay,
  parseRawDiff,
  type Repository,
} from '../../src/git/index.js';
export { type Oid, oid, repoPath } from '../../src/model/brand.js';
export type { FileChange, TreeEntry } from '../../src/model/tree.js';
