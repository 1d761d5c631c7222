import type { FileImports, ImportSite } from '../../model/edges.js';

/** What one file imports, in source order; or why that can't be said. Never a guess. */
export type Extraction =
  | ({ readonly ok: true } & FileImports)
  | {
      readonly ok: false;
      readonly message: string;
      readonly line: number | null;
      readonly column: number | null;
    };

/** One language whose imports lintel reads: a file of its own and a line in registry.ts. */
export interface ImportLanguage {
  /** With the extractor's version: part of the cache key of what it found. */
  readonly name: string;
  /** Languages of one family import one another and are resolved by one resolver. */
  readonly family: string;
  /** Lower case, without the dot. */
  readonly extensions: readonly string[];
  /** Whole names of files without a telling extension (`Rakefile`). */
  readonly fileNames?: readonly string[];
  /** @param text decoded; a byte order mark may still stand at its start */
  extract(path: string, text: string): Extraction;
  /**
   * The same answer as `extract`, for most files, without loading anything; `null` when it can't be proved.
   * The commit gate asks this first.
   */
  quick?(path: string, text: string): readonly ImportSite[] | null;
}
