import type { Extractor } from '../facts/extraction.js';
import type { Repository } from '../git/repository.js';
import type { IsoDate } from '../model/brand.js';
import type { Store } from '../store/store.js';

export interface Progress {
  /** What is being done: `reading`, `imports`, `judging`. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** What every gate needs from the outside; all effects come in here. */
export interface GateContext {
  readonly repository: Repository;
  readonly store: Store;
  readonly asOf: IsoDate;
  readonly tool: { readonly name: 'lintel'; readonly version: string; readonly digest: string };
  /** The process's environment: `GITHEAD_*` names the merged heads. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  progress?(progress: Progress): void;
  /** Reads the imports of many files on other cores; without one they are read here. */
  readonly extractor?: Extractor | null;
}

/** One line of pre-push's standard input. */
export interface PushLine {
  readonly localRef: string;
  readonly localOid: string;
  readonly remoteRef: string;
  readonly remoteOid: string;
}

export interface PushTarget {
  /** A remote's name, or the URL when pushed by URL. */
  readonly remote: string;
  readonly url: string;
}
