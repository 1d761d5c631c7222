import type { RepoPath } from '../../model/brand.js';
import type { DependencyFile } from '../../model/dependency.js';

/** One format of manifest or lock file: a file of its own, and its line in formats.ts; its names in names.ts. */
export interface ManifestFormat {
  /**
   * What the file says. A function of path and text alone: what other files decide is left open (`inherits`) for
   * `link`. The text has no byte order mark; line ends are as in the file.
   * @throws ManifestError on whatever the format's own tool refuses, and on conflict markers: never half a file
   */
  parse(path: RepoPath, text: string): DependencyFile;
  /**
   * As `parse`, from what it said of another state of the same file, in less time where little differs.
   * @returns `null`: to be parsed whole. With conflict markers it must be: they are not looked for before
   */
  parseNear?(path: RepoPath, text: string, near: DependencyFile): DependencyFile | null;
  /** Fills in what other files of the same tree decide. @throws ManifestError where they are missing and needed */
  link?(file: DependencyFile, files: DependencyFiles): DependencyFile;
}

/** The other manifests and lock files of the tree, as parsed (not linked). */
export interface DependencyFiles {
  /** `null`: there is none, or it can't be read. */
  file(path: string): DependencyFile | null;
  /** Every manifest and lock file of the tree, by path. */
  all(): Iterable<DependencyFile>;
}

/** A manifest or lock file that can't be read rightly. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  constructor(
    message: string,
    /** 1-based. */
    readonly line: number | null = null,
    readonly remedy: string | null = null,
  ) {
    super(message);
  }
}
