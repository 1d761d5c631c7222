import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { yamlLineDocuments, yamlLines } from '../../../../src/facts/manifests/npm/yaml-lines.js';
import { YamlMap, type YamlValue, yamlDocuments } from '../../../../src/facts/manifests/npm/yaml-tree.js';
import { BERRY, PNPM_9 } from './lock-texts.js';

function plain(value: YamlValue): unknown {
  if (value instanceof YamlMap) return value.pairs.map(pair => [pair.key, plain(pair.value)]);
  return Array.isArray(value) ? value.map(plain) : value;
}

function library(text: string): readonly unknown[] | string {
  try {
    return yamlDocuments(text, { duplicates: 'refuse' }).documents.map(plain);
  } catch (error) {
    if (error instanceof ManifestError) return error.message;
    throw error;
  }
}

const WORDS = [
  'a',
  'b',
  'c d',
  '1.0',
  '/c',
  '(d | e)',
  '"f: g # h"',
  "'i''s: j'",
  'k:l#m',
  'é',
  '"@s/x@npm:^1, y@1"',
];
const FLOW = [
  '{}',
  '[]',
  '{a: b}',
  "{a: b, c: '>=1'}",
  '[a, b]',
  '{a: b, a: c}',
  '[a,b]',
  '{a}',
  '{a: [b]}',
  '[{a: b}]',
  '{a: b',
  '{a: b,c}',
  "{'a b': x:y}",
];
const ODD = [
  '>=1',
  '"#x"',
  'a#',
  'a #',
  'a # b',
  '-',
  '- a',
  '"',
  "'",
  '~',
  '? a',
  '|',
  '>-',
  '|-',
  'a: b',
  '&a',
  '*a',
  '!a',
  '<<',
  '%',
  '@',
  '`',
  '"a\\n"',
  '"a" b',
  'a"b',
  '[',
  '}',
  ',',
  'a,b',
  '\t',
  'a\tb',
  '---',
  '...',
];

const word = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 3, arbitrary: fc.constantFrom(...FLOW) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
);
const between = fc.oneof(
  { weight: 16, arbitrary: fc.constant(': ') },
  { weight: 1, arbitrary: fc.constantFrom(':', ':  ', ' : ', '- ') },
);
const indent = fc.constantFrom('', '', '  ', '  ', '    ', '      ', ' ', '  - ', '- ');
const row = fc
  .tuple(indent, word, between, fc.option(word, { freq: 3 }))
  .map(([left, key, colon, value]) =>
    left.endsWith('- ') && colon === ': '
      ? `${left}${key}`
      : `${left}${key}${colon}${value ?? ''}`.replace(/: +$/, ':'),
  );

test('what is quick to read is read as the YAML library reads it', () => {
  let quick = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), rows => {
      const text = rows.map(one => `${one}\n`).join('');
      const found = yamlLines(text);
      if (found === null) return;
      quick++;
      assert.deepEqual([plain(found)], library(text));
    }),
    { numRuns: 30_000 },
  );
  assert.ok(quick > 300, `${quick} were quick`);
});

test('lock files are quick to read, in one document or two', () => {
  for (const text of [BERRY, PNPM_9, `---\n${PNPM_9}\n---\n${PNPM_9}`, PNPM_9.replaceAll('\n', '\r\n')]) {
    const found = yamlLineDocuments(text, {});
    assert.ok(found !== null);
    assert.deepEqual(found.map(plain), library(text));
  }
});

test('a text over several lines, where nobody reads it', () => {
  const text = 'a:\n  deprecated: |-\n    one: two\n\n     three\n  b: c\nd: e\n';
  const found = yamlLines(text, { opaque: 'deprecated' });
  assert.deepEqual(found === null ? null : plain(found), [
    [
      'a',
      [
        ['deprecated', '|-\n    one: two\n\n     three\n'],
        ['b', 'c'],
      ],
    ],
    ['d', 'e'],
  ]);
  assert.equal(yamlLines(text), null);
  assert.equal(yamlLines('deprecated: *a\n', { opaque: 'deprecated' }), null);
  assert.equal(yamlLines('a: |-\n  b\n', { opaque: 'deprecated' }), null);
});

test('a key that is there twice is for the library', () => {
  for (const text of ['a: b\na: c\n', 'a: {b: c, b: d}\n', 'x:\n  a: b\n  a: c\n']) {
    assert.equal(yamlLines(text), null);
    assert.match(String(library(text)), /twice/);
  }
});
