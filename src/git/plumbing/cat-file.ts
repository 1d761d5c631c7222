import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { GitError } from '../repository.js';
import { type BatchAnswer, BatchStream } from './batch-stream.js';
import {
  defer,
  failure,
  type GitDoor,
  GLOBAL_OPTIONS,
  interrupted,
  isFetchFailure,
  MAX_STDERR,
  notFetched,
  startFailure,
} from './process.js';

/** Bytes of a content that is too long: so many are passed over, for more a new child is quicker. */
const PASSED_OVER = 4 * 1024 * 1024;

interface Request {
  readonly asked: string;
  readonly maxBytes: number;
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: Error) => void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * One long-lived `git cat-file --batch` (or `--batch-check`): started when first needed, asked by line,
 * answered in order. An end of the child before its answer is an error, never an empty object.
 */
export class CatFile {
  readonly #door: GitDoor;
  readonly #contents: 'contents' | 'headers';
  #child: Child | null = null;
  #pending: Request[] = [];
  /** Index of the first unanswered request: shift() on a long array is slow. */
  #next = 0;
  #outbox = '';
  #closed = false;

  constructor(door: GitDoor, contents: 'contents' | 'headers') {
    this.#door = door;
    this.#contents = contents;
  }

  /** Starts the child, so that it is ready when the first question comes. */
  warm(): void {
    if (this.#child === null && !this.#closed) this.#child = this.#start();
  }

  /**
   * @param asked an object name without a line break; requests made in one turn go out in one write
   * @param maxBytes a longer content is answered by its header
   */
  ask(asked: string, maxBytes = Number.POSITIVE_INFINITY): Promise<BatchAnswer> {
    if (this.#closed) return Promise.reject(new GitError('failed', 'the repository has been closed'));
    const { promise, resolve, reject } = defer<BatchAnswer>();
    this.#pending.push({ asked, maxBytes, resolve, reject });
    this.#send(asked);
    return promise;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === null) return;
    const { promise, resolve } = defer<void>();
    child.once('close', () => resolve());
    // `close` waits for the pipes too: left idle, they would let the program end before it comes.
    holdOpen(child, 'hold');
    child.stdin.end();
    await promise;
  }

  #send(asked: string): void {
    this.warm();
    if (this.#outbox === '') queueMicrotask(() => this.#flush());
    this.#outbox += `${asked}\n`;
  }

  #flush(): void {
    const lines = this.#outbox;
    this.#outbox = '';
    const child = this.#child;
    if (child === null || lines === '') return;
    holdOpen(child, 'hold');
    child.stdin.write(lines);
  }

  #start(): Child {
    const command = ['cat-file', this.#contents === 'contents' ? '--batch' : '--batch-check'];
    const child: Child = spawn(this.#door.binary, [...GLOBAL_OPTIONS, ...command], {
      cwd: this.#door.cwd,
      env: this.#door.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let stderr = '';
    const stream = new BatchStream(
      this.#contents,
      answer => this.#answered(child, answer),
      () => this.#pending[this.#next]?.maxBytes ?? Number.POSITIVE_INFINITY,
    );
    child.stdout.on('data', (chunk: Buffer) => {
      if (child !== this.#child) return;
      try {
        stream.push(chunk);
      } catch (error) {
        this.#abandon(child, error instanceof Error ? error : new Error(String(error)));
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR) stderr += chunk.toString('utf8');
    });
    // EPIPE: the child has ended; `close` says how.
    child.stdin.on('error', () => {});
    child.on('error', error => this.#abandon(child, startFailure(this.#door, error)));
    child.on('close', (code, signal) => {
      if (child === this.#child) this.#ended(command, code, signal, stderr);
    });
    holdOpen(child, 'release');
    return child;
  }

  #answered(child: Child, answer: BatchAnswer): void {
    const request = this.#pending[this.#next];
    if (request === undefined) throw new GitError('failed', 'git cat-file answered what nobody asked');
    this.#next += 1;
    if (this.#next === this.#pending.length) {
      this.#pending = [];
      this.#next = 0;
      holdOpen(child, 'release');
    }
    request.resolve(answer);
    const isPassedOver = this.#contents === 'contents' && answer.found && answer.content === null;
    if (isPassedOver && answer.size > PASSED_OVER) this.#startAnew(child);
  }

  /** What waits is asked of another child. */
  #startAnew(child: Child): void {
    const requests = this.#unanswered();
    child.kill();
    this.#pending = [...requests];
    for (const request of requests) this.#send(request.asked);
  }

  #unanswered(): readonly Request[] {
    const requests = this.#pending.slice(this.#next);
    this.#pending = [];
    this.#next = 0;
    this.#outbox = '';
    this.#child = null;
    return requests;
  }

  #ended(command: readonly string[], code: number | null, signal: string | null, stderr: string): void {
    const requests = this.#unanswered();
    const [first, ...rest] = requests;
    if (first === undefined) return;
    if (code !== null && isFetchFailure(stderr)) {
      // cat-file dies of the first promised object that it can't fetch. The questions behind it are sound:
      // they go to a new child. Each death answers one, so this ends.
      first.reject(notFetched(stderr.trim().split('\n', 1)[0] ?? ''));
      this.#pending = [...rest];
      for (const request of rest) this.#send(request.asked);
      return;
    }
    const error =
      code === null
        ? interrupted(command, signal)
        : code === 0
          ? new GitError('failed', 'git cat-file ended before it had answered', 'Run the command again.')
          : failure(command, code, stderr);
    for (const request of requests) request.reject(error);
  }

  #abandon(child: Child, error: Error): void {
    if (child !== this.#child) return;
    const requests = this.#unanswered();
    child.kill();
    for (const request of requests) request.reject(error);
  }
}

/** An idle child must not keep the program alive; one that owes an answer must. */
function holdOpen(child: Child, how: 'hold' | 'release'): void {
  const handles = [child, child.stdin, child.stdout, child.stderr];
  for (const handle of handles) {
    if (handle === child || handle instanceof Socket) {
      if (how === 'hold') handle.ref();
      else handle.unref();
    }
  }
}
