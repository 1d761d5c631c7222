import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { oxc } from '../../../src/facts/imports/ecmascript/oxc.js';
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

const LOADS = [
  "import('./x')",
  'import(name)',
  'import(`./x`)',
  "import(/* a */ './x')",
  "require('./x')",
  "require.resolve('./x')",
  'require',
  "import('./x').A",
  "typeof import('./x')",
  "require('./x').a",
  "import('./x').then(f)",
  'import.meta',
];
const BEFORE = [
  '',
  ' ',
  '\n',
  'await ',
  'return ',
  'typeof ',
  'new ',
  '!',
  '(',
  '((',
  'f(',
  'f (',
  '(await ',
  '(0, ',
  ', ',
  '; ',
  '{ ',
  '} ',
  ') ',
  '=> ',
  '() => ',
  'f(() => ',
  '= ',
  '== ',
  '<= ',
  'const a = ',
  'let a: B = ',
  'const { a } = ',
  'const {\n a, b: c\n} = ',
  'const { a = 1 } = ',
  'const { a }: B = ',
  'const { a }:\n B.C = ',
  '({ a } = ',
  'const [a] = ',
  'a.b = ',
  'this.a = ',
  'type A = ',
  'type\nA = ',
  ': ',
  '?: ',
  'a: ',
  'function f(a: ',
  'function f(): ',
  'let a: ',
  'a ? b : ',
  '(a ? (b) : ',
  'case a: ',
  '{ a: ',
  '[',
  '[a, ',
  '<',
  'f<',
  'A<B, ',
  'as ',
  'a as ',
  'a satisfies ',
  'keyof ',
  '| ',
  'a || ',
  'a ?? ',
  '& ',
  'a.',
  'a?.',
  '...',
  '#',
  'yield ',
  'class { ',
  'class A { b = ',
  'class A { b\n',
  'class A extends ',
  '`${',
  '/* c */ ',
  '// c\n',
  'else ',
  'do ',
  'if (a) ',
  'async ',
  '<any>',
  '1.\n',
  'x = await ',
  'const { a } = await ',
  'const a = await ',
  '(x = ',
  '({ a: ',
  'interface A { b: ',
  'interface A { b(): ',
  'declare ',
  'var ',
  'throw ',
  'void ',
  'in ',
  'of ',
  'enum A { b = ',
] as const;
const AFTER = [
  '',
  ';',
  '\n',
  '\nf()',
  ')',
  '))',
  ') {}',
  '.a',
  '.a)',
  ').a',
  ').a()',
  ')).b',
  '?.a',
  '!.a',
  "['a']",
  "!['a']",
  '(b)',
  '\n(b)',
  '\n[b]',
  '\n`c`',
  ' as B',
  '\nas B',
  ' as any).a',
  ' satisfies B;',
  '>',
  '>(a)',
  '> = b',
  '>;',
  '> b',
  '.A>(a)',
  '.A;',
  '.A {',
  ' {}',
  ' { }',
  ' => a',
  ': a',
  ' ? a : b',
  ', a',
  ', { a } = b',
  ' / 2 / 3',
  ' in a',
  '}',
  ' }',
  ' })',
  ']',
  '})',
  '.then(f)',
  '.catch(f)',
  ').then(f)',
  '\n.then(f)',
  '}`',
  ' // c',
  ' /* c */ .a',
  ' /* c\n */ d',
  '.a.b',
  '[a]',
  ' instanceof A',
  '; }',
  ' as const',
] as const;
const CLOSERS = ['', ')', ' }', ')}', '])', '}`', '})'] as const;

test('whatever stands around a load, a proof finds what the syntax tree finds', () => {
  let proved = 0;
  let loads = 0;
  const text = fc.tuple(
    fc.constantFrom(...BEFORE),
    fc.constantFrom(...BEFORE),
    fc.constantFrom(...LOADS),
    fc.constantFrom(...AFTER),
    fc.constantFrom(...AFTER),
    fc.constantFrom(...CLOSERS),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('a.ts', 'a.js', 'a.tsx', 'a.mjs', 'a.d.ts'), (parts, path) => {
      const source = parts.join('');
      // The parser passes over a call in the template of a type, which TypeScript refuses.
      if (/(?:[:|&<,=]|as|satisfies|keyof) *`\$\{/.test(source)) return;
      const proof = prove(path, source);
      if (proof === null || !isWhole(path, source)) return;
      const tree = readFound(path, source);
      assert.ok(tree.ok);
      const inOrder = [...tree.found].sort((a, b) => a.at - b.at);
      assert.deepEqual(
        [...proof].sort((a, b) => a.at - b.at),
        inOrder,
        JSON.stringify([path, source]),
      );
      proved++;
      if (inOrder.length > 0) loads++;
    }),
    { numRuns: Number(process.env['LINTEL_LOADS'] ?? 100_000) },
  );
  assert.ok(loads > 100, `${loads} loads in ${proved} proofs`);
});

/** The parser has nothing to complain of. */
function isWhole(path: string, text: string): boolean {
  const lang = path.endsWith('.d.ts')
    ? 'dts'
    : path.endsWith('.tsx')
      ? 'tsx'
      : path.endsWith('.ts')
        ? 'ts'
        : 'jsx';
  return (
    oxc().parseSync(path, text, { lang, sourceType: lang === 'jsx' ? 'unambiguous' : 'module' }).errors
      .length === 0
  );
}
