import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { oracle } from '../../../bench/oracle/typescript-imports.js';
import { prove } from '../../../src/facts/imports/ecmascript/prove.js';
import { readSyntaxTree } from '../../../src/facts/imports/ecmascript/syntax-tree.js';
import { shown } from './shown.js';

/** Pieces of code that a reader may stumble over, each a whole statement. */
const STATEMENTS: readonly string[] = [
  "import a from './a'",
  "import type { B } from './b'",
  "import { type C, d } from './c'",
  "import './e'",
  "export * from './f'",
  "export { g } from './g'",
  'export { local }',
  'export const local = 1',
  'export type T = 1',
  'export interface I { a: 1 }',
  "import h = require('./h')",
  "const i = require('./i')",
  'require(name)',
  "import('./j')",
  "type K = import('./k').K",
  "declare module './l' {}",
  'const s = "import \'./no\'"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
  "const t = `${f('}')} import './no' ${`${1}`}`",
  "f(/import '.no'/, a / b / c)",
  "const u = (a + b) / 2; const v = '/'",
  "// import './no'",
  "/* it's require('./no') */",
  'import.meta.url',
  "import.meta.glob('./m/*.ts')",
  "(import.meta as any).glob(['./n/*.ts', '!./n/o.ts', p])",
  "require.context('./q', false)",
  'enum E {}',
  'if (a) { b() } else { c() }',
  '/[/*]/.test(s)',
  '({}) / 2',
  'x! / 2',
  "type L = { a: 'b' }",
  'const w = <T>(y: T) => y',
  'class Q { import = 1; require() {} }',
];

const separator = fc.constantFrom('\n', ';\n', '; ', '\r\n', ' // c\n', '\n/* d */ ');
const source = fc
  .array(fc.tuple(fc.constantFrom(...STATEMENTS), separator), { maxLength: 12 })
  .map(parts => parts.flat().join(''));

test('proof, syntax tree and TypeScript’s own tree find the same imports', () => {
  let proved = 0;
  let compared = 0;
  fc.assert(
    fc.property(source, text => {
      const theirs = oracle('a.ts', text);
      const tree = readSyntaxTree('a.ts', text);
      const proof = prove('a.ts', text);
      // A broken statement is refused, or proved not to matter.
      if (!theirs.ok || theirs.problems > 0 || !tree.ok) return;
      compared++;
      const expected = theirs.sites.map(
        site => `${site.at} ${shown({ ...site, line: 0, column: 0 } as Parameters<typeof shown>[0])}`,
      );
      assert.deepEqual(
        tree.sites.map(shown),
        expected.map(line => line.slice(line.indexOf(' ') + 1)),
      );
      if (proof === null) return;
      proved++;
      const ours = [...proof].sort((one, other) => one.at - other.at);
      assert.deepEqual(
        ours.map(found => `${found.at} ${shown({ ...found, line: 0, column: 0 })}`),
        expected,
      );
    }),
    { numRuns: 1500 },
  );
  assert.ok(proved > 50 && compared > 500, `${proved} proved of ${compared} compared`);
});

test('the proof survives any text without throwing', () => {
  const fragments = fc.constantFrom(
    'import',
    'export',
    ' ',
    '{',
    '}',
    "'",
    '"',
    '`',
    '/',
    '*',
    '//',
    '/*',
    '*/',
    '\\',
    '\n',
    'from',
    'type',
    '(',
    ')',
    '[',
    ']',
    '$' + '{',
    ',',
    ';',
    'a',
    '=',
    '<',
    '>',
    '///',
    'module',
    '#!',
    '.',
    'as',
  );
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 40 }), parts => {
      const text = parts.join('');
      const proof = prove('a.ts', text);
      const tree = readSyntaxTree('a.ts', text);
      if (proof === null || !tree.ok) return;
      assert.deepEqual(
        [...proof].sort((a, b) => a.at - b.at).map(one => one.specifier),
        tree.sites.map(one => one.specifier),
      );
    }),
    { numRuns: 3000 },
  );
});
