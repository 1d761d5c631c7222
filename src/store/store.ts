import type { Digest, Oid, RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { CompiledPolicy } from '../model/decision.js';
import type { FileImports } from '../model/edges.js';
import type { Verdict } from '../model/verdict.js';

/**
 * What lintel keeps under `<git-common-dir>/lintel/`. Caches are rebuilt when damaged and never trusted
 * for a verdict; a cache that can't be written is reported once through `warn` and otherwise ignored.
 */
export interface Store {
  readonly directory: string;
  policy(digest: Digest): CompiledPolicy | null;
  savePolicy(policy: CompiledPolicy): void;
  /** Imports of a blob, by its id and the language that read it. */
  imports(blob: Oid, language: string): FileImports | null;
  saveImports(blob: Oid, language: string, imports: FileImports): void;
  /** The encoded graph of a tree. @param variant all else that it depends on. May be damaged: its decoder tells. */
  graph(tree: Oid, variant: string): Buffer | null;
  saveGraph(tree: Oid, variant: string, bytes: Buffer): void;
  /** Trees whose graph is there, the one used last first. */
  graphs(variant: string): readonly Oid[];
  /** Writes what was collected so far; waited for at the end. */
  flush(): Promise<void>;
  saveReceipt(receipt: Receipt): void;
  /** Is there a receipt for this change? */
  hasReceipt(key: ReceiptKey): boolean;
  /** Drops old receipts; off the gate's path. `now` in milliseconds since the epoch. */
  trimReceipts(now: number): void;
  appendLog(entry: LogEntry): void;
  log(): readonly LogEntry[];
  saveLastVerdicts(verdicts: readonly Verdict[]): void;
  lastVerdicts(): readonly Verdict[];
  /** Small documents by name, for parts that keep their own (resolver context). `null`: absent or damaged. */
  document(name: string): Json | null;
  saveDocument(name: string, content: Json): void;
  /** Runs a write of some other cache by the same rule: what can't be written is warned of, once, and no error. */
  attempt(write: () => void): void;
}

export interface ReceiptKey {
  /** Trees of the bases. */
  readonly bases: readonly Oid[];
  /** Canonical text of the raw diff: see change/raw-diff.ts. */
  readonly rawDiff: string;
}

export interface Receipt extends ReceiptKey {
  readonly policies: readonly (Digest | null)[];
  readonly waivers: readonly string[];
  readonly tool: string;
  readonly asOf: string;
  readonly result: 'admitted' | 'warned';
}

export interface LogEntry {
  readonly commit: Oid;
  readonly state: 'judged' | 'unjudged';
  /** ISO time at which post-commit recorded it. */
  readonly at: string;
  readonly branch: string | null;
  readonly subject: string;
  readonly waivers?: readonly string[];
  readonly paths?: readonly RepoPath[];
}
