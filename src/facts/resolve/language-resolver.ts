import type { RepoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { ResolveSettings } from '../../model/decision.js';
import type { ImportSite, Target } from '../../model/edges.js';
import type { TreeListing } from '../../model/tree.js';

/**
 * Asked about each place where an import may end, the most wanted first. True ends the search. A path that ends in
 * a slash asks: does this folder directly hold a file of the family that can be imported?
 */
export type Probe = (path: string) => boolean;

/**
 * Where an import ends when no probe was answered with true. It never depends on the tree's files, only on the
 * context: that is what lets the commit gate know every possible end without a listing.
 */
export type Terminal =
  | Exclude<Target, { type: 'unresolved' | 'file' | 'asset' | 'folder' }>
  /** Should lie in this repository and does not. Its candidates are the places that were asked about. */
  | { readonly type: 'unresolved' }
  /** Known from the context alone: a C# namespace spread over several folders. Without trailing slashes. */
  | { readonly type: 'folders'; readonly paths: readonly string[] }
  /** No import after all: a Ruby constant that no autoload root holds. */
  | { readonly type: 'nothing' };

export interface ContextSources {
  readonly listing: TreeListing;
  readonly settings: ResolveSettings;
  /** A configuration file of the tree. `null`: it can't be read, which has become a problem. */
  text(path: RepoPath): Promise<string | null>;
  /** Something in a file that can be read, but not understood. @param near text beside which it stands */
  mistake(path: RepoPath, message: string, near: string): void;
  /** What each file of the family declares. For families that need it: every one of their files is read. */
  declarations(): Promise<ReadonlyMap<RepoPath, readonly string[]>>;
}

/** How the imports of one family of languages are resolved: a file of its own and a line in registry.ts. */
export interface LanguageResolver {
  readonly family: string;
  /** By its name alone: may adding, deleting or editing this file alter the context? */
  isConfig(path: string): boolean;
  /** May adding or deleting this file, not editing it, alter the context? (Python's `__init__.py`.) */
  isLandmark?(path: string): boolean;
  /** Does the context depend on what source files declare? */
  readonly usesDeclarations?: boolean;
  /** May a file be imported as part of its folder? (Not Go's tests.) Absent: every file of the family. */
  isMember?(path: string): boolean;
  /** Plain JSON, equal for equal trees, and small: the commit gate parses it. */
  readContext(sources: ContextSources): Promise<Json>;
  /**
   * Goes through every place where the import may end.
   * @returns `null` as soon as a probe answers true, else where the import ends
   */
  walk(context: Json, from: RepoPath, site: ImportSite, probe: Probe): Terminal | null;
}
