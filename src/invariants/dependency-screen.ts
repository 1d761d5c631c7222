import { manifestFormat } from '../facts/manifests/names.js';
import type { Edge } from '../model/edges.js';
import type { ChangeStatus } from '../model/tree.js';
import type { ScreenedFile } from './kind.js';
import { inAny, type PathSets } from './path-sets.js';

/**
 * What the commit gate asks of the kinds about manifests and lock files, apart from all that judges them: it must load
 * in no time, and hands every change of such a file to the judge.
 */

/** Any manifest may decide what another one's entry is, and where a package comes from. */
export function reachesManifests(path: string): boolean {
  return manifestFormat(path) !== null;
}

export function screenManifest({ path }: ScreenedFile): 'clear' | 'candidate' {
  return reachesManifests(path) ? 'candidate' : 'clear';
}

type Knowing = { readonly blobs?: readonly string[] };

/** A rule that knows files of a package by their ids: any file may be one. */
function mayBeCopy(rule: Knowing, status: ChangeStatus): boolean {
  return rule.blobs !== undefined && status !== 'delete';
}

export function reachesOrCopies(rule: Knowing, path: string, status: ChangeStatus): boolean {
  return reachesManifests(path) || mayBeCopy(rule, status);
}

export function screenOrCopy(rule: Knowing, file: ScreenedFile): 'clear' | 'candidate' {
  return mayBeCopy(rule, file.status) ? 'candidate' : screenManifest(file);
}

/** Of a code file: only an import of a package can be undeclared. */
export function screenDeclared(rule: { readonly in: PathSets }, file: ScreenedFile): 'clear' | 'candidate' {
  if (file.status === 'delete' || !inAny(rule.in, file.path)) return 'clear';
  if (!file.regular) return 'candidate';
  const edges = file.newEdges();
  return edges === null || edges.some(mayBePackage) ? 'candidate' : 'clear';
}

/** A package's own name, or a name that may be another package's of the repository. */
function mayBePackage({ target, site }: Edge): boolean {
  if (target.type === 'package') return true;
  return target.type !== 'builtin' && site.specifier !== null && !/^\.{1,2}(?:\/|$)/.test(site.specifier);
}
