import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ImportGraph, NODE_TYPES } from '../../../src/facts/graph/import-graph.js';
import { buildGraph } from '../../support/build-graph.js';
import { edit, type Leaf, memoryCache, open, random, scratch } from './random-trees.js';

function edgesOf(graph: ImportGraph): readonly string[] {
  const name = (node: number): string => `${NODE_TYPES[graph.types[node] ?? -1]} ${graph.names.at(node)}`;
  const edges: string[] = [];
  for (let node = 0; node < graph.size; node++)
    for (let edge = graph.starts[node] ?? 0; edge < (graph.starts[node + 1] ?? 0); edge++)
      edges.push(
        `${graph.names.at(node)} ${graph.kinds[edge]} ${name(graph.targets[edge] ?? -1)} :${graph.lines[edge]}`,
      );
  return edges.sort();
}

test('the compact graph has the edges of the plain one', async () => {
  const cache = memoryCache();
  let total = 0;
  for (let seed = 500; seed < 530; seed++) {
    const next = random(seed);
    const files = new Map<string, Leaf>();
    for (let count = 0; count < 60; count++) edit(next, files);
    const { source } = await open(files, cache);
    const rows: { path: string; edges: Parameters<typeof buildGraph>[0][number]['edges'] }[] = [];
    await source.read(
      [...source.listing.entries()].map(({ path }) => path),
      ({ path, edges }) => {
        if (edges !== null) rows.push({ path, edges: edges.ok ? edges.value : [] });
      },
    );
    const { imports } = await scratch(files, cache);
    const edges = edgesOf(imports);
    total += edges.length;
    assert.deepEqual(edges, edgesOf(buildGraph(rows, () => [])), `seed ${seed}`);
  }
  assert.ok(total > 150, `${total} edges`);
});
