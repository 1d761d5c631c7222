/** How the imports that lintel finds in a repository compare with those of an independent reader. */
export interface OracleResult {
  readonly files: number;
  /** Imports that the oracle found in the files that both could read. */
  readonly imports: number;
  readonly missed: readonly string[];
  readonly extra: readonly string[];
  /** Found by both at one place, but of another kind or with other names. */
  readonly differing: readonly string[];
  /** Files that one of the two could not read, and why. */
  readonly unread: readonly string[];
  /** Seconds that lintel's extraction took. */
  readonly seconds: number;
}
