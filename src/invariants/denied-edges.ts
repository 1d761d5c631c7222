import type { Fact, TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Edge, EdgeKind, ImportSite } from '../model/edges.js';
import {
  type Denial,
  deniedFromSource,
  deniedFromTarget,
  governedBy,
  matchSource,
  type Source,
} from './denials.js';
import { type DeniedEdge, deniedMessage } from './denied-message.js';
import { importSubject, subjectAliases } from './import-subject.js';
import type { LeftOut, Scope, Violation } from './kind.js';
import type { PathSets } from './path-sets.js';
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
  /** Only edges that import anything but these names; absent: all. */
  readonly exceptNames?: readonly string[];
  /** Chains of imports are judged too (transitive.ts): every denial binds its source. */
  readonly transitive?: true;
  /** With `transitive`: chains through these files are not counted. */
  readonly via?: PathSets;
};

/** An erased import is of kind `type`, however it is written: `export type … from`, `import { type A }`. */
export function kindOf(site: ImportSite): EdgeKind {
  return site.typeOnly ? 'type' : site.kind;
}

/** Is there any edge that the rule could deny in this file? */
export function governsFile(rule: DeniedEdges, path: RepoPath): boolean {
  return rule.denials.some(denial => governedBy(denial, path) !== null);
}

/**
 * Asks of the edges of one file: how each denial names the file is looked up once for all.
 * @returns the first denial that an edge falls under, or `null`
 */
export function deniedIn(rule: DeniedEdges, path: RepoPath): (edge: Edge) => DeniedEdge | null {
  const denials = rule.denials.map(denial => ({
    denial,
    source: denial.binds === 'source' ? matchSource(denial, path) : null,
  }));
  return edge => {
    if (rule.kinds !== undefined && !rule.kinds.includes(kindOf(edge.site))) return null;
    if (rule.names !== undefined && !importsName(edge.site, rule.names)) return null;
    if (rule.exceptNames !== undefined && importsOnly(edge.site, rule.exceptNames)) return null;
    for (const { denial, source } of denials) {
      const denied = deniedBy(denial, source, path, edge);
      if (denied !== null) return denied;
    }
    return null;
  };
}

function deniedBy(
  denial: Denial,
  source: Source | null,
  path: RepoPath,
  { target }: Edge,
): DeniedEdge | null {
  if (target.type === 'computed') return governedBy(denial, path);
  if (denial.binds === 'target') return deniedFromTarget(denial, path, target);
  return source === null ? null : deniedFromSource(denial, source, target);
}

/** All violations of the rule in the scope; several sites of one import are one violation. */
export function evaluateEdges(
  rule: DeniedEdges,
  facts: TreeFacts,
  scope: Scope,
  leftOut: LeftOut,
): readonly Violation[] {
  const violations: Violation[] = [];
  for (const path of leavesInScope(facts.tree, scope)) {
    // Where the scope is the whole tree, files that are left out have not been read.
    if (!governsFile(rule, path) || (rule.transitive === true && leftOut(path))) continue;
    const edges: Fact<readonly Edge[]> | null = facts.imports(path);
    if (!edges?.ok) continue;
    const deniedEdge = deniedIn(rule, path);
    violations.push(
      ...edgeViolations(path, edges.value, edge => {
        const denied = deniedEdge(edge);
        return denied === null ? null : deniedMessage(denied, path, edge, rule);
      }),
    );
  }
  return violations;
}

/**
 * One violation for each import that `judge` finds wrong, with all its sites.
 * @param judge the message, or `null` where the edge is fine
 */
export function edgeViolations(
  path: RepoPath,
  edges: readonly Edge[],
  judge: (edge: Edge) => string | null,
): readonly Violation[] {
  const bySubject = new Map<string, Violation & { readonly sites: { line: number; column: number }[] }>();
  for (const edge of edges) {
    const message = judge(edge);
    if (message === null) continue;
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
      message,
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

/** Nothing but these: a namespace, the whole module and running it for its effects are more. */
function importsOnly({ kind, names = [] }: ImportSite, allowed: readonly string[]): boolean {
  return kind !== 'side-effect' && names.length > 0 && names.every(name => allowed.includes(name));
}
