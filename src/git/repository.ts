import type { Oid, RepoPath } from '../model/brand.js';
import type { FileChange, TreeEntry } from '../model/tree.js';

/**
 * The port to version control: what a judge may ask of a repository, and no more.
 * Two backends keep the same contract (test/git/contract.ts): git's own plumbing, and the embedded
 * one on isomorphic-git. Nothing here writes to the working tree or to the index.
 *
 * Every method throws `GitError` when the answer can't be known; none guesses.
 */
export interface Repository {
  readonly backend: 'git' | 'embedded';
  readonly objectFormat: 'sha1' | 'sha256';
  /** Absolute. In a linked worktree this differs from `commonDirectory`. */
  readonly gitDirectory: string;
  /** Absolute: shared by all worktrees; `lintel/` lies in it. */
  readonly commonDirectory: string;
  /** Absolute root of the working tree; `null` in a bare repository or for trees in memory. */
  readonly worktree: string | null;

  /** A shallow repository: merge bases and history may be missing without a word. */
  isShallow(): Promise<boolean>;
  /** Any revision syntax git knows, peeled to a commit. `null`: there is no such commit (unborn HEAD included). */
  resolveCommit(revision: string): Promise<Oid | null>;
  /** What an object is; `null` when the repository does not have it. */
  objectType(oid: Oid): Promise<'commit' | 'tree' | 'blob' | 'tag' | null>;
  /** Peels tags. `null` when the object is missing or does not end in a commit. */
  peelToCommit(oid: Oid): Promise<Oid | null>;
  commit(oid: Oid): Promise<Commit>;
  /** The id of the empty tree in this repository's hash. */
  readonly emptyTree: Oid;

  /** Every leaf below a tree, recursively, in git's order. */
  listTree(tree: Oid): Promise<readonly TreeEntry[]>;
  /** One leaf or folder (mode 040000) of a tree; `null`: it does not exist, which is not an error. */
  treeEntry(tree: Oid, path: RepoPath): Promise<TreeEntry | null>;
  /**
   * The index that git is about to commit: `GIT_INDEX_FILE` is obeyed, split and sparse indexes are expanded,
   * intent-to-add entries are left out.
   * @throws GitError `unmerged-index`, naming the paths.
   */
  listIndex(): Promise<readonly TreeEntry[]>;

  /** What the index changes against a tree (raw, no renames, submodules never ignored). */
  diffIndex(tree: Oid): Promise<readonly FileChange[]>;
  /** What `head` changes against `base`, both trees. */
  diffTrees(base: Oid, head: Oid): Promise<readonly FileChange[]>;

  /**
   * @throws GitError `oversized` past `maxBytes`, without reading it (the embedded backend must read it to
   * know its size); `missing-object`.
   */
  readBlob(oid: Oid, maxBytes?: number): Promise<Buffer>;
  /**
   * The bytes of the blob from the working tree, if the file at the path holds just these (its hash is the id) and no
   * more than `maxBytes`; quicker than asking git. They hold until the next call. `null`: read the blob.
   */
  workingCopy(path: RepoPath, oid: Oid, maxBytes: number): Buffer | null;
  /** The sizes in bytes, in order; `null` for an object that is missing. One round trip for all. */
  blobSizes(oids: readonly Oid[]): Promise<readonly (number | null)[]>;

  /** All merge bases. @throws GitError `shallow` when the boundary hides the answer. */
  mergeBases(a: Oid, b: Oid): Promise<readonly Oid[]>;
  isAncestor(ancestor: Oid, descendant: Oid): Promise<boolean>;
  /**
   * Commits reachable from `include` and not from `exclude`, newest first, parents after children unless
   * `oldestFirst`. `limit` keeps the newest ones, also with `oldestFirst`; with `limit` and no `exclude`
   * commits with lying dates may change places. A shallow clone's list ends at its boundary.
   */
  listCommits(query: {
    readonly include: readonly Oid[];
    readonly exclude: readonly Oid[];
    readonly paths?: readonly RepoPath[];
    readonly oldestFirst?: boolean;
    readonly limit?: number;
  }): Promise<readonly Oid[]>;

  /** Full ref name → oid (unpeeled), for refs below a prefix such as `refs/remotes/origin/`. Symbolic refs are followed. */
  refs(prefix: string): Promise<ReadonlyMap<string, Oid>>;
  /** What a symbolic ref points at, e.g. `refs/remotes/origin/HEAD` → `refs/remotes/origin/main`; `null` when there is none. */
  symbolicRef(name: string): Promise<string | null>;
  /** A configuration value; `null` when unset. */
  config(key: string): Promise<string | null>;

  /** Ends the long-lived processes. Safe to call twice. */
  close(): Promise<void>;
}

export interface Commit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Person;
  readonly committer: Person;
  /** The whole message. */
  readonly message: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  /** Seconds since the epoch, as the commit claims. */
  readonly time: number;
}

export type GitErrorCode =
  | 'not-a-repository'
  | 'git-missing'
  | 'git-too-old'
  | 'unmerged-index'
  | 'missing-object'
  | 'oversized'
  | 'shallow'
  | 'unsupported'
  | 'interrupted'
  | 'failed';

export class GitError extends Error {
  override readonly name = 'GitError';
  constructor(
    readonly code: GitErrorCode,
    message: string,
    /** The command or edit that mends it. */
    readonly remedy: string | null = null,
    /** Paths that it is about. */
    readonly paths: readonly RepoPath[] = [],
  ) {
    super(message);
  }
}
