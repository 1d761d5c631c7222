import type { Oid, RepoPath } from '../../model/brand.js';
import type { ChangeStatus, FileChange, Mode, TreeEntry } from '../../model/tree.js';
import type { TreeItem } from '../objects/tree.js';
import { comparePaths } from '../path-bytes.js';

export type ReadTree = (id: Oid) => Promise<readonly TreeItem[]>;

export async function listLeaves(tree: Oid, read: ReadTree, prefix = ''): Promise<TreeEntry[]> {
  const leaves: TreeEntry[] = [];
  for (const { mode, oid, name } of await read(tree)) {
    const path = (prefix + name) as RepoPath;
    if (mode !== '040000') leaves.push({ mode, oid, path });
    else for (const leaf of await listLeaves(oid, read, `${path}/`)) leaves.push(leaf);
  }
  return leaves;
}

/** What differs between two trees; folders with one id are not opened. */
export async function diffTreeObjects(
  before: Oid,
  after: Oid,
  read: ReadTree,
): Promise<readonly FileChange[]> {
  const left: TreeEntry[] = [];
  const right: TreeEntry[] = [];
  const compare = async (a: Oid | null, b: Oid | null, prefix: string): Promise<void> => {
    const [ones, others] = await Promise.all([a === null ? [] : read(a), b === null ? [] : read(b)]);
    const byName = new Map(others.map(item => [item.name, item]));
    const leave = async (item: TreeItem, side: TreeEntry[]): Promise<void> => {
      const path = (prefix + item.name) as RepoPath;
      if (item.mode !== '040000') side.push({ mode: item.mode, oid: item.oid, path });
      else for (const leaf of await listLeaves(item.oid, read, `${path}/`)) side.push(leaf);
    };
    for (const one of ones) {
      const other = byName.get(one.name);
      byName.delete(one.name);
      if (other === undefined) await leave(one, left);
      else if (one.mode === '040000' && other.mode === '040000') {
        if (one.oid !== other.oid) await compare(one.oid, other.oid, `${prefix}${one.name}/`);
      } else if (one.oid !== other.oid || one.mode !== other.mode) {
        await leave(one, left);
        await leave(other, right);
      }
    }
    for (const other of byName.values()) await leave(other, right);
  };
  await compare(before, after, '');
  return diffEntries(left, right);
}

/** Leaves of two trees → changes, in git's order. */
export function diffEntries(
  before: readonly TreeEntry[],
  after: readonly TreeEntry[],
): readonly FileChange[] {
  const changes: FileChange[] = [];
  const old = new Map(before.map(entry => [entry.path, entry]));
  for (const entry of after) {
    const base = old.get(entry.path);
    old.delete(entry.path);
    if (base === undefined) changes.push(change(entry.path, 'add', null, entry));
    else if (base.oid !== entry.oid || base.mode !== entry.mode)
      changes.push(
        change(entry.path, kindOf(base.mode) === kindOf(entry.mode) ? 'modify' : 'type', base, entry),
      );
  }
  for (const base of old.values()) changes.push(change(base.path, 'delete', base, null));
  return changes.sort((a, b) => comparePaths(a.path, b.path));
}

/** 100644 and 100755 are one kind: the executable bit is no change of type. */
function kindOf(mode: Mode): string {
  return mode.slice(0, 3);
}

function change(
  path: RepoPath,
  status: ChangeStatus,
  before: TreeEntry | null,
  after: TreeEntry | null,
): FileChange {
  return {
    path,
    status,
    before: before === null ? null : { mode: before.mode, oid: before.oid },
    after: after === null ? null : { mode: after.mode, oid: after.oid },
  };
}
