import type { Base, Side } from '../change/change.js';
import { affectsResolution, type ResolverContext } from '../facts/resolve/index.js';
import type { Snapshot } from '../facts/snapshot.js';
import type { RepoPath } from '../model/brand.js';
import { type Edge, targetName } from '../model/edges.js';

export interface ResolvedSide {
  readonly side: Side;
  readonly snapshot: Snapshot;
  readonly context: ResolverContext;
}

/**
 * Files whose imports end elsewhere in the head than in the base although the file itself did not
 * change: something was added, deleted or moved, or a tsconfig or package.json was edited.
 *
 * @param sameContext does the base's context equal the head's?
 * @param governed files that some import rule looks at
 */
export async function reresolvedFiles(
  head: ResolvedSide,
  base: ResolvedSide & { readonly side: Base },
  sameContext: boolean,
  governed: readonly RepoPath[],
  progress?: (done: number, total: number) => void,
): Promise<ReadonlySet<RepoPath>> {
  const moved = base.side.changes.filter(change => change.status !== 'modify').map(change => change.path);
  const changed = new Set(base.side.changes.map(change => change.path));
  const unchanged = governed.filter(path => !changed.has(path) && base.side.listing.has(path));
  await head.snapshot.prepareImports(unchanged, progress);

  const movedPaths = new Set(moved);
  const suspects = unchanged.filter(path => {
    const sites = head.snapshot.sitesOf(path);
    if (sites === null || !sites.ok) return false;
    if (!sameContext) return sites.value.length > 0;
    return sites.value.some(site => affectsResolution(head.context, path, site, movedPaths));
  });
  if (suspects.length === 0) return new Set();
  await base.snapshot.prepareImports(suspects);
  const before = base.snapshot.facts(base.context);
  const after = head.snapshot.facts(head.context);
  return new Set(suspects.filter(path => ends(after.imports(path)) !== ends(before.imports(path))));
}

function ends(fact: { ok: true; value: readonly Edge[] } | { ok: false } | null): string {
  if (fact === null || !fact.ok) return '';
  return fact.value.map(edge => targetName(edge.target)).join('\n');
}
