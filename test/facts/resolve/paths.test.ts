import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { join } from '../../../src/facts/resolve/paths.js';

test('join is what node:path makes of it, and null above the root', () => {
  const segment = fc.constantFrom('.', '..', '', 'a', '.b', '..c', '...', 'd.', '*', 'e f');
  const folder = fc.constantFrom('', 'x', 'x/y', 'x/..y/z');
  fc.assert(
    fc.property(folder, fc.array(segment, { minLength: 1, maxLength: 6 }), (start, segments) => {
      const relative = segments.join('/');
      const whole = posix.join('/', start, relative).replace(/^\/|\/$/g, '');
      // Three folders more: a path that leaves the root is seen to.
      const below = posix.join('/1/2/3/4/5/6/7', start, relative);
      const leaves = !`${below}/`.startsWith('/1/2/3/4/5/6/7/');
      const expected = leaves || leavesOnTheWay(start, segments) ? null : whole;
      assert.equal(join(start, relative), expected);
    }),
    { numRuns: 3000 },
  );
});

function leavesOnTheWay(start: string, segments: readonly string[]): boolean {
  let depth = start === '' ? 0 : start.split('/').length;
  return segments.some(segment => {
    if (segment === '..') depth -= 1;
    else if (segment !== '' && segment !== '.') depth += 1;
    return depth < 0;
  });
}
