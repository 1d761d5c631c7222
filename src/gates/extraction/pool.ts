import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Extractor, RawFile } from '../../facts/extraction.js';
import type { Fact, FactError } from '../../facts/tree-facts.js';
import type { RepoPath } from '../../model/brand.js';
import type { FileImports } from '../../model/edges.js';
import type { Done, Work } from './messages.js';

/** Below this the workers' start costs more than they save. */
const WORTHWHILE = 300;
/** More only wait for git, which reads blobs on one core. */
const MOST_WORKERS = 4;
/** What one file leaves behind is short-lived: a small nursery keeps several workers small. */
const LIMITS: readonly string[] = ['--max-semi-space-size=8', '--max-old-space-size=2048'];

type Facts = readonly Fact<FileImports>[];

export interface ExtractionPool extends Extractor {
  /** Ends the workers. Safe to call twice. */
  close(): void;
}

/**
 * Workers that read imports, started when first needed. Processes, not threads: the native parser recurses, and one
 * that runs out of stack takes its whole process along.
 * @returns `null` where there is no built worker to start: sources that run unbundled
 */
export function openExtractionPool(
  script: string | null = workerScript(),
  limits: readonly string[] = LIMITS,
): ExtractionPool | null {
  return script === null ? null : new Pool(script, limits);
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
  private readonly idle: ChildProcess[] = [];
  private readonly waiting: ((worker: ChildProcess) => void)[] = [];
  private readonly all = new Set<ChildProcess>();

  private isClosed = false;

  constructor(
    private readonly script: string,
    private readonly limits: readonly string[],
  ) {
    // One more than there are workers, so that none waits for its next batch.
    this.batches = this.size + 1;
  }

  async extract(files: readonly RawFile[]): Promise<Facts> {
    // A copy stays here: should the worker break down, each file is tried by itself.
    const facts = await this.attempt(files);
    if (facts !== null) return facts;
    const found: Fact<FileImports>[] = [];
    for (const file of files) {
      const [fact] = (await this.attempt([file])) ?? [];
      found.push(fact ?? { ok: false, error: brokenDown(file.path) });
    }
    return found;
  }

  close(): void {
    this.isClosed = true;
    for (const worker of this.all) worker.kill();
    this.all.clear();
    this.idle.length = 0;
  }

  /** @returns `null`: the worker broke down, and another one is to be started */
  private async attempt(files: readonly RawFile[]): Promise<Facts | null> {
    const worker = await this.take();
    const done = await ask(worker, pack(files));
    if (done === null) {
      this.all.delete(worker);
      this.replace();
      return null;
    }
    this.give(worker);
    const facts = JSON.parse(done.facts) as Facts;
    if (facts.length !== files.length)
      throw new Error('a worker answered for other files than it was asked for');
    return facts;
  }

  private take(): Promise<ChildProcess> {
    const worker = this.idle.pop() ?? (this.all.size < this.size ? this.start() : undefined);
    if (worker !== undefined) return Promise.resolve(worker);
    return new Promise(resolve => this.waiting.push(resolve));
  }

  private give(worker: ChildProcess): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(worker);
    else next(worker);
  }

  /** Who waits must not wait for a worker that is gone. */
  private replace(): void {
    const next = this.waiting.shift();
    if (next !== undefined) next(this.start());
  }

  private start(): ChildProcess {
    if (this.isClosed) throw new Error('the extraction pool is closed');
    const worker = fork(this.script, [], {
      execArgv: [...this.limits],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.all.add(worker);
    hold(worker, false);
    return worker;
  }
}

/** An idle worker must not keep the program alive; one that owes an answer must. */
function hold(worker: ChildProcess, isBusy: boolean): void {
  if (isBusy) {
    worker.ref();
    worker.channel?.ref();
  } else {
    worker.unref();
    worker.channel?.unref();
  }
}

function pack(files: readonly RawFile[]): Work {
  const ends: number[] = [];
  let end = 0;
  for (const { bytes } of files) {
    end += bytes.length;
    ends.push(end);
  }
  const all = new Uint8Array(end);
  files.forEach(({ bytes }, at) => {
    all.set(bytes, (ends[at] ?? 0) - bytes.length);
  });
  return { paths: files.map(({ path }) => path), ends, bytes: all };
}

/** @returns `null`: it ended without an answer */
function ask(worker: ChildProcess, work: Work): Promise<Done | null> {
  return new Promise(resolve => {
    const settle = (done: Done | null): void => {
      worker.off('message', answered);
      worker.off('error', ended);
      worker.off('exit', ended);
      hold(worker, false);
      if (done === null) worker.kill();
      resolve(done);
    };
    const answered = (done: unknown): void => settle(done as Done);
    const ended = (): void => settle(null);
    worker.on('message', answered);
    worker.on('error', ended);
    worker.on('exit', ended);
    hold(worker, true);
    // A channel that is closed already says so by `exit`, or here.
    worker.send(work, error => {
      if (error !== null) ended();
    });
  });
}

function brokenDown(path: RepoPath): FactError {
  return {
    code: 'unparsable',
    path,
    message: `the reader of imports broke down on ${path}`,
    line: null,
    column: null,
    remedy: 'make it smaller or less deeply nested, or leave it out with except or ignore',
  };
}
