import { type RepoPath, repoPath } from '../../model/brand.js';
import type { ImportSite, Target } from '../../model/edges.js';
import type { TreeListing } from '../../model/tree.js';
import { languageOf } from '../imports/index.js';
import type { ResolverContext } from './context.js';
import { indexOf } from './context-index.js';
import { folderOfProbe, folderTarget, hasMember, isFolderProbe, memberNames } from './folders.js';
import type { Probe, Terminal } from './language-resolver.js';
import { resolverOf } from './registry.js';
import { Walk } from './walk.js';

const ECMASCRIPT = 'ecmascript';

export function familyOf(path: string): string {
  return languageOf(path)?.family ?? ECMASCRIPT;
}

/** Does the context say how this file's imports are resolved? Not where the tree had no file of its family. */
export function isKnownFamily(context: ResolverContext, path: string): boolean {
  const family = familyOf(path);
  return family === ECMASCRIPT || context.languages[family] !== undefined;
}

/** Symbolic links count where they lie; a submodule's folder is no file. */
function isFile(listing: TreeListing, path: string): boolean {
  if (!listing.has(path)) return false;
  return listing.entry(repoPath(path))?.mode !== '160000';
}

interface Walked {
  /** `null`: a probe answered true. */
  readonly terminal: Terminal | null;
  /** The path as written, before anything was added to it. */
  readonly written: string | null;
}

function walk(context: ResolverContext, from: RepoPath, site: ImportSite, probe: Probe): Walked {
  const family = familyOf(from);
  const resolver = resolverOf(family);
  if (resolver === null) {
    const found = new Walk(indexOf(context), from, site, probe);
    const terminal = found.run();
    return { terminal, written: found.written };
  }
  const known = context.languages[family];
  if (known === undefined) throw new Error(`no resolver context of ${family} was prepared for ${from}`);
  return { terminal: resolver.walk(known, from, site, probe), written: null };
}

/** Every place that an import may end at, the most wanted first, and where it ends when it is none of them. */
function everywhere(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
): { readonly places: readonly string[]; readonly terminal: Terminal } {
  const seen: string[] = [];
  const { terminal, written } = walk(context, from, site, path => {
    seen.push(path);
    return false;
  });
  if (terminal === null) throw new Error('a walk ended although no probe was answered');
  return {
    places: [...new Set(written === null || written === '' ? seen : [written, ...seen])],
    terminal,
  };
}

/** A folder is called by its path, and seen by rules as the files that it may hold. */
function candidatesOf(from: RepoPath, places: readonly string[]): readonly RepoPath[] {
  const all = places.flatMap(place => {
    if (!isFolderProbe(place)) return place === '' ? [] : [repoPath(place)];
    const folder = folderOfProbe(place);
    return [...(folder === '' ? [] : [repoPath(folder)]), ...memberNames(familyOf(from), folder)];
  });
  return [...new Set(all)];
}

function unresolved(site: ImportSite, candidates: readonly RepoPath[]): Target {
  return { type: 'unresolved', specifier: site.specifier ?? '', candidates };
}

function fileTarget(path: RepoPath): Target {
  return { type: languageOf(path) === null ? 'asset' : 'file', path };
}

function foldersOf(from: RepoPath, terminal: Extract<Terminal, { type: 'folders' }>): readonly Target[] {
  return terminal.paths.map(path => folderTarget(familyOf(from), path));
}

/** Where an import ends in the judged tree: nearly always one target; none where it turns out to be no import. */
export function resolveImport(
  context: ResolverContext,
  listing: TreeListing,
  from: RepoPath,
  site: ImportSite,
): readonly Target[] {
  let found: Target | null = null;
  const family = familyOf(from);
  const { terminal } = walk(context, from, site, path => {
    if (isFolderProbe(path)) {
      if (!hasMember(listing, family, folderOfProbe(path))) return false;
      found = folderTarget(family, folderOfProbe(path));
    } else {
      if (!isFile(listing, path)) return false;
      found = fileTarget(repoPath(path));
    }
    return true;
  });
  if (found !== null) return [found];
  if (terminal === null) throw new Error('a walk ended although no probe was answered');
  switch (terminal.type) {
    case 'unresolved':
      return [unresolved(site, candidatesOf(from, everywhere(context, from, site).places))];
    case 'folders':
      return foldersOf(from, terminal);
    case 'nothing':
      return [];
    default:
      return [terminal];
  }
}

/**
 * Every way in which an import can end, whatever files the tree holds: what is meant when no file is found, and
 * each place where a file or folder may lie. `resolveImport` answers with some of these for any listing.
 */
export function possibleTargets(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
): readonly Target[] {
  const { places, terminal } = everywhere(context, from, site);
  const family = familyOf(from);
  const ends = places.map(place =>
    isFolderProbe(place) ? folderTarget(family, folderOfProbe(place)) : fileTarget(repoPath(place)),
  );
  switch (terminal.type) {
    case 'unresolved':
      return [unresolved(site, candidatesOf(from, places)), ...ends];
    case 'folders':
      return [...ends, ...foldersOf(from, terminal)];
    case 'nothing':
      return ends;
    default:
      return [...ends, terminal];
  }
}

/** Can adding or deleting these paths change where the import ends? Exact up to the order of the candidates. */
export function affectsResolution(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
  changed: ReadonlySet<RepoPath>,
): boolean {
  let affected = false;
  const folders = foldersWith(changed);
  walk(context, from, site, path => {
    affected = changed.has(path as RepoPath) || folders.has(path);
    return affected;
  });
  return affected;
}

const changedFolders = new WeakMap<ReadonlySet<RepoPath>, ReadonlySet<string>>();

/** The folders, each with a slash at its end, in which one of the paths lies directly. */
function foldersWith(paths: ReadonlySet<RepoPath>): ReadonlySet<string> {
  let folders = changedFolders.get(paths);
  if (folders === undefined) {
    folders = new Set([...paths].map(path => path.slice(0, path.lastIndexOf('/') + 1) || '/'));
    changedFolders.set(paths, folders);
  }
  return folders;
}
