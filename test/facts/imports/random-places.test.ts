import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { oxc } from '../../../src/facts/imports/ecmascript/oxc.js';
import { prove } from '../../../src/facts/imports/ecmascript/prove.js';
import { readFound } from '../../../src/facts/imports/ecmascript/syntax-tree.js';
import { programText } from './random-programs.js';

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

const placeText = fc
  .tuple(
    fc.constantFrom(...BEFORE),
    fc.constantFrom(...BEFORE),
    fc.constantFrom(...LOADS),
    fc.constantFrom(...AFTER),
    fc.constantFrom(...AFTER),
    fc.constantFrom(...CLOSERS),
  )
  .map(parts => parts.join(''))
  // The parser passes over a call in the template of a type, which TypeScript refuses.
  .filter(text => !/(?:[:|&<,=]|as|satisfies|keyof) *`\$\{/.test(text));

/** `LINTEL_LOADS=1000000` looks for longer. */
function compare(what: string, text: fc.Arbitrary<string>, numRuns: number, fewest: number): void {
  test(`${what}: a proof finds what the syntax tree finds`, () => {
    let proved = 0;
    let loads = 0;
    const path = fc.constantFrom('a.ts', 'a.js', 'a.tsx', 'a.mjs', 'a.d.ts', 'a.cjs');
    fc.assert(
      fc.property(text, path, (source, path) => {
        const proof = prove(path, source);
        if (proof === null || !isWhole(path, source)) return;
        const tree = readFound(path, source);
        assert.ok(tree.ok);
        const inOrder = [...tree.found].sort((a, b) => a.at - b.at);
        const shown = JSON.stringify([path, source]);
        assert.deepEqual(
          [...proof].sort((a, b) => a.at - b.at),
          inOrder,
          shown,
        );
        proved++;
        if (inOrder.length > 0) loads++;
      }),
      { numRuns: Number(process.env['LINTEL_LOADS'] ?? numRuns) },
    );
    assert.ok(loads > fewest, `${loads} loads in ${proved} proofs`);
  });
}

// Few of the places make a program that parses.
compare('whatever stands around a load', placeText, 100_000, 100);
compare('whatever a program is made of', programText, 12_000, 300);

/** The parser has nothing to complain of. */
function isWhole(path: string, text: string): boolean {
  const [, kind = 'js'] = /\.(d\.ts|tsx?)$/.exec(path) ?? [];
  const lang = ({ 'd.ts': 'dts', tsx: 'tsx', ts: 'ts', js: 'jsx' } as const)[kind] ?? 'jsx';
  const sourceType = lang === 'jsx' ? 'unambiguous' : 'module';
  return oxc().parseSync(path, text, { lang, sourceType }).errors.length === 0;
}
