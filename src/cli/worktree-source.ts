import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createListing, type Repository } from '../git/index.js';
import { type Oid, oid, type RepoPath, repoPath } from '../model/brand.js';
import type { TreeEntry } from '../model/tree.js';
import type { PolicySource } from '../policy/index.js';

/**
 * The policy as it lies on disk, for the commands that write and show decisions: what `init` or an editor
 * has just written is not staged yet. No verdict is ever made from it.
 */
export async function worktreeSource(
  repository: Repository,
  worktree: string,
  folders: readonly string[],
): Promise<PolicySource> {
  const contents = new Map<Oid, Buffer>();
  const onDisk: TreeEntry[] = [];
  const add = (path: RepoPath, entry: Dirent): void => {
    const file = join(worktree, path);
    const content = entry.isSymbolicLink() ? Buffer.from(readlinkSync(file)) : readFileSync(file);
    const blob = blobId(content, repository.objectFormat);
    contents.set(blob, content);
    onDisk.push({ mode: entry.isSymbolicLink() ? '120000' : '100644', oid: blob, path });
  };
  // Configuration lies at the root, decisions and waivers in their folders.
  for (const entry of entriesOf(worktree, ''))
    if (isLeaf(entry) && ROOT_FILE.test(entry.name)) add(repoPath(entry.name), entry);
  for (const folder of folders) walk(worktree, folder, add);
  const covered = (path: string): boolean =>
    ROOT_FILE.test(path) || folders.some(folder => path.startsWith(`${folder}/`));
  const staged = (await repository.listIndex()).filter(({ path }) => !covered(path));
  return {
    listing: createListing([...staged, ...onDisk]),
    async read(blob) {
      return contents.get(blob) ?? repository.readBlob(blob);
    },
  };
}

const ROOT_FILE = /^(?:package\.json|lintel\.config\.[a-z]+|\.lintelrc(?:\.[a-z]+)?)$/;

function isLeaf(entry: Dirent): boolean {
  return entry.isFile() || entry.isSymbolicLink();
}

function entriesOf(worktree: string, folder: string): readonly Dirent[] {
  try {
    return readdirSync(join(worktree, folder), { withFileTypes: true });
  } catch (error) {
    // A folder that is not there holds no decisions.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}

function walk(worktree: string, folder: string, add: (path: RepoPath, entry: Dirent) => void): void {
  for (const entry of entriesOf(worktree, folder)) {
    const path = repoPath(`${folder}/${entry.name}`);
    if (isLeaf(entry)) add(path, entry);
    else if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules')
      walk(worktree, path, add);
  }
}

/** The id that git would give the bytes: compiled policies are cached by it. */
function blobId(content: Buffer, format: 'sha1' | 'sha256'): Oid {
  return oid(createHash(format).update(`blob ${content.length}\0`).update(content).digest('hex'));
}
