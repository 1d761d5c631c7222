import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fileOf,
  found,
  foundByChange,
  foundIn,
  handMade,
  packageJson,
  packageLock,
  subjects,
  type Texts,
} from './manifests.js';
import { ruleOf, told } from './project.js';

const two = { 'package.json': packageJson({ a: '1', b: '1' }) };
const three = { 'package.json': packageJson({ a: '1', b: '1' }, { devDependencies: { c: '1' } }) };

test('max: more packages than a manifest may ask for, measured', async () => {
  const rule = ruleOf({ 'dependency-limit': { max: 2 } });
  assert.equal(rule.kind.modeOf(rule.rule), 'measured');
  assert.deepEqual(await foundIn(rule, two), []);
  assert.deepEqual(await foundIn(rule, three), [
    {
      path: 'package.json',
      line: null,
      column: null,
      subject: 'max',
      ordinal: 0,
      message: 'package.json must ask for at most 2 packages, and there are 3',
      measure: 3,
    },
  ]);
  assert.deepEqual(await foundByChange(rule, two, three), [], 'no limit of growth was set');
});

const lock = packageLock(
  { a: '1', b: '1' },
  { a: ['1.0.0', { x: '1' }], b: '1.0.0', x: ['1.0.0', { y: '1' }], y: '1.0.0' },
);
const locked = { ...two, 'package-lock.json': lock };

const counts: readonly (readonly [
  what: string,
  options: object,
  texts: Texts,
  expected: readonly string[],
])[] = [
  ['direct: the lock file does not count', { max: 1 }, locked, ['package.json 2']],
  ['transitive: what others bring in', { max: 0, depth: 'transitive' }, locked, ['package-lock.json 2']],
  ['any: all that the lock file holds', { max: 0, depth: 'any' }, locked, ['package-lock.json 4']],
  ['any: a manifest that nothing settles', { max: 0, depth: 'any' }, two, ['package.json 2']],
  ['scope', { max: 0, scope: ['development'] }, three, ['package.json 1']],
  [
    'in',
    { max: 0, in: 'b/**' },
    { 'a/package.json': packageJson({ a: '1' }), 'b/package.json': packageJson({ b: '1' }) },
    ['b/package.json 1'],
  ],
  [
    'each package once, whatever its scope',
    { max: 0 },
    { 'package.json': packageJson({ a: '1' }, { peerDependencies: { a: '>=1' } }) },
    ['package.json 1'],
  ],
  [
    'an alias is what it stands for',
    { max: 0 },
    { 'package.json': packageJson({ a: '1', b: 'npm:a@2' }) },
    ['package.json 1'],
  ],
  [
    'own folders',
    { max: 0 },
    { 'package.json': packageJson({ own: 'file:./own' }), 'own/package.json': '{"name":"own"}' },
    [],
  ],
  ['redirects', { max: 0 }, { 'package.json': packageJson({}, { overrides: { a: 'npm:b@1.0.0' } }) }, []],
];

for (const [what, options, texts, expected] of counts)
  test(`max: ${what}`, async () => {
    const violations = await foundIn(ruleOf({ 'dependency-limit': options as never }), texts);
    assert.deepEqual(
      violations.map(({ path, measure }) => `${path} ${measure}`),
      expected,
    );
  });

test('several versions of a package are one', async () => {
  const entries = [
    { name: 'a', version: '1.0.0' },
    { name: 'a', version: '2.0.0' },
  ];
  const rule = ruleOf({ 'dependency-limit': { max: 0, depth: 'any' } });
  const file = fileOf({ ecosystem: 'npm', role: 'lock' }, 'yarn.lock', entries);
  assert.equal(found(rule, await handMade(file))[0]?.measure, 1);
});

function many(count: number, first = 0): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index + first}`, '1']));
}

test('grow: one change adds too many, the first ten of them named', async () => {
  const rule = ruleOf({ 'dependency-limit': { grow: 3 } });
  assert.equal(rule.kind.modeOf(rule.rule), 'change');
  const before = { 'package.json': packageJson(many(20)) };
  assert.deepEqual(await foundByChange(rule, before, { 'package.json': packageJson(many(23)) }), []);
  const violations = await foundByChange(rule, before, { 'package.json': packageJson(many(32)) });
  assert.deepEqual(told(violations), [
    'package.json:25 one change must add at most 3 packages to package.json and adds 12: npm:p20, npm:p21, npm:p22, npm:p23, npm:p24, npm:p25, npm:p26, npm:p27, npm:p28, npm:p29 and 2 more',
  ]);
  assert.deepEqual(subjects(violations), ['package.json: grow']);
});

const growth: readonly (readonly [
  what: string,
  options: object,
  before: Texts,
  after: Texts,
  expected: readonly string[],
])[] = [
  [
    'other versions',
    {},
    { 'package.json': packageJson({ a: '1' }) },
    { 'package.json': packageJson({ a: '2' }) },
    [],
  ],
  ['a new manifest', {}, {}, two, ['package.json']],
  ['a moved manifest', {}, two, { 'app/package.json': packageJson({ a: '1', b: '1' }) }, []],
  [
    'a moved manifest that has grown',
    {},
    two,
    { 'app/package.json': packageJson({ a: '1', b: '1', c: '1', d: '1' }) },
    ['app/package.json'],
  ],
  [
    'a copy of a manifest that stays',
    {},
    two,
    { ...two, 'app/package.json': packageJson({ a: '1', b: '1' }) },
    ['app/package.json'],
  ],
  [
    'from development to production',
    { scope: ['production'] },
    { 'package.json': packageJson({}, { devDependencies: { a: '1', b: '1' } }) },
    two,
    [],
  ],
  ['a lock file', { depth: 'any' }, two, locked, ['package-lock.json']],
  ['a lock file, when only what is asked for counts', { grow: 2 }, two, locked, []],
];

for (const [what, options, before, after, expected] of growth)
  test(`grow: ${what}`, async () => {
    const rule = ruleOf({ 'dependency-limit': { grow: 1, ...options } });
    const violations = await foundByChange(rule, before, after);
    assert.deepEqual(
      violations.map(({ path }) => path),
      expected,
    );
  });

test('what stood before and can’t be read counts as nothing, and the message says so', async () => {
  const rule = ruleOf({ 'dependency-limit': { grow: 1 } });
  const [violation] = await foundByChange(rule, { 'package.json': '{' }, two);
  assert.match(violation?.message ?? '', /adds 2 \(what it held before can’t be read\): npm:a, npm:b$/);
});

test('both limits: measured, and the change by itself', async () => {
  const rule = ruleOf({ 'dependency-limit': { max: 2, grow: 0 } });
  assert.equal(rule.kind.modeOf(rule.rule), 'measured');
  assert.deepEqual(subjects(await foundIn(rule, three)), ['package.json: max']);
  assert.deepEqual(subjects(await foundByChange(rule, two, three)), ['package.json: grow']);
});
