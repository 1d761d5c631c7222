import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { go } from '../../../src/facts/imports/go.js';
import { shown } from './shown.js';

function read(text: string): readonly string[] {
  const extraction = go.extract('a.go', text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(shown);
}

const A = 'value a/b [*]';
const CASES: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['one', 'package x; import "a/b"', A],
  ['a group', 'package x\nimport (\n"a/b"\n\n"c";"d"\n)', A, 'value c [*]', 'value d [*]'],
  ['an empty group', 'package x\nimport ()\nimport "a/b"', A],
  ['a name', 'package x\nimport y "a/b"\nimport größe "c"', A, 'value c [*]'],
  ['a dot', 'package x\nimport . "a/b"', A],
  ['a blank: for its side effect', 'package x\nimport _ "a/b"', 'side-effect a/b'],
  ['a name that begins with a blank', 'package x\nimport _y "a/b"', A],
  ['cgo', 'package x\n/*\n#include <x.h>\n*/\nimport "C"', 'value C [*]'],
  ['a raw string', 'package x\nimport `a/b`', A],
  ['an escape', 'package x\nimport "a\\x2f\\u0062"', A],
  [
    'comments everywhere',
    '/* p */ package /* " */ x // import "n"\nimport /* ( */ ( // )\n/* "n" */ y /**/ "a/b" /* \n*/)',
    A,
  ],
  ['a build constraint', '//go:build linux && !x\n\n// +build linux\n\npackage x\nimport "a/b"', A],
  ['carriage returns', 'package x\r\nimport (\r\n\t"a/b"\r\n)\r\n', A],
  ['a byte order mark', '\uFEFFpackage x; import "a/b"', A],
  ['what follows is not read', 'package x\nimport "a/b"\nvar s = `\nimport "n"\n` /* never closed', A],
  ['a function called importer', 'package x\nimport "a/b"\nfunc f() { importer("n") }', A],
  ['an empty file', ''],
  ['a comment alone', '// package x\n'],
];

for (const [what, text, ...sites] of CASES) {
  test(what, () => assert.deepEqual(read(text), sites));
}

test('places: the path’s opening quote', () => {
  const extraction = go.extract('a.go', 'package x\n\nimport (\n\t/* 😀 */ y "a"\n)\nimport _ `b`');
  assert.ok(extraction.ok);
  assert.deepEqual(
    extraction.sites.map(({ line, column }) => [line, column]),
    [
      [4, 13],
      [6, 10],
    ],
  );
});

test('what can’t be read is an error with its place', () => {
  const refused: readonly (readonly [string, number, number])[] = [
    ['import "a"', 1, 1],
    ['package', 1, 8],
    ['package x /* import "a"', 1, 11],
    ['package x\nimport a', 2, 9],
    ['package x\nimport "a\n"', 2, 8],
    ['package x\nimport "\\q"', 2, 8],
    ['package x\nimport ( "a"', 2, 13],
    ['{{ .Package }}', 1, 1],
  ];
  for (const [text, line, column] of refused) {
    const extraction = go.extract('a.go', text);
    assert.ok(!extraction.ok, text);
    assert.deepEqual([extraction.line, extraction.column], [line, column], text);
  }
});

test('any path comes back as it was written, between any blanks and comments', () => {
  const blank = fc.constantFrom(' ', '\t', '\n', '/* " */', '// (\n', '\r\n');
  const path = fc.stringMatching(/^[a-z0-9._/-]{1,20}$/);
  const specs = fc.array(fc.tuple(path, fc.constantFrom('', '. ', '_ ', 'name '), blank, fc.boolean()));
  fc.assert(
    fc.property(specs, list => {
      const group = list.map(([name, alias, space, isRaw]) => {
        const quote = isRaw ? '`' : '"';
        return `${space}${alias}${space}${quote}${name}${quote};`;
      });
      const extraction = go.extract('a.go', `package x\nimport (${group.join('')})`);
      assert.ok(extraction.ok);
      assert.deepEqual(
        extraction.sites.map(site => [site.specifier, site.kind]),
        list.map(([name, alias]) => [name, alias === '_ ' ? 'side-effect' : 'value']),
      );
    }),
  );
});
