import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayWidth } from '../../src/report/columns.js';
import { cutFrame, renderFrame } from '../../src/report/frame.js';
import { createPalette } from '../../src/report/palette.js';

const plain = createPalette('plain');

function frame(text: string, line: number, column: number | null, columns = 60): readonly string[] {
  const cut = cutFrame(text, line, column);
  assert.ok(cut !== null);
  return renderFrame(cut, columns, plain);
}

test('two lines before, one after, the caret under the column', () => {
  assert.deepEqual(frame('one\ntwo\nthree\nfour\nfive\n', 3, 3), [
    '  1 │ one',
    '  2 │ two',
    '> 3 │ three',
    '    │   ^',
    '  4 │ four',
  ]);
});

test('the first line, the last line without a newline, and a file of one empty line', () => {
  assert.deepEqual(frame('only', 1, 1), ['> 1 │ only', '    │ ^']);
  assert.deepEqual(frame('a\nb', 2, null), ['  1 │ a', '> 2 │ b']);
  assert.deepEqual(frame('', 1, null), ['> 1 │']);
});

test('a line that the text does not have has no frame', () => {
  assert.equal(cutFrame('a\nb\n', 9, 1), null);
});

test('line numbers of two widths are aligned', () => {
  const text = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
  assert.deepEqual(frame(text, 10, 1), [
    '   8 │ line 8',
    '   9 │ line 9',
    '> 10 │ line 10',
    '     │ ^',
    '  11 │ line 11',
  ]);
});

test('CRLF is not shown; a tab takes two columns, and the caret knows', () => {
  assert.deepEqual(frame('\tfoo(bar)\r\nnext\r\n', 1, 6), [
    '> 1 │   foo(bar)',
    '    │       ^',
    '  2 │ next',
  ]);
});

test('wide characters count two columns, combining marks none', () => {
  assert.deepEqual(frame('const 名前 = x;', 1, 12), ['> 1 │ const 名前 = x;', '    │              ^']);
  assert.deepEqual(frame('e\u0301e\u0301 x', 1, 6), ['> 1 │ e\u0301e\u0301 x', '    │    ^']);
});

test('a line of 5 MB is cut around the column and fits', () => {
  const long = `${'a'.repeat(2_500_000)}import('x')${'b'.repeat(2_500_000)}`;
  const lines = frame(`first\n${long}\nlast`, 2, 2_500_001, 60);
  assert.equal(lines.length, 4);
  for (const line of lines) assert.ok(displayWidth(line) <= 60, line);
  const [, code = '', caret = ''] = lines;
  assert.equal(code.slice(caret.indexOf('^'), caret.indexOf('^') + 11), "import('x')");
  assert.match(code, /│ …a+import/);
  assert.match(code, /b…$/);
});

test('what is kept of a frame is small however long the line', () => {
  const cut = cutFrame('x'.repeat(5_000_000), 1, 4_000_000);
  assert.ok(JSON.stringify(cut).length < 1000);
});

test('a caret past the end stands after the last character', () => {
  assert.deepEqual(frame('ab', 1, 99), ['> 1 │ ab', '    │   ^']);
});
