import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { readJson } from '../../../../src/facts/manifests/syntax/json.js';

test('lines of properties and items, by path; the last of a double key counts', () => {
  const { value, lines } = readJson(
    '{\n "a": {\n  "__proto__": 1,\n  "a": 2,\n  "a": 3 },\r\n "l": [\n {"name":\n"x"},\n {}]\n}',
    3,
  );
  assert.equal((value['a'] as Record<string, unknown>)['a'], 3);
  assert.deepEqual(
    [
      lines.line('a'),
      lines.line('a', '__proto__'),
      lines.line('a', 'a'),
      lines.line('l', 0, 'name'),
      lines.line('l', 1),
    ],
    [2, 3, 5, 7, 9],
  );
});

for (const [name, text, line] of [
  ['empty', '', 1],
  ['truncated', '{\n "a": [1,\n', 3],
  ['a comment', '{\n // no\n}', 2],
  ['a list', '[]', 1],
  ['conflict markers', '{\n<<<<<<< a\n}', 2],
] as const)
  test(`refused: ${name}`, () => {
    assert.throws(
      () => readJson(text, 2),
      (error: unknown) => error instanceof ManifestError && error.line === line,
    );
  });

test('deep nesting is refused or read, and never a crash', () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  try {
    readJson(deep, 2);
  } catch (error) {
    assert.ok(error instanceof ManifestError);
  }
});
