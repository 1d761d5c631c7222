import type { Oid, RepoPath } from '../model/brand.js';
import type { Fact } from './tree-facts.js';
import { missing, oversized } from './unreadable.js';

/** Where blobs come from: the part of the repository port that facts need. */
export interface BlobReader {
  readBlob(oid: Oid, maxBytes?: number): Promise<Buffer>;
  /** The same bytes from a quicker place, if they lie there. They hold until the next call: see the repository port. */
  workingCopy?(path: RepoPath, oid: Oid, maxBytes: number): Buffer | null;
  blobSizes(oids: readonly Oid[]): Promise<readonly (number | null)[]>;
}

/** A file's bytes. Too many, or none in the repository, is what is known of the file; anything else is thrown. */
export async function readContent(
  reader: Pick<BlobReader, 'readBlob'>,
  path: RepoPath,
  oid: Oid,
  fileBytes: number,
): Promise<Fact<Buffer>> {
  try {
    return { ok: true, value: await reader.readBlob(oid, fileBytes) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'oversized') return { ok: false, error: oversized(path, fileBytes) };
    if (code === 'missing-object') return { ok: false, error: missing(path) };
    throw error;
  }
}
