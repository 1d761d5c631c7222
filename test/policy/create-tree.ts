import { createHash } from 'node:crypto';
import { type Oid, oid, type RepoPath } from '../../src/model/brand.js';
import type { Mode, TreeEntry, TreeListing } from '../../src/model/tree.js';
import type { PolicySource } from '../../src/policy/index.js';

type Content = string | Buffer | { readonly mode: Mode; readonly content: string };

/** A whole tree as one literal: path → content, or `{ mode, content }` for links and submodules. */
export type Tree = Readonly<Record<string, Content>>;

const blobs = new Map<string, Buffer>();

/** The tree as a policy source. Every read is recorded in `reads`. */
export function createTree(tree: Tree): PolicySource & { readonly reads: readonly Oid[] } {
  const entries = new Map<string, TreeEntry>();
  for (const [path, written] of Object.entries(tree)) {
    const plain = typeof written === 'string' || Buffer.isBuffer(written);
    const content = Buffer.from(plain ? written : written.content);
    const id = oid(createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'));
    blobs.set(id, content);
    entries.set(path, { mode: plain ? '100644' : written.mode, oid: id, path: path as RepoPath });
  }
  const reads: Oid[] = [];
  return {
    reads,
    listing: listing(entries),
    async read(id) {
      reads.push(id);
      const content = blobs.get(id);
      if (content === undefined) throw new Error(`no such blob: ${id}`);
      return content;
    },
  };
}

function listing(entries: ReadonlyMap<string, TreeEntry>): TreeListing {
  const children = new Map<string, Set<string>>();
  for (const path of entries.keys()) {
    const segments = path.split('/');
    segments.forEach((segment, index) => {
      const folder = segments.slice(0, index).join('/');
      children.set(folder, (children.get(folder) ?? new Set()).add(segment));
    });
  }
  return {
    size: entries.size,
    entry: path => entries.get(path),
    has: path => entries.has(path),
    hasFolder: path => path !== '' && children.has(path),
    entries: () => entries.values(),
    children: folder => [...(children.get(folder) ?? [])].sort(),
  };
}
