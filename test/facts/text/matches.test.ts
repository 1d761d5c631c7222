import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsMatch, matchingLines } from '../../../src/facts/text/matches.js';

const found = (text: string, pattern: string, where: Parameters<typeof matchingLines>[2] = null) =>
  matchingLines(text, pattern, where).map(({ line, column, subject }) => [line, column, subject]);

test('each line by itself: its ends are ^ and $, no match spans lines', () => {
  assert.deepEqual(found('a b\n  a\t  b  \r\nab', '^\\s*a\\s+b\\s*$'), [
    [1, 1, 'a b'],
    [2, 1, 'a b'],
  ]);
  assert.deepEqual(found('a\nb', 'a\\sb'), []);
  assert.deepEqual(found('x\n\ny\n', '^$'), [[2, 1, '']]);
});

test('where: the first character of the match decides; a line is searched on past what does not count', () => {
  const text = "// TODO\nx('TODO') // y\nTODO(); // TODO\n'a' + TODO";
  const lines = (kinds: readonly ('code' | 'comment' | 'string')[]) =>
    found(text, 'TODO', { path: 'a.ts', kinds }).map(each => each.slice(0, 2));
  assert.deepEqual(lines(['comment']), [
    [1, 4],
    [3, 12],
  ]);
  assert.deepEqual(lines(['string']), [[2, 4]]);
  assert.deepEqual(lines(['code']), [
    [3, 1],
    [4, 7],
  ]);
});

test('the whole text: matches may span lines, CRLF is LF, where counts', () => {
  assert.ok(holdsMatch('// a\r\n// b\r\n', '^// a\n// b\n', null));
  assert.ok(!holdsMatch('x\n// a', '^// a', null));
  assert.ok(holdsMatch('x\n// a', '(?m)^// a$', null));
  assert.ok(!holdsMatch("x = '@license'", '@license', { path: 'a.ts', kinds: ['comment'] }));
  assert.ok(holdsMatch("x = '@license' // @license", '@license', { path: 'a.ts', kinds: ['comment'] }));
});

test('line by line finds what a simple loop finds', () => {
  const pattern = fc.constantFrom(
    'ab',
    'a|cc',
    'a\\s*b',
    '^b',
    'c$',
    '[ab]{2}',
    '(?i)AB',
    '^$',
    '(a|b)+c',
    '\\bb',
  );
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ' ', '\n', '\r\n', '\r'), { maxLength: 30 })
    .map(parts => parts.join(''));
  fc.assert(
    fc.property(text, pattern, (whole, source) => {
      const lines = whole.split('\n');
      if (whole.endsWith('\n') || whole === '') lines.pop();
      const expected = lines.flatMap((line, index) => {
        const ended = index < whole.split('\n').length - 1;
        const content = ended ? line.replace(/\r$/, '') : line;
        const flags = source.startsWith('(?i)') ? 'i' : '';
        const at = content.search(new RegExp(source.replace('(?i)', ''), flags));
        return at === -1 ? [] : [[index + 1, at + 1]];
      });
      assert.deepEqual(
        matchingLines(whole, source, null).map(({ line, column }) => [line, column]),
        expected,
        JSON.stringify([whole, source]),
      );
    }),
    { numRuns: 3000 },
  );
});

test('one line of 5 MB and files of 10 MB end, in every way that a pattern takes', () => {
  const long = `x = "${'a b '.repeat(1_250_000)}"`;
  const many = `${'const x = "a"; // b\n'.repeat(500_000)}`;
  for (const source of ['zzz', 'b\\s*z', '(a|b)+c', '\\d+$', 'x.*z']) {
    assert.equal(matchingLines(long, source, null).length, 0, source);
    assert.equal(matchingLines(many, source, null).length, 0, source);
  }
  assert.equal(matchingLines(long, 'a b', { path: 'a.ts', kinds: ['code'] }).length, 0);
});

test('a line made to be searched again and again counts against the file', () => {
  const hostile = '"a"+'.repeat(400_000);
  assert.equal(matchingLines(hostile, 'a.*', { path: 'a.ts', kinds: ['comment'] }).length, 0);
  const hidden = `${'"a"+1+'.repeat(300_000)}`;
  assert.equal(matchingLines(hidden, 'a', { path: 'a.ts', kinds: ['code'] }).length, 1);
  assert.equal(holdsMatch(hidden, 'a', { path: 'a.ts', kinds: ['code'] }), false);
});
