import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import spdxSatisfies from 'spdx-satisfies';
import { isUsable, licenseTerms } from '../../src/invariants/license-terms.js';
import type { Json } from '../../src/model/canonical.js';
import type { DependencyFile } from '../../src/model/dependency.js';
import { type EntryParts, factsIn, lock, manifest, stateOf, subjects, vendored } from './dependencies.js';
import { factsOf, ruleOf, unusedIn } from './project.js';

type Options = Readonly<Record<string, Json>>;
const found = (options: Options, files: readonly DependencyFile[]): readonly string[] =>
  subjects(stateOf({ 'dependency-license': options }, files));

/** A lock file that names licences, with one more entry. */
const locked = (...entries: readonly EntryParts[]): readonly DependencyFile[] => [
  manifest('package.json', [{ name: 'other', range: '1' }], { name: 'app' }),
  lock('package-lock.json', [{ name: 'other', version: '1.0.0', license: 'MIT', direct: true }, ...entries]),
];

test('allow: the licence can be kept by keeping allowed ones', () => {
  const allow = [
    'MIT',
    'Apache-2.0',
    'GPL-3.0-only',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'LicenseRef-ours',
  ];
  const cases: readonly (readonly [string, boolean])[] = [
    ['MIT', true],
    ['ISC', false],
    ['MIT OR ISC', true],
    ['MIT AND ISC', false],
    ['(MIT OR ISC) AND Apache-2.0', true],
    ['ISC OR MIT AND Apache-2.0', true],
    ['(ISC OR MIT) AND ISC', false],
    ['GPL-3.0-or-later', true],
    ['GPL-2.0-or-later', true],
    ['GPL-2.0-only', false],
    ['GPL-2.0-only WITH Classpath-exception-2.0', true],
    ['GPL-3.0-only WITH Classpath-exception-2.0', false],
    ['LicenseRef-ours', true],
    ['LicenseRef-theirs', false],
    [' MIT ', true],
  ];
  for (const [license, passes] of cases)
    assert.deepEqual(
      found({ allow }, locked({ name: 'x', version: '1.0.0', license })),
      passes ? [] : [`package-lock.json npm:x ${license}`],
      license,
    );
});

test('deny: some way to keep it avoids what is denied', () => {
  const deny = ['AGPL-3.0', 'GPL-2.0-only', 'GPL-3.0-only WITH GCC-exception-3.1'];
  const cases: readonly (readonly [string, boolean])[] = [
    ['MIT', true],
    ['AGPL-3.0', false],
    ['AGPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['MIT OR AGPL-3.0-only', true],
    ['MIT AND AGPL-3.0-only', false],
    ['(MIT AND AGPL-3.0-only) OR ISC', true],
    ['GPL-2.0+', false],
    ['GPL-2.0-only WITH Classpath-exception-2.0', false],
    ['GPL-3.0-only', true],
    ['GPL-3.0-only WITH GCC-exception-3.1', false],
    ['LGPL-2.0-only', true],
  ];
  for (const [license, passes] of cases)
    assert.deepEqual(
      found({ deny }, locked({ name: 'x', version: '1.0.0', license })),
      passes ? [] : [`package-lock.json npm:x ${license}`],
      license,
    );
});

test('unknown: no licence, or one that is no SPDX expression', () => {
  const texts = [
    'UNLICENSED',
    'SEE LICENSE IN x.txt',
    'MIT/ISC',
    'mit',
    'Public Domain',
    '(MIT',
    'MIT OR',
    'MIT ORISC',
  ];
  for (const license of texts)
    for (const options of [{ allow: ['MIT', 'ISC'] }, { deny: ['AGPL-3.0'] }] as readonly Options[]) {
      const files = locked({ name: 'x', version: '1.0.0', license });
      assert.deepEqual(found(options, files), [`package-lock.json unknown npm:x ${license}`], license);
      assert.deepEqual(found({ ...options, unknown: 'allow' }, files), []);
    }
  const none = locked({ name: 'x', version: '1.0.0' });
  assert.deepEqual(found({ deny: ['AGPL-3.0'] }, none), ['package-lock.json unknown npm:x']);
  assert.deepEqual(found({ deny: ['AGPL-3.0'], unknown: 'allow' }, none), []);
  // Named by its very text.
  const own = locked({ name: 'x', version: '1.0.0', license: 'UNLICENSED' });
  assert.deepEqual(found({ allow: ['MIT', 'UNLICENSED'] }, own), []);
  assert.deepEqual(found({ deny: ['UNLICENSED'], unknown: 'allow' }, own), [
    'package-lock.json npm:x UNLICENSED',
  ]);
  const huge = `${'('.repeat(30_000)}MIT${')'.repeat(30_000)}`;
  assert.equal(found({ allow: ['MIT'] }, locked({ name: 'x', license: huge })).length, 1);
});

test('a lock file that names no licence at all is one finding', () => {
  const silent = [
    manifest('package.json', [{ name: 'a', range: '1' }]),
    lock('yarn.lock', [{ name: 'a' }, { name: 'b' }], { format: 'yarn-lock' }),
    lock('b/yarn.lock', [], { format: 'yarn-lock' }),
  ];
  assert.deepEqual(found({ allow: ['MIT'] }, silent), ['yarn.lock unknown']);
  assert.deepEqual(found({ allow: ['MIT'], unknown: 'allow' }, silent), []);
  assert.deepEqual(found({ allow: ['MIT'], 'except-packages': ['npm:a', 'npm:b'] }, silent), []);
  const [told] = stateOf({ 'dependency-license': { allow: ['MIT'] } }, silent);
  assert.equal(
    told?.message,
    'yarn.lock names no licences: under which its packages come can’t be known from it',
  );
});

test('which entries are judged', () => {
  const gpl = { version: '1.0.0', license: 'GPL-3.0-only' };
  const allow = ['MIT'];
  const tree = locked(
    { name: 'x', scope: 'development', ...gpl },
    {
      name: 'own',
      source: { type: 'workspace', path: 'packages/own' },
      version: '1.0.0',
      license: 'UNLICENSED',
    },
    { name: 'linked', source: { type: 'path', path: 'packages/linked', written: 'file:' }, version: '1.0.0' },
    { name: 'copy', source: { type: 'path', path: 'lib/copy.tgz', written: 'file:' }, version: '1.0.0' },
    { name: 'y', role: 'redirect', alias: 'y', ...gpl },
  );
  assert.deepEqual(found({ allow }, tree), [
    'package-lock.json npm:x GPL-3.0-only',
    'package-lock.json unknown npm:copy',
  ]);
  assert.deepEqual(found({ allow, scope: ['production'] }, tree), ['package-lock.json unknown npm:copy']);
  assert.deepEqual(found({ allow, 'except-packages': ['npm:x', 'npm:copy'] }, tree), []);
  assert.deepEqual(found({ allow, in: 'elsewhere/**' }, tree), []);
  assert.deepEqual(found({ allow, depth: 'direct' }, locked({ name: 'x', direct: false, ...gpl })), []);
  assert.deepEqual(found({ allow }, [manifest('package.json', [{ name: 'x', ...gpl }])]), []);
  assert.deepEqual(
    found({ allow }, [
      vendored('vendor/a/package.json', [{ name: 'a', ...gpl }]),
      vendored('vendor/b/package.json', [{ name: 'b', version: '1.0.0' }]),
      vendored('vendor/c/package.json', [{ name: 'c', version: '1.0.0', license: 'MIT' }]),
    ]),
    ['vendor/a/package.json npm:a GPL-3.0-only', 'vendor/b/package.json unknown'],
  );
});

test('messages say what is there, the way to it, and what is expected', () => {
  const of = (options: Options, license: string): string =>
    stateOf({ 'dependency-license': options }, [
      manifest('package.json', [{ name: 'a', range: '1' }], { name: 'app' }),
      lock('package-lock.json', [
        { name: 'a', version: '1.0.0', license: 'MIT', direct: true, requires: ['x'] },
        { name: 'x', id: 'x', version: '2.0.0', license, direct: false },
      ]),
    ])
      .map(({ message }) => message)
      .join('\n');
  const start = 'package-lock.json holds npm:x 2.0.0, by app → a → x, ';
  assert.equal(
    of({ allow: ['MIT', 'ISC'] }, 'AGPL-3.0-only'),
    `${start}which is under AGPL-3.0-only: allowed are only MIT and ISC`,
  );
  assert.equal(
    of({ deny: ['AGPL-3.0'] }, 'AGPL-3.0-only'),
    `${start}which is under AGPL-3.0-only: AGPL-3.0 is forbidden`,
  );
  assert.equal(
    of({ deny: ['AGPL-3.0'] }, 'SEE LICENSE IN x'),
    `${start}whose licence is given as "SEE LICENSE IN x", which is no SPDX expression: what it allows can’t be known`,
  );
});

test('options: allow or deny, and identifiers', () => {
  const rule = (options: Options) => ruleOf({ 'dependency-license': options });
  assert.throws(() => rule({}), { name: 'RuleProblem' });
  assert.throws(() => rule({ allow: ['MIT'], deny: ['ISC'] }), { name: 'RuleProblem' });
  for (const wrong of ['MIT OR ISC', '(MIT)', '', 'MIT,ISC', 'AND'])
    assert.throws(() => rule({ deny: ['MIT', wrong] }), { name: 'RuleProblem', key: 'deny/1' }, wrong);
  const { kind, rule: compiled } = rule({ deny: ['GPL3', 'MIT'] });
  assert.deepEqual(kind.unused?.(compiled, factsOf({}, factsIn([]))), [
    'GPL3 is no SPDX identifier: only a licence of that very text is meant by it',
  ]);
  assert.throws(() => unusedIn({ kind, rule: compiled }, {}), /not prepared/);
});

test('an expression is judged as spdx-satisfies judges it', () => {
  const ids = ['MIT', 'ISC', 'Apache-2.0', 'GPL-2.0-or-later', 'BSD-3-Clause'];
  const { expression } = fc.letrec<{ expression: string; pair: string }>(tie => ({
    pair: fc
      .tuple(tie('expression'), fc.constantFrom('AND', 'OR'), tie('expression'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    expression: fc.oneof({ maxDepth: 4 }, fc.constantFrom(...ids), tie('pair')),
  }));
  const facts = factsIn([]);
  fc.assert(
    fc.property(expression, fc.subarray(ids, { minLength: 1 }), (written, allowed) => {
      const plain = written.startsWith('(') ? written.slice(1, -1) : written;
      const tokens = licenseTerms(plain);
      assert.ok(tokens !== null, plain);
      const usable = isUsable(tokens, term => facts.licensed(term, allowed) === true);
      return usable === spdxSatisfies(plain, allowed);
    }),
  );
});
