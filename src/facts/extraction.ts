import type { RepoPath } from '../model/brand.js';
import type { FileImports } from '../model/edges.js';
import { languageOf } from './imports/index.js';
import { decodeText } from './text/decode.js';
import type { Fact, FactError } from './tree-facts.js';

/** A code file as it lies in git. */
export interface RawFile {
  readonly path: RepoPath;
  readonly bytes: Uint8Array;
}

/** Reads the imports of many files elsewhere, on other cores. */
export interface Extractor {
  /** Files past which it pays to ask it. */
  readonly worthwhile: number;
  /** Batches that are worked on at once. */
  readonly batches: number;
  /** @returns one a file, in order. It may take the bytes away. A file that breaks its reader down is an error. */
  extract(files: readonly RawFile[]): Promise<readonly Fact<FileImports>[]>;
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
