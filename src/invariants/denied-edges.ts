import type { Fact, TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import {
  type Edge,
  type EdgeKind,
  type ImportSite,
  inTargets,
  type Target,
  type TargetSet,
  targetPaths,
} from '../model/edges.js';
import { type Bindings, matchPaths, NO_BINDINGS } from '../model/path-set.js';
import { type DenialText, type DeniedEdge, deniedMessage } from './denied-message.js';
import { importSubject, subjectAliases } from './import-subject.js';
import type { Scope, Violation } from './kind.js';
import { matchAny, type PathSets } from './path-sets.js';
import type { Plain } from './plain.js';
import { leavesInScope } from './scope.js';

/**
 * The one evaluator behind every rule about imports. A kind compiles what a person wrote into denials;
 * which edges they deny, what that is called in a key and in a message is settled here once.
 */
export type DeniedEdges = {
  readonly denials: readonly Denial[];
  /** Only edges of these kinds; absent: all. */
  readonly kinds?: readonly EdgeKind[];
  /** Only edges that import one of these names; absent: all. */
  readonly names?: readonly string[];
};

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
};

/** An erased import is of kind `type`, however it is written: `export type … from`, `import { type A }`. */
export function kindOf(site: ImportSite): EdgeKind {
  return site.typeOnly ? 'type' : site.kind;
}

/** Is there any edge that the rule could deny in this file? */
export function governsFile(rule: DeniedEdges, path: RepoPath): boolean {
  return rule.denials.some(denial => governedBy(denial, path) !== null);
}

/** @returns the first denial that the edge falls under, or `null`. */
export function deniedEdge(rule: DeniedEdges, path: RepoPath, edge: Edge): DeniedEdge | null {
  if (rule.kinds !== undefined && !rule.kinds.includes(kindOf(edge.site))) return null;
  if (rule.names !== undefined && !importsName(edge.site, rule.names)) return null;
  for (const denial of rule.denials) {
    const denied =
      edge.target.type === 'computed'
        ? governedBy(denial, path)
        : denial.binds === 'source'
          ? deniedFromSource(denial, path, edge.target)
          : deniedFromTarget(denial, path, edge.target);
    if (denied !== null) return denied;
  }
  return null;
}

/** All violations of the rule in the scope; several sites of one import are one violation. */
export function evaluateEdges(rule: DeniedEdges, facts: TreeFacts, scope: Scope): readonly Violation[] {
  const violations: Violation[] = [];
  for (const path of leavesInScope(facts.tree, scope)) {
    if (!governsFile(rule, path)) continue;
    const edges: Fact<readonly Edge[]> | null = facts.imports(path);
    if (edges?.ok) violations.push(...violationsOf(rule, path, edges.value));
  }
  return violations;
}

function violationsOf(rule: DeniedEdges, path: RepoPath, edges: readonly Edge[]): readonly Violation[] {
  const bySubject = new Map<string, Violation & { readonly sites: { line: number; column: number }[] }>();
  for (const edge of edges) {
    const denied = deniedEdge(rule, path, edge);
    if (denied === null) continue;
    const { line, column } = edge.site;
    const subject = importSubject(edge);
    const known = bySubject.get(subject);
    if (known !== undefined) {
      known.sites.push({ line, column });
      continue;
    }
    const { target } = edge;
    const aliases = subjectAliases(edge);
    bySubject.set(subject, {
      path,
      line,
      column,
      subject,
      ordinal: 0,
      message: deniedMessage(denied, path, edge, rule.names),
      sites: [{ line, column }],
      ...(aliases.length > 0 ? { aliases } : {}),
      ...(target.type === 'file' || target.type === 'asset' ? { subjectPath: target.path } : {}),
    });
  }
  return [...bySubject.values()];
}

/** `*` and syntax that hands over the whole module (`require`, `import()`) hold every name. */
function importsName(site: ImportSite, wanted: readonly string[]): boolean {
  if (site.kind === 'side-effect') return false;
  const { names } = site;
  return names === undefined || names.includes('*') || names.some(name => wanted.includes(name));
}

function governedBy(denial: Denial, path: RepoPath): DeniedEdge | null {
  if (denial.binds === 'source') {
    const source = matchSource(denial, path);
    return source === null ? null : { text: denial.text, from: source.label, to: null };
  }
  const exempt = denial.permitFrom.some(place => !hasCaptures(place) && inPlace(place, path, NO_BINDINGS));
  return exempt ? null : { text: denial.text, from: null, to: null };
}

interface Source {
  readonly label: string;
  readonly bindings: Bindings;
  /** Bound by `within` alone. */
  readonly outer: Bindings;
}

function matchSource(denial: SourceDenial, path: RepoPath): Source | null {
  const outer = denial.within === undefined ? NO_BINDINGS : matchAny(denial.within, path);
  if (outer === null) return null;
  for (const place of denial.from) {
    const { paths } = place.set;
    const bindings = paths === undefined ? null : matchPaths(paths, path, outer);
    if (bindings !== null) return { label: place.label, bindings, outer };
  }
  return null;
}

function deniedFromSource(denial: SourceDenial, path: RepoPath, target: Target): DeniedEdge | null {
  const source = matchSource(denial, path);
  if (source === null) return null;
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

function deniedFromTarget(denial: TargetDenial, path: RepoPath, target: Target): DeniedEdge | null {
  let first: Place | null = null;
  for (const place of denial.deny) {
    for (const { bindings, holds } of bindingsOf(place, target)) {
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
