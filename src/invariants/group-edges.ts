import type { ImportGraph } from '../facts/graph/import-graph.js';
import { eachTarget } from '../facts/graph/quotient.js';
import { type RepoPath, repoPath } from '../model/brand.js';
import type { Violation } from './kind.js';
import type { Layout } from './layout.js';
import type { LevelRule } from './level.js';

const ARROW = ' → ';

/** The numbers of two groups, the importing one first. */
export type GroupEdge = readonly [from: number, to: number];

/**
 * The place and the key of an edge between two groups. Where the groups are folders or components the key names no
 * file: which import shows the edge may change while the edge stays.
 * @param mark end of the subject, which tells kinds of edges apart
 */
export function edgeKey(
  rule: LevelRule,
  layout: Layout,
  graph: ImportGraph,
  [from, to]: GroupEdge,
  mark: string,
): Omit<Violation, 'message'> {
  const source = layout.group(from);
  const target = layout.group(to);
  const [first] = layout.members(to);
  return {
    path: source.path,
    line: null,
    column: null,
    subject: (rule.level === 'file' ? target.label : source.label + ARROW + target.label) + mark,
    ordinal: 0,
    // By it a rename of the file, or of a whole group, is noticed.
    ...(first === undefined ? {} : { subjectPath: repoPath(graph.names.at(first)) }),
  };
}

/** The two groups that a violation is about. */
export function endsOf(
  rule: LevelRule,
  layout: Layout,
  { path, subject }: Violation,
  mark: string,
): GroupEdge {
  const written = subject.slice(0, subject.length - mark.length);
  if (rule.level === 'file') return [layout.find(path), layout.find(written)];
  for (let at = written.indexOf(ARROW); at !== -1; at = written.indexOf(ARROW, at + 1)) {
    const from = layout.find(written.slice(0, at));
    const to = layout.find(written.slice(at + ARROW.length));
    if (from !== -1 && to !== -1) return [from, to];
  }
  throw new Error(`no two places are called ${written}`);
}

/** One import that makes an edge between groups. */
export interface Witness {
  readonly path: RepoPath;
  readonly line: number;
  readonly target: RepoPath;
}

/** The first import by the names of its ends, the same in every run. */
export function witnessOf(layout: Layout, graph: ImportGraph, [from, to]: GroupEdge): Witness {
  let best: Witness | null = null;
  for (const node of layout.members(from)) {
    const path = repoPath(graph.names.at(node));
    // Members come by name: the first that imports the other group is the one.
    if (best !== null) break;
    eachTarget(graph, node, layout.of, layout.follows, (target, edge) => {
      if (layout.of[target] !== to) return;
      const witness = { path, line: graph.lines[edge] ?? 0, target: repoPath(graph.names.at(target)) };
      if (
        best === null ||
        witness.target < best.target ||
        (witness.target === best.target && witness.line < best.line)
      )
        best = witness;
    });
  }
  if (best === null) throw new Error(`${layout.group(from).label} does not import ${layout.group(to).label}`);
  return best;
}

export function byPlace(a: Violation, b: Violation): number {
  return compare(a.path, b.path) || compare(a.subject, b.subject);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
