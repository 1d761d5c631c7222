import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../../src/facts/imports/ecmascript/prove.js';
import { readFound } from '../../../src/facts/imports/ecmascript/syntax-tree.js';
import { importsOf, isProved } from './shown.js';

/** Loads whose place tells all: no parser is needed. */
const PROVED: readonly (readonly [text: string, expected: readonly string[], path?: string])[] = [
  ["const a = await import('./x');", ['dynamic ./x']],
  ["const { a, b: c } = await import('./x');", ['dynamic ./x [a,b]']],
  ["f((await import('./x')).a)", ['dynamic ./x [a]']],
  ["import('./x').then(m => m.a)", ['dynamic ./x']],
  ["(import('./x')).then(m => m.a)", ['dynamic ./x']],
  ["const a = lazy(() => import('./x'))", ['dynamic ./x']],
  ["const a = () => import(/* webpackChunkName: 'x' */ './x')", ['dynamic ./x']],
  ['const a = await import(`./x`);', ['dynamic ./x']],
  ['const a = await import(name)', ['dynamic (computed)']],
  ['f([await import(a.b)]); g(import(c))', ['dynamic (computed)', 'dynamic (computed)']],
  ["return_ = { component: () => import('./x') }", ['dynamic ./x'], 'a.js'],
  ["type A = import('./x').B.C", ['type! ./x [B]']],
  ["const a: typeof import('./x') = f()", ['type! ./x [*]']],
  ["function f(this: import('./x').C) {}", ['type! ./x [C]']],
  ["function f(): typeof import('./x') {}", ['type! ./x [*]']],
  ["f<typeof import('./x')>(a)", ['type! ./x [*]']],
  ["(a as import('./x').B).c", ['type! ./x [B]']],
  ["interface A { b?: import('./x').B }", ['type! ./x [B]']],
  ["const a = require('./x')\nconst { b } = require('./y');", ['require ./x', 'require ./y [b]'], 'a.js'],
  ["module.exports = require('./x')", ['require ./x'], 'a.js'],
  ["const { a } = require('./x')\n  .b", ['require ./x [b]'], 'a.js'],
  ["require('./x').a()", ['require ./x [a]'], 'a.js'],
  ["f(require('./x'), require.resolve('./y'))", ['require ./x', 'require:require-resolve ./y'], 'a.js'],
  ["if (typeof require === 'function' && require.main === module) f()", [], 'a.cjs'],
  [
    "declare module './x' {\n  import a from './y'\n  export interface B {}\n}",
    ['type!:declare-module ./x', 'value ./y [default]'],
  ],
  ["declare module '*.css' { const a: string; export default a }", []],
  ['a.export(b.import, { export: 1, import: 2 })', []],
  ["const a = 'createRequire <!-- -->'; import('./x').catch(f)", ['dynamic ./x']],
  ["if (a < b) c('</p>'); require('./x')", ['require ./x'], 'a.js'],
  ["import.meta.dirname + 'glob'", []],
];

for (const [text, expected, path] of PROVED) {
  test(`needs no parser: ${text.split('\n')[0]}`, () => {
    assert.ok(isProved(text, path), 'it is proved');
    assert.deepEqual(importsOf(text, path), expected);
  });
}

/** Each of these hid an import from the proof, or made one up. Found by a hostile reader of it. */
const FOUND_BY_REVIEW: readonly (readonly [text: string, path?: string])[] = [
  ["module[/**/'require']('./x')", 'a.js'],
  ["module[('require')]('./x')", 'a.js'],
  ["module[// c\n'require']('./x')", 'a.js'],
  ["globalThis?.[/**/'require']('./x')", 'a.js'],
  ["import.meta['gl\\x6fb']('./*.ts')"],
  ["(import.meta as any)['gl\\x6fb']('./*.ts')"],
  ["import { 'create\\x52equire' as c } from 'module'; const required = c(u); required('./x')", 'a.mjs'],
  ["import * as m from 'module'; m['create\\x52equire'](u)('./x')", 'a.mjs'],
  ["// require\nmodule['\\x72equire']('./x')", 'a.js'],
  ["module['\\x72equire']('./x')", 'a.js'],
  ["module['re\\quire']('./x')", 'a.js'],
  ["module['\\162equire']('./x')", 'a.js'],
  ["module['re\\\nquire']('./x')", 'a.js'],
  ["a./**/import\nx = module.require('./y')", 'a.js'],
  ["a./**/import\nx = require.resolve('./y')", 'a.js'],
  [`a.${'\n'.repeat(100)}import\nx = require.resolve('./y')`, 'a.js'],
  ["a./**/import\n'./x'", 'a.js'],
  ["a./**/export\n{ b }\nfrom\n'./x'", 'a.js'],
  ["var importé = module.require('./x')", 'a.js'],
  ["let importé = require.resolve('./x')"],
  ["var importé = require('./x').a", 'a.js'],
  ["éimport\n'./x'", 'a.js'],
  ["érequire('./x').a", 'a.js'],
  ["\\u{e9}require('./x').a", 'a.js'],
  ["b = '</'; a<!-- `\nrequire('x')\na<!-- `", 'a.cjs'],
  ["b = '</'; a <!-- /*\nrequire('x')\n// */", 'a.cjs'],
  ["x = <a>// < /a>; import('./x');</a>", 'a.jsx'],
  ['x = <a>\'< /a>; f(import("x")); y = <a>\'< /a> / 1', 'a.tsx'],
  ['[...await /"/, import(\'./x\'), /"/]'],
  ['async()=>[...await <a>\'</a>, f(import("x")), <a>\'</a> / 1]', 'a.jsx'],
  ["a. in / b; f(import('x')); c / d"],
  ["a./**/in / b; f(import('x')); c / d"],
  ["a\n.\nreturn / b; f(import('x')); c / d"],
  ['if\u200b(b) /\'/; import("y"); /\'/'],
  ['while\u0085(b) /\'/; import("y"); /\'/'],
  ["new\u200brequire('./x').a", 'a.js'],
  ["export { a }<!--\nfrom 'x'"],
  ["import a = require<!--\n('x')"],
  ["declare function foo(): import('./x').then\n(bar)"],
  ["interface A { b: import('./x').then\n(c): d }"],
  ['class A { a?\nimport(b) {} }'],
  ['interface A { a?\nimport(b): void }'],
  ["[...new require('x').a]", 'a.js'],
  ["x =\u2028new require('x').a", 'a.js'],
  ["a. return(await import('./x')).b", 'a.mjs'],
  ["a?.\nawait (await import('./x')).b", 'a.mjs'],
  ["@require('x').a\nexport {}", 'a.js'],
  ["var x = await\nrequire('x').a\nexport {}", 'a.js'],
];

for (const [text, path = 'src/a.ts'] of FOUND_BY_REVIEW)
  test(`proved rightly, or not at all: ${JSON.stringify(text).slice(0, 100)}`, () => {
    const proof = prove(path, text);
    const tree = readFound(path, text);
    if (proof === null || !tree.ok) return;
    assert.deepEqual(
      [...proof].sort((a, b) => a.at - b.at),
      [...tree.found].sort((a, b) => a.at - b.at),
    );
  });

test('an answer of the parser that can’t be read is an error of the file', () => {
  const reading = readFound('a.jsx', '<\\u{2F804}></\\u{2F804}>');
  assert.deepEqual(reading, { ok: false, message: 'what the parser answered can’t be read', at: null });
});

test('a member that loads is found however its name is spelled', () => {
  for (const name of ['require', '\\x72equire', 're\\quire', '\\162equire', 're\\\nquire', '\\u0072equire'])
    assert.deepEqual(importsOf(`module['${name}']('./x')`, 'a.js'), ['require ./x'], name);
});

/** Places that don't tell, or tell the wrong thing to a hasty reader. */
const LEFT_TO_THE_PARSER: readonly (readonly [text: string, path?: string])[] = [
  ["a = 1.\nimport './x'"],
  ["const a = { b: import('./x') }"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
  ["type A = `${import('./x').B}`"],
  ["f\n(await import('./x')).a"],
  ["f<import('./x')>>(a)"],
  ["new require('./x')", 'a.js'],
  ["const { a } = require('./x') as B"],
  ["const { a }: B = require('./x')"],
  ["const { a = 1, ...b } = require('./x')", 'a.js'],
  ['const r = require; r(name)', 'a.js'],
  ["const { require: r } = module; r('./x')", 'a.js'],
  ['typeof require/**/(name)', 'a.js'],
  ["const c = m.createRequire; c(u)('./x')", 'a.js'],
  ["import m, { createRequire as c } from 'module'\nc(u)('./x')", 'a.js'],
  ["f()\nimport m, { createRequire as c } from 'module'\nc(u)('./x')", 'a.js'],
  ["m['createRequire'](u)('./x')", 'a.js'],
  ['class A { import(b) {} }'],
  ['class A { return\nimport(b) {} }'],
  ["class A { import\n'x'() {} }"],
  ['class A { export\n* from() {} }'],
  ["return <p>it's</p>; f(import('./x'))", 'a.js'],
  ["const m = import.meta; (import.meta).glob('./*.js')", 'a.js'],
];

for (const [text, path] of LEFT_TO_THE_PARSER) {
  test(`is left to the parser: ${text.split('\n')[0]}`, () => {
    assert.ok(!isProved(text, path));
    assert.ok(Array.isArray(importsOf(text, path)));
  });
}
