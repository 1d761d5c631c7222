import { type Oid, oid, repoPath } from '../model/brand.js';
import type { Mode } from '../model/tree.js';
import { normalKey } from './config-key.js';
import { ObjectRepository } from './embedded/object-repository.js';
import type { IndexEntry, RefValue, StoredObject } from './embedded/sources.js';
import { hashObject, type ObjectType } from './objects/hash.js';
import { formatTree } from './objects/tree.js';
import { comparePaths, encodePath } from './path-bytes.js';
import type { Repository } from './repository.js';

export type MemoryContent =
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly executable: string }
  | { readonly gitlink: string };

/** A whole tree as a literal: path → content. */
export type MemoryFiles = Readonly<Record<string, MemoryContent>>;

export interface MemoryCommit {
  /** All files of the commit, not only what it changes. */
  readonly files: MemoryFiles;
  /** Positions in `commits`; default: the commit before, none for the first. */
  readonly parents?: readonly number[];
  readonly message?: string;
  readonly author?: { readonly name: string; readonly email: string };
  /** Seconds since the epoch; default: a minute after the commit before. */
  readonly time?: number;
}

export interface MemoryOptions {
  /** Parents first. */
  readonly commits?: readonly MemoryCommit[];
  /** The index; default: the files of the last commit. */
  readonly index?: MemoryFiles;
  /** Full ref name → position in `commits`. `refs/heads/main` is the last commit unless given. */
  readonly refs?: Readonly<Record<string, number>>;
  /** Symbolic ref → full ref name. `HEAD` is `refs/heads/main` unless given. */
  readonly symbolicRefs?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, string>>;
}

export interface MemoryRepository extends Repository {
  /** The ids of the commits, in the order in which they were given. */
  readonly commits: readonly Oid[];
}

const EPOCH = Date.UTC(2026, 0, 1) / 1000;
const SOMEBODY = { name: 'Tess Tester', email: 'tess@example.com' };

/**
 * A repository made of literals: real git objects with real ids, held in memory.
 *
 *     createMemoryRepository({ commits: [{ files: { 'src/a.ts': '' } }], index: { 'src/b.ts': '' } })
 */
export function createMemoryRepository(options: MemoryOptions = {}): MemoryRepository {
  const objects = new Map<Oid, StoredObject>();
  const store = (type: ObjectType, content: Buffer): Oid => {
    const id = hashObject('sha1', type, content);
    objects.set(id, { type, content });
    return id;
  };
  const commits: Oid[] = [];
  for (const [position, commit] of (options.commits ?? []).entries()) {
    const parents = (commit.parents ?? (position === 0 ? [] : [position - 1])).map(at => {
      const parent = commits[at];
      if (parent === undefined)
        throw new RangeError(`commit ${position}: its parent ${at} must come before it`);
      return parent;
    });
    const tree = storeTree(entriesOf(commit.files, store), store);
    commits.push(store('commit', formatCommit(commit, tree, parents, EPOCH + position * 60)));
  }
  const index = entriesOf(options.index ?? options.commits?.at(-1)?.files ?? {}, store);
  const refs = refsOf(options, commits);
  const config = new Map(Object.entries(options.config ?? {}).map(([key, value]) => [normalKey(key), value]));
  const place = {
    // A folder that is nowhere: what looks for files beside the objects finds none.
    gitDirectory: '/nonexistent/lintel/memory/.git',
    commonDirectory: '/nonexistent/lintel/memory/.git',
    worktree: null,
    objectFormat: 'sha1',
  } as const;
  const repository = new ObjectRepository(place, {
    object: async id => objects.get(id) ?? null,
    expand: async prefix => [...objects.keys()].filter(id => id.startsWith(prefix)),
    ref: async name => refs.get(name) ?? null,
    refNames: async () => [...refs.keys()].filter(name => name.startsWith('refs/')),
    index: async () => index,
    boundary: async () => null,
    config: async key => config.get(key) ?? null,
  });
  return Object.assign(repository, { commits });
}

type Store = (type: ObjectType, content: Buffer) => Oid;

function refsOf(options: MemoryOptions, commits: readonly Oid[]): ReadonlyMap<string, RefValue> {
  const refs = new Map<string, RefValue>([['HEAD', { to: 'refs/heads/main' }]]);
  const last = commits.at(-1);
  if (last !== undefined) refs.set('refs/heads/main', { oid: last });
  for (const [name, position] of Object.entries(options.refs ?? {})) {
    const id = commits[position];
    if (id === undefined) throw new RangeError(`${name}: there is no commit ${position}`);
    refs.set(name, { oid: id });
  }
  for (const [name, to] of Object.entries(options.symbolicRefs ?? {})) refs.set(name, { to });
  return refs;
}

function entriesOf(files: MemoryFiles, store: Store): readonly IndexEntry[] {
  return Object.entries(files)
    .map(([path, content]) => ({
      path: repoPath(path),
      ...storeContent(content, store),
      stage: 0,
      intentToAdd: false,
    }))
    .sort((a, b) => comparePaths(a.path, b.path));
}

function storeContent(content: MemoryContent, store: Store): { readonly mode: Mode; readonly oid: Oid } {
  if (typeof content === 'string' || content instanceof Uint8Array)
    return { mode: '100644', oid: store('blob', Buffer.from(content as Uint8Array)) };
  if ('symlink' in content) return { mode: '120000', oid: store('blob', encodePath(content.symlink)) };
  if ('executable' in content) return { mode: '100755', oid: store('blob', Buffer.from(content.executable)) };
  return { mode: '160000', oid: oid(content.gitlink) };
}

/** @param entries in git's order: the leaves of one folder stand together */
function storeTree(entries: readonly IndexEntry[], store: Store, depth = 0): Oid {
  const items: { mode: Mode; oid: Oid; bytes: Buffer }[] = [];
  for (let start = 0; start < entries.length; ) {
    const entry = entries[start];
    if (entry === undefined) break;
    const segments = entry.path.split('/');
    const name = segments[depth] ?? '';
    const bytes = encodePath(name);
    if (segments.length === depth + 1) {
      items.push({ mode: entry.mode, oid: entry.oid, bytes });
      start += 1;
      continue;
    }
    let end = start + 1;
    while (entries[end]?.path.split('/')[depth] === name) end += 1;
    items.push({ mode: '040000', oid: storeTree(entries.slice(start, end), store, depth + 1), bytes });
    start = end;
  }
  return store('tree', formatTree(items));
}

function formatCommit(commit: MemoryCommit, tree: Oid, parents: readonly Oid[], time: number): Buffer {
  const { name, email } = commit.author ?? SOMEBODY;
  const person = `${name} <${email}> ${commit.time ?? time} +0000`;
  const head = [
    `tree ${tree}`,
    ...parents.map(id => `parent ${id}`),
    `author ${person}`,
    `committer ${person}`,
  ];
  return Buffer.from(`${head.join('\n')}\n\n${commit.message ?? 'commit'}\n`);
}
