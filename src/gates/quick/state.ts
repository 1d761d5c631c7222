import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolverContext } from '../../facts/resolve/index.js';
import type { CompiledPolicy } from '../../model/decision.js';
import { readSealed, replaceFile, writeSealed } from '../../store/sealed-file.js';
import { Bloom } from './bloom.js';

/**
 * What the quick gate knows of one HEAD: enough to prove that a commit brings in no finding, and never
 * used for anything else. Written by the full judge and by post-commit; any doubt, and the full judge runs.
 */
export interface QuickState {
  readonly format: typeof FORMAT;
  readonly tool: string;
  /** The tree of HEAD that `contexts`, `links` and the filters are true of. */
  readonly headTree: string;
  /** The entries of HEAD's root tree that the policy may come from: see `policyRoots`. */
  readonly policyRoots: string;
  readonly policy: CompiledPolicy;
  /** Resolver contexts by the canonical text of their settings. */
  readonly contexts: Readonly<Record<string, ResolverContext>>;
  /** Paths of symbolic links in the tree. */
  readonly links: readonly string[];
  /** Does `stems` hold every import of the tree? Without it an added or deleted file needs the full judge. */
  readonly stemsKnown: boolean;
}

export interface Filters {
  /** Every path of the tree. */
  readonly paths: Bloom;
  /** `stemOf` of every path that some import of the tree could end at. */
  readonly stems: Bloom;
}

export const FORMAT = 'quick/2';
/** In the worktree's own git directory: each worktree is on a HEAD of its own. */
export function quickDirectory(gitDirectory: string): string {
  return join(gitDirectory, 'lintel', 'v1');
}

const STATE = 'quick.json';
const FILTERS = 'quick.bin';
const MAGIC = 0x6c6e7431;
/** Header of the filters' file, in 32-bit words: magic, words of `paths`, words of `stems`, checksum, tree id's hash. */
const HEADER_WORDS = 5;

export function readQuickState(directory: string): QuickState | null {
  const body = readSealed(join(directory, STATE));
  if (body === null) return null;
  const state = JSON.parse(body) as QuickState;
  return state.format === FORMAT ? state : null;
}

/** @throws what the file system says. The filters go first: a state never speaks of filters that are not there. */
export function writeQuickState(directory: string, state: QuickState, filters: Filters): void {
  writeFilters(join(directory, FILTERS), state.headTree, filters);
  writeSealed(join(directory, STATE), JSON.stringify(state));
}

function writeFilters(path: string, headTree: string, { paths, stems }: Filters): void {
  const words = new Uint32Array(HEADER_WORDS + paths.words.length + stems.words.length);
  words.set(paths.words, HEADER_WORDS);
  words.set(stems.words, HEADER_WORDS + paths.words.length);
  words.set([
    MAGIC,
    paths.words.length,
    stems.words.length,
    sum(words.subarray(HEADER_WORDS)),
    hash(headTree),
  ]);
  replaceFile(path, Buffer.from(words.buffer));
}

/** @returns `null` when absent, damaged, or written for another tree. */
export function readFilters(directory: string, headTree: string): Filters | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(directory, FILTERS));
  } catch {
    return null;
  }
  if (bytes.length < HEADER_WORDS * 4 || bytes.length % 4 !== 0) return null;
  // A pooled buffer need not start at a multiple of four.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  const [magic, pathWords = 0, stemWords = 0, checksum, tree] = words;
  const content = words.subarray(HEADER_WORDS);
  if (magic !== MAGIC || tree !== hash(headTree) || content.length !== pathWords + stemWords) return null;
  if (sum(content) !== checksum) return null;
  return { paths: Bloom.of(content.subarray(0, pathWords)), stems: Bloom.of(content.subarray(pathWords)) };
}

function sum(words: Uint32Array): number {
  let total = 0x811c9dc5;
  for (let index = 0; index < words.length; index++)
    total = Math.imul(total ^ (words[index] ?? 0), 0x01000193);
  return total >>> 0;
}

function hash(text: string): number {
  let total = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    total = Math.imul(total ^ text.charCodeAt(index), 0x01000193);
  return total >>> 0;
}

/**
 * One text for the entries of a root tree that the policy of that tree may come from. Git's format:
 * `<octal mode> <name>\0<raw oid>`, one after the other.
 */
export function policyRoots(tree: Buffer, oidBytes: number, names: ReadonlySet<string>): string {
  const found: { mode: string; path: string; oid: string }[] = [];
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(32, at);
    const zero = tree.indexOf(0, space);
    if (space < 0 || zero < 0) return 'damaged';
    const path = tree.toString('utf8', space + 1, zero);
    const oid = tree.toString('hex', zero + 1, zero + 1 + oidBytes);
    if (names.has(path)) found.push({ mode: tree.toString('latin1', at, space), path, oid });
    at = zero + 1 + oidBytes;
  }
  return rootsText(found);
}

/** One text for such entries, wherever they were read. A tree writes the mode of a folder as `40000`. */
export function rootsText(
  entries: readonly { readonly mode: string; readonly path: string; readonly oid: string }[],
): string {
  return entries
    .map(({ mode, path, oid }) => `${mode.padStart(6, '0')} ${path} ${oid}`)
    .sort()
    .join('\n');
}
