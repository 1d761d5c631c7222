import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkSoundness } from './soundness.js';

it('the quick gate never admits what the full judge would not: many random changes', async () => {
  let admitted = 0;
  for (let seed = 1; seed <= 12; seed++) admitted += (await checkSoundness(seed, 60)).admitted;
  assert.ok(admitted > 70, `only ${admitted} were admitted`);
});
