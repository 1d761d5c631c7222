import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EDGE_POLICY, GRAPH_POLICY, graphEdits, REACHING_POLICY } from './random-graphs.js';
import { checkSoundness } from './soundness.js';

async function checkMany(name: string, world?: Parameters<typeof checkSoundness>[2]): Promise<void> {
  let admitted = 0;
  let steps = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const checked = await checkSoundness(seed, 45, world);
    admitted += checked.admitted;
    steps += checked.steps;
  }
  assert.ok(
    admitted > steps / 20,
    `${name}: only ${admitted} of ${steps} were admitted: it shows too little`,
  );
}

it('the quick gate never admits what the full judge would not: many random changes', () =>
  checkMany('changes'));

it('the quick gate never admits what the full judge would not: many random graphs', () =>
  checkMany('graphs', { policy: GRAPH_POLICY, edits: graphEdits }));

it('the quick gate never admits what the full judge would not: single edges of many random graphs', () =>
  checkMany('edges', { policy: EDGE_POLICY, edits: graphEdits }));

it('the quick gate never admits what the full judge would not: rules to which any edit may matter', async () => {
  // Hardly a change is left for it to admit.
  for (let seed = 1; seed <= 2; seed++)
    await checkSoundness(seed, 30, { policy: REACHING_POLICY, edits: graphEdits });
});
