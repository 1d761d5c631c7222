import assert from 'node:assert/strict';
import { keepsContext } from '../../../src/facts/graph/keeps-context.js';
import { updateGraph } from '../../../src/facts/graph/update.js';
import {
  changesBetween,
  edit as editWeb,
  type Leaf,
  memoryCache,
  type Next,
  open,
  random,
  scratch,
  told,
} from './random-trees.js';

/**
 * Random edits, tree after tree: the updated graph must say what one from scratch says. Now and then the graph
 * that is updated is some trees behind.
 * @returns how many rows were read anew, and how many there were
 */
export async function checkSequence(
  seed: number,
  steps: number,
  edit: (next: Next, files: Map<string, Leaf>) => void = editWeb,
): Promise<{ read: number; rows: number; same: number }> {
  const next = random(seed);
  const cache = memoryCache();
  const files = new Map<string, Leaf>();
  for (let count = 0; count < 25; count++) edit(next, files);
  let before = new Map(files);
  let graph = await scratch(files, cache);
  let read = 0;
  let rows = 0;
  let same = 0;
  for (let step = 0; step < steps; step++) {
    for (let count = next(3); count >= 0; count--) edit(next, files);
    if (next(6) === 0) continue;
    const changes = changesBetween(before, files);
    const reading = await open(files, cache);
    if (keepsContext(graph, changes))
      assert.equal(JSON.stringify(reading.source.context), JSON.stringify(graph.context));
    const updated = await updateGraph(graph, reading.source, changes);
    const fresh = await scratch(files, cache);
    const where = `seed ${seed}, step ${step}: ${changes.map(({ status, path }) => `${status} ${path}`).join(', ')}`;
    assert.deepEqual(told(updated.graph), told(fresh), where);
    const ends = (of: typeof graph, path: string): unknown => {
      const { nodes } = told(of) as { nodes: { name: string; edges: string[] }[] };
      return nodes.find(({ name }) => name === `file ${path}`)?.edges;
    };
    const changed = new Set(changes.map(({ path }) => path as string));
    if (step % 5 === 0)
      for (const path of files.keys()) {
        if (changed.has(path) || updated.reresolved.includes(path as never)) continue;
        assert.deepEqual(
          ends(updated.graph, path),
          ends(graph, path),
          `${where}: ${path} was re-resolved in silence`,
        );
      }
    for (const path of updated.reresolved) assert.ok(!changed.has(path) && files.has(path), where);
    if (updated.graph.imports === graph.imports) same++;
    read += reading.read.size;
    rows += fresh.files;
    graph = updated.graph;
    before = new Map(files);
  }
  return { read, rows, same };
}
