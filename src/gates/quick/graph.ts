import { languageOf } from '../../facts/imports/registry.js';
import { GateDoubt, type GateEdge, type GraphGate } from '../../invariants/graph-gate.js';
import { KINDS } from '../../invariants/registry.js';
import { EDGE_KINDS, targetName } from '../../model/edges.js';
import { leftOutOf } from '../left-out.js';
import { HeadGraph } from './rows/head-graph.js';
import type { RowsFile } from './rows/read.js';
import type { Screened } from './screened.js';
import { settingsName } from './settings.js';
import type { QuickPolicy, QuickState } from './state.js';

/** Imports that HEAD has gained since its graph was written. Past this many it is written anew. */
export const MAX_GAINED = 2000;

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

/** Every end of every import that the files gain; `null`: it can't be told. */
export function gainedEdges(files: readonly Screened[], settings: string): readonly GateEdge[] | null {
  const gained: GateEdge[] = [];
  for (const file of files) {
    if (file.status === 'delete' || languageOf(file.path) === null) continue;
    const edges = file.regular ? file.under(settings).newEdges() : null;
    if (edges === null) return null;
    for (const { site, target } of edges) {
      if (target.type === 'computed') continue;
      const kind = EDGE_KINDS.indexOf(site.typeOnly ? 'type' : site.kind);
      gained.push({ from: file.path, target, to: targetName(target), kind });
    }
  }
  return gained;
}

/** Why the rules over the graph need the full judge; `null`: none does. */
export function graphDoubt(
  files: readonly Screened[],
  state: QuickState,
  rows: () => RowsFile | null,
): string | null {
  const rules = gatedRules(state.policy);
  if (rules.length === 0) return null;
  const edges = gainedEdges(files, settingsName(rules[0]?.invariant.resolve ?? {}));
  if (edges === null) return 'the imports of a changed file can’t be told';
  if (edges.length === 0) return null;
  const { graph } = state;
  if (graph === null) return 'the graph is not known yet';
  const file = rows();
  if (file === null) return 'the graph is not there';
  const added = new Set(graph.added);
  for (const { path, status } of files) if (status === 'add') added.add(path);
  try {
    // Every code file of the tree has its row: where none is and none has come, an import can't end.
    const all = [...graph.edges, ...edges].filter(
      ({ to, target }) => target.type !== 'file' || added.has(to) || file.find(to) !== null,
    );
    for (const [place, { invariant, gate }] of rules.entries()) {
      const head = new HeadGraph(file, place, all);
      const result = gate.screen(invariant.rule, head, all, leftOutOf(invariant));
      if (result !== 'clear') return `${invariant.id} over the graph`;
    }
  } catch (error) {
    if (error instanceof GateDoubt) return error.message;
    throw error;
  } finally {
    file.close();
  }
  return null;
}
