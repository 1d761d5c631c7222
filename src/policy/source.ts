import type { Oid, RepoPath } from '../model/brand.js';
import type { Problem } from '../model/decision.js';
import type { TreeListing } from '../model/tree.js';

/** The tree that a policy is read from: its listing, and its blobs. Never the disk. */
export interface PolicySource {
  readonly listing: TreeListing;
  /** @throws when the blob can't be had; a policy that can't be read is never an empty one. */
  read(oid: Oid): Promise<Buffer>;
}

/** Larger than any decision that a person wrote; YAML parsers take minutes beyond. */
const MAX_BYTES = 2 * 1024 * 1024;

export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/** Reads one policy file: a regular file, UTF-8 (a BOM is dropped), of a sane size. */
export async function readText(source: PolicySource, path: RepoPath): Promise<ReadText> {
  const refuse = (message: string, hint: string, line = 1, column = 1): ReadText => ({
    ok: false,
    problem: { severity: 'error', message, path, line, column, hint },
  });
  const entry = source.listing.entry(path);
  if (entry === undefined) return refuse('the file does not exist', 'restore it');
  if (entry.mode !== '100644' && entry.mode !== '100755') {
    const what = entry.mode === '120000' ? 'a symbolic link' : 'not a regular file';
    return refuse(
      `it is ${what}, and a policy is read from regular files only`,
      'put the file itself here, or name its real folder under `decisions` in the configuration',
    );
  }
  const bytes = await source.read(entry.oid);
  if (bytes.length > MAX_BYTES)
    return refuse(
      `it is larger than ${MAX_BYTES} bytes`,
      'no decision is that long: move the rest elsewhere',
    );
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const { line, column } = firstDamage(bytes);
    return refuse('it is not UTF-8', 'save it as UTF-8', line, column);
  }
}

/** Where lossy decoding puts its first replacement: close enough to find the byte. */
function firstDamage(bytes: Buffer): { readonly line: number; readonly column: number } {
  const before = bytes.toString('utf8').split('\uFFFD', 1)[0] ?? '';
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
