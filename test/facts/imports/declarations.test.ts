import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf, isProved } from './shown.js';

/** A statement, what it imports, and whether that needs no parser. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ["import a from './x';", ['value ./x [default]']],
  ["import { a, b as c, default as d } from './x'", ['value ./x [a,b,default]']],
  ["import * as a from './x'", ['value ./x [*]']],
  ["import a, { b } from './x'", ['value ./x [default,b]']],
  ["import a, * as b from './x'", ['value ./x [default,*]']],
  ["import './x'", ['side-effect ./x']],
  ["import {} from './x'", ['side-effect ./x']],
  ['import { "odd name" as a } from \'./x\'', ['value ./x [odd name]']],
  ["import a from './x.json' with { type: 'json' };", ['value ./x.json [default]']],
  ["import a from './x.json' assert { type: 'json', }", ['value ./x.json [default]']],
  ["import defer * as a from './x'", ['value ./x [*]']],
  ["import source a from './x.wasm'", ['value ./x.wasm [*]']],
  ["import defer from './x'", ['value ./x [default]']],
  ["import source from './x'", ['value ./x [default]']],
  ["import type from './x'", ['value ./x [default]']],
  ["import type, { a } from './x'", ['value ./x [default,a]']],
  ["import type A from './x'", ['type! ./x [default]']],
  ["import type from from './x'", ['type! ./x [default]']],
  ["import type { A, B } from './x'", ['type! ./x [A,B]']],
  ["import type {} from './x'", ['type! ./x []']],
  ["import type * as A from './x'", ['type! ./x [*]']],
  ["import { type A, type B as C } from './x'", ['type! ./x [A,B]']],
  ["import { type A, b } from './x'", ['value ./x [A,b]']],
  ["import a, { type B } from './x'", ['value ./x [default,B]']],
  ["import { type } from './x'", ['value ./x [type]']],
  ["import { type as a } from './x'", ['value ./x [type]']],
  ["import { type as as } from './x'", ['value ./x [type]']],
  ["import { type as } from './x'", ['type! ./x [as]']],
  ["import { type as as b } from './x'", ['type! ./x [as]']],
  ["import a = require('./x')", ['require ./x [*]']],
  ["export import a = require('./x')", ['require ./x [*]']],
  ["import type a = require('./x')", ['type! ./x [*]']],
  ["import type = require('./x')", ['require ./x [*]']],
  ['import a = B.C.d', []],
  ["export { a, b as c } from './x'", ['re-export ./x [a,b]']],
  ["export { default } from './x'", ['re-export ./x [default]']],
  ["export {} from './x'", ['re-export ./x []']],
  ["export * from './x'", ['re-export ./x [*]']],
  ["export * as a from './x'", ['re-export ./x [*]']],
  ["export * as 'odd name' from './x'", ['re-export ./x [*]']],
  ["export type { A } from './x'", ['re-export! ./x [A]']],
  ["export type * from './x'", ['re-export! ./x [*]']],
  ["export type * as A from './x'", ['re-export! ./x [*]']],
  ["export { type A } from './x'", ['re-export! ./x [A]']],
  ["export { type A, b } from './x'", ['re-export ./x [A,b]']],
  ["const a = 1; export { a }; import './y'", ['side-effect ./y']],
  ["export type { A }; type A = 1; import './y'", ['side-effect ./y']],
  ['export default class {}', []],
  ['export const a = 1; export type B = 2; export = a', []],
  ["import\n  // ' a comment\n  { a /* } from './no' */ ,\n } from /* ' */ './x'", ['value ./x [a]']],
  [
    "import a from './x'; import b from './y'\nimport './z'",
    ['value ./x [default]', 'value ./y [default]', 'side-effect ./z'],
  ],
  ["import '\\u002e/\\x78\\\n'", ['side-effect ./x']],
];

for (const [text, expected] of CASES) {
  test(`${JSON.stringify(text)} imports ${expected.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(importsOf(text), expected);
    assert.ok(isProved(text), 'proved without a parser');
    // The same behind code that only the walk over the tokens gets past.
    const behind = `const s = 'import'; f(/[/'"]/, s)\n${text}`;
    assert.deepEqual(importsOf(behind), expected);
    assert.ok(isProved(behind), 'proved behind code');
  });
}

test('import declarations of an ambient module and of a namespace belong to the file', () => {
  const text =
    "declare module 'm' { import a from './x'; export * from './y' }\nnamespace n { export import b = q }";
  assert.deepEqual(importsOf(text), ['type!:declare-module m', 'value ./x [default]', 're-export ./y [*]']);
  assert.ok(!isProved(text));
});

test('declare module: by name and for augmentation, but not for a wildcard', () => {
  const text =
    "declare module 'a';\ndeclare module './b' { const x: 1 }\ndeclare module '*.css';\ndeclare module C {}";
  assert.deepEqual(importsOf(text, 'src/a.d.ts'), ['type!:declare-module a', 'type!:declare-module ./b']);
});

test('import() types with a template, which TypeScript refuses later: still the module, or computed', () => {
  assert.deepEqual(importsOf('type A = import(`./x`).B; type C = import(d)'), [
    'type! ./x [B]',
    'type! (computed) [*]',
  ]);
});

test('import() types take the first name', () => {
  assert.deepEqual(
    importsOf("type A = import('./x').B.C; type D = typeof import('./y'); let e: import('./z')"),
    ['type! ./x [B]', 'type! ./y [*]', 'type! ./z [*]'],
  );
});

test('import(): literal, template, computed, and the names taken from it', () => {
  const text = [
    "import('./a');",
    'import(`./b`);',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
    'import(`./c/${name}`);',
    "import('./d' + name);",
    "const { e, f: g } = await import('./e');",
    "(await import('./f')).default();",
    "const { h, ...rest } = await import('./h');",
    "import('./i').then(m => m.x);",
    "import('./j', { with: { type: 'json' } });",
    "import.defer('./k');",
    'import.meta.url;',
  ].join('\n');
  assert.deepEqual(importsOf(text), [
    'dynamic ./a',
    'dynamic ./b',
    'dynamic (computed)',
    'dynamic (computed)',
    'dynamic ./e [e,f]',
    'dynamic ./f [default]',
    'dynamic ./h',
    'dynamic ./i',
    'dynamic ./j',
    'dynamic ./k',
  ]);
});

test('triple-slash references count before the first token only', () => {
  const text = [
    '#!/usr/bin/env node',
    '/* first */',
    "/// <reference path='./a.d.ts' />",
    '/// <reference types="vite/client" resolution-mode="import" />',
    '/// <reference lib="dom" />',
    '/// <reference no-default-lib="true" />',
    '//// <reference path="./four.d.ts" />',
    '/// <Reference PATH = "./b.d.ts"/>',
    'const a = 1;',
    '/// <reference path="./late.d.ts" />',
  ].join('\n');
  assert.deepEqual(importsOf(text), [
    'type!:reference-path ./a.d.ts',
    'type!:reference-types vite/client',
    'type!:reference-path ./b.d.ts',
  ]);
  assert.ok(isProved(text));
});
