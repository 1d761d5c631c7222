import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { oid } from '../../src/model/brand.js';
import { listGraphs, readGraph, writeGraph } from '../../src/store/graph-files.js';

const folder = mkdtempSync(join(tmpdir(), 'lintel-graphs-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const tree = (number: number): ReturnType<typeof oid> => oid(number.toString(16).padStart(40, '0'));

test('a few graphs are kept, the ones used last; another variant is another graph', () => {
  assert.deepEqual(listGraphs(folder, 'v'), []);
  for (let number = 0; number < 12; number++) {
    writeGraph(folder, tree(number), 'v', Buffer.from(`graph ${number}`));
    for (const name of readdirSync(join(folder, 'graph'))) {
      const age = Number.parseInt(name.slice(0, 40), 16);
      const time = new Date(1_700_000_000_000 + age * 1000);
      utimesSync(join(folder, 'graph', name), time, time);
    }
  }
  assert.deepEqual(listGraphs(folder, 'v'), [11, 10, 9, 8, 7, 6, 5, 4].map(tree));
  assert.deepEqual(listGraphs(folder, 'w'), []);
  assert.equal(readGraph(folder, tree(11), 'w'), null);
  assert.equal(readGraph(folder, tree(0), 'v'), null);
  // What was read is used: the next one to go is another.
  assert.equal(readGraph(folder, tree(4), 'v')?.toString(), 'graph 4');
  writeGraph(folder, tree(12), 'v', Buffer.from('graph 12'));
  assert.ok(listGraphs(folder, 'v').includes(tree(4)));
  assert.ok(!listGraphs(folder, 'v').includes(tree(5)));
});

test('what a writer left behind goes once it is old', () => {
  const left = join(folder, 'graph', 'half.123.tmp');
  writeFileSync(left, 'half');
  writeGraph(folder, tree(20), 'v', Buffer.from('graph'));
  assert.ok(readdirSync(join(folder, 'graph')).includes('half.123.tmp'), 'being written, perhaps');
  utimesSync(left, new Date(0), new Date(0));
  writeGraph(folder, tree(21), 'v', Buffer.from('graph'));
  assert.ok(!readdirSync(join(folder, 'graph')).includes('half.123.tmp'));
});
