import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
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

test('every folder of src has its place in the pipeline of ADR-0002', () => {
  const decision = readFileSync(
    path.join(CHECKOUT, '.architecture/decisions/0002-folders-are-a-pipeline.md'),
    'utf8',
  );
  const config = readFileSync(path.join(CHECKOUT, '.architecture/config.yaml'), 'utf8');
  const order = /layers:\n((?: +- .*\n)+)/.exec(decision)?.[1] ?? '';
  const layers = order.split('\n').flatMap(line => line.replace(/[^\w, -]/g, '').match(/\w+/g) ?? []);
  for (const entry of readdirSync(path.join(CHECKOUT, 'src'), { withFileTypes: true })) {
    const component = entry.isDirectory() ? `src/${entry.name}/**` : `src/${entry.name}`;
    assert.ok(config.includes(component), `${component} is no component of .architecture/config.yaml`);
    if (entry.isDirectory()) assert.ok(layers.includes(entry.name), `${entry.name} is in no layer`);
  }
});
