import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { nativePattern } from '../../../src/facts/text/pattern-native.js';
import { parsePattern } from '../../../src/facts/text/pattern-parser.js';
import { checkPattern, matcher, requiredLiterals } from '../../../src/facts/text/regex.js';

const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof import('re2js');

function native(source: string): RegExp | null {
  const parsed = parsePattern(source);
  return parsed === null ? null : nativePattern(parsed);
}

function byRe2(source: string, text: string, from = 0): { index: number; length: number } | null {
  const found = RE2JS.compile(source).matcher(text);
  return found.find(from) ? { index: found.start(), length: found.end() - found.start() } : null;
}

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'k',
    'S',
    '\\.',
    '\\(',
    '\\s',
    '\\S',
    '\\w',
    '\\d',
    '\\b',
    '\\B',
    '.',
    '^',
    '$',
    '[ab]',
    '[^a]',
    '[a-c_-]',
  ],
  ...[
    '[\\]\\s]',
    '{',
    'é',
    '😀',
    '/',
    '-',
    '\\n',
    '[^\\n]',
    '(a|b)',
    '(?:ab|)',
    '(?:a.|k){1,2}',
    '\\x41',
    '[[:alpha:]]',
  ],
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{1,}', '{0,2}?');
const patterns = fc
  .tuple(
    fc.constantFrom('', '', '(?i)'),
    fc.array(
      fc.tuple(atom, quantifier).map(pair => pair.join('')),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([flag, parts]) => flag + parts.join(''))
  .filter(source => checkPattern(source) === null);
const texts = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'A',
      'k',
      'K',
      's',
      'S',
      '\u017f',
      '\u212a',
      ' ',
      '\n',
      '\r',
      '\u00a0',
      '.',
      '(',
      '{',
      'é',
      '😀',
      '_',
      '1',
      '-',
      '/',
      ']',
    ),
    {
      maxLength: 24,
    },
  )
  .map(characters => characters.join(''));

test('whatever way a pattern takes, it matches what RE2 matches', () => {
  let nativeSeen = 0;
  fc.assert(
    fc.property(patterns, texts, (source, text) => {
      if (native(source) !== null) nativeSeen++;
      assert.deepEqual(matcher(source).firstMatch(text), byRe2(source, text), JSON.stringify([source, text]));
      assert.equal(matcher(source).test(text), byRe2(source, text) !== null);
    }),
    { numRuns: 2500 },
  );
  assert.ok(nativeSeen > 150, `only ${nativeSeen} patterns took the native way`);
});

test('a search from a later index still sees what stands before it', () => {
  fc.assert(
    fc.property(patterns, texts, fc.nat(24), (source, text, from) => {
      // Inside a surrogate pair there is no place to start from.
      if (from > text.length || /^[\udc00-\udfff]/.test(text.slice(from))) return;
      assert.deepEqual(
        matcher(source).firstMatch(text, from),
        byRe2(source, text, from),
        JSON.stringify([source, text]),
      );
    }),
    { numRuns: 1500 },
  );
  assert.deepEqual(matcher('\\bb').firstMatch('ab b', 1), { index: 3, length: 1 });
});

test('every text that matches holds one of the required literals', () => {
  let seen = 0;
  fc.assert(
    fc.property(patterns, texts, (source, text) => {
      const literals = requiredLiterals(source);
      if (literals === null || byRe2(source, text) === null) return;
      seen++;
      assert.ok(
        literals.some(literal => text.includes(literal)),
        JSON.stringify([source, text, literals]),
      );
    }),
    { numRuns: 2500 },
  );
  assert.ok(seen > 10, `only ${seen} matches had literals`);
});

test('required literals: the choice that refuses most', () => {
  const cases: readonly (readonly [string, readonly string[] | null])[] = [
    ['console\\.log\\(', ['console.log(']],
    ['\\b(fetch|axios)\\s*\\(', ['fetch', 'axios']],
    ['x?foo+', ['fo']],
    ['(?:a|)', null],
    ['[A-Z]+', null],
    ['(?i)todo', null],
    ['\\Aabc', null],
    ['a*', null],
  ];
  for (const [source, expected] of cases) assert.deepEqual(requiredLiterals(source), expected, source);
});

test('patterns that backtracking could hang are left to the linear engine', () => {
  const hanging = [
    '(a+)+$',
    '(a|a)*b',
    'a*a*b',
    '\\s+$',
    '.*x',
    '(?:a?){30}a{30}',
    '[ab]+b',
    '(\\w+\\s?)+:',
    'a+a',
    'xa*a*y',
    '.{0,200}x',
  ];
  for (const source of hanging) assert.equal(native(source), null, source);
  for (const source of [
    'console\\.(log|debug)\\(',
    'fetch\\s*\\(',
    'x\\s*=\\s*y',
    '\\bTODO\\b',
    '[A-Z]{2,5}-\\d+',
    '(?i)todo',
  ]) {
    assert.notEqual(native(source), null, source);
  }
});

test('hostile patterns on hostile texts end', () => {
  const long = 'a'.repeat(200_000);
  assert.equal(matcher('(a+)+$').test(`${long}!`), false);
  assert.equal(matcher('(a|aa)+b').test(long), false);
  assert.equal(matcher('fetch\\s*\\(').test(`fetch${' '.repeat(5_000_000)}`), false);
  assert.equal(matcher('x.*y.*z').test('xy'.repeat(100_000)), false);
});

test('what is wrong with a pattern is said with what to do', () => {
  assert.equal(checkPattern('console\\.log'), null);
  assert.match(checkPattern('foo(?!bar)') ?? '', /RE2 has no lookahead or lookbehind/);
  assert.match(checkPattern('(?<=a)b') ?? '', /RE2 has no lookahead or lookbehind/);
  assert.match(checkPattern('(a)\\1') ?? '', /RE2 has no backreferences/);
  assert.match(checkPattern('(a') ?? '', /missing closing \)/);
  assert.match(checkPattern('[z-a]') ?? '', /range/);
  assert.match(checkPattern('') ?? '', /matches everything/);
});
