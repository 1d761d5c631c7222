import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf, isProved } from './shown.js';

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ["const a = require('./x')", ['require ./x']],
  ['const a = require(`./x`)', ['require ./x']],
  ["const { a, 'b-c': d } = require('./x')", ['require ./x [a,b-c]']],
  ["const a = require('./x').b.c", ['require ./x [b]']],
  ["const a = (require('./x') as X)['b']", ['require ./x [b]']],
  ["require?.('./x')", ['require ./x']],
  ["(0, require)('./x')", ['require ./x']],
  ["module.require('./x')", ['require ./x']],
  ["module['require']('./x')", ['require ./x']],
  ["globalThis.require('./x')", ['require ./x']],
  ["other.require('./x')", []],
  ["require.resolve('./x')", ['require:require-resolve ./x']],
  ['require.resolve(name)', ['require:require-resolve (computed)']],
  ['require()', []],
  ['require(name)', ['require (computed)']],
  ["require('./' + name)", ['require (computed)']],
  ["\\u0072equire('./x')", ['require ./x']],
  // A local `require`: a literal is how bundles and AMD modules import; a computed one is nobody's import.
  ["define(function (require) { require('./x'); require(name) })", ['require ./x']],
  ['const f = (require: any) => require(name)', []],
  ['function require(a) {} require(name)', []],
  ['{ const require = load; require(name) } require(other)', ['require (computed)']],
  ['try {} catch (require) { require(name) }', []],
  ['declare const require: any; require(name)', ['require (computed)']],
  ['declare function require(a: string): any; require(name)', ['require (computed)']],
  ['if (a) { var require = load } require(name)', []],
  // createRequire, and other names for it and for what it makes.
  [
    "import { createRequire } from 'node:module'; const load = createRequire(import.meta.url); load('./x'); load(name); load.resolve('./y')",
    ['value node:module [createRequire]', 'require ./x', 'require (computed)', 'require:require-resolve ./y'],
  ],
  [
    "import { createRequire as make } from 'module'; make(import.meta.url)('./x')",
    ['value module [createRequire]', 'require ./x'],
  ],
  [
    "import module from 'module'; const r = module.createRequire(__filename); r('./x').y",
    ['value module [default]', 'require ./x [y]'],
  ],
  [
    "const { createRequire: make } = require('module'); let r; r = make(f); r('./x')",
    ['require module [createRequire]', 'require ./x'],
  ],
  ["const r = typeof require === 'function' ? require : createRequire(u); r('./x')", ['require ./x']],
  ["const a = require, b = a; b('./x')", ['require ./x']],
  ['const a = b, b = a; a(name)', []],
];

for (const [text, expected] of CASES) {
  test(`${JSON.stringify(text)} imports ${expected.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(importsOf(text), expected);
  });
}

test('a file whose only `require` is prose needs no parser', () => {
  assert.ok(isProved("import a from './x'\n/* we require it */ const b = a"));
});
