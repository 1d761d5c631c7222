import { type RepoPath, repoPath } from '../../model/brand.js';
import type { ImportSite, Target } from '../../model/edges.js';
import type { TreeListing } from '../../model/tree.js';
import { languageOf } from '../imports/index.js';
import type { ResolverContext } from './context.js';
import { indexOf } from './context-index.js';
import { type Terminal, Walk } from './walk.js';

/** Symbolic links count where they lie; a submodule's folder is no file. */
function isFile(listing: TreeListing, path: string): boolean {
  if (!listing.has(path)) return false;
  return listing.entry(repoPath(path))?.mode !== '160000';
}

/** Every place that an import may end at, the most wanted first, and where it ends when it is none of them. */
function everywhere(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
): { readonly candidates: readonly RepoPath[]; readonly terminal: Terminal } {
  const seen: string[] = [];
  const walk = new Walk(indexOf(context), from, site, path => {
    seen.push(path);
    return false;
  });
  const terminal = walk.run();
  if (terminal === null) throw new Error('a walk ended although no probe was answered');
  const { written } = walk;
  const all = new Set(written === null || written === '' ? seen : [written, ...seen]);
  return { candidates: [...all].map(repoPath), terminal };
}

function unresolved(site: ImportSite, candidates: readonly RepoPath[]): Target {
  return { type: 'unresolved', specifier: site.specifier ?? '', candidates };
}

/** Where an import ends in the judged tree. */
export function resolveImport(
  context: ResolverContext,
  listing: TreeListing,
  from: RepoPath,
  site: ImportSite,
): Target {
  let found: RepoPath | null = null;
  const terminal = new Walk(indexOf(context), from, site, path => {
    if (!isFile(listing, path)) return false;
    found = repoPath(path);
    return true;
  }).run();
  if (found !== null) return { type: languageOf(found) === null ? 'asset' : 'file', path: found };
  if (terminal !== null && terminal.type !== 'unresolved') return terminal;
  return unresolved(site, everywhere(context, from, site).candidates);
}

/**
 * Every way in which an import can end, whatever files the tree holds: an `unresolved` target with all places
 * where a file may lie, and the package or builtin that is meant when there is none. `resolveImport` answers
 * with one of these, or with one of the candidates as a file, for any listing.
 */
export function possibleTargets(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
): readonly Target[] {
  const { candidates, terminal } = everywhere(context, from, site);
  if (terminal.type === 'unresolved') return [unresolved(site, candidates)];
  return candidates.length === 0 ? [terminal] : [unresolved(site, candidates), terminal];
}

/** Can adding or deleting these paths change where the import ends? Exact up to the order of the candidates. */
export function affectsResolution(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
  changed: ReadonlySet<RepoPath>,
): boolean {
  let affected = false;
  new Walk(indexOf(context), from, site, path => {
    affected = changed.has(path as RepoPath);
    return affected;
  }).run();
  return affected;
}
