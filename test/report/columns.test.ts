import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsColour } from '../../src/report/colour.js';
import { displayWidth, readableWidth, wrap } from '../../src/report/columns.js';
import { shellWord, visible } from '../../src/report/escape.js';

test('the width of text is what a terminal needs for it', () => {
  assert.equal(displayWidth('abc'), 3);
  assert.equal(displayWidth('日本'), 4);
  assert.equal(displayWidth('e\u0301'), 1);
  assert.equal(displayWidth('👩‍👩‍👧'), 2);
});

test('prose is wrapped by columns; a long word stays whole', () => {
  assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
  assert.deepEqual(wrap('日本 日本 日本', 9), ['日本 日本', '日本']);
  assert.deepEqual(wrap('a aVeryLongPath/that/is/copied b', 6), ['a', 'aVeryLongPath/that/is/copied', 'b']);
});

test('lines are between 40 and 100 columns, 80 without a terminal', () => {
  assert.deepEqual([undefined, 10, 90, 300].map(readableWidth), [80, 40, 90, 100]);
});

test('colour: never under NO_COLOR, always under FORCE_COLOR, else on a terminal', () => {
  const terminal = { isTTY: true };
  const pipe = { isTTY: false };
  assert.equal(wantsColour({}, terminal), true);
  assert.equal(wantsColour({}, pipe), false);
  assert.equal(wantsColour({ NO_COLOR: '1' }, terminal), false);
  assert.equal(wantsColour({ NO_COLOR: '' }, terminal), true);
  assert.equal(wantsColour({ FORCE_COLOR: '1' }, pipe), true);
  assert.equal(wantsColour({ FORCE_COLOR: '0' }, terminal), false);
  assert.equal(wantsColour({ FORCE_COLOR: '1', NO_COLOR: '1' }, terminal), false);
  assert.equal(wantsColour({ TERM: 'dumb' }, terminal), false);
});

test('active characters are spelled out; joiners that scripts need are not', () => {
  assert.equal(
    visible('a\u001b\n\t\u0085\u202e\ufeff\udc80\u{e0041}'),
    'a\\x1b\\n\\t\\x85\\u202e\\ufeff\\x80\\u{e0041}',
  );
  assert.equal(visible('می\u200cخواهم 👩‍👧 é'), 'می\u200cخواهم 👩‍👧 é');
});

test('a word for a shell is quoted where it must be', () => {
  assert.equal(shellWord('src/a-b.ts'), 'src/a-b.ts');
  assert.equal(shellWord("it's $HOME"), "'it'\\''s $HOME'");
  assert.equal(shellWord('a\nb'), "$'a\\nb'");
  assert.equal(shellWord(''), "''");
});
