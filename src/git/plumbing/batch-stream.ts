import type { ObjectType } from '../objects/hash.js';
import { GitError } from '../repository.js';

export type BatchAnswer =
  | {
      readonly found: true;
      readonly oid: string;
      readonly type: ObjectType;
      readonly size: number;
      /** `null`: only the header was asked for, or it is longer than was asked for. */
      readonly content: Buffer | null;
    }
  | { readonly found: false; readonly reason: 'missing' | 'ambiguous' };

const FOUND = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;
const LF = 0x0a;

/**
 * Cuts the output of `git cat-file --batch` (or `--batch-check`) into answers, by bytes:
 *
 *     <oid> SP <type> SP <size> LF [<size bytes> LF]
 *     <what was asked> SP missing LF
 *     <what was asked> SP ambiguous LF
 */
export class BatchStream {
  readonly #withContents: boolean;
  readonly #answer: (answer: BatchAnswer) => void;
  readonly #limit: () => number;
  /** The unfinished header or body, in the pieces that it came in. */
  #pieces: Buffer[] = [];
  #collected = 0;
  #body: { readonly oid: string; readonly type: ObjectType; readonly size: number } | null = null;
  /** Bytes of a content that nobody wants. */
  #unwanted = 0;

  /** @param limit bytes of content that the next answer may have; of a longer one the header is answered */
  constructor(
    contents: 'contents' | 'headers',
    answer: (answer: BatchAnswer) => void,
    limit: () => number = () => Number.POSITIVE_INFINITY,
  ) {
    this.#withContents = contents === 'contents';
    this.#answer = answer;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    let start = 0;
    while (start < chunk.length) {
      const passed = Math.min(this.#unwanted, chunk.length - start);
      this.#unwanted -= passed;
      start += passed;
      if (start < chunk.length)
        start = this.#body === null ? this.#header(chunk, start) : this.#content(chunk, start);
    }
  }

  #header(chunk: Buffer, start: number): number {
    const end = chunk.indexOf(LF, start);
    if (end === -1) {
      this.#keep(chunk.subarray(start));
      return chunk.length;
    }
    this.#keep(chunk.subarray(start, end));
    this.#understand(this.#take().toString('utf8'));
    return end + 1;
  }

  #understand(line: string): void {
    const match = FOUND.exec(line);
    if (match !== null) {
      const [, oid = '', type = '', size = ''] = match;
      const header = { oid, type: type as ObjectType, size: Number(size) };
      if (this.#withContents && header.size <= this.#limit()) {
        this.#body = header;
        return;
      }
      if (this.#withContents) this.#unwanted = header.size + 1;
      this.#answer({ found: true, ...header, content: null });
    } else if (line.endsWith(' missing')) this.#answer({ found: false, reason: 'missing' });
    else if (line.endsWith(' ambiguous')) this.#answer({ found: false, reason: 'ambiguous' });
    else
      throw new GitError(
        'failed',
        `git cat-file answered in a way that lintel does not know: ${line.slice(0, 200)}`,
      );
  }

  #content(chunk: Buffer, start: number): number {
    const body = this.#body;
    if (body === null) return start;
    // One more than the content: the LF that closes it.
    const wanted = body.size + 1 - this.#collected;
    const end = Math.min(chunk.length, start + wanted);
    this.#keep(chunk.subarray(start, end));
    if (this.#collected === body.size + 1) {
      const bytes = this.#take();
      if (bytes[body.size] !== LF)
        throw new GitError('failed', 'git cat-file: an object is longer than its header says');
      this.#body = null;
      this.#answer({ found: true, ...body, content: bytes.subarray(0, body.size) });
    }
    return end;
  }

  #keep(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#collected += piece.length;
  }

  /** A copy: a small object must not hold on to the chunk that it came in. */
  #take(): Buffer {
    const bytes = Buffer.concat(this.#pieces, this.#collected);
    this.#pieces = [];
    this.#collected = 0;
    return bytes;
  }
}
