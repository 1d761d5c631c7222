import type { RepoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { Problem } from '../../model/decision.js';

/** A package.json, as far as resolution needs it. Present for every one in the tree: it bounds a package. */
export interface Manifest {
  readonly folder: string;
  readonly name?: string;
  /** `types`, `typings`, `module`, `main`, `source`: as written, the most wanted first. */
  readonly entries?: readonly string[];
  readonly exports?: Json;
  readonly imports?: Json;
  /** Dependencies that name a folder of the tree: `file:../x`, `link:../x`, `portal:../x`. */
  readonly links?: readonly (readonly [name: string, folder: string])[];
  /** Its own, and those of the manifests above it. */
  readonly renames?: readonly Rename[];
}

/** A dependency that goes by another name than its package's: `"a": "npm:pg@8"`. */
export type Rename = readonly [alias: string, ecosystem: 'npm' | 'jsr' | 'workspace', name: string];

/** Keys of an import map, the longest first, and what they stand for; `null` blocks. */
export type MapEntries = readonly (readonly [key: string, target: string | null])[];

/** `imports` and `scopes` of a Deno configuration, or of the import map that it names. */
export interface ImportMap {
  /** The files below it are meant. */
  readonly folder: string;
  /** What relative targets are relative to. */
  readonly base: string;
  readonly imports: MapEntries;
  /** Paths of files begin so; the longest first. */
  readonly scopes?: readonly (readonly [prefix: string, entries: MapEntries])[];
}

/** tsconfig's `paths`, targets relative to the tree's root. */
export type Aliases = readonly (readonly [pattern: string, targets: readonly string[]])[];

/** A tsconfig.json or jsconfig.json with all that it extends folded in. Paths are relative to the tree's root. */
export interface CompilerConfig {
  readonly path: RepoPath;
  readonly baseUrl?: string;
  /** Index of its aliases in the context: most projects of a repository inherit the same ones. */
  readonly aliases?: number;
  readonly rootDirs?: readonly string[];
  readonly outDirs?: readonly string[];
  readonly rootDir?: string;
  /** `customConditions`. */
  readonly conditions?: readonly string[];
  /** Configurations that it refers to, as indexes; kept only with the patterns that say whose file is whose. */
  readonly references?: readonly number[];
  readonly files?: readonly string[];
  /** Regular-expression sources. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** All that resolution reads besides the names of the files: plain JSON, the same for equal trees. */
export interface ResolverContext {
  readonly format: 'lintel.resolver/3';
  /** Every file that was read, or looked for: when one of these changes, the context may. Sorted. */
  readonly files: readonly RepoPath[];
  /** Configuration that can't be read. */
  readonly problems: readonly Problem[];
  readonly manifests: readonly Manifest[];
  /** Workspace packages. */
  readonly workspaces: readonly (readonly [name: string, folder: string])[];
  readonly aliases: readonly Aliases[];
  readonly configs: readonly CompilerConfig[];
  /** Folder → the configuration that lies in it. */
  readonly governing: readonly (readonly [folder: string, config: number])[];
  /** Dependencies from a registry whose names an alias of some configuration would catch, too. */
  readonly external: readonly string[];
  /** What the other families' resolvers know, by family; only families that the tree has files of. */
  readonly languages: Readonly<Record<string, Json>>;
  readonly importMaps?: readonly ImportMap[];
  readonly roots: readonly string[];
  readonly conditions: readonly string[];
  readonly provides: readonly (readonly [prefix: string, folder: string])[];
}

export const DEFAULT_CONDITIONS: readonly string[] = ['types', 'import', 'require', 'node', 'default'];
