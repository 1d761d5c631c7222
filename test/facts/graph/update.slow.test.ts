import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSequence } from './sequences.js';

/** Seeds of 40 steps each; `LINTEL_GRAPH_SEEDS=from-to` runs others. */
const [from = 1000, to = 1200] = (process.env['LINTEL_GRAPH_SEEDS'] ?? '')
  .split('-')
  .filter(Boolean)
  .map(Number);

test('random edits, thousands of them: an updated graph says what one from scratch says', async () => {
  let rows = 0;
  for (let seed = from; seed < to; seed++) rows += (await checkSequence(seed, 40)).rows;
  assert.ok(rows > 10_000, `${rows} rows`);
});
