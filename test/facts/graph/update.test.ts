import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editIn, LANGUAGES } from './random-languages.js';
import { checkSequence } from './sequences.js';

test('random edits: an updated graph says what one from scratch says', async () => {
  const total = { read: 0, rows: 0, same: 0 };
  for (let seed = 1; seed <= 10; seed++) {
    const { read, rows, same } = await checkSequence(seed, 20);
    total.read += read;
    total.rows += rows;
    total.same += same;
  }
  // The generator must do its work: some edits change nothing of the graph, and most rows stay.
  assert.ok(total.same > 8, `${total.same} unchanged`);
  assert.ok(total.read < total.rows * 0.7, `${total.read} of ${total.rows} rows read`);
});

for (const [name, language] of Object.entries(LANGUAGES))
  test(`the same of random edits in ${name}`, async () => {
    const total = { rows: 0, same: 0 };
    for (let seed = 1; seed <= 6; seed++) {
      const { rows, same } = await checkSequence(seed, 20, editIn(language));
      total.rows += rows;
      total.same += same;
    }
    assert.ok(total.rows > 300, `${total.rows} rows`);
  });
