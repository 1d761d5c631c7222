import { listingOf } from '../../../bench/oracle/listing.js';
import { type ResolverContext, readContext, resolveImport } from '../../../src/facts/resolve/index.js';
import { repoPath } from '../../../src/model/brand.js';
import type { ResolveSettings } from '../../../src/model/decision.js';
import type { ImportSite, Target } from '../../../src/model/edges.js';
import type { TreeListing } from '../../../src/model/tree.js';

export function site(specifier: string | null, more: Partial<ImportSite> = {}): ImportSite {
  return { specifier, kind: 'value', typeOnly: false, line: 1, column: 1, ...more };
}

/** `src/a.ts`, `asset src/a.css`, `npm:pg/native`, `node:fs`, `? src/a (5)`: unresolved, first candidate, how many. */
export function shown(target: Target): string {
  switch (target.type) {
    case 'file':
      return target.path;
    case 'asset':
      return `asset ${target.path}`;
    case 'package':
      return `${target.ecosystem}:${target.name}${target.subpath === undefined ? '' : `/${target.subpath}`}`;
    case 'builtin':
      return `${target.ecosystem}:${target.name}`;
    case 'folder':
      return `${target.path}/`;
    case 'unresolved':
      return `? ${target.candidates[0] ?? 'nowhere'}`;
    case 'computed':
      return 'computed';
  }
}

export function only(targets: readonly Target[]): Target {
  const [target] = targets;
  if (target === undefined || targets.length > 1) throw new Error(`${targets.length} targets`);
  return target;
}

export interface Tree {
  readonly context: ResolverContext;
  readonly listing: TreeListing;
  end(from: string, specifier: string | null, more?: Partial<ImportSite>): string;
  target(from: string, specifier: string): Target;
}

/** A tree as a literal: path → text, or → a value to be written as JSON. */
export async function createTree(
  files: Readonly<Record<string, unknown>>,
  settings: ResolveSettings = {},
): Promise<Tree> {
  const listing = listingOf(Object.keys(files));
  const read = await readContext(
    listing,
    async path => {
      const content = files[path];
      return content === undefined ? null : typeof content === 'string' ? content : JSON.stringify(content);
    },
    settings,
  );
  // As it comes back from the cache.
  const context = JSON.parse(JSON.stringify(read)) as ResolverContext;
  const target = (from: string, specifier: string | null, more?: Partial<ImportSite>): Target =>
    only(resolveImport(context, listing, repoPath(from), site(specifier, more)));
  return { context, listing, target, end: (from, specifier, more) => shown(target(from, specifier, more)) };
}
