import { closeSync, openSync, readSync } from 'node:fs';
import { isOid, type Oid, type RepoPath, repoPath } from '../../model/brand.js';
import type { Mode } from '../../model/tree.js';

/**
 * What the hook's shell has git write before node has started (hooks/pre-commit shows the stream). A
 * prefetch, never the judge's word: without the end mark, or with a record that has no partner, it
 * counts for nothing and the full judge asks git itself.
 */
export interface Prefetched {
  /** HEAD's tree: its id and its bytes. */
  readonly tree: { readonly oid: Oid; readonly content: Buffer };
  readonly changes: readonly PrefetchedChange[];
}

export interface PrefetchedChange {
  readonly path: RepoPath;
  readonly letter: string;
  readonly before: PrefetchedSide | null;
  readonly after: PrefetchedSide | null;
}

export interface PrefetchedSide {
  readonly mode: Mode;
  readonly oid: Oid;
  /** The blob's bytes. */
  readonly content: Buffer;
}

const NEWLINE = 10;
const END = 'lintel-end missing';
const START_BYTES = 1 << 18;

/** A longer stream is not worth its memory: the full judge asks for sizes first, and reads what a rule governs. */
const LIMIT_BYTES = 1 << 26;

/**
 * Standard input to its end; nothing of it past the limit. Synchronous: the gate has nothing else to do, and an
 * event loop costs 2 ms.
 */
export function readStandardInput(): Buffer {
  let buffer = Buffer.allocUnsafe(START_BYTES);
  let length = 0;
  for (;;) {
    if (length === LIMIT_BYTES) return abandon();
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafe(buffer.length * 2);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    let read: number;
    try {
      read = readSync(0, buffer, length, buffer.length - length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN' || code === 'EINTR') continue;
      if (code === 'EOF') break;
      throw error;
    }
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

/** git, which writes the stream, ends when nobody reads it. Something has to stand in for standard input. */
function abandon(): Buffer {
  closeSync(0);
  openSync('/dev/null', 'r');
  return Buffer.alloc(0);
}

interface Entry {
  readonly oid: string;
  readonly type: string;
  readonly rest: string;
  readonly content: Buffer | null;
}

/** @returns `null` when the stream is not whole or holds anything unexpected. */
export function parsePrefetch(stream: Buffer): Prefetched | null {
  const [head, ...rest] = parseEntries(stream) ?? [];
  const tree = treeOf(head);
  const changes = tree === null ? null : pairs(rest);
  return tree === null || changes === null ? null : { tree, changes };
}

/** What post-commit's stream holds: the new commit with its tree, its parent's tree, and what it changed. */
export interface PrefetchedCommit extends Prefetched {
  readonly parentTree: Oid;
  readonly commit: { readonly oid: Oid; readonly content: Buffer };
}

export function parsePrefetchedCommit(stream: Buffer): PrefetchedCommit | null {
  const [head, parent, commit, ...rest] = parseEntries(stream) ?? [];
  const tree = treeOf(head);
  const parentTree = treeOf(parent);
  if (tree === null || parentTree === null || commit?.type !== 'commit' || commit.content === null)
    return null;
  const changes = pairs(rest);
  if (changes === null || !isOid(commit.oid)) return null;
  return { tree, parentTree: parentTree.oid, commit: { oid: commit.oid, content: commit.content }, changes };
}

function treeOf(entry: Entry | undefined): Prefetched['tree'] | null {
  if (entry === undefined || entry.type !== 'tree' || entry.content === null || !isOid(entry.oid))
    return null;
  return { oid: entry.oid, content: entry.content };
}

function pairs(entries: readonly Entry[]): readonly PrefetchedChange[] | null {
  const changes: PrefetchedChange[] = [];
  for (let index = 0; index < entries.length; index += 2) {
    const change = pair(entries[index], entries[index + 1]);
    if (change === null) return null;
    changes.push(change);
  }
  return changes;
}

function parseEntries(stream: Buffer): readonly Entry[] | null {
  const entries: Entry[] = [];
  let at = 0;
  while (at < stream.length) {
    const end = stream.indexOf(NEWLINE, at);
    if (end < 0) return null;
    const header = stream.toString('latin1', at, end);
    at = end + 1;
    if (header === END) return at === stream.length ? entries : null;
    if (header.endsWith(' missing')) {
      entries.push({ oid: header.slice(0, -' missing'.length), type: 'missing', rest: '', content: null });
      continue;
    }
    const [oid = '', type = '', size = ''] = header.split(' ', 3);
    const bytes = Number(size);
    if (!Number.isSafeInteger(bytes) || at + bytes >= stream.length || stream[at + bytes] !== NEWLINE)
      return null;
    const rest = header.slice(oid.length + type.length + size.length + 3);
    entries.push({ oid, type, rest, content: stream.subarray(at, at + bytes) });
    at += bytes + 1;
  }
  return null;
}

/** `:100644 100644 <oid> <oid> M<tab>path`, the path quoted as git quotes it. */
const RAW = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\t(.+)$/s;

function pair(before: Entry | undefined, after: Entry | undefined): PrefetchedChange | null {
  if (before === undefined || after === undefined) return null;
  const raw = RAW.exec(before.rest === '' ? after.rest : before.rest);
  if (raw === null) return null;
  const [, oldMode = '', newMode = '', oldOid = '', newOid = '', letter = '', quoted = ''] = raw;
  // Any other letter (U, X) is not for a quick look.
  if (!'AMDT'.includes(letter)) return null;
  const path = unquote(quoted);
  if (path === null || before.oid !== oldOid || after.oid !== newOid) return null;
  const sides = [side(before, oldMode), side(after, newMode)] as const;
  if (sides.includes('unreadable')) return null;
  const [left, right] = sides as readonly [PrefetchedSide | null, PrefetchedSide | null];
  if ((left === null) !== (letter === 'A') || (right === null) !== (letter === 'D')) return null;
  return { path: repoPath(path), letter, before: left, after: right };
}

function side(entry: Entry, mode: string): PrefetchedSide | null | 'unreadable' {
  if (mode === '000000') return entry.content === null ? null : 'unreadable';
  if (entry.content === null || entry.type !== 'blob' || !isOid(entry.oid)) return 'unreadable';
  return { mode: mode as Mode, oid: entry.oid, content: entry.content };
}

/** Git quotes a path with bytes it thinks odd: `"a\"b\tc\303\244"`. What is not UTF-8 is left to the full judge. */
function unquote(text: string): string | null {
  if (!text.startsWith('"')) return /^[\x20-\x7e]+$/.test(text) ? text : null;
  if (!text.endsWith('"') || text.length < 2) return null;
  const bytes: number[] = [];
  for (let index = 1; index < text.length - 1; index++) {
    if (text[index] !== '\\') {
      bytes.push(text.charCodeAt(index));
      continue;
    }
    const next = text[++index] ?? '';
    const simple = 'abtnvfr'.indexOf(next);
    if (simple >= 0) bytes.push(7 + simple);
    else if (next === '"' || next === '\\') bytes.push(next.charCodeAt(0));
    else {
      const octal = text.slice(index, index + 3);
      if (!/^[0-3][0-7]{2}$/.test(octal)) return null;
      bytes.push(Number.parseInt(octal, 8));
      index += 2;
    }
  }
  const path = Buffer.from(bytes).toString('utf8');
  return path.includes('\uFFFD') ? null : path;
}
