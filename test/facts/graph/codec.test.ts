import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeGraph, encodeGraph } from '../../../src/facts/graph/codec.js';
import { updateGraph } from '../../../src/facts/graph/update.js';
import { changesBetween, edit, type Leaf, memoryCache, open, random, scratch, told } from './random-trees.js';

const cache = memoryCache();

function grown(seed: number, edits: number): Map<string, Leaf> {
  const next = random(seed);
  const files = new Map<string, Leaf>();
  for (let count = 0; count < edits; count++) edit(next, files);
  return files;
}

test('what was written is read again', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const graph = await scratch(grown(seed, seed * 4), cache);
    const read = decodeGraph(encodeGraph(graph, 'key'), 'key');
    assert.ok(read !== null);
    assert.deepEqual(told(read), told(graph));
    assert.deepEqual(read.folders, graph.folders);
  }
});

test('a graph that was read can be brought up to date', async () => {
  const before = grown(5, 60);
  const after = new Map(before);
  const next = random(77);
  for (let count = 0; count < 6; count++) edit(next, after);
  const read = decodeGraph(encodeGraph(await scratch(before, cache), 'key'), 'key');
  assert.ok(read !== null);
  const { source } = await open(after, cache);
  const { graph } = await updateGraph(read, source, changesBetween(before, after));
  assert.deepEqual(told(graph), told(await scratch(after, cache)));
  assert.deepEqual(
    told(decodeGraph(encodeGraph(graph, 'key'), 'key') ?? graph),
    told(await scratch(after, cache)),
  );
});

test('the same bytes at any place in memory', async () => {
  const graph = await scratch(grown(3, 40), cache);
  const bytes = encodeGraph(graph, 'key');
  for (const shift of [1, 2, 3]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift);
    const read = decodeGraph(shifted, 'key');
    assert.ok(read !== null);
    assert.deepEqual(told(read), told(graph));
  }
});

test('damaged bytes are no graph', async () => {
  const bytes = encodeGraph(await scratch(grown(2, 20), cache), 'key');
  assert.equal(decodeGraph(bytes, 'other'), null);
  assert.equal(decodeGraph(Buffer.concat([bytes, Buffer.alloc(4)]), 'key'), null);
  for (let length = 0; length < bytes.length; length += length < 300 ? 1 : 97)
    assert.equal(decodeGraph(bytes.subarray(0, length), 'key'), null, `cut at ${length}`);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
    assert.equal(decodeGraph(damaged, 'key'), null, `bit flipped at ${at}`);
  }
});
