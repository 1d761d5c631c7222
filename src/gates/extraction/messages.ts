/** To a worker: files of the repository that it stands in. */
export interface Work {
  /** Comes back with the answer. */
  readonly number: number;
  readonly paths: readonly string[];
  /** The blob of each. */
  readonly oids: readonly string[];
  /** Bytes: a longer file is an error. */
  readonly fileBytes: number;
}

/** From a worker. */
export interface Done {
  readonly number: number;
  /** JSON of the facts of each file: one text is quicker to send than thousands of objects. `null`: git failed. */
  readonly facts: string | null;
}
