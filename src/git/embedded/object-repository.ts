import { type Oid, oid, type RepoPath } from '../../model/brand.js';
import type { FileChange, TreeEntry } from '../../model/tree.js';
import { normalKey } from '../config-key.js';
import { closed, missingObject, oversized, unmergedIndex, wrongType } from '../errors.js';
import { parseCommit } from '../objects/commit.js';
import { emptyTreeOf, type ObjectFormat, type ObjectType } from '../objects/hash.js';
import { findInTree } from '../objects/path-lookup.js';
import { parseTree, type TreeItem } from '../objects/tree.js';
import type { Commit, Repository } from '../repository.js';
import { type GraphNode, isReachable } from '../walk/graph.js';
import { type CommitQuery, walkCommits } from '../walk/list-commits.js';
import { bestCommonAncestors } from '../walk/merge-base.js';
import { trustedBases, trustedNotAncestor } from '../walk/shallow.js';
import { resolveRef, resolveRevision } from './revision.js';
import type { Sources } from './sources.js';
import { diffEntries, diffTreeObjects, listLeaves } from './tree-diff.js';

export interface Place {
  readonly gitDirectory: string;
  readonly commonDirectory: string;
  readonly worktree: string | null;
  readonly objectFormat: ObjectFormat;
}

/** Trees kept parsed: a walk over history reads the same ones again and again. */
const MAX_TREES = 4096;

/** The Repository port in JavaScript, over whatever holds objects, refs and an index. */
export class ObjectRepository implements Repository {
  readonly backend = 'embedded';
  readonly objectFormat: ObjectFormat;
  readonly gitDirectory: string;
  readonly commonDirectory: string;
  readonly worktree: string | null;
  readonly emptyTree: Oid;
  readonly #sources: Sources;
  readonly #commits = new Map<Oid, Commit>();
  readonly #trees = new Map<Oid, readonly TreeItem[]>();
  #isClosed = false;

  constructor(place: Place, sources: Sources) {
    this.objectFormat = place.objectFormat;
    this.gitDirectory = place.gitDirectory;
    this.commonDirectory = place.commonDirectory;
    this.worktree = place.worktree;
    this.emptyTree = emptyTreeOf(place.objectFormat);
    this.#sources = sources;
  }

  async isShallow(): Promise<boolean> {
    return (await this.#sources.boundary()) !== null;
  }

  async resolveCommit(revision: string): Promise<Oid | null> {
    if (/[\n\0]/.test(revision)) return null;
    return resolveRevision(revision, {
      ref: name => this.#sources.ref(name),
      expand: prefix => this.#sources.expand(prefix),
      peel: id => this.peelToCommit(id),
      parents: async id => (await this.#node(id)).parents,
    });
  }

  async objectType(id: Oid): Promise<ObjectType | null> {
    return id === this.emptyTree ? 'tree' : ((await this.#object(id))?.type ?? null);
  }

  async peelToCommit(id: Oid): Promise<Oid | null> {
    let current = id;
    for (;;) {
      const object = await this.#object(current);
      if (object === null) return null;
      if (object.type === 'commit') return current;
      if (object.type !== 'tag') return null;
      // A tag object starts with: object SP <oid> LF
      current = oid(object.content.toString('latin1', 'object '.length, 'object '.length + id.length));
    }
  }

  async commit(id: Oid): Promise<Commit> {
    const known = this.#commits.get(id);
    if (known !== undefined) return known;
    const commit = parseCommit(id, await this.#read(id, 'commit'));
    this.#commits.set(id, commit);
    return commit;
  }

  listTree(tree: Oid): Promise<readonly TreeEntry[]> {
    return listLeaves(tree, id => this.#tree(id));
  }

  treeEntry(tree: Oid, path: RepoPath): Promise<TreeEntry | null> {
    return findInTree(tree, path, id => this.#tree(id));
  }

  async listIndex(): Promise<readonly TreeEntry[]> {
    this.#mustBeOpen();
    const entries = await this.#sources.index();
    const unmerged = new Set(entries.filter(entry => entry.stage > 0).map(entry => entry.path));
    if (unmerged.size > 0) throw unmergedIndex([...unmerged]);
    return entries
      .filter(entry => !entry.intentToAdd)
      .map(({ mode, oid: id, path }) => ({ mode, oid: id, path }));
  }

  async diffIndex(tree: Oid): Promise<readonly FileChange[]> {
    const [before, after] = await Promise.all([this.listTree(tree), this.listIndex()]);
    return diffEntries(before, after);
  }

  async diffTrees(base: Oid, head: Oid): Promise<readonly FileChange[]> {
    return base === head ? [] : diffTreeObjects(base, head, id => this.#tree(id));
  }

  workingCopy(): null {
    return null;
  }

  async readBlob(id: Oid, maxBytes?: number): Promise<Buffer> {
    const content = await this.#read(id, 'blob');
    if (maxBytes !== undefined && content.length > maxBytes) throw oversized(id, content.length, maxBytes);
    return content;
  }

  async blobSizes(oids: readonly Oid[]): Promise<readonly (number | null)[]> {
    const sizes: (number | null)[] = [];
    // One after the other: only one object is in memory at a time.
    for (const id of oids) sizes.push((await this.#object(id))?.content.length ?? null);
    return sizes;
  }

  async mergeBases(a: Oid, b: Oid): Promise<readonly Oid[]> {
    const bases = await bestCommonAncestors(a, b, id => this.#node(id));
    return trustedBases([a, b], bases, await this.#sources.boundary(), range => this.listCommits(range));
  }

  async isAncestor(ancestor: Oid, descendant: Oid): Promise<boolean> {
    // A commit that is not there is no ancestor that was looked for in vain.
    await this.#node(ancestor);
    if (await isReachable(ancestor, descendant, id => this.#node(id))) return true;
    return trustedNotAncestor(ancestor, descendant, await this.#sources.boundary(), range =>
      this.listCommits(range),
    );
  }

  async listCommits(query: CommitQuery): Promise<readonly Oid[]> {
    return walkCommits(
      query,
      id => this.#node(id),
      (commit, parent) => this.#samePaths(query.paths ?? [], commit, parent),
    );
  }

  async refs(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    this.#mustBeOpen();
    const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    const refs = new Map<string, Oid>();
    for (const name of [...(await this.#sources.refNames())].sort()) {
      if (name !== prefix && !name.startsWith(folder)) continue;
      const id = await resolveRef(name, this.#sources);
      if (id !== null) refs.set(name, id);
    }
    return refs;
  }

  async symbolicRef(name: string): Promise<string | null> {
    this.#mustBeOpen();
    const value = await this.#sources.ref(name);
    return value !== null && 'to' in value ? value.to : null;
  }

  async config(key: string): Promise<string | null> {
    this.#mustBeOpen();
    return this.#sources.config(normalKey(key));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#commits.clear();
    this.#trees.clear();
  }

  #mustBeOpen(): void {
    if (this.#isClosed) throw closed();
  }

  async #object(id: Oid): Promise<Awaited<ReturnType<Sources['object']>>> {
    this.#mustBeOpen();
    return this.#sources.object(id);
  }

  async #read(id: Oid, type: ObjectType): Promise<Buffer> {
    const object = await this.#object(id);
    if (object === null) throw missingObject(id, type);
    if (object.type !== type) throw wrongType(id, type, object.type);
    return object.content;
  }

  async #tree(id: Oid): Promise<readonly TreeItem[]> {
    if (id === this.emptyTree) return [];
    const known = this.#trees.get(id);
    if (known !== undefined) return known;
    const items = parseTree(id, await this.#read(id, 'tree'));
    if (this.#trees.size >= MAX_TREES) this.#trees.clear();
    this.#trees.set(id, items);
    return items;
  }

  async #node(id: Oid): Promise<GraphNode> {
    const commit = await this.commit(id);
    const isCutOff = (await this.#sources.boundary())?.has(id) === true;
    return { oid: id, parents: isCutOff ? [] : commit.parents, time: commit.committer.time };
  }

  async #samePaths(paths: readonly RepoPath[], commit: Oid, parent: Oid | null): Promise<boolean> {
    const tree = (await this.commit(commit)).tree;
    const other = parent === null ? this.emptyTree : (await this.commit(parent)).tree;
    if (tree === other) return true;
    for (const path of paths) {
      const [a, b] = await Promise.all([this.treeEntry(tree, path), this.treeEntry(other, path)]);
      if (a?.oid !== b?.oid || a?.mode !== b?.mode) return false;
    }
    return true;
  }
}
