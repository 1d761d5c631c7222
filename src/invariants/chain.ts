import type { RepoPath } from '../model/brand.js';

/** One file of a chain of imports, and the line that leads on; the last has none. */
export interface Hop {
  readonly path: RepoPath;
  readonly line: number | null;
}
