import type { Digest, Oid } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { CompiledPolicy } from '../model/decision.js';
import type { FileImports } from '../model/edges.js';
import type { Verdict } from '../model/verdict.js';
import type { LogEntry, Receipt, ReceiptKey, Store } from './store.js';

/** The store of a repository that is held in memory: kept as long as the program, never written to the disk. */
export function createMemoryStore(): Store {
  const policies = new Map<Digest, CompiledPolicy>();
  const imports = new Map<string, FileImports>();
  const graphs = new Map<string, { readonly tree: Oid; readonly variant: string; readonly bytes: Buffer }>();
  const receipts = new Set<string>();
  const documents = new Map<string, Json>();
  const entries: LogEntry[] = [];
  let last: readonly Verdict[] = [];
  const importName = (blob: Oid, language: string): string => `${language}\0${blob}`;
  const receiptName = ({ bases, rawDiff }: ReceiptKey): string => `${bases.join(' ')}\n${rawDiff}`;
  return {
    // No file: nothing is ever read from it or written to it.
    directory: '',
    policy: digest => policies.get(digest) ?? null,
    savePolicy: policy => void policies.set(policy.digest, policy),
    imports: (blob, language) => imports.get(importName(blob, language)) ?? null,
    saveImports: (blob, language, sites) => void imports.set(importName(blob, language), sites),
    graph: (tree, variant) => graphs.get(`${tree} ${variant}`)?.bytes ?? null,
    saveGraph: (tree, variant, bytes) => void graphs.set(`${tree} ${variant}`, { tree, variant, bytes }),
    graphs: variant =>
      [...graphs.values()].flatMap(one => (one.variant === variant ? [one.tree] : [])).reverse(),
    async flush() {},
    saveReceipt: (receipt: Receipt) => void receipts.add(receiptName(receipt)),
    hasReceipt: key => receipts.has(receiptName(key)),
    trimReceipts() {},
    appendLog: entry => void entries.push(entry),
    log: () => entries,
    saveLastVerdicts(verdicts) {
      last = verdicts;
    },
    lastVerdicts: () => last,
    document: name => documents.get(name) ?? null,
    saveDocument: (name, content) => void documents.set(name, content),
    // Caches of other parts lie on the disk.
    attempt() {},
  };
}
