import { type ImportGraph, typeOf } from '../facts/graph/import-graph.js';
import { reachAcross } from '../facts/graph/reach-across.js';
import { repoPath } from '../model/brand.js';
import { type Target, targetPaths } from '../model/edges.js';
import { deniedFromSource, matchSource, type Source, type SourceDenial } from './denials.js';
import type { DeniedEdges } from './denied-edges.js';
import { type DeniedEdge, reachMessage } from './denied-message.js';
import type { LeftOut, Violation } from './kind.js';
import { type Territory, territoryOf } from './territory.js';

/** Marks the subject of what is reached over other files. */
export const INDIRECT = ' (indirect)';

/**
 * Pairs of a file and what it must not reach, where the chain between them has at least one file (or folder) between
 * its ends and all of those lie in no place that the rule names: the last file on this side, the first on the other.
 * Any longer chain holds such a pair, so that one wrong import deep in between is not told once for each file above it.
 *
 * Whether a pair is denied is what the direct rule says of it. Chains themselves are not looked for here (`withChain`).
 */
export function indirectViolations(
  rule: DeniedEdges,
  graph: ImportGraph,
  leftOut: LeftOut,
): readonly Violation[] {
  const territory = territoryOf(rule, graph, leftOut);
  const judge = new PairJudge(sourceDenials(rule), territory);
  const violations: Violation[] = [];
  reachAcross(graph, { ...territory, sources: judge.sources() }, (source, target) => {
    const denied = judge.denied(source, target);
    if (denied !== null)
      violations.push(violationOf(graph, source, territory.target(target), target, denied));
  });
  return violations.sort(inOrder);
}

/** What a denied pair is called before its chain is known. */
function sourceDenials(rule: DeniedEdges): readonly SourceDenial[] {
  return rule.denials.flatMap(denial => (denial.binds === 'source' ? [denial] : []));
}

/** Asks the denials about pairs; files that the rule names alike are asked about once. */
class PairJudge {
  /** By source node. */
  private readonly matches = new Map<number, Match>();
  private readonly alike = new Map<string, Match>();

  constructor(
    private readonly denials: readonly SourceDenial[],
    private readonly territory: Territory,
  ) {}

  /** Every file that a denial speaks about. */
  sources(): readonly number[] {
    for (const node of this.territory.files()) {
      const match = this.matchOf(this.territory.name(node));
      if (match !== null) this.matches.set(node, match);
    }
    return [...this.matches.keys()];
  }

  denied(source: number, target: number): DeniedEdge | null {
    const match = this.matches.get(source);
    if (match === undefined) return null;
    let answer = match.answers.get(target);
    if (answer === undefined) {
      answer = firstDenial(match.found, this.territory.target(target));
      match.answers.set(target, answer);
    }
    return answer;
  }

  private matchOf(path: string): Match | null {
    const found: Match['found'][number][] = [];
    const key: (number | string)[] = [];
    this.denials.forEach((denial, index) => {
      const source = matchSource(denial, path);
      if (source === null) return;
      found.push({ denial, source });
      key.push(index, source.label);
      for (const [name, value] of source.bindings) key.push(name, value);
    });
    if (found.length === 0) return null;
    const name = JSON.stringify(key);
    let match = this.alike.get(name);
    if (match === undefined) {
      match = { found, answers: new Map() };
      this.alike.set(name, match);
    }
    return match;
  }
}

interface Match {
  readonly found: readonly { readonly denial: SourceDenial; readonly source: Source }[];
  readonly answers: Map<number, DeniedEdge | null>;
}

/** As `deniedIn` asks: the first that denies. */
function firstDenial(found: Match['found'], target: Target): DeniedEdge | null {
  for (const { denial, source } of found) {
    const denied = deniedFromSource(denial, source, target);
    if (denied !== null) return denied;
  }
  return null;
}

function violationOf(
  graph: ImportGraph,
  source: number,
  target: Target,
  node: number,
  denied: DeniedEdge,
): Violation {
  const path = graph.names.at(source);
  const name = graph.names.at(node);
  const aliases = typeOf(graph, node) === 'missing' ? targetPaths(target).slice(1) : [];
  return {
    path: repoPath(path),
    line: null,
    column: null,
    subject: name + INDIRECT,
    ordinal: 0,
    message: reachMessage(denied, path, name),
    ...(aliases.length > 0 ? { aliases: aliases.map(alias => alias + INDIRECT) } : {}),
    ...(target.type === 'file' || target.type === 'asset' ? { subjectPath: target.path } : {}),
  };
}

function inOrder(a: Violation, b: Violation): number {
  return compare(a.path, b.path) || compare(a.subject, b.subject);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
