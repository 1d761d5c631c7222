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
  readonly #root: string | null;
  readonly #format: ObjectFormat;
  #found = 0;
  #missed = 0;

  constructor(root: string | null, format: ObjectFormat) {
    this.#root = root;
    this.#format = format;
  }

  read(path: RepoPath, id: Oid, maxBytes: number): Buffer | null {
    if (this.#root === null || this.#missed > TRIED + this.#found) return null;
    const content = read(Buffer.concat([Buffer.from(join(this.#root, '/')), encodePath(path)]), maxBytes);
    const isCopy = content !== null && hashObject(this.#format, 'blob', content) === id;
    if (isCopy) this.#found += 1;
    else this.#missed += 1;
    return isCopy ? content : null;
  }
}

/** @returns `null` for anything but a regular file of at most so many bytes that can be read */
function read(file: Buffer, maxBytes: number): Buffer | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, FLAGS);
  } catch {
    return null;
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size > maxBytes) return null;
    const content = Buffer.allocUnsafe(status.size);
    for (let length = 0; length < content.length; ) {
      const more = readSync(descriptor, content, length, content.length - length, length);
      // It has been cut off since.
      if (more === 0) return null;
      length += more;
    }
    return content;
  } catch {
    return null;
  } finally {
    closeSync(descriptor);
  }
}
