import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkSoundness } from './soundness.js';

it('the quick gate never admits what the full judge would not: many random changes', async () => {
  let admitted = 0;
  let steps = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const checked = await checkSoundness(seed, 60);
    admitted += checked.admitted;
    steps += checked.steps;
  }
  assert.ok(admitted > steps / 20, `only ${admitted} of ${steps} were admitted: the test shows too little`);
});
