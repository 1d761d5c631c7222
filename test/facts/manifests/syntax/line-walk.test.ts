import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineWalk } from '../../../../src/facts/manifests/syntax/line-walk.js';

test('lines of rising offsets; the line end belongs to the line before', () => {
  const text = 'a\n\nb\r\nc';
  const lines = new LineWalk(text);
  assert.deepEqual(
    [...text].map((_, offset) => lines.lineAt(offset)),
    [1, 1, 2, 3, 3, 3, 4],
  );
});

test('a text without line ends, and an empty one', () => {
  assert.equal(new LineWalk('x'.repeat(10)).lineAt(9), 1);
  assert.equal(new LineWalk('').lineAt(0), 1);
});
