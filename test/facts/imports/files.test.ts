import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../../src/facts/imports/index.js';
import { importsOf, shown } from './shown.js';

test('extensions of the language, in any letter case', () => {
  for (const path of [
    'a.ts',
    'a.tsx',
    'a.mts',
    'a.cts',
    'a.js',
    'a.jsx',
    'a.mjs',
    'a.cjs',
    'x/A.TS',
    '.a.Js',
  ])
    assert.equal(languageOf(path)?.name, languageOf('a.ts')?.name, path);
  for (const path of ['ts', 'a.d', 'a.ts/b', '.ts', 'a.css', 'a.json'])
    assert.equal(languageOf(path), null, path);
});

function places(text: string, path = 'a.ts'): readonly string[] {
  const extraction = languageOf(path)?.extract(path, text);
  assert.ok(extraction?.ok);
  return extraction.sites.map(site => `${site.line}:${site.column} ${shown(site)}`);
}

test('places: 1-based, in UTF-16 units, at the opening quote or the computed argument', () => {
  assert.deepEqual(places("import a from './x'\r\n\r\n  import /* 😀 */ './y'"), [
    '1:15 value ./x [default]',
    '3:19 side-effect ./y',
  ]);
  assert.deepEqual(places("f(import(  name))\nrequire(`./x`)\n/* é */ type A = import('./y')"), [
    '1:12 dynamic (computed)',
    '2:9 require ./x',
    '3:25 type! ./y [*]',
  ]);
  assert.deepEqual(places('/// <reference types="node" />'), ['1:22 type!:reference-types node']);
});

test('a byte order mark and a hashbang count as they do in git: the mark is no column, the line is one', () => {
  assert.deepEqual(places("\uFEFFimport './x'"), ['1:8 side-effect ./x']);
  assert.deepEqual(places("#!/usr/bin/env node import './no'\nimport './x'"), ['2:8 side-effect ./x']);
});

test('U+2028 ends a comment, and no line of git', () => {
  assert.deepEqual(places("// a \u2028 import './x'\nimport './y'"), [
    '1:15 side-effect ./x',
    '2:8 side-effect ./y',
  ]);
  assert.deepEqual(importsOf("const a = 'b \u2028 c'; // d \u2029 import './x'"), ['side-effect ./x']);
});

test('a lone carriage return ends a comment, and no line of git', () => {
  assert.deepEqual(places("// a \r import './x'"), ['1:15 side-effect ./x']);
});

test('every kind of file takes the syntax that is its own', () => {
  assert.deepEqual(importsOf("const a = <T>require('./x')", 'a.ts'), ['require ./x']);
  assert.deepEqual(importsOf("const a = <b>{require('./x')}</b>", 'a.tsx'), ['require ./x']);
  assert.deepEqual(importsOf("const a = <b>{require('./x')}</b>", 'a.mjs'), ['require ./x']);
  assert.deepEqual(importsOf("return require('./x')", 'a.cjs'), ['require ./x']);
  assert.deepEqual(importsOf("with (a) { var await = require('./x') }", 'a.js'), ['require ./x']);
  assert.deepEqual(importsOf("export const a: import('./x').A;", 'a.d.ts'), ['type! ./x [A]']);
  assert.deepEqual(importsOf("declare const a: import('./x').A; export = a", 'a.d.css.ts'), [
    'type! ./x [A]',
  ]);
});

function refused(text: string, path = 'a.ts'): string {
  const extraction = languageOf(path)?.extract(path, text);
  assert.ok(extraction !== undefined && !extraction.ok, 'it is refused');
  return `${extraction.line}:${extraction.column} ${extraction.message}`;
}

test('what can’t be parsed is an error with its place, never an empty list', () => {
  assert.match(refused("import a from './x'\nimport {\nf('import')"), /^3:2 /);
  assert.match(refused('// @flow\nimport typeof A from "./x"', 'a.js'), /^1:1 Flow/);
  assert.match(refused("const a = 'b\nimport './x'"), /^1:\d+ /);
});

test('brackets that nest past the native parser’s stack are an error, not a crash', () => {
  const deep = `${'['.repeat(200_000)}require('./x')${']'.repeat(200_000)}`;
  assert.match(refused(deep), /nested/);
});

test('a syntax error beside imports that are proved does not hide them', () => {
  assert.deepEqual(places("import './x'\nconst = ;"), ['1:8 side-effect ./x']);
  assert.deepEqual(places("<<<<<<< HEAD\nimport './x'\n=======\nimport './y'\n>>>>>>> b"), [
    '2:8 side-effect ./x',
    '4:8 side-effect ./y',
  ]);
});

test('an empty file, one of comments, and a 5 MB line', () => {
  assert.deepEqual(places(''), []);
  assert.deepEqual(places('// only this'), []);
  const long = `import './x'; const a = '${'\\n'.repeat(2_500_000)}import'; const b = \`${'x'.repeat(100_000)}\``;
  assert.deepEqual(places(long), ['1:8 side-effect ./x']);
});
