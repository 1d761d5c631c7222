import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RuleProblem } from '../../src/invariants/kind.js';
import type { Json } from '../../src/model/canonical.js';
import {
  changesOf,
  introducedBy,
  type Project,
  ruleOf,
  screenedFile,
  told,
  violationsOf,
} from './project.js';

const LOG = { in: 'src/**', language: 'typescript', rule: 'console.log($$$)' };

test('forbid-code: each match, known by its first line; equal ones are told apart by their place', () => {
  const rule = ruleOf({ 'forbid-code': LOG });
  const text =
    '// console.log(0)\n  console.log(a)\nf("console.log(1)", console.log(a));\nconsole.log(\n  b);\n';
  const project = { 'src/a.ts': text, 'lib/a.ts': text, 'src/a.js': text, 'src/a.md': text };
  assert.deepEqual(
    violationsOf(rule, project).map(({ path, line, column, subject, ordinal, subjectIsText }) => [
      ...[path, line, column, subject],
      ...[ordinal, subjectIsText],
    ]),
    [
      ['src/a.ts', 2, 3, 'console.log(a)', 0, true],
      ['src/a.ts', 3, 21, 'console.log(a)', 1, true],
      ['src/a.ts', 4, 1, 'console.log(', 0, true],
    ],
  );
  assert.deepEqual(told(violationsOf(rule, project)).slice(0, 1), [
    'src/a.ts:2 src/a.ts must not contain `console.log(a)` (`console.log($$$)`)',
  ]);
});

test('forbid-code: what the change brings in by default, all of a touched file when asked for', () => {
  const before = { 'src/a.ts': 'console.log(1)\nok()\n', 'src/b.ts': 'console.log(1)\n' };
  const after = {
    'src/a.ts': 'ok()\n\nif (x) {\n  console.log( 1)\n console.log(1) }\n',
    'src/b.ts': 'console.log(1)\n',
  };
  const lines = (more: object) =>
    introducedBy(ruleOf({ 'forbid-code': { ...LOG, ...more } }), before, after).map(({ path, line }) => [
      path,
      line,
    ]);
  assert.deepEqual(lines({}), [['src/a.ts', 4]]);
  assert.deepEqual(lines({ lines: 'all' }), [
    ['src/a.ts', 4],
    ['src/a.ts', 5],
  ]);
});

test('forbid-code: what the grammar can’t read is a violation where it may hide a match', () => {
  const rule = ruleOf({ 'forbid-code': LOG });
  const before = { 'src/a.ts': 'ok()\n' };
  assert.deepEqual(told(introducedBy(rule, before, { 'src/a.ts': 'ok()\nlet x = ;;\n' })), []);
  assert.deepEqual(told(introducedBy(rule, before, { 'src/a.ts': 'const y = @@@ ^^ console.log(\n' })), [
    'src/a.ts:1 src/a.ts can’t be read as typescript at `const y = @@@ ^^ console.log(`, so it may hide `console.log($$$)`'.replace(
      '’',
      "'",
    ),
  ]);
});

test('require-code: every file must hold it; newly lacking by default, each touched file when asked for', () => {
  const options = { in: '**', language: 'python', rule: 'from __future__ import annotations' };
  const need = 'from __future__ import annotations\n';
  const before = { 'a.py': 'x = 1', 'b.py': need, 'c.py': need };
  const after = { 'a.py': 'x = 2', 'b.py': `# ${need}`, 'c.py': `${need}y = 1\n`, 'd.py': '', 'e.txt': '' };
  const paths = (lines: string) =>
    introducedBy(ruleOf({ 'require-code': { ...options, lines } }), before, after).map(({ path }) => path);
  assert.deepEqual(paths('introduced'), ['b.py', 'd.py']);
  assert.deepEqual(paths('all'), ['a.py', 'b.py', 'd.py']);
  assert.deepEqual(told(violationsOf(ruleOf({ 'require-code': options }), { 'a.py': '' })), [
    'a.py a.py must contain code that matches `from __future__ import annotations`',
  ]);
});

test('a mistake is refused when the rule is compiled, with its place', () => {
  const mistakes: readonly (readonly [Record<string, Json>, string, RegExp])[] = [
    [{ rule: 'f(' }, 'rule/pattern', /syntax error/],
    [{ rule: { not: { kind: 'number' } } }, 'rule', /does not say what to look for/],
    [{ rule: { regex: 'x' } }, 'rule', /does not say what to look for/],
    [{ rule: { any: [{ kind: 'number' }, { regex: 'x' }] } }, 'rule', /does not say what to look for/],
    [{ rule: { matches: 'a' }, utils: { a: { matches: 'a' } } }, 'rule', /does not say what to look for/],
    [{ rule: { kind: 'number', stopBy: 'end' } }, 'rule/stopBy', /means nothing here/],
    [
      { rule: { kind: 'number', precedes: { kind: 'x', field: 'a' } } },
      'rule/precedes/field',
      /means nothing/,
    ],
    [{ rule: { kind: 'number', all: [{ field: 'a' }] } }, 'rule/all/0/field', /means nothing here/],
    [{ rule: { kind: 'number', has: { matches: 'no' } } }, 'rule/has/matches', /no rule in "utils"/],
    [{ rule: 'f($A)', constraints: { B: { kind: 'number' } } }, 'rule', /meta var `B`/],
    [{ rule: 'f($A)', utils: { a: { kind: 'nope' } } }, 'utils/a/kind', /no kind of node/],
  ];
  for (const [more, key, message] of mistakes)
    assert.throws(
      () => ruleOf({ 'forbid-code': { ...LOG, ...more } }),
      error => error instanceof RuleProblem && error.key === key && message.test(error.message),
      JSON.stringify(more),
    );
});

test('other names of a language mean the same rule', () => {
  const of = (language: string) => ruleOf({ 'forbid-code': { ...LOG, language } }).rule;
  assert.deepEqual(of('ts'), of('typescript'));
});

const RULES: readonly Readonly<Record<string, Json>>[] = [
  { 'forbid-code': { in: '**', language: 'ts', rule: 'bad($$$)' } },
  { 'forbid-code': { in: 'src/**', language: 'ts', rule: 'bad($$$)', lines: 'all' } },
  {
    'forbid-code': {
      in: '**',
      language: 'ts',
      rule: { pattern: 'bad($A)', inside: { pattern: 'loop($$$)', stopBy: 'end' } },
    },
  },
  {
    'forbid-code': {
      in: '**',
      language: 'ts',
      rule: { any: [{ pattern: 'bad(1)' }, { pattern: 'loop(2)' }] },
    },
  },
  { 'forbid-code': { in: '**', language: 'ts', rule: { kind: 'number', not: { regex: '^1$' } } } },
  {
    'forbid-code': {
      in: '**',
      language: 'ts',
      rule: { pattern: 'bad($A)', follows: { pattern: 'need($$$)', stopBy: 'end' } },
    },
  },
  { 'forbid-code': { in: '**', language: 'python', rule: 'bad($A)' } },
  { 'require-code': { in: '**', language: 'ts', rule: 'need($$$)' } },
  { 'require-code': { in: '**', language: 'ts', rule: 'need($$$)', lines: 'all' } },
  {
    'require-code': {
      in: '**',
      language: 'ts',
      rule: { pattern: 'need()', not: { inside: { kind: 'arguments' } } },
    },
  },
];
const LINES = [
  'bad(1)',
  'bad(2);',
  'bad(',
  'loop(bad(1))',
  'loop(',
  ')',
  'loop(2)',
  'need()',
  'loop(need())',
  '// bad(1)',
  '"bad(1)"',
  'x',
  '}',
  '3',
  '',
];
const text = fc.array(fc.constantFrom(...LINES), { maxLength: 5 }).map(lines => lines.join('\n'));
const project: fc.Arbitrary<Project> = fc.dictionary(
  fc.constantFrom('src/a.ts', 'src/b.tsx', 'c.ts', 'd.py', 'e.md'),
  text,
  {
    maxKeys: 4,
  },
);

test('what the commit gate takes for clear brings in no violation', () => {
  const compiled = RULES.map(ruleOf);
  let clear = 0;
  let violated = 0;
  fc.assert(
    fc.property(project, project, fc.boolean(), (before, edits, keep) => {
      const after = keep ? { ...before, ...edits } : edits;
      const changes = changesOf(before, after);
      for (const rule of compiled) {
        const paths = new Set(introducedBy(rule, before, after).map(({ path }) => path));
        violated += paths.size;
        for (const change of changes) {
          const screened = rule.kind.screen(rule.rule, screenedFile(change, before, after));
          if (screened === 'candidate') continue;
          clear++;
          const where = `${rule.kind.name} ${JSON.stringify(rule.rule)} ${change.path}\n${JSON.stringify([before, after])}`;
          assert.ok(!paths.has(change.path), where);
        }
      }
    }),
    { numRuns: 250 },
  );
  assert.ok(clear > 500 && violated > 200, `${clear} clear, ${violated} violated`);
});
