import type { FileImports } from '../model/edges.js';
import type { BlobReader } from './content.js';
import { type CodeBlob, type Extractor, importsIn, provedImportsIn, readImports } from './extraction.js';
import type { Fact } from './tree-facts.js';

/** A file whose imports are in no cache. */
export interface Unread extends CodeBlob {
  readonly cacheName: string;
}

interface Sources {
  readonly reader: BlobReader;
  /** Bytes: a longer file is an error. */
  readonly fileBytes: number;
  /** `null`: whoever waits reads everything. */
  readonly extractor: Extractor | null;
  /** Do workers begin at once, or only with what they alone can read? */
  readonly ahead: boolean;
}

/** Files read here at once: few, so that workers soon hear what is next for them. */
const BATCH = 8;
/** Files that a worker is sent at once: enough until it is heard again, few enough not to be waited for at the end. */
const SENT = 48;
/** Git reads a batch while the one before is looked at. */
const HELPERS = 2;

/** The reading of what some files import. Workers begin at once, out of git and by themselves; who waits helps. */
export class ImportReading {
  /** Settled when every file is read. */
  private readonly done: Promise<void>;
  private finished: () => void = () => {};
  private failed: (reason: unknown) => void = () => {};
  private next = 0;
  private open: number;
  /** What only a native parser can tell: hostile source could bring it down, and this process along. */
  private left: Unread[] = [];

  constructor(
    private readonly files: readonly Unread[],
    private readonly sources: Sources,
    private readonly settle: (file: Unread, fact: Fact<FileImports>) => void,
  ) {
    this.open = files.length;
    this.done = new Promise((resolve, reject) => {
      this.finished = resolve;
      this.failed = reject;
    });
    // Heard where it is waited for, if anybody comes to wait.
    this.done.catch(() => {});
    if (this.open === 0) this.finished();
    const batches = sources.ahead ? (sources.extractor?.batches ?? 0) : 0;
    for (let batch = 0; batch < batches; batch++) void this.there();
  }

  /** Is every file read? */
  get isDone(): boolean {
    return this.open === 0;
  }

  /** Reads some files here. @returns whether there may be more to read */
  private async help(): Promise<boolean> {
    const batch = this.take(BATCH);
    if (batch.length > 0)
      await this.watched(() => (this.sources.extractor === null ? this.read(batch) : this.prove(batch)));
    return this.next < this.files.length;
  }

  /** Helps until every file is taken: some may still be with a worker. */
  async helpOut(): Promise<void> {
    const helper = async (): Promise<void> => {
      // Workers are told what is next in between, also where nothing here is waited for.
      while (await this.help()) await new Promise(resolve => setImmediate(resolve));
    };
    await Promise.all(Array.from({ length: HELPERS }, helper));
  }

  /** Helps until every file is read. */
  async finish(): Promise<void> {
    await this.helpOut();
    await this.done;
  }

  private async there(): Promise<void> {
    while (this.next < this.files.length) await this.watched(() => this.read(this.take(SENT)));
    // Who left them may have looked while there was more to take.
    this.sendLeft();
  }

  private take(size: number): readonly Unread[] {
    const batch = this.files.slice(this.next, this.next + size);
    this.next += batch.length;
    return batch;
  }

  private async watched(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.next = this.files.length;
      this.failed(error);
    }
  }

  private async read(batch: readonly Unread[]): Promise<void> {
    const { reader, fileBytes, extractor } = this.sources;
    const facts = await extractor?.extract(batch, fileBytes);
    this.tell(batch, facts ?? (await readImports(batch, reader, fileBytes, importsIn)));
  }

  /** As far as that takes no native parser. */
  private async prove(batch: readonly Unread[]): Promise<void> {
    const { reader, fileBytes } = this.sources;
    this.tell(batch, await readImports(batch, reader, fileBytes, provedImportsIn));
    this.sendLeft();
  }

  private sendLeft(): void {
    const { left } = this;
    const isLast = this.next >= this.files.length;
    if (left.length === 0 || (left.length < SENT && !isLast)) return;
    this.left = [];
    void this.watched(() => this.read(left));
  }

  /** @param facts `null`: left for the native parser */
  private tell(batch: readonly Unread[], facts: readonly (Fact<FileImports> | null)[]): void {
    for (const [at, file] of batch.entries()) {
      const fact = facts[at];
      if (fact === undefined) throw new Error(`no answer about the imports of ${file.path}`);
      if (fact === null) this.left.push(file);
      else {
        this.settle(file, fact);
        this.open -= 1;
      }
    }
    if (this.open === 0) this.finished();
  }
}
