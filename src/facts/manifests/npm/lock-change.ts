import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { isObject, type JsonObject } from './json-text.js';
import { isArchiveAddress } from './lock-fields.js';
import { entryOf } from './lock-packages.js';
import { isAddress, type LockNode, readMembers } from './lock-reader.js';

/** A lock file (version 3) as it was read. */
export interface KnownLock {
  readonly file: DependencyFile;
  readonly text: string;
  /** In the order of the text. */
  readonly nodes: readonly LockNode[];
}

/** What another entry, a root or an edge may hang on is not among them. */
const OWN = words(`version resolved integrity license hasInstallScript inBundle dev optional devOptional peer
  engines bin funding cpu os libc deprecated hasShrinkwrap`);
const WANTS = words('dependencies devDependencies optionalDependencies peerDependencies');

/**
 * What a whole parse of `text` would say, where the lock file that is known differs from it only in what a few packages
 * say of themselves: other versions, addresses, digests. Only those are read.
 * @returns `null`: more than that may differ
 */
export function changedLock(text: string, known: KnownLock, folder: string): DependencyFile | null {
  const span = changedSpan(text, known);
  if (span === null) return null;
  const { first, last, now, before, added } = span;
  const nodes = known.nodes.slice(first, last);
  const [objects, old] = [objectOf(now), objectOf(before)];
  const read = readMembers(`{${now}}`);
  if (read === null || objects === null || old === null || read.length !== nodes.length) return null;
  const targets = new Set(known.nodes.flatMap(({ target }) => (target === null ? [] : [target])));
  const line = (nodes[0]?.line ?? 1) - 1;
  const fresh = new Map<string, DependencyEntry>();
  for (const [at, node] of nodes.entries()) {
    const one = read[at];
    if (one === undefined || one.key !== node.key || node.called === null) return null;
    if (node.target !== null || targets.has(node)) return null;
    if (others(objects[node.key]) !== others(old[node.key])) return null;
    if (isArchiveAddress(one.resolved) !== isArchiveAddress(node.resolved)) return null;
    // All that hangs on other nodes is as it was.
    const { called, parent, target, direct, byUrl, requires } = node;
    const changed = { ...one, called, parent, target, direct, byUrl, requires, line: line + one.line };
    fresh.set(node.key, entryOf(changed, folder, []));
  }
  const [from, to] = [nodes[0]?.line ?? 1, nodes.at(-1)?.line ?? 1];
  let passed = false;
  const entries = known.file.entries.map(entry => {
    const at = entry.line ?? 1;
    const other = at >= from && at <= to ? fresh.get(entry.id) : undefined;
    if (other === undefined) return added === 0 || !passed ? entry : { ...entry, line: at + added };
    passed = true;
    return other;
  });
  return { ...known.file, entries };
}

interface Span {
  /** Nodes of the known file: from the first to before the last. */
  readonly first: number;
  readonly last: number;
  /** Their members, in the one text and in the other. */
  readonly now: string;
  readonly before: string;
  /** How many lines lower everything below lies. */
  readonly added: number;
}

/** Whole members of `packages`, outside of which the texts are the same. */
function changedSpan(text: string, known: KnownLock): Span | null {
  const { nodes, text: other } = known;
  const start = commonStart(text, other);
  const end = other.length - commonEnd(text, other, start);
  // A key's first character is behind its quote.
  const first = nodes.findLastIndex(node => node.start <= start);
  const last = nodes.findIndex((node, at) => at > first && node.start > end);
  const [from, to, key] = [nodes[first]?.start, nodes[last]?.start, nodes[first]?.key];
  if (from === undefined || to === undefined || key === undefined) return null;
  // A node's line is that of its colon; nobody but a fool writes it on another one.
  if (!/^"[ \t]*:/.test(other.slice(from + key.length, from + key.length + 100))) return null;
  const members = text.slice(from - 1, to - 1 + text.length - other.length);
  const old = other.slice(from - 1, to - 1);
  const [now, before] = [withoutComma(members), withoutComma(old)];
  if (now === null || before === null) return null;
  return { first, last, now, before, added: linesOf(members) - linesOf(old) };
}

function withoutComma(members: string): string | null {
  // JSON's own blanks: others are an error, and whoever reads the whole file says so.
  const plain = members.replace(/[ \t\r\n]+$/, '');
  return plain.endsWith(',') ? plain.slice(0, -1) : null;
}

/** `null`: not as JSON.stringify would write it, blanks aside: what is there twice, or called by a number, has another order there. */
function objectOf(members: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(`{${members}}`);
    const plain = members.replace(BLANKS, '$1');
    return isObject(value) && JSON.stringify(value) === `{${plain}}` ? value : null;
  } catch {
    // Whoever reads the whole file says what is wrong with it.
    return null;
  }
}

/** JSON's white space between strings, which are kept. */
const BLANKS = /("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g;

/** All of a member that isn't its own affair, as text. Of ranges it matters only whether they are addresses. */
function others(member: unknown): string | null {
  if (!isObject(member)) return null;
  const parts = Object.entries(member).flatMap(([name, value]) => {
    if (OWN.has(name)) return [];
    return [[name, WANTS.has(name) && isObject(value) ? wantsOf(value) : value]];
  });
  return JSON.stringify(parts);
}

function wantsOf(ranges: JsonObject): unknown {
  return Object.entries(ranges).map(([name, range]) => [
    name,
    typeof range === 'string' && isAddress(range, 0),
  ]);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

function linesOf(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** Compared piece by piece: that is done much quicker than character by character. */
const PIECE = 1 << 14;

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at + PIECE <= most && one.slice(at, at + PIECE) === other.slice(at, at + PIECE)) at += PIECE;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/** @param start what is common at the start is not counted again */
function commonEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  const endOf = (text: string, from: number, to: number): string =>
    text.slice(text.length - to, text.length - from);
  let at = 0;
  while (at + PIECE <= most && endOf(one, at, at + PIECE) === endOf(other, at, at + PIECE)) at += PIECE;
  while (at < most && one.charCodeAt(one.length - 1 - at) === other.charCodeAt(other.length - 1 - at)) at++;
  return at;
}
