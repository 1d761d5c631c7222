// biome-ignore-all lint/suspicious/noThenProperty: the option's name; nobody awaits a rule
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RuleProblem } from '../../src/invariants/kind.js';
import { repoPath } from '../../src/model/brand.js';
import { introducedBy, ruleOf, told, violationsOf } from './project.js';

const link = { mode: '120000', content: 'a' } as const;

test('forbid-path: adding, changing and re-typing are forbidden, deleting only when asked for', () => {
  const rule = ruleOf({ 'forbid-path': { in: 'gen/**' } });
  const before = { 'gen/b': '1', 'gen/c': '1', 'gen/d': '1', 'src/e': '1' };
  const after = { 'gen/a': '1', 'gen/b': '2', 'gen/d': link, 'src/e': '2' };
  assert.deepEqual(told(introducedBy(rule, before, after)), [
    'gen/a gen/a must not be added',
    'gen/b gen/b must not be modified',
    'gen/d gen/d must not be turned into another type of file',
  ]);
  const deleting = ruleOf({ 'forbid-path': { in: 'gen/**', when: ['delete'] } });
  assert.deepEqual(told(introducedBy(deleting, before, after)), ['gen/c gen/c must not be deleted']);
});

test('append-only, file: new files only', () => {
  const rule = ruleOf({ 'append-only': { in: 'db/**', unit: 'file' } });
  const before = { 'db/1.sql': 'a', 'db/2.sql': 'a', 'db/3.sql': 'a' };
  assert.deepEqual(
    told(introducedBy(rule, before, { 'db/1.sql': 'a', 'db/2.sql': 'ab', 'db/3.sql': link, 'db/4.sql': '' })),
    [
      'db/2.sql db/2.sql may only be added to: it was modified',
      'db/3.sql db/3.sql may only be added to: it was turned into another type of file',
    ],
  );
  assert.deepEqual(told(introducedBy(rule, before, { 'db/1.sql': 'a', 'db/2.sql': 'a' })), [
    'db/3.sql db/3.sql may only be added to: it was deleted',
  ]);
});

test('append-only, line: a file may grow at its end', () => {
  const rule = ruleOf({ 'append-only': { in: 'log', unit: 'line' } });
  const grows = (before: string, after: string) => introducedBy(rule, { log: before }, { log: after });
  for (const [before, after] of [
    ['a\nb\n', 'a\nb\nc\n'],
    ['a\nb', 'a\nb\n'],
    ['a\nb', 'a\nb\r\nc'],
    ['', 'a'],
  ] as const) {
    assert.deepEqual(grows(before, after), [], JSON.stringify([before, after]));
  }
  for (const [before, after, line] of [
    ['a\nb\n', 'a\nB\nc\n', 2],
    ['a\nb\n', 'a\n', 2],
    ['a\nb\n', 'x\na\nb\n', 1],
    ['a\nb', 'a\nbc', 2],
    ['a\nb\n', 'a\r\nb\r\n', 1],
    ['a\nb\nc\n', 'a\nc\nb\n', 2],
    ['a\n', '\ufeffa\n', 1],
  ] as const) {
    assert.deepEqual(told(grows(before, after)), [
      `log log may only be added to: line ${line} was changed, moved or removed`,
    ]);
  }
});

test('append-only, line: what was not text before cannot be compared, and is said so', () => {
  const rule = ruleOf({ 'append-only': { in: 'log', unit: 'line' } });
  const before = { log: Buffer.from([0, 1]) };
  assert.match(told(introducedBy(rule, before, { log: 'a' })).join(), /could not be read before this change/);
  assert.match(
    told(introducedBy(rule, { log: Buffer.from([0xff]) }, { log: Buffer.from([0xfe]) })).join(),
    /not UTF-8/,
  );
});

test('the subject of a change rule is the same against every base of a merge', () => {
  const file = ruleOf({ 'append-only': { in: '**', unit: 'line' } });
  const path = ruleOf({ 'forbid-path': { in: '**' } });
  const after = { a: 'x\ny\n' };
  for (const rule of [file, path]) {
    const one = introducedBy(rule, { a: 'x\nz\n' }, after)[0];
    const two = introducedBy(rule, { a: 'z\n' }, after)[0];
    assert.deepEqual([one?.path, one?.subject], [two?.path, two?.subject]);
  }
});

test('require-path: for each file of one kind another, under the same captures', () => {
  const rule = ruleOf({
    'require-path': { for: 'packages/{name}/package.json', path: 'packages/{name}/README.md' },
  });
  const project = {
    'packages/a/package.json': '',
    'packages/a/README.md': '',
    'packages/b/package.json': '',
  };
  assert.deepEqual(violationsOf(rule, project), [
    {
      path: 'packages/b/package.json',
      line: null,
      column: null,
      subject: 'packages/b/README.md',
      ordinal: 0,
      message: 'packages/b/README.md does not exist: packages/b/package.json requires it',
    },
  ]);
  assert.equal(rule.kind.reaches(rule.rule, repoPath('packages/a/README.md'), 'delete'), true);
  assert.equal(rule.kind.reaches(rule.rule, repoPath('packages/a/README.md'), 'modify'), false);
  assert.equal(rule.kind.reaches(rule.rule, repoPath('packages/a/x'), 'delete'), false);
});

test('require-path: captures that only one side has do not matter', () => {
  const rule = ruleOf({ 'require-path': { for: 'src/{area}/{name}.ts', path: 'test/{name}.{kind}.ts' } });
  const project = { 'src/x/a.ts': '', 'src/y/b.ts': '', 'test/a.unit.ts': '' };
  assert.deepEqual(told(violationsOf(rule, project)), [
    'src/y/b.ts test/b.{kind}.ts does not exist: src/y/b.ts requires it',
  ]);
});

test('require-path without `for`: at least one must exist', () => {
  const rule = ruleOf({ 'require-path': { path: 'LICENSE*' } });
  assert.deepEqual(violationsOf(rule, { 'LICENSE.md': '' }), []);
  assert.deepEqual(told(violationsOf(rule, { a: '' })), [
    'LICENSE* LICENSE* does not exist: at least one file must match it',
  ]);
});

test('a path cannot be required by exclusion', () => {
  for (const invariant of [
    { 'require-path': { for: 'src/{name}', path: 'test/{!name}' } },
    { 'co-change': { if: 'src/{name}', then: 'test/{!name}' } },
  ]) {
    assert.throws(() => ruleOf(invariant), RuleProblem);
  }
});

test('co-change: what changes must change together, under the same captures', () => {
  const rule = ruleOf({ 'co-change': { if: 'src/{name}.ts', then: 'test/{name}.test.ts' } });
  const before = { 'src/a.ts': '1', 'src/b.ts': '1', 'test/a.test.ts': '1', 'test/b.test.ts': '1' };
  assert.deepEqual(
    told(introducedBy(rule, before, { ...before, 'src/a.ts': '2', 'src/b.ts': '2', 'test/a.test.ts': '2' })),
    ['src/b.ts src/b.ts changes without test/b.test.ts: both must change together'],
  );
  assert.deepEqual(introducedBy(rule, before, { ...before, 'test/a.test.ts': '2' }), []);
});

test('co-change: a deletion calls for one only while the other is left behind', () => {
  const rule = ruleOf({ 'co-change': { if: 'src/{name}.ts', then: 'test/{name}.test.ts' } });
  const before = {
    'src/a.ts': '1',
    'src/b.ts': '1',
    'src/c.ts': '1',
    'test/a.test.ts': '1',
    'test/b.test.ts': '1',
  };
  assert.deepEqual(told(introducedBy(rule, before, { 'test/a.test.ts': '1' })), [
    'src/a.ts src/a.ts is deleted while test/a.test.ts is left behind unchanged',
  ]);
});

test('co-change: an executable bit neither calls for a change nor is one; `at: push` waits for the push', () => {
  const rule = ruleOf({ 'co-change': { if: 'a', then: 'b' } });
  const executable = { mode: '100755', content: '1' } as const;
  assert.deepEqual(introducedBy(rule, { a: '1', b: '1' }, { a: executable, b: '1' }), []);
  assert.equal(introducedBy(rule, { a: '1', b: '1' }, { a: '2', b: executable }).length, 1);
  const late = ruleOf({ 'co-change': { if: 'a', then: 'b', at: 'push' } });
  assert.deepEqual(introducedBy(late, { a: '1' }, { a: '2' }, 'commit'), []);
  assert.equal(introducedBy(late, { a: '1' }, { a: '2' }, 'push').length, 1);
});

test('naming: the whole base name; a new bad name answers after a rename too', () => {
  const rule = ruleOf({ naming: { in: 'src/**', pattern: '[a-z-]+\\.ts|[A-Z]+\\.md' } });
  const project = {
    'src/a-b.ts': '',
    'src/README.md': '',
    'src/aB.ts': '',
    'src/a.tsx': '',
    'docs/aB.ts': '',
  };
  assert.deepEqual(told(violationsOf(rule, project)), [
    'src/aB.ts src/aB.ts must be named like [a-z-]+\\.ts|[A-Z]+\\.md',
    'src/a.tsx src/a.tsx must be named like [a-z-]+\\.ts|[A-Z]+\\.md',
  ]);
  assert.deepEqual(
    violationsOf(rule, project).map(violation => violation.subject),
    ['aB.ts', 'a.tsx'],
  );
});

test('size: over the limit, and worse than before', () => {
  const rule = ruleOf({ size: { in: '**', lines: 2, bytes: 8 } });
  assert.deepEqual(
    violationsOf(rule, { a: '1\n2\n3', b: '1\n2\n', c: '123456789' }).map(
      ({ path, subject, measure, message }) => [path, subject, measure, message],
    ),
    [
      ['a', 'lines', 3, 'a must have at most 2 lines and has 3'],
      ['c', 'bytes', 9, 'c must have at most 8 bytes and has 9'],
    ],
  );
  assert.deepEqual(introducedBy(rule, { a: '1\n2\n3\n' }, { a: '1\n2\n4\n' }), []);
  assert.equal(introducedBy(rule, { a: '1\n2\n3\n' }, { a: '1\n2\n3\n4' }).length, 1);
});

test('what a rule reads depends on its options', () => {
  const reads = (invariant: Parameters<typeof ruleOf>[0]) => {
    const { kind, rule } = ruleOf(invariant);
    return kind.readsOf?.(rule) ?? kind.reads;
  };
  assert.equal(reads({ size: { in: '**', bytes: 1 } }), 'size');
  assert.equal(reads({ size: { in: '**', bytes: 1, lines: 1 } }), 'text');
  assert.equal(reads({ 'append-only': { in: '**', unit: 'file' } }), 'paths');
  assert.equal(reads({ 'append-only': { in: '**', unit: 'line' } }), 'text');
});
