import type { RepoPath } from '../model/brand.js';
import { inTargets, type Target, type TargetSet, targetPaths } from '../model/edges.js';
import { type Bindings, matchPaths, NO_BINDINGS } from '../model/path-set.js';
import type { DenialText, DeniedEdge } from './denied-message.js';
import { matchAny, type PathSets } from './path-sets.js';
import type { Plain } from './plain.js';

/** What one ref names, and how messages call it. */
export type Place = { readonly label: string; readonly set: Plain<TargetSet> };

export type Denial = SourceDenial | TargetDenial;

/** Read from the importing file: what it binds, the targets must match. */
export type SourceDenial = {
  readonly binds: 'source';
  readonly text: DenialText;
  readonly from: readonly Place[];
  /** Absent: every target is denied that is not permitted. */
  readonly deny?: readonly Place[];
  /** Do captures in `deny` stand for what `from` bound, or for anything (each binding a box of its own)? */
  readonly denyBindings: 'same' | 'any';
  /** Under the bindings of `from`. */
  readonly permit: readonly Place[];
  /** Both ends must lie in it, with the same bindings. */
  readonly within?: PathSets;
};

/** Read from the target: what it binds, the permitted importers and targets must match. */
export type TargetDenial = {
  readonly binds: 'target';
  readonly text: DenialText;
  readonly deny: readonly Place[];
  readonly permitFrom: readonly Place[];
  readonly permitTo: readonly Place[];
  /** Only these importers are judged; absent: all. */
  readonly for?: readonly Place[];
};

/** Could the denial speak about an import in this file? For a target that is computed this is all that can be asked. */
export function governedBy(denial: Denial, path: RepoPath): DeniedEdge | null {
  if (denial.binds === 'source') {
    const source = matchSource(denial, path);
    return source === null ? null : { text: denial.text, from: source.label, to: null };
  }
  if (denial.for !== undefined && !denial.for.some(place => inPlace(place, path, NO_BINDINGS))) return null;
  const exempt = denial.permitFrom.some(place => !hasCaptures(place) && inPlace(place, path, NO_BINDINGS));
  return exempt ? null : { text: denial.text, from: null, to: null };
}

/** How a denial names the importing file. */
export interface Source {
  readonly label: string;
  readonly bindings: Bindings;
  /** Bound by `within` alone. */
  readonly outer: Bindings;
}

export function matchSource(denial: SourceDenial, path: string): Source | null {
  const outer = denial.within === undefined ? NO_BINDINGS : matchAny(denial.within, path);
  if (outer === null) return null;
  for (const place of denial.from) {
    const { paths } = place.set;
    const bindings = paths === undefined ? null : matchPaths(paths, path, outer);
    if (bindings !== null) return { label: place.label, bindings, outer };
  }
  return null;
}

/** @param source as `matchSource` found it for the same denial */
export function deniedFromSource(denial: SourceDenial, source: Source, target: Target): DeniedEdge | null {
  const { bindings, outer } = source;
  const { within } = denial;
  if (within !== undefined && !targetPaths(target).some(to => matchAny(within, to, outer) !== null))
    return null;
  if (denial.permit.some(place => inTargets(place.set, target, bindings))) return null;
  if (denial.deny === undefined) return { text: denial.text, from: source.label, to: null };
  const under = denial.denyBindings === 'same' ? bindings : NO_BINDINGS;
  const hit = denial.deny.find(place => inTargets(place.set, target, under));
  return hit === undefined ? null : { text: denial.text, from: source.label, to: hit.label };
}

export function deniedFromTarget(denial: TargetDenial, path: RepoPath, target: Target): DeniedEdge | null {
  let first: Place | null = null;
  for (const place of denial.deny) {
    for (const { bindings, holds } of bindingsOf(place, target)) {
      if (denial.for !== undefined && !denial.for.some(from => inPlace(from, path, bindings))) continue;
      if (denial.permitFrom.some(from => inPlace(from, path, bindings))) return null;
      if (denial.permitTo.some(to => holds(to, bindings))) return null;
      first ??= place;
    }
  }
  return first === null ? null : { text: denial.text, from: null, to: first.label };
}

interface BoundTarget {
  readonly bindings: Bindings;
  holds(place: Place, bindings: Bindings): boolean;
}

/** Each way in which the place names the target: once for a package, once a candidate for an unresolved import. */
function bindingsOf(place: Place, target: Target): readonly BoundTarget[] {
  if (target.type === 'package' || target.type === 'builtin') {
    return inTargets(place.set, target)
      ? [{ bindings: NO_BINDINGS, holds: (other, bindings) => inTargets(other.set, target, bindings) }]
      : [];
  }
  const { paths } = place.set;
  if (paths === undefined) return [];
  return targetPaths(target).flatMap(to => {
    const bindings = matchPaths(paths, to);
    return bindings === null ? [] : [{ bindings, holds: (other, bound) => inPlace(other, to, bound) }];
  });
}

function inPlace(place: Place, path: string, bindings: Bindings): boolean {
  return place.set.paths !== undefined && matchPaths(place.set.paths, path, bindings) !== null;
}

export function hasCaptures(place: Place): boolean {
  return place.set.paths?.include.some(pattern => pattern.captures !== undefined) ?? false;
}
