import { Buffer } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid, RepoPath } from '../../model/brand.js';
import { hashObject, type ObjectFormat } from '../objects/hash.js';
import { encodePath } from '../path-bytes.js';

/** No link is followed, and a pipe is not waited for. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** With so many files that differ (line endings are converted, say) looking at them is a waste. */
const TRIED = 64;

/**
 * The working tree's files, where they hold just what a blob does: read and hashed in a third of the time that git
 * takes to inflate the blob and to send it through a pipe. What the id doesn't vouch for is not believed.
 */
export class WorkingCopies {
  /** With its slash. */
  readonly #root: Buffer | null;
  readonly #format: ObjectFormat;
  /** Used again for every file: fresh memory costs more than reading into it. */
  #scratch = Buffer.alloc(0);
  #found = 0;
  #missed = 0;

  constructor(root: string | null, format: ObjectFormat) {
    this.#root = root === null ? null : Buffer.from(join(root, '/'));
    this.#format = format;
  }

  /** @returns bytes that hold until the next file is read */
  read(path: RepoPath, id: Oid, maxBytes: number): Buffer | null {
    if (this.#root === null || this.#missed > TRIED + this.#found) return null;
    const content = this.#content(Buffer.concat([this.#root, encodePath(path)]), maxBytes);
    const isCopy = content !== null && hashObject(this.#format, 'blob', content) === id;
    if (isCopy) this.#found += 1;
    else this.#missed += 1;
    return isCopy ? content : null;
  }

  /** @returns `null` for anything but a regular file of at most so many bytes that can be read */
  #content(file: Buffer, maxBytes: number): Buffer | null {
    let descriptor: number;
    try {
      descriptor = openSync(file, FLAGS);
    } catch {
      return null;
    }
    try {
      const status = fstatSync(descriptor);
      if (!status.isFile() || status.size > maxBytes) return null;
      if (this.#scratch.length < status.size) this.#scratch = Buffer.alloc(2 * status.size);
      for (let length = 0; length < status.size; ) {
        const more = readSync(descriptor, this.#scratch, length, status.size - length, length);
        // It has been cut off since.
        if (more === 0) return null;
        length += more;
      }
      return this.#scratch.subarray(0, status.size);
    } catch {
      return null;
    } finally {
      closeSync(descriptor);
    }
  }
}
