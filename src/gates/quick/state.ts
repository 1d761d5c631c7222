import { join } from 'node:path';
import { isResolverFile, type ResolverContext } from '../../facts/resolve/index.js';
import type { GateEdge } from '../../invariants/graph-gate.js';
import { checksum } from '../../model/checksum.js';
import type { CompiledInvariant, CompiledPolicy } from '../../model/decision.js';
import { readSealed, readSealedBytes, writeSealed } from '../../store/sealed-file.js';
import { Bloom } from './bloom.js';
import { RowsFile } from './rows/read.js';

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
  readonly policy: QuickPolicy;
  /** Resolver contexts by the canonical text of their settings. */
  readonly contexts: Readonly<Record<string, ResolverContext>>;
  /** Paths of symbolic links in the tree. */
  readonly links: readonly string[];
  /** The graph that lies in the file of rows, where a rule reads it; `null`: none does, or it isn't known. */
  readonly graph: QuickGraph | null;
  /** Does `stems` hold every import of the tree? Without it an added or deleted file needs the full judge. */
  readonly stemsKnown: boolean;
}

export interface QuickGraph {
  /** The tree that the rows were written for. */
  readonly tree: string;
  /** Imports gained since then, code files added, and code files gone. */
  readonly edges: readonly GainedEdge[];
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

export interface GainedEdge extends GateEdge {
  /** One a rule over the graph, in the policy's order: see `GraphGate.weigh`. */
  readonly weights: readonly (readonly number[] | null)[];
}

/** What screening needs of a policy: none of its prose, of what is written where, of what is not in force. */
export type QuickPolicy = Pick<
  CompiledPolicy,
  'digest' | 'configPath' | 'decisionsFolders' | 'waiversFolder' | 'limits'
> & {
  readonly invariants: readonly Pick<
    CompiledInvariant,
    'id' | 'kind' | 'rule' | 'except' | 'ignore' | 'resolve'
  >[];
};

export function quickPolicy(policy: CompiledPolicy): QuickPolicy {
  const { digest, configPath, decisionsFolders, waiversFolder, limits } = policy;
  const invariants = policy.invariants.map(({ id, kind, rule, except, ignore, resolve }) => ({
    id,
    kind,
    rule,
    ...(except === undefined ? {} : { except }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(resolve === undefined ? {} : { resolve }),
  }));
  return { digest, configPath, decisionsFolders, waiversFolder, limits, invariants };
}

/** The files that feed a resolver are told by their names; only those that are not need to be listed. */
export function quickContext(context: ResolverContext): ResolverContext {
  return { ...context, files: context.files.filter(path => !isResolverFile(path)) };
}

export interface Filters {
  /** Every path of the tree. */
  readonly paths: Bloom;
  /** `stemOf` of every path that some import of the tree could end at. */
  readonly stems: Bloom;
}

export const FORMAT = 'quick/6';
/** In the worktree's own git directory: each worktree is on a HEAD of its own. */
export function quickDirectory(gitDirectory: string): string {
  return join(gitDirectory, 'lintel', 'v1');
}

const STATE = 'quick.json';
const FILTERS = 'quick.bin';
const ROWS = 'graph.rows';
/** Header of the filters' file, in 32-bit words: words of `paths`, words of `stems`, the tree id's checksum. */
const HEADER_WORDS = 3;

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
  words.set([paths.words.length, stems.words.length, hash(headTree)]);
  words.set(paths.words, HEADER_WORDS);
  words.set(stems.words, HEADER_WORDS + paths.words.length);
  writeSealed(path, Buffer.from(words.buffer));
}

/** @returns `null` when absent, damaged, or written for another tree. */
export function readFilters(directory: string, headTree: string): Filters | null {
  const body = readSealedBytes(join(directory, FILTERS));
  if (body === null || body.length < HEADER_WORDS * 4 || body.length % 4 !== 0) return null;
  // Words must begin at a multiple of four, which the body of a file need not.
  const words = new Uint32Array(body.length / 4);
  body.copy(Buffer.from(words.buffer));
  const [pathWords = 0, stemWords = 0, tree] = words;
  if (tree !== hash(headTree) || words.length !== HEADER_WORDS + pathWords + stemWords) return null;
  const content = words.subarray(HEADER_WORDS);
  return { paths: Bloom.of(content.subarray(0, pathWords)), stems: Bloom.of(content.subarray(pathWords)) };
}

/** @returns `null`: absent, damaged, or not of this state. */
export function openRows(directory: string, { graph, policy, tool }: QuickState): RowsFile | null {
  if (graph === null) return null;
  return RowsFile.open(rowsPath(directory), { tree: graph.tree, policy: policy.digest, tool });
}

export function rowsPath(directory: string): string {
  return join(directory, ROWS);
}

function hash(text: string): number {
  return Number.parseInt(checksum(text).slice(0, 8), 16);
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
