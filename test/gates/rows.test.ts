import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { RowsFile } from '../../src/gates/quick/rows/read.js';
import { encodeRows, groupName } from '../../src/gates/quick/rows/write.js';
import { GateDoubt } from '../../src/invariants/graph-gate.js';
import { repoPath } from '../../src/model/brand.js';
import type { Edge } from '../../src/model/edges.js';
import { buildGraph } from '../support/build-graph.js';

const OF = { tree: 'a'.repeat(40), policy: 'sha256:p', tool: 'sha256:t' };
const FILES = Array.from({ length: 150 }, (_, at) => `src/deep/file-${at}.ts`);

function edge(to: string): Edge {
  return {
    target: { type: 'file', path: repoPath(to) },
    site: { specifier: './x', kind: 'value', typeOnly: false, line: 3, column: 1 },
  };
}

const graph = buildGraph(
  FILES.map((path, at) => ({
    path,
    edges: [edge(FILES[(at * 7 + 1) % FILES.length] ?? path), edge(FILES[(at + 5) % FILES.length] ?? path)],
  })),
  () => [],
);
const marks = [
  { nodes: Uint32Array.from({ length: graph.size }, (_, at) => at + 1) },
  { nodes: new Uint32Array(graph.size), groups: new Map([['src/deep/', 9]]) },
];
const bytes = encodeRows(graph, marks, OF) ?? assert.fail('no room');

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-rows-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** All that the gate can learn from the file; `doubt`: it is not what it should be. */
function learned(content: Buffer): string {
  const path = join(folder, 'graph.rows');
  writeFileSync(path, content);
  const rows = RowsFile.open(path, OF);
  if (rows === null) return 'absent';
  try {
    const names = [...FILES, 'src/absent.ts', groupName(1, 'src/deep/'), groupName(0, 'src/deep/')];
    return JSON.stringify(names.map(name => rows.find(name)));
  } catch (error) {
    if (error instanceof GateDoubt) return 'doubt';
    throw error;
  } finally {
    rows.close();
  }
}

test('every node is found by its name, with its marks and edges; what is not there is not', () => {
  const path = join(folder, 'graph.rows');
  writeFileSync(path, bytes);
  const rows: RowsFile | null = RowsFile.open(path, OF);
  assert.ok(rows !== null);
  for (const [at, name] of FILES.entries()) {
    const row = rows.find(name);
    assert.deepEqual([...(row?.marks ?? [])], [at + 1, 0]);
    const targets: readonly string[] = (row?.edges ?? []).map(({ place }) => rows.row(place).name);
    const expected = [FILES[(at * 7 + 1) % FILES.length], FILES[(at + 5) % FILES.length]];
    assert.deepEqual([...targets].sort(), [...new Set(expected)].sort());
  }
  assert.equal(rows.find('src/absent.ts'), null);
  assert.deepEqual([...(rows.find(groupName(1, 'src/deep/'))?.marks ?? [])], [0, 9]);
  rows.close();
  assert.equal(RowsFile.open(path, { ...OF, tree: 'b'.repeat(40) }), null);
  assert.equal(RowsFile.open(path, { ...OF, policy: 'other' }), null);
  assert.equal(RowsFile.open(path, { ...OF, tool: 'other' }), null);
});

test('no damage makes the gate learn anything else', () => {
  const whole = learned(bytes);
  assert.notEqual(whole, 'doubt');
  let doubts = 0;
  for (let at = 0; at < bytes.length; at += 11) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
    const answer = learned(damaged);
    if (answer !== whole) {
      assert.ok(answer === 'doubt' || answer === 'absent', `byte ${at}: ${answer.slice(0, 200)}`);
      doubts++;
    }
  }
  assert.ok(doubts > 300, `only ${doubts} changes were noticed`);
  for (const length of [0, 100, 4096, 5000, bytes.length - 1])
    assert.match(learned(bytes.subarray(0, length)), /^(?:doubt|absent)$/);
});

test('a row longer than two pages, and those around it', () => {
  const hub = 'src/hub.ts';
  const wide = buildGraph(
    [
      { path: hub, edges: Array.from({ length: 5000 }, (_, at) => edge(`src/m/${at}.ts`)) },
      ...Array.from({ length: 5000 }, (_, at) => ({ path: `src/m/${at}.ts`, edges: [edge(hub)] })),
    ],
    () => [],
  );
  const path = join(folder, 'graph.rows');
  writeFileSync(path, encodeRows(wide, [], OF) ?? assert.fail('no room'));
  const rows = RowsFile.open(path, OF);
  assert.equal(rows?.find(hub)?.edges.length, 5000);
  for (const { place } of rows.find(hub)?.edges ?? []) {
    const [back]: readonly { readonly place: number }[] = rows.row(place).edges;
    assert.equal(back === undefined ? null : rows.row(back.place).name, hub);
  }
  rows.close();
});
