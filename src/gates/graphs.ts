import { decodeGraph, encodeGraph, GRAPH_FORMAT } from '../facts/graph/codec.js';
import { createTreeGraph } from '../facts/graph/create.js';
import { keepsContext } from '../facts/graph/keeps-context.js';
import { graphSource } from '../facts/graph/snapshot-source.js';
import type { TreeGraph } from '../facts/graph/tree-graph.js';
import { updateGraph } from '../facts/graph/update.js';
import type { ResolverContext } from '../facts/resolve/index.js';
import type { Snapshot } from '../facts/snapshot.js';
import type { Oid, RepoPath } from '../model/brand.js';
import { canonicalJson, type Json } from '../model/canonical.js';
import type { ResolveSettings } from '../model/decision.js';
import type { FileChange } from '../model/tree.js';
import type { GateContext } from './types.js';

/** Past this many changes (or a tenth of the tree) a stored graph is too far away to start from. */
const NEAR_CHANGES = 2000;
/** Stored graphs that are asked how far away they are. */
const TRIED = 3;
/** An update of more files than this is worth keeping: later ones start from it. */
const KEPT_PAST = 64;

export interface GraphRequest {
  /** `null`: the index, whose graph is not kept. */
  readonly tree: Oid | null;
  readonly snapshot: Snapshot;
  readonly settings: ResolveSettings;
  /** Bytes: a larger file has no imports to read. */
  readonly fileBytes: number;
  /** Reads the tree's context; asked only where that of the graph started from doesn't hold. */
  context(): Promise<ResolverContext>;
  /** A tree whose graph is wanted anyway, and what this tree changes against it. */
  readonly from?: { graph(): Promise<TreeGraph>; readonly changes: readonly FileChange[] };
}

export interface TreeGraphAnswer {
  readonly graph: TreeGraph;
  /** Against `from`: files that did not change and whose imports end elsewhere; `null`: made in another way. */
  readonly reresolved: readonly RepoPath[] | null;
}

/** The graph of a tree: kept, brought up to date from a near one, or made from nothing. */
export async function graphOf(gate: GateContext, request: GraphRequest): Promise<TreeGraphAnswer> {
  const { tree, from } = request;
  const variant = variantOf(gate, request);
  if (from !== undefined) {
    const known = await from.graph();
    const { graph, reresolved } = await update(gate, request, known, from.changes);
    return { graph, reresolved };
  }
  const kept = tree === null ? null : load(gate, tree, variant);
  if (kept !== null) return { graph: kept, reresolved: null };
  const near = tree === null ? null : await nearest(gate, request, tree, variant);
  const graph =
    near === null
      ? await create(gate, request)
      : (await update(gate, request, near.graph, near.changes)).graph;
  if (tree !== null && (near === null || near.changes.length > KEPT_PAST)) save(gate, tree, variant, graph);
  return { graph, reresolved: null };
}

function variantOf(gate: GateContext, { settings, fileBytes }: GraphRequest): string {
  return canonicalJson({
    format: GRAPH_FORMAT,
    tool: gate.tool.digest,
    settings: settings as unknown as Json,
    fileBytes,
  });
}

function keyOf(tree: Oid, variant: string): string {
  return `${tree} ${variant}`;
}

function load(gate: GateContext, tree: Oid, variant: string): TreeGraph | null {
  const bytes = gate.store.graph(tree, variant);
  return bytes === null ? null : decodeGraph(bytes, keyOf(tree, variant));
}

function save(gate: GateContext, tree: Oid, variant: string, graph: TreeGraph): void {
  gate.store.saveGraph(tree, variant, encodeGraph(graph, keyOf(tree, variant)));
}

interface Near {
  readonly graph: TreeGraph;
  readonly changes: readonly FileChange[];
}

async function nearest(
  gate: GateContext,
  request: GraphRequest,
  tree: Oid,
  variant: string,
): Promise<Near | null> {
  const limit = Math.min(NEAR_CHANGES, Math.max(KEPT_PAST, request.snapshot.listing.size / 10));
  for (const other of gate.store.graphs(variant).slice(0, TRIED)) {
    // A tree that nothing leads to any more may be gone.
    if ((await gate.repository.objectType(other)) !== 'tree') continue;
    const changes = await gate.repository.diffTrees(other, tree);
    if (changes.length > limit) continue;
    const graph = load(gate, other, variant);
    if (graph !== null) return { graph, changes };
  }
  return null;
}

async function create(gate: GateContext, { snapshot, context }: GraphRequest): Promise<TreeGraph> {
  const graph = await createTreeGraph(await graphSource(snapshot, await context()), progressOf(gate));
  // Waited for at the end: what was read is written while the judge goes on.
  void gate.store.flush();
  return graph;
}

async function update(
  gate: GateContext,
  { snapshot, context }: GraphRequest,
  known: TreeGraph,
  changes: readonly FileChange[],
): Promise<Awaited<ReturnType<typeof updateGraph>>> {
  const resolver = keepsContext(known, changes) ? known.context : await context();
  return updateGraph(known, await graphSource(snapshot, resolver), changes, progressOf(gate));
}

function progressOf(gate: GateContext): (done: number, total: number) => void {
  return (done, total) => gate.progress?.({ stage: 'imports', done, total });
}
