/** To a worker: files, their bytes end to end. */
export interface Work {
  readonly paths: readonly string[];
  /** Where each file ends. */
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
}

/** From a worker: JSON of the facts of each file. One text is quicker to send than thousands of objects. */
export interface Done {
  readonly facts: string;
}
