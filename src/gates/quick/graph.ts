import { languageOf } from '../../facts/imports/registry.js';
import { GateDoubt, type GateEdge, type GraphGate } from '../../invariants/graph-gate.js';
import { KINDS } from '../../invariants/registry.js';
import { EDGE_KINDS, type ImportSite, targetName } from '../../model/edges.js';
import { leftOutOf } from '../left-out.js';
import { byFile, HeadGraph } from './rows/head-graph.js';
import type { RowsFile } from './rows/read.js';
import type { Screened } from './screened.js';
import { settingsName } from './settings.js';
import type { GainedEdge, QuickGraph, QuickPolicy, QuickState } from './state.js';

/** Imports that HEAD has gained since its graph was written. Past this many it is written anew. */
export const MAX_GAINED = 1000;

type QuickInvariant = QuickPolicy['invariants'][number];

export interface GatedRule {
  readonly invariant: QuickInvariant;
  readonly gate: GraphGate;
}

/** The rules that the gate judges by marks, in the policy's order: the order of the marks in a row. */
export function gatedRules(policy: Pick<QuickPolicy, 'invariants'>): readonly GatedRule[] {
  return policy.invariants.flatMap(invariant => {
    const gate = KINDS.get(invariant.kind)?.gate?.(invariant.rule) ?? null;
    return gate === null ? [] : [{ invariant, gate }];
  });
}

/** Every end of every import that the files gain, import by import; `null`: it can't be told. */
export function gainedImports(
  files: readonly Screened[],
  settings: string,
): readonly (readonly GateEdge[])[] | null {
  const gained = new Map<ImportSite, GateEdge[]>();
  for (const file of files) {
    if (file.status === 'delete' || languageOf(file.path) === null) continue;
    const edges = file.regular ? file.under(settings).newEdges() : null;
    if (edges === null) return null;
    for (const { site, target } of edges) {
      if (target.type === 'computed') continue;
      const kind = EDGE_KINDS.indexOf(site.typeOnly ? 'type' : site.kind);
      const edge = { from: file.path, target, to: targetName(target), kind };
      const ends = gained.get(site);
      if (ends === undefined) gained.set(site, [edge]);
      else ends.push(edge);
    }
  }
  return [...gained.values()];
}

/** Code files that HEAD's tree has and the rows don't, and the other way round. */
export interface Since {
  readonly added: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
}

export function sinceRows(
  { added, gone }: QuickGraph,
  changes: Iterable<{ readonly path: string; readonly added: boolean; readonly gone: boolean }>,
): Since {
  const since = { added: new Set(added), gone: new Set(gone) };
  for (const change of changes) {
    if (change.added) {
      since.added.add(change.path);
      since.gone.delete(change.path);
    } else if (change.gone) {
      since.gone.add(change.path);
      since.added.delete(change.path);
    }
  }
  return since;
}

/**
 * The ends that are there: every code file of the tree has its row, or has come since. An import that can end at one
 * does not end nowhere.
 */
export function realEnds(
  imports: readonly (readonly GateEdge[])[],
  { added, gone }: Since,
  rows: RowsFile,
): readonly GateEdge[] {
  return imports.flatMap(ends => {
    const real = ends.filter(
      ({ to, target }) =>
        target.type !== 'file' || added.has(to) || (!gone.has(to) && rows.find(to) !== null),
    );
    const resolves = real.some(({ target }) => target.type === 'file');
    return resolves ? real.filter(({ target }) => target.type !== 'unresolved') : real;
  });
}

/** What the next commits must know of what this one has brought. @throws GateDoubt */
export function weighed(
  edges: readonly GateEdge[],
  rules: readonly GatedRule[],
  rows: RowsFile,
): readonly GainedEdge[] {
  const graphs = rules.map((rule, place) => ({ ...rule, graph: new HeadGraph(rows, place, new Map()) }));
  return edges.map(edge => ({
    ...edge,
    weights: graphs.map(({ invariant, gate, graph }) =>
      gate.weigh(invariant.rule, graph, edge, leftOutOf(invariant)),
    ),
  }));
}

/** Why the rules over the graph need the full judge; `null`: none does. */
export function graphDoubt(
  files: readonly Screened[],
  state: QuickState,
  rows: () => RowsFile | null,
): string | null {
  const rules = gatedRules(state.policy);
  if (rules.length === 0) return null;
  const imports = gainedImports(files, settingsName(rules[0]?.invariant.resolve ?? {}));
  if (imports === null) return 'the imports of a changed file can’t be told';
  if (imports.length === 0) return null;
  const { graph } = state;
  if (graph === null) return 'the graph is not known yet';
  const file = rows();
  if (file === null) return 'the graph is not there';
  const since = sinceRows(
    graph,
    files.map(({ path, status }) => ({ path, added: status === 'add', gone: status === 'delete' })),
  );
  try {
    const fresh = realEnds(imports, since, file);
    const gained = byFile([...graph.edges, ...fresh]);
    for (const [place, { invariant, gate }] of rules.entries()) {
      const head = new HeadGraph(file, place, gained);
      const earlier = graph.edges.flatMap(edge => {
        const weight = edge.weights[place] ?? null;
        return weight === null ? [] : [{ edge, weight }];
      });
      if (gate.screen(invariant.rule, head, fresh, earlier, leftOutOf(invariant)) !== 'clear')
        return `${invariant.id} over the graph`;
    }
  } catch (error) {
    if (error instanceof GateDoubt) return error.message;
    throw error;
  } finally {
    file.close();
  }
  return null;
}
