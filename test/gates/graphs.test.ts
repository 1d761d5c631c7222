import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Snapshot } from '../../src/facts/snapshot.js';
import { graphOf, type TreeGraphAnswer } from '../../src/gates/graphs.js';
import type { GateContext } from '../../src/gates/types.js';
import { createListing } from '../../src/git/listing.js';
import { createMemoryRepository, type MemoryFiles } from '../../src/git/memory.js';
import { isoDate, type Oid } from '../../src/model/brand.js';
import { createMemoryStore } from '../../src/store/memory-store.js';
import { told } from '../facts/graph/random-trees.js';

const BASE: MemoryFiles = Object.fromEntries(
  Array.from({ length: 30 }, (_, at) => [
    `src/f${at}.ts`,
    `import './f${(at + 1) % 30}';\nimport './gone';\n`,
  ]),
);

function world(...trees: readonly MemoryFiles[]): {
  readonly gate: GateContext;
  /** Files whose blobs were read. */
  readonly read: { count: number };
  graph(commit: number, from?: number): Promise<TreeGraphAnswer>;
  tree(commit: number): Promise<Oid>;
} {
  const repository = createMemoryRepository({ commits: trees.map(files => ({ files })) });
  const gate: GateContext = {
    repository,
    store: createMemoryStore(),
    asOf: isoDate('2026-11-21'),
    tool: { name: 'lintel', version: '0', digest: 'none' },
    environment: {},
  };
  const read = { count: 0 };
  const tree = async (commit: number): Promise<Oid> => {
    const id = repository.commits[commit];
    assert.ok(id !== undefined);
    return (await repository.commit(id)).tree;
  };
  const graph = async (commit: number, from?: number): Promise<TreeGraphAnswer> => {
    const id = await tree(commit);
    const snapshot = new Snapshot({
      listing: createListing(await repository.listTree(id)),
      cache: { imports: () => null, saveImports: () => {} },
      fileBytes: 1_000_000,
      reader: {
        readBlob: (blob, max) => {
          read.count += 1;
          return repository.readBlob(blob, max);
        },
        blobSizes: ids => repository.blobSizes(ids),
      },
    });
    const request = {
      tree: id,
      snapshot,
      settings: {},
      fileBytes: 1_000_000,
      context: () => snapshot.context({}),
    };
    if (from === undefined) return graphOf(gate, request);
    const changes = await repository.diffTrees(await tree(from), id);
    return graphOf(gate, {
      ...request,
      tree: null,
      from: { graph: async () => (await graph(from)).graph, changes },
    });
  };
  return { gate, read, graph, tree };
}

test('a graph is made once and then loaded', async () => {
  const { graph, read } = world(BASE);
  const made = await graph(0);
  assert.equal(read.count, 30);
  const loaded = await graph(0);
  assert.equal(read.count, 30, 'nothing is read again');
  assert.deepEqual(told(loaded.graph), told(made.graph));
});

test('the graph of a near tree is brought up to date', async () => {
  const after = { ...BASE, 'src/gone.ts': '', 'src/f3.ts': "import './f9';" };
  const { graph, read } = world(BASE, after);
  await graph(0);
  read.count = 0;
  const near = await graph(1);
  // Every file imported what was missing: no more can be spared here.
  assert.equal(read.count, 31);
  assert.deepEqual(told(near.graph), told((await world(after).graph(0)).graph));
});

test('one changed file costs one read', async () => {
  const after = { ...BASE, 'src/f3.ts': "import './f9';" };
  const { graph, read } = world(BASE, after);
  await graph(0);
  read.count = 0;
  const { graph: near } = await graph(1);
  assert.equal(read.count, 1);
  assert.deepEqual(told(near), told((await world(after).graph(0)).graph));
});

test('the index starts from its base, and says which files were re-resolved', async () => {
  const { graph } = world(BASE, { ...BASE, 'src/f5.d.ts': '', 'src/gone/index.ts': '' });
  const { reresolved } = await graph(1, 0);
  assert.deepEqual(reresolved, Object.keys(BASE).sort());
});

test('a damaged graph is made again', async () => {
  const { gate, graph, tree, read } = world(BASE);
  const made = await graph(0);
  const id = await tree(0);
  const { store } = gate;
  let variant = '';
  const spy: GateContext['store'] = {
    ...store,
    graph: (of, by) => {
      variant = by;
      return store.graph(of, by);
    },
  };
  Object.assign(gate, { store: spy });
  await graph(0);
  const bytes = Buffer.from(store.graph(id, variant) ?? '');
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
  store.saveGraph(id, variant, bytes);
  read.count = 0;
  assert.deepEqual(told((await graph(0)).graph), told(made.graph));
  assert.equal(read.count, 30);
});
