import type { RepoPath } from './brand.js';

/** Where packages come from: each has its names, its versions and its ranges. */
export const PACKAGE_ECOSYSTEMS = [
  'npm',
  'pypi',
  'go',
  'cargo',
  'maven',
  'nuget',
  'composer',
  'gem',
  'gha',
  'docker',
] as const;
export type PackageEcosystem = (typeof PACKAGE_ECOSYSTEMS)[number];

export const DEPENDENCY_SCOPES = ['production', 'development', 'optional', 'peer', 'build'] as const;
export type DependencyScope = (typeof DEPENDENCY_SCOPES)[number];

/**
 * Where an entry says that its package comes from.
 * - `registry`: the ecosystem's way, by name. `url`: what a lock file says (the tarball, or the index), else `null`.
 * - `git`: a repository; `revision`: what is asked for or locked (commit, tag, branch).
 * - `url`: an archive at an address that is no registry's by name.
 * - `path`: a folder or archive beside the file (`file:`, `link:`, `path =`, `replace => ../x`), as a path from the
 *   repository's root; `null`: it leads out of the repository.
 * - `workspace`: a package of the same repository, named by the package manager as such.
 */
export type DependencySource =
  | { readonly type: 'registry'; readonly url: string | null }
  | { readonly type: 'git'; readonly url: string; readonly revision: string | null }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'path'; readonly path: string | null; readonly written: string }
  | { readonly type: 'workspace'; readonly path: string | null };

/**
 * What an entry is for.
 * - `dependency`: the package is wanted (manifest), or there (lock, vendored tree).
 * - `redirect`: one name is answered by another package, version or place: `overrides`, `resolutions`, `replace`,
 *   `[patch]`, `[source]`. `alias` is the name (or path of names) that is answered.
 * - `definition`: a version kept for others to use: catalogs, dependencyManagement, constraints, workspace
 *   dependencies. Wants nothing by itself.
 */
export type EntryRole = 'dependency' | 'redirect' | 'definition';

/** One entry of a manifest or of a lock file. Plain data: facts are kept as JSON by blob id. */
export interface DependencyEntry {
  /** Tells it from the others of its file: what `requires` and `roots` name. */
  readonly id: string;
  readonly role: EntryRole;
  readonly ecosystem: PackageEcosystem;
  /** Canonical (`canonicalPackage`): of the package that really comes, whatever it is called here. */
  readonly name: string;
  /** What it is called here, where that is another name: an npm alias, Cargo's rename, the left side of a redirect. */
  readonly alias?: string;
  /** The exact version, where the file settles one. */
  readonly version: string | null;
  /** As written; `null`: none is. */
  readonly range: string | null;
  readonly scope: DependencyScope;
  /** In a lock file: wanted by one of its projects itself? `null`: the format doesn't tell. Manifests: true. */
  readonly direct: boolean | null;
  readonly source: DependencySource;
  /** As written, `algorithm-digest` or what the format has. Empty: none. */
  readonly integrity: readonly string[];
  /** As written: an SPDX expression, mostly. */
  readonly license?: string;
  /** Runs a program of its own when it is installed, as far as the file says. */
  readonly installScript?: true;
  /** It comes inside another package's archive. */
  readonly bundled?: true;
  /** 1-based, of where it is declared. */
  readonly line: number;
  /** In a lock file: ids of the entries that it requires. */
  readonly requires?: readonly string[];
  /** For `link`: what the range says instead of a version (`workspace: true`, `catalog:`, `${property}`, parent). */
  readonly inherits?: string;
}

/** - `manifest`: what people write. - `lock`: what a tool settled. - `vendored`: what lies in the tree itself. */
export type DependencyFileRole = 'manifest' | 'lock' | 'vendored';

/** What one file says, by itself: a function of its path and its bytes. */
export interface DependencyFile {
  readonly path: RepoPath;
  readonly format: string;
  readonly ecosystem: PackageEcosystem;
  readonly role: DependencyFileRole;
  /** The package or project that the file describes. */
  readonly project: {
    readonly name: string | null;
    readonly version: string | null;
    readonly license: string | null;
  };
  readonly entries: readonly DependencyEntry[];
  /**
   * Lock files: what each project that is locked here wants: folder of the project, relative to the repository
   * (`''`: its root) → ids of entries. Empty where the format doesn't tell.
   */
  readonly roots: Readonly<Record<string, readonly string[]>>;
  /** Other files that belong to it, as paths from the repository's root: `-r other.txt`, a parent, a workspace's root. */
  readonly includes: readonly string[];
  /** Folders whose manifests are members of this one's workspace, as globs from the repository's root. */
  readonly members?: readonly string[];
  /** Scripts that the package manager runs on installing this very project (npm: `preinstall`, `postinstall` …). */
  readonly installScripts?: readonly {
    readonly name: string;
    readonly text: string;
    readonly line: number;
  }[];
  /** For `link`: properties, versions, whatever the format hands on to others. */
  readonly exports?: Readonly<Record<string, string>>;
}

/** The name by which rules, keys and Package URLs call a package. Does not check that it is a valid one. */
export function canonicalPackage(ecosystem: PackageEcosystem, name: string): string {
  switch (ecosystem) {
    case 'pypi':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'cargo':
      return name.replaceAll('_', '-');
    case 'nuget':
    case 'composer':
    case 'gha':
      return name.toLowerCase();
    case 'docker':
      return canonicalImage(name);
    default:
      return name;
  }
}

/** `docker.io/library/node` → `node`; other registries keep their host. */
function canonicalImage(name: string): string {
  return name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
}
