import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conflictLine, LineCounter } from '../../../src/facts/manifests/lines.js';

test('lines of offsets, in whatever order they are asked for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '\n', '\r\n', 'bc'), { maxLength: 30 }).map(parts => parts.join('')),
      fc.array(fc.nat(40), { maxLength: 12 }),
      (text, offsets) => {
        const counter = new LineCounter(text);
        for (const offset of offsets)
          assert.equal(counter.lineAt(offset), text.slice(0, offset).split('\n').length);
      },
    ),
  );
});

test('conflict markers are lines of their own', () => {
  assert.equal(conflictLine('a\n<<<<<<< ours\nb\n'), 2);
  assert.equal(conflictLine('a\r\n>>>>>>> theirs\r\n'), 2);
  assert.equal(conflictLine('text with <<<<<<< in it, and =======\n'), null);
});
