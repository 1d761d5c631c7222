import type { DependencyEntry, DependencyFile, PackageEcosystem } from '../../model/dependency.js';
import type { FactError } from '../tree-facts.js';

/** What the manifests and lock files of one tree say together. */
export interface DependencyFacts {
  /** By path. Those that can't be read are in `unreadable` instead. */
  readonly files: readonly DependencyFile[];
  readonly unreadable: readonly FactError[];
  file(path: string): DependencyFile | null;
  /**
   * Lock files that settle what the manifest wants: those that name its folder as a project, else the nearest ones of
   * its ecosystem, in its folder or above.
   */
  locksOf(manifest: DependencyFile): readonly DependencyFile[];
  /** Manifests of the projects that the lock file settles. */
  manifestsOf(lock: DependencyFile): readonly DependencyFile[];
  /** The shortest way from a project to an entry: the entries on it, the one that is wanted directly first. */
  chain(lock: DependencyFile, id: string): Chain | null;
  /** Entries that the projects of these folders bring in. */
  reachable(lock: DependencyFile, folders: ReadonlySet<string>): ReadonlySet<string>;
  /** `null`: that can't be told of this version or range. */
  satisfies(ecosystem: PackageEcosystem, version: string, range: string): boolean | null;
  /** Is there a version that both admit? `null`: that can't be told. */
  intersects(ecosystem: PackageEcosystem, one: string, other: string): boolean | null;
  /** Do the terms of the licence allow it under these? `null`: it is no SPDX expression. */
  licensed(expression: string, allowed: readonly string[]): boolean | null;
  /** SPDX identifiers that an expression holds; `null`: it is no SPDX expression. */
  licenseIds(expression: string): readonly string[] | null;
  /** The Package URL; `null`: a name that none can have. */
  purl(entry: DependencyEntry): string | null;
}

export interface Chain {
  /** Folder of the project, relative to the repository; `''`: its root. */
  readonly root: string;
  readonly entries: readonly DependencyEntry[];
}
