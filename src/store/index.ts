import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest, Oid } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { CompiledPolicy } from '../model/decision.js';
import type { FileImports } from '../model/edges.js';
import type { Verdict } from '../model/verdict.js';
import { appendLog, readLog } from './commit-log.js';
import { listGraphs, readGraph, writeGraph } from './graph-files.js';
import { ImportLog } from './import-log.js';
import { hasReceipt, trimReceipts, writeReceipt } from './receipts.js';
import { readSealed, replaceFile, writeSealed } from './sealed-file.js';
import type { LogEntry, Receipt, ReceiptKey, Store } from './store.js';

export type { Store } from './store.js';

/** Changes whenever the form of a stored file does; older folders are left to `git gc` by hand. */
const STORE_FORMAT = 'v1';
const KEPT_POLICIES = 40;

export function storeDirectory(commonDirectory: string): string {
  return join(commonDirectory, 'lintel', STORE_FORMAT);
}

export interface StoreOptions {
  /** Told once when a cache can't be written (no room, no permission). */
  readonly warn?: (message: string) => void;
}

export function openStore(commonDirectory: string, options: StoreOptions = {}): Store {
  return new FileStore(storeDirectory(commonDirectory), options.warn ?? (() => {}));
}

class FileStore implements Store {
  private readonly logs = new Map<string, ImportLog>();
  private warned = false;

  constructor(
    readonly directory: string,
    private readonly warn: (message: string) => void,
  ) {}

  policy(digest: Digest): CompiledPolicy | null {
    return this.document(`policy/${digest.slice('sha256:'.length)}`) as CompiledPolicy | null;
  }

  savePolicy(policy: CompiledPolicy): void {
    this.saveDocument(`policy/${policy.digest.slice('sha256:'.length)}`, policy as unknown as Json);
    this.trim('policy', KEPT_POLICIES);
  }

  imports(blob: Oid, language: string): FileImports | null {
    return this.importLog(language).get(blob);
  }

  saveImports(blob: Oid, language: string, imports: FileImports): void {
    this.importLog(language).add(blob, imports);
  }

  graph(tree: Oid, variant: string): Buffer | null {
    return readGraph(this.directory, tree, variant);
  }

  saveGraph(tree: Oid, variant: string, bytes: Buffer): void {
    this.attempt(() => writeGraph(this.directory, tree, variant, bytes));
  }

  graphs(variant: string): readonly Oid[] {
    return listGraphs(this.directory, variant);
  }

  async flush(): Promise<void> {
    for (const log of this.logs.values()) await log.flush().catch(error => this.warnOnce(error));
  }

  saveReceipt(receipt: Receipt): void {
    this.attempt(() => writeReceipt(this.directory, receipt));
  }

  hasReceipt(key: ReceiptKey): boolean {
    return hasReceipt(this.directory, key);
  }

  trimReceipts(now: number): void {
    this.attempt(() => trimReceipts(this.directory, now));
  }

  appendLog(entry: LogEntry): void {
    this.attempt(() => appendLog(this.directory, entry));
  }

  log(): readonly LogEntry[] {
    return readLog(this.directory);
  }

  saveLastVerdicts(verdicts: readonly Verdict[]): void {
    this.saveDocument('last-verdicts', verdicts as unknown as Json);
  }

  lastVerdicts(): readonly Verdict[] {
    const stored = this.document('last-verdicts');
    return Array.isArray(stored) ? (stored as unknown as readonly Verdict[]) : [];
  }

  document(name: string): Json | null {
    const body = readSealed(join(this.directory, `${name}.json`));
    return body === null ? null : (JSON.parse(body) as Json);
  }

  saveDocument(name: string, content: Json): void {
    this.attempt(() => writeSealed(join(this.directory, `${name}.json`), JSON.stringify(content)));
  }

  private importLog(language: string): ImportLog {
    let log = this.logs.get(language);
    if (log === undefined) {
      log = new ImportLog(join(this.directory, 'sites', language));
      this.logs.set(language, log);
    }
    return log;
  }

  /** A cache that can't be written costs time, never a verdict. */
  attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.warnOnce(error);
    }
  }

  private warnOnce(error: unknown): void {
    if (this.warned) return;
    this.warned = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.warn(`can't keep its cache in ${this.directory} (${reason}); lintel works without it, more slowly`);
  }

  private trim(folder: string, keep: number): void {
    this.attempt(() => {
      const path = join(this.directory, folder);
      const names = readdirSync(path);
      if (names.length <= keep) return;
      const aged = names
        .map(name => ({ name, time: timeOf(join(path, name)) }))
        .sort((a, b) => b.time - a.time);
      for (const { name } of aged.slice(keep)) rmSync(join(path, name), { force: true });
    });
  }
}

/** Another process may have removed the file since it was listed. */
function timeOf(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

export { replaceFile };
