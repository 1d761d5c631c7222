import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CodeBlob, Extractor } from '../../facts/extraction.js';
import type { Fact, FactError } from '../../facts/tree-facts.js';
import type { RepoPath } from '../../model/brand.js';
import type { FileImports } from '../../model/edges.js';
import type { Done, Work } from './messages.js';
import { Worker, type WorkerPlace } from './worker.js';

/** Batches that a worker has: it must not wait until this thread has time to send the next. */
const AT_ONCE = 3;
/** Below this the workers' start costs more than they save. */
const WORTHWHILE = 300;
/** On two cores one worker keeps the thread that resolves busy; how many more do is a guess. */
const MOST_WORKERS = 4;
/** What one file leaves behind is short-lived: a small nursery keeps several workers small. */
const LIMITS: readonly string[] = ['--max-semi-space-size=8', '--max-old-space-size=2048'];

/** Milliseconds for some files, the largest of which takes seconds: who takes longer is not waited for. */
const PATIENCE = 60_000;

type Facts = readonly Fact<FileImports>[];

export interface ExtractionPool extends Extractor {
  /** Ends the workers. Safe to call twice. */
  close(): void;
}

/**
 * Workers that read imports out of a repository, each with a git of its own, started when first needed. Processes, not
 * threads: the native parser recurses, and one that runs out of stack takes its whole process along.
 * @returns `null` where there is no built worker to start: sources that run unbundled
 */
export function openExtractionPool(
  place: WorkerPlace,
  script: string | null = workerScript(),
  limits: readonly string[] = LIMITS,
  patience = PATIENCE,
): ExtractionPool | null {
  return script === null ? null : new Pool(place, script, limits, patience);
}

/** Beside this file when it is bundled, or beside the folder of chunks that it was put into. */
function workerScript(): string | null {
  for (const place of ['./extract-worker.js', '../extract-worker.js']) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(path)) return path;
  }
  return null;
}

class Pool implements ExtractionPool {
  readonly worthwhile = WORTHWHILE;
  readonly batches: number;
  /** One core is this thread's, which resolves. */
  private readonly size = Math.min(MOST_WORKERS, Math.max(1, availableParallelism() - 1));
  /** Those that are asked for whole batches. */
  private readonly shared = new Set<Worker>();
  private readonly all = new Set<Worker>();
  private readonly waiting: (() => void)[] = [];
  private isClosed = false;

  constructor(
    private readonly place: WorkerPlace,
    private readonly script: string,
    private readonly limits: readonly string[],
    private readonly patience: number,
  ) {
    this.batches = this.size * AT_ONCE;
  }

  async extract(files: readonly CodeBlob[], fileBytes: number): Promise<Facts | null> {
    const done = await this.ask(workOf(files, fileBytes));
    return done === null ? this.oneByOne(files, fileBytes) : factsOf(done, files.length);
  }

  /** @returns `null`: the worker broke down or took too long, perhaps over what else it was asked */
  private async ask(work: Omit<Work, 'number'>): Promise<Done | null> {
    try {
      let worker = this.pick();
      for (; worker === null; worker = this.pick())
        await new Promise<void>(resolve => this.waiting.push(resolve));
      const outcome = await worker.ask(work);
      if (typeof outcome !== 'string') return outcome;
      this.drop(worker);
      return null;
    } finally {
      this.waiting.shift()?.();
    }
  }

  close(): void {
    this.isClosed = true;
    for (const worker of this.all) this.drop(worker);
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** The worker that has the least to do; `null`: each has enough. */
  private pick(): Worker | null {
    const [least] = [...this.shared].sort((a, b) => a.asked - b.asked);
    if (least !== undefined && (least.asked === 0 || this.shared.size === this.size))
      return least.asked < AT_ONCE ? least : null;
    const worker = this.start();
    this.shared.add(worker);
    return worker;
  }

  /** By a worker that does nothing else, so that a file which breaks it down is known. */
  private async oneByOne(files: readonly CodeBlob[], fileBytes: number): Promise<Facts | null> {
    const found: Fact<FileImports>[] = [];
    let worker = this.start();
    for (const file of files) {
      const outcome = await worker.ask(workOf([file], fileBytes));
      const isAnswer = typeof outcome !== 'string';
      const facts = isAnswer ? factsOf(outcome, 1) : [this.unread(file.path, outcome)];
      if (facts === null) break;
      found.push(...facts);
      if (isAnswer) continue;
      this.drop(worker);
      worker = this.start();
    }
    this.drop(worker);
    return found.length === files.length ? found : null;
  }

  private unread(path: RepoPath, why: 'ended' | 'late'): Fact<never> {
    const what =
      why === 'ended'
        ? `broke down on ${path}`
        : `took longer than ${this.patience / 1000} seconds on ${path}`;
    const error: FactError = {
      code: 'unparsable',
      path,
      message: `the reader of imports ${what}`,
      line: null,
      column: null,
      remedy: 'make it smaller or less deeply nested, or leave it out with except or ignore',
    };
    return { ok: false, error };
  }

  private start(): Worker {
    if (this.isClosed) throw new Error('the extraction pool is closed');
    const worker = new Worker(this.script, this.limits, this.place, this.patience);
    this.all.add(worker);
    return worker;
  }

  private drop(worker: Worker): void {
    worker.end();
    this.all.delete(worker);
    this.shared.delete(worker);
  }
}

function workOf(files: readonly CodeBlob[], fileBytes: number): Omit<Work, 'number'> {
  return { paths: files.map(({ path }) => path), oids: files.map(({ oid }) => oid), fileBytes };
}

/** @returns `null`: git failed there */
function factsOf({ facts }: Done, count: number): Facts | null {
  if (facts === null) return null;
  const read = JSON.parse(facts) as Facts;
  if (read.length !== count) throw new Error('a worker answered for other files than it was asked for');
  return read;
}
