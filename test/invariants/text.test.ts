import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RuleProblem } from '../../src/invariants/kind.js';
import { introducedBy, ruleOf, told, violationsOf } from './project.js';

test('forbid-text: one violation a line; equal lines are told apart by their place', () => {
  const rule = ruleOf({ 'forbid-text': { in: 'src/**', pattern: 'console\\.log' } });
  const text = '  console.log(a)\nx\nconsole.log(a)  \nconsole.log(b); console.log(b)\r\n';
  assert.deepEqual(
    violationsOf(rule, { 'src/a.ts': text, 'lib/a.ts': text }).map(
      ({ line, column, subject, ordinal, subjectIsText }) => [line, column, subject, ordinal, subjectIsText],
    ),
    [
      [1, 3, 'console.log(a)', 0, true],
      [3, 1, 'console.log(a)', 1, true],
      [4, 1, 'console.log(b); console.log(b)', 0, true],
    ],
  );
});

test('forbid-text: code, comments and strings are told apart, and the message says what was looked for', () => {
  const rule = ruleOf({ 'forbid-text': { in: '**', pattern: 'fetch\\(', where: ['code', 'string'] } });
  assert.deepEqual(told(violationsOf(rule, { 'a.ts': "// fetch(1)\nfetch(2)\nx = 'fetch(3)'" })), [
    'a.ts:2 a.ts must not contain "fetch(" in code or a string (pattern fetch\\()',
    'a.ts:3 a.ts must not contain "fetch(" in code or a string (pattern fetch\\()',
  ]);
});

test('forbid-text: introduced lines by default, all lines of a touched file when asked for', () => {
  const before = { a: 'bad 1\nok\n', b: 'bad\n' };
  const after = { a: 'bad 1\nok\nbad 2\n', b: 'bad\n' };
  const lines = (rule: ReturnType<typeof ruleOf>) =>
    introducedBy(rule, before, after).map(({ path, line }) => [path, line]);
  assert.deepEqual(lines(ruleOf({ 'forbid-text': { in: '**', pattern: 'bad' } })), [['a', 3]]);
  assert.deepEqual(lines(ruleOf({ 'forbid-text': { in: '**', pattern: 'bad', lines: 'all' } })), [
    ['a', 1],
    ['a', 3],
  ]);
});

test('require-text: every file must hold it, anywhere in it', () => {
  const rule = ruleOf({ 'require-text': { in: '**/*.ts', pattern: '^// Copyright', where: ['comment'] } });
  assert.deepEqual(
    told(
      violationsOf(rule, { 'a.ts': '// Copyright\n', 'b.ts': '\n// Copyright', 'c.ts': "'// Copyright'" }),
    ),
    [
      'b.ts b.ts must contain text that matches ^// Copyright in a comment',
      'c.ts c.ts must contain text that matches ^// Copyright in a comment',
    ],
  );
});

test('require-text: newly lacking by default, every touched file when asked for', () => {
  const before = { a: 'x', b: 'x' };
  const after = { a: 'y', b: 'x', c: 'z' };
  const paths = (lines: string) =>
    introducedBy(ruleOf({ 'require-text': { in: '**', pattern: 'need', lines } }), before, after).map(
      ({ path }) => path,
    );
  assert.deepEqual(paths('introduced'), ['c']);
  assert.deepEqual(paths('all'), ['a', 'c']);
});

test('a pattern that RE2 cannot read is refused when it is compiled', () => {
  for (const kind of ['forbid-text', 'require-text', 'naming']) {
    assert.throws(() => ruleOf({ [kind]: { in: '**', pattern: 'a(?=b)' } }), RuleProblem);
  }
});

test('text that cannot be read is nobody else’s violation: the judge reports the error', () => {
  const rule = ruleOf({ 'require-text': { in: '**', pattern: 'need' } });
  assert.deepEqual(violationsOf(rule, { a: Buffer.from([0]) }), []);
});
