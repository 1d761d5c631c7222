import { readFile } from 'node:fs/promises';
import { isOid, type Oid, oid, type RepoPath } from '../../model/brand.js';
import type { FileChange, TreeEntry } from '../../model/tree.js';
import { normalKey } from '../config-key.js';
import type { Environment } from '../environment.js';
import { missingObject, oversized, wrongType } from '../errors.js';
import { parseCommit } from '../objects/commit.js';
import { emptyBlobOf, emptyTreeOf, type ObjectType } from '../objects/hash.js';
import { findInTree } from '../objects/path-lookup.js';
import { parseTree } from '../objects/tree.js';
import { decodeBytes, encodePath } from '../path-bytes.js';
import { type Commit, GitError, type Repository } from '../repository.js';
import { type Boundary, trustedBases, trustedNotAncestor } from '../walk/shallow.js';
import { CatFile } from './cat-file.js';
import { parseLsFiles } from './ls-files.js';
import { parseLsTree } from './ls-tree.js';
import { discover, type Layout } from './open.js';
import { type GitOutput, notFetched, runGit } from './process.js';
import { parseRawDiff, splitAtNul } from './raw-diff.js';
import { WorkingCopies } from './working-copies.js';

type CommitQuery = Parameters<Repository['listCommits']>[0];

/** `--ita-invisible-in-index`: an intent-to-add entry is not part of what will be committed. */
const RAW = ['--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'] as const;

export async function openPlumbing(cwd: string, environment: Environment): Promise<Repository> {
  return new PlumbingRepository(await discover(cwd, environment));
}

/** The backend on the git binary: plumbing commands only, whose output no configuration changes. */
class PlumbingRepository implements Repository {
  readonly backend = 'git';
  readonly objectFormat;
  readonly gitDirectory: string;
  readonly commonDirectory: string;
  readonly worktree: string | null;
  readonly emptyTree: Oid;
  readonly #layout: Layout;
  readonly #headers: CatFile;
  readonly #contents: CatFile;
  readonly #workingCopies: WorkingCopies;
  #configuration: Promise<ReadonlyMap<string, string>> | null = null;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.objectFormat = layout.objectFormat;
    this.gitDirectory = layout.gitDirectory;
    this.commonDirectory = layout.commonDirectory;
    this.worktree = layout.worktree;
    this.emptyTree = emptyTreeOf(layout.objectFormat);
    this.#workingCopies = new WorkingCopies(layout.worktree, layout.objectFormat);
    this.#headers = new CatFile(layout.door, 'headers');
    this.#contents = new CatFile(layout.door, 'contents');
  }

  async isShallow(): Promise<boolean> {
    return (await this.#shallowBoundary()) !== null;
  }

  async resolveCommit(revision: string): Promise<Oid | null> {
    // cat-file takes one question a line.
    if (/[\n\0]/.test(revision)) return null;
    const answer = await this.#headers.ask(`${revision}^{commit}`);
    if (answer.found) return oid(answer.oid);
    if (answer.reason === 'missing') return null;
    throw new GitError(
      'failed',
      `${revision} is ambiguous: several objects start with it`,
      'Give more digits.',
    );
  }

  async objectType(id: Oid): Promise<ObjectType | null> {
    const answer = await this.#headers.ask(id);
    return answer.found ? answer.type : null;
  }

  peelToCommit(id: Oid): Promise<Oid | null> {
    return this.resolveCommit(id);
  }

  async commit(id: Oid): Promise<Commit> {
    return parseCommit(id, await this.#read(id, 'commit'));
  }

  async listTree(tree: Oid): Promise<readonly TreeEntry[]> {
    if (tree === this.emptyTree) return [];
    const { stdout } = await this.#about([tree], ['ls-tree', '-r', '-z', '--full-tree', tree]);
    const entries = parseLsTree(stdout);
    // Only the empty tree has no leaf (git writes no other one): a git that says nothing here has not looked.
    if (entries.length === 0) throw silent(`ls-tree names no file of the tree ${tree}`);
    return entries;
  }

  treeEntry(tree: Oid, path: RepoPath): Promise<TreeEntry | null> {
    return findInTree(tree, path, async id => parseTree(id, await this.#read(id, 'tree')));
  }

  async listIndex(): Promise<readonly TreeEntry[]> {
    // Against the empty tree every entry is an addition, and, unlike ls-files, diff-index knows how to
    // leave intent-to-add out.
    const changes = await this.diffIndex(this.emptyTree);
    return changes.flatMap(({ path, after }) => (after === null ? [] : [{ path, ...after }]));
  }

  async diffIndex(tree: Oid): Promise<readonly FileChange[]> {
    this.#contents.warm();
    const { stdout } = await this.#about(
      [tree],
      ['diff-index', '--cached', ...RAW, '--ita-invisible-in-index', tree, '--'],
    );
    const changes = parseRawDiff(stdout);
    if (changes.length === 0) await this.#confirmUnchanged(tree);
    return changes;
  }

  async diffTrees(base: Oid, head: Oid): Promise<readonly FileChange[]> {
    if (base === head) return [];
    this.#contents.warm();
    // diff-tree loads the index although it does not need it (60 ms at 500,000 files).
    const environment = { GIT_INDEX_FILE: '/nonexistent/lintel/index' };
    const { stdout } = await this.#about([base, head], ['diff-tree', '-r', ...RAW, base, head, '--'], {
      environment,
    });
    const changes = parseRawDiff(stdout);
    if (changes.length === 0 && !sameLeaves(await this.listTree(base), await this.listTree(head)))
      throw silent(`diff-tree names no change between the trees ${base} and ${head}`);
    return changes;
  }

  async readBlob(id: Oid, maxBytes?: number): Promise<Buffer> {
    return this.#read(id, 'blob', maxBytes);
  }

  workingCopy(path: RepoPath, id: Oid, maxBytes: number): Buffer | null {
    return this.#workingCopies.read(path, id, maxBytes);
  }

  async blobSizes(oids: readonly Oid[]): Promise<readonly (number | null)[]> {
    const answers = await Promise.all(oids.map(id => this.#headers.ask(id)));
    return answers.map(answer => (answer.found ? answer.size : null));
  }

  async mergeBases(a: Oid, b: Oid): Promise<readonly Oid[]> {
    // Asked first: in a shallow clone merge-base exits 1 without a word, or names a wrong base.
    const boundary = await this.#shallowBoundary();
    // Exit 1: the histories have nothing in common.
    const { stdout, code } = await this.#about([a, b], ['merge-base', '--all', a, b], { accept: [1] });
    if (code === 0 && stdout.length === 0) throw silent(`merge-base names no base of ${a} and ${b}`);
    return trustedBases([a, b], oidLines(stdout), boundary, range => this.listCommits(range));
  }

  async isAncestor(ancestor: Oid, descendant: Oid): Promise<boolean> {
    const boundary = await this.#shallowBoundary();
    const { code } = await this.#about(
      [ancestor, descendant],
      ['merge-base', '--is-ancestor', ancestor, descendant],
      { accept: [1] },
    );
    if (code === 0) return true;
    return trustedNotAncestor(ancestor, descendant, boundary, range => this.listCommits(range));
  }

  async listCommits(query: CommitQuery): Promise<readonly Oid[]> {
    const paths = query.paths ?? [];
    if (query.include.length === 0 || query.limit === 0) return [];
    const args = ['rev-list', '--stdin'];
    // A strict order needs the whole history first (100 ms where the newest change of a file takes 4).
    if (query.limit === undefined || query.exclude.length > 0 || query.oldestFirst === true)
      args.push('--date-order');
    if (query.oldestFirst === true) args.push('--reverse');
    if (query.limit !== undefined) args.push(`--max-count=${query.limit}`);
    // By standard input: thousands of refs do not fit on a command line, and bytes that are not UTF-8
    // do not pass through Node's arguments.
    const input = [...query.include, ...query.exclude.map(id => `^${id}`), '--', ...paths];
    if (paths.some(path => path.includes('\n')))
      throw new GitError('unsupported', 'the history of a path with a line break in its name', null, paths);
    const { stdout } = await this.#about([...query.include, ...query.exclude], args, {
      input: Buffer.concat(input.map(line => Buffer.concat([encodePath(line), Buffer.from('\n')]))),
    });
    return oidLines(stdout);
  }

  async refs(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    const { stdout } = await this.#run(['for-each-ref', '--format=%(refname) %(objectname)', '--', prefix]);
    const refs = new Map<string, Oid>();
    for (const line of lines(stdout)) {
      const space = line.indexOf(' ');
      refs.set(line.slice(0, space), oid(line.slice(space + 1)));
    }
    return refs;
  }

  async symbolicRef(name: string): Promise<string | null> {
    const { stdout, code } = await this.#run(['symbolic-ref', '--quiet', '--', name], { accept: [1, 128] });
    return code === 0 ? (lines(stdout)[0] ?? null) : null;
  }

  async config(key: string): Promise<string | null> {
    this.#configuration ??= this.#readConfiguration();
    return (await this.#configuration).get(normalKey(key)) ?? null;
  }

  async close(): Promise<void> {
    await Promise.all([this.#headers.close(), this.#contents.close()]);
  }

  /** Says a git that did not look: no change. It is believed only when another of its commands agrees; that is rare. */
  async #confirmUnchanged(tree: Oid): Promise<void> {
    const [before, { stdout }] = await Promise.all([
      this.listTree(tree),
      this.#run(['ls-files', '--stage', '-z']),
    ]);
    const known = new Set<string>(before.map(entry => entry.path));
    const empty = emptyBlobOf(this.objectFormat);
    // Intent-to-add: a path of its own that holds the empty blob. ls-files does not tell it from an empty file.
    const after = parseLsFiles(stdout).filter(entry => known.has(entry.path) || entry.oid !== empty);
    if (!sameLeaves(before, after))
      throw silent(`diff-index names no change, but the index is not the tree ${tree}`);
  }

  async #read(id: Oid, type: ObjectType, maxBytes = Number.POSITIVE_INFINITY): Promise<Buffer> {
    const answer = await this.#contents.ask(id, maxBytes);
    if (!answer.found) throw await this.#missing(id, type);
    if (answer.oid !== id) throw new GitError('failed', `git cat-file answered ${answer.oid} to ${id}`);
    if (answer.type !== type) throw wrongType(id, type, answer.type);
    if (answer.content === null) throw oversized(id, answer.size, maxBytes);
    return answer.content;
  }

  /** Git has tried to fetch an object that a partial clone lacks before it says `missing`. */
  async #missing(id: Oid, what: string): Promise<GitError> {
    this.#configuration ??= this.#readConfiguration();
    const keys = [...(await this.#configuration).keys()];
    const isPartial = keys.some(
      key => key === 'extensions.partialclone' || /^remote\..*\.promisor$/s.test(key),
    );
    return isPartial ? notFetched(`${what} ${id}`) : missingObject(id, what);
  }

  /** The last value of each key, keys as `git config --list` writes them: (<key> [LF <value>] NUL)* */
  async #readConfiguration(): Promise<ReadonlyMap<string, string>> {
    const { stdout } = await this.#run(['config', '--list', '-z']);
    const values = new Map<string, string>();
    for (const field of splitAtNul(stdout)) {
      const end = field.indexOf('\n');
      // A key without `=` means true.
      if (end === -1) values.set(field, 'true');
      else values.set(field.slice(0, end), field.slice(end + 1));
    }
    return values;
  }

  /** The commits whose parents this clone lacks; `null` when it is not shallow. Read anew: a fetch may deepen it. */
  async #shallowBoundary(): Promise<Boundary> {
    try {
      return new Set((await readFile(this.#layout.shallowFile, 'latin1')).split('\n').filter(isOid));
    } catch (error) {
      if (isAbsent(error)) return null;
      throw new GitError('failed', `${this.#layout.shallowFile} can't be read: ${String(error)}`);
    }
  }

  #run(args: readonly string[], options: Parameters<typeof runGit>[2] = {}): Promise<GitOutput> {
    return runGit(this.#layout.door, args, options);
  }

  /** Runs a command about objects; when it fails because one is missing, says which. */
  async #about(
    ids: readonly Oid[],
    args: readonly string[],
    options: Parameters<typeof runGit>[2] = {},
  ): Promise<GitOutput> {
    try {
      return await this.#run(args, options);
    } catch (error) {
      if (!(error instanceof GitError) || error.code !== 'failed') throw error;
      for (const id of ids) if ((await this.objectType(id)) === null) throw await this.#missing(id, 'object');
      throw error;
    }
  }
}

/** Exit code 0 and an answer that can't be: never taken for "nothing there". */
function silent(what: string): GitError {
  return new GitError('failed', `git ${what}`, 'Run the command again; git fsck if it stays so.');
}

function sameLeaves(a: readonly TreeEntry[], b: readonly TreeEntry[]): boolean {
  const known = new Map<string, TreeEntry>(a.map(entry => [entry.path, entry]));
  return (
    a.length === b.length &&
    b.every(({ path, mode, oid: id }) => known.get(path)?.oid === id && known.get(path)?.mode === mode)
  );
}

function lines(output: Buffer): readonly string[] {
  if (output.length > 0 && output[output.length - 1] !== 0x0a)
    throw new GitError('failed', "git's answer stops in the middle of a line", 'Run the command again.');
  return decodeBytes(output)
    .split('\n')
    .filter(line => line !== '');
}

function oidLines(output: Buffer): readonly Oid[] {
  return lines(output).map(oid);
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
