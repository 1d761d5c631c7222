import type { RepoPath } from '../model/brand.js';
import type { Edge } from '../model/edges.js';
import type { TreeListing } from '../model/tree.js';
import type { CodeFacts, CodeQuery } from './code/query.js';
import type { ImportGraph } from './graph/import-graph.js';
import type { DependencyFacts } from './manifests/dependency-facts.js';

/** A fact that can't be had. Where a rule governs the file it blocks, unless the same blob stands in a base. */
export interface FactError {
  readonly code:
    | 'unparsable'
    | 'oversized'
    | 'binary'
    | 'symlink-outside'
    | 'symlink-dangling'
    | 'missing-object'
    | 'lfs-pointer'
    | 'engine-missing'
    | 'rule-invalid';
  readonly path: RepoPath;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly remedy: string | null;
}

export type Fact<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: FactError };

/** The text of a file. */
export interface SourceText {
  /** Decoded as UTF-8 (a BOM is dropped; bytes that are not UTF-8 become U+FFFD and `lossy` is set). */
  readonly text: string;
  readonly lossy: boolean;
  readonly bytes: number;
}

/**
 * What is true of one tree. Synchronous: everything that the rules will ask was prepared beforehand
 * (`Kind.reads` and `Kind.governs` say what). Asking for what was not prepared throws.
 */
export interface TreeFacts {
  readonly tree: TreeListing;
  /** `null`: no such file, a gitlink. */
  text(path: RepoPath): Fact<SourceText> | null;
  /** Bytes of the blob; `null`: no such file, a gitlink. */
  size(path: RepoPath): Fact<number> | null;
  /** The resolved imports of a code file, in source order; `null`: not a language that lintel reads imports of. */
  imports(path: RepoPath): Fact<readonly Edge[]> | null;
  /** What a rule looks for in the syntax of a file; `null`: no such file, a gitlink. */
  code(path: RepoPath, query: CodeQuery): Fact<CodeFacts> | null;
  /** The imports of the whole tree, where a rule reads them (`reads: 'graph'`). */
  graph(): ImportGraph;
  /** What the manifests and lock files of the tree say, where a rule reads them. */
  dependencies(): DependencyFacts;
}
