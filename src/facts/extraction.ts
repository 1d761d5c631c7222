import type { Oid, RepoPath } from '../model/brand.js';
import type { FileImports } from '../model/edges.js';
import { type BlobReader, readContent } from './content.js';
import { languageOf } from './imports/index.js';
import { decodeText } from './text/decode.js';
import type { Fact, FactError } from './tree-facts.js';

/** A code file as it lies in git. */
export interface RawFile {
  readonly path: RepoPath;
  readonly bytes: Uint8Array;
}

/** A code file, and the blob that holds its text. */
export interface CodeBlob {
  readonly path: RepoPath;
  readonly oid: Oid;
}

/** Reads the imports of many files elsewhere, on other cores. */
export interface Extractor {
  /** Files past which it pays to ask it. */
  readonly worthwhile: number;
  /** Batches that are worked on at once. */
  readonly batches: number;
  /**
   * @param fileBytes a longer file is an error
   * @returns one a file, in order: a file that breaks its reader down is an error. `null`: git fails there.
   */
  extract(files: readonly CodeBlob[], fileBytes: number): Promise<readonly Fact<FileImports>[] | null>;
}

type Unreadable = Extract<Fact<FileImports>, { ok: false }>;

/**
 * Reads code files out of a repository, and what `look` tells of each: `importsIn`, or `provedImportsIn`. What git must
 * be asked for is asked for at once, so that it goes on with the next while these are looked at.
 * @throws what the reader throws
 */
export async function readImports<Told extends Fact<FileImports> | null>(
  files: readonly CodeBlob[],
  reader: Pick<BlobReader, 'readBlob' | 'workingCopy'>,
  fileBytes: number,
  look: (file: RawFile) => Told,
): Promise<readonly (Told | Unreadable)[]> {
  const told = files.map(({ path, oid }) => {
    const bytes = reader.workingCopy?.(path, oid, fileBytes) ?? null;
    return bytes === null ? readContent(reader, path, oid, fileBytes) : { told: look({ path, bytes }) };
  });
  const answers = await Promise.all(told);
  return answers.map((answer, at) => {
    if ('told' in answer) return answer.told;
    const path = files[at]?.path;
    if (path === undefined) throw new Error('more answers than files');
    return answer.ok ? look({ path, bytes: answer.value }) : answer;
  });
}

/** What a code file imports and declares, from its bytes alone. */
export function importsIn({ path, bytes }: RawFile): Fact<FileImports> {
  const language = languageOf(path);
  if (language === null) throw new Error(`no imports are read of ${path}`);
  const text = decodeText(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!text.ok) return text;
  const extraction = language.extract(path, text.value.text);
  if (!extraction.ok) {
    const { message, line, column } = extraction;
    return { ok: false, error: unparsable(path, message, line, column) };
  }
  const { sites, declares } = extraction;
  return { ok: true, value: declares === undefined ? { sites } : { sites, declares } };
}

/**
 * The same answer without a native parser, which hostile source could bring down; `null` where it can't be had so.
 */
export function provedImportsIn(file: RawFile): Fact<FileImports> | null {
  const language = languageOf(file.path);
  if (language?.quick === undefined) return importsIn(file);
  const { path, bytes } = file;
  const text = decodeText(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!text.ok) return text;
  const sites = language.quick(path, text.value.text);
  return sites === null ? null : { ok: true, value: { sites } };
}

function unparsable(path: RepoPath, message: string, line: number | null, column: number | null): FactError {
  return { code: 'unparsable', path, message, line, column, remedy: `mend the syntax of ${path}` };
}
