import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inPaths } from '../../src/model/path-set.js';
import { loadPolicy } from '../../src/policy/index.js';
import { createTree } from '../policy/create-tree.js';
import { CHECKOUT } from '../support/dist.js';

/** Files below a folder of this checkout, as path → content. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(path.join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' });
  const files = names.filter(name => statSync(path.join(CHECKOUT, folder, name)).isFile());
  return Object.fromEntries(
    files.map(name => [`${folder}/${name}`, readFileSync(path.join(CHECKOUT, folder, name), 'utf8')]),
  );
}

test("lintel's own decisions compile", async () => {
  const outcome = await loadPolicy(createTree(filesBelow('.architecture')));
  assert.equal(outcome.kind, 'policy', JSON.stringify(outcome, null, 2));
  if (outcome.kind !== 'policy') return;
  assert.deepEqual(outcome.policy.warnings, []);
  assert.ok(outcome.policy.invariants.length > 0);
});

test('every file of src has one place in the pipeline of ADR-0002', async () => {
  const outcome = await loadPolicy(createTree(filesBelow('.architecture')));
  assert.equal(outcome.kind, 'policy');
  if (outcome.kind !== 'policy') return;
  const components = Object.entries(outcome.policy.components ?? {}).map(([name, set]) => ({ name, set }));
  const decision = readFileSync(
    path.join(CHECKOUT, '.architecture/decisions/0002-folders-are-a-pipeline.md'),
    'utf8',
  );
  const order = /layers:\n((?: +- .*\n)+)/.exec(decision)?.[1] ?? '';
  const layers: readonly string[] = order.match(/[a-z]+/g) ?? [];
  for (const file of Object.keys(filesBelow('src'))) {
    const places = components.filter(({ set }) => inPaths(set, file)).map(({ name }) => name);
    assert.equal(places.length, 1, `${file} is in ${places.length} components: ${places.join(', ')}`);
    assert.ok(layers.includes(places[0] ?? ''), `${file} is in no layer`);
  }
});
