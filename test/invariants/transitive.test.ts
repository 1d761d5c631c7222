import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT, naivePairs } from './naive-graph.js';
import { explainedOf, introducedBy, type Project, ruleOf, violationsOf } from './project.js';

const UI_OFF_DB = { 'forbid-import': { from: 'ui', to: ['database', 'npm:pg'], transitive: true } };

/** `path → subject`, sorted as they come. */
function pairs(project: Project, invariant = UI_OFF_DB as never, leftOut?: (path: string) => boolean) {
  return violationsOf(ruleOf(invariant), project, 'all', leftOut).map(
    ({ path, subject }) => `${path} → ${subject}`,
  );
}

test('a chain over files in no named place is found, with a line at every hop', () => {
  const project = {
    'src/ui/a.ts': "\n\nimport x from 'src/lib/x.ts'",
    'src/lib/x.ts': "import p from 'src/db/p.ts'\nimport q from 'npm:pg/native'",
    'src/db/p.ts': '',
  };
  assert.deepEqual(explainedOf(ruleOf(UI_OFF_DB), project), [
    {
      path: 'src/ui/a.ts',
      line: 3,
      column: null,
      subject: 'npm:pg/native (indirect)',
      ordinal: 0,
      chain: [
        { path: 'src/ui/a.ts', line: 3 },
        { path: 'src/lib/x.ts', line: 2 },
        { path: 'npm:pg/native', line: null },
      ],
      message: 'src/ui/a.ts (ui) must not reach npm:pg/native (npm:pg), even indirectly',
    },
    {
      path: 'src/ui/a.ts',
      line: 3,
      column: null,
      subject: 'src/db/p.ts (indirect)',
      subjectPath: 'src/db/p.ts',
      ordinal: 0,
      chain: [
        { path: 'src/ui/a.ts', line: 3 },
        { path: 'src/lib/x.ts', line: 1 },
        { path: 'src/db/p.ts', line: null },
      ],
      message: 'src/ui/a.ts (ui) must not reach src/db/p.ts (database), even indirectly',
    },
  ]);
});

test('what stands between the last file on this side and the first on the other is told once', () => {
  const project = {
    'src/ui/page.ts': "import a from 'src/ui/a.ts'",
    'src/ui/a.ts': "import x from 'src/lib/x.ts'",
    'src/lib/x.ts': "import y from 'src/lib/y.ts'",
    'src/lib/y.ts': "import p from 'src/db/index.ts'",
    'src/db/index.ts': "import p from 'src/db/p.ts'",
  };
  assert.deepEqual(pairs(project), ['src/ui/a.ts → src/db/index.ts (indirect)']);
});

test('direct imports stay what they are, and a pair may be both', () => {
  const project = {
    'src/ui/a.ts': "import p from 'src/db/p.ts'\nimport x from 'src/lib/x.ts'",
    'src/lib/x.ts': "import p from 'src/db/p.ts'",
  };
  assert.deepEqual(pairs(project), [
    'src/ui/a.ts → src/db/p.ts (value)',
    'src/ui/a.ts → src/db/p.ts (indirect)',
  ]);
  const [, indirect] = explainedOf(ruleOf(UI_OFF_DB), project);
  assert.deepEqual(
    indirect?.chain?.map(({ path }) => path),
    ['src/ui/a.ts', 'src/lib/x.ts', 'src/db/p.ts'],
  );
});

test('via: chains through the permitted ways are not counted, others are', () => {
  const invariant = { 'forbid-import': { from: 'ui', to: 'database', via: 'api', transitive: true } };
  const project = {
    'src/ui/a.ts': "import c from 'src/api/c.ts'",
    'src/ui/b.ts': "import x from 'src/lib/x.ts'",
    'src/api/c.ts': "import x from 'src/lib/x.ts'\nimport p from 'src/db/p.ts'",
    'src/lib/x.ts': "import p from 'src/db/p.ts'",
  };
  assert.deepEqual(pairs(project, invariant as never), ['src/ui/b.ts → src/db/p.ts (indirect)']);
});

test('files that the invariant leaves out are neither sources nor links', () => {
  const project = {
    'src/ui/a.ts': "import x from 'src/lib/x.ts'",
    'src/ui/b.ts': "import y from 'src/lib/y.ts'\nimport p from 'src/db/p.ts'",
    'src/lib/x.ts': "import p from 'src/db/p.ts'",
    'src/lib/y.ts': "import p from 'src/db/p.ts'",
  };
  const leftOut = (path: string): boolean => path === 'src/lib/x.ts' || path === 'src/ui/b.ts';
  assert.deepEqual(pairs(project, UI_OFF_DB as never, leftOut), []);
});

test('kinds narrow every hop', () => {
  const invariant = { 'forbid-import': { from: 'ui', to: 'database', kinds: ['value'], transitive: true } };
  const project = {
    'src/ui/a.ts': "type import x from 'src/lib/x.ts'",
    'src/ui/b.ts': "import y from 'src/lib/y.ts'",
    'src/ui/c.ts': "import x from 'src/lib/x.ts'",
    'src/lib/x.ts': "import p from 'src/db/p.ts'",
    'src/lib/y.ts': "type import p from 'src/db/p.ts'",
  };
  assert.deepEqual(pairs(project, invariant as never), ['src/ui/c.ts → src/db/p.ts (indirect)']);
});

test('a package that is a folder is a free hop, and no part of the chain', () => {
  const project = {
    'src/ui/a.ts': "import x from 'src/lib/'",
    'src/lib/x.ts': "\nimport p from 'src/db/'",
    'src/lib/y.ts': '',
    'src/db/p.ts': '',
  };
  const violations = explainedOf(ruleOf(UI_OFF_DB), project);
  assert.deepEqual(
    violations.map(({ subject, chain }) => [subject, chain]),
    [
      [
        'src/db/ (indirect)',
        [
          { path: 'src/ui/a.ts', line: 1 },
          { path: 'src/lib/x.ts', line: 2 },
          { path: 'src/db/', line: null },
        ],
      ],
    ],
  );
});

test('an unresolved import at the end of a chain is seen with its candidates, and answers to their names', () => {
  const project = {
    'src/ui/a.ts': "import x from 'src/lib/x.ts'",
    'src/lib/x.ts': "import p from '?src/db/p'",
  };
  const [violation] = violationsOf(ruleOf(UI_OFF_DB), project);
  assert.equal(violation?.subject, 'src/db/p (indirect)');
  assert.deepEqual(violation?.aliases, ['src/db/p.ts (indirect)', 'src/db/p/index.ts (indirect)']);
});

test('captures: each service may not reach another, directly or over shared files', () => {
  const invariant = {
    'forbid-import': { from: 'services/{service}/**', to: 'services/{!service}/**', transitive: true },
  };
  const project = {
    'services/a/x.ts': "import l from 'lib/l.ts'\nimport y from 'services/a/y.ts'",
    'services/a/y.ts': "import z from 'services/b/z.ts'",
    'services/b/z.ts': "import l from 'lib/l.ts'",
    'lib/l.ts': "import z from 'services/b/z.ts'",
  };
  assert.deepEqual(pairs(project, invariant as never), [
    'services/a/y.ts → services/b/z.ts (value)',
    'services/a/x.ts → services/b/z.ts (indirect)',
  ]);
});

test('layers and independent over chains: in their own words, utilities are walked through', () => {
  const project = {
    'src/db/p.ts': "import u from 'src/utils/u.ts'",
    'src/utils/u.ts': "import a from 'src/ui/a.ts'",
    'src/ui/a.ts': '',
  };
  assert.deepEqual(
    explainedOf(ruleOf({ layers: { order: ['ui', 'database'], transitive: true } }), project).map(
      v => v.message,
    ),
    ['src/db/p.ts (database) must not reach src/ui/a.ts (ui), even indirectly (it lies in a higher layer)'],
  );
  assert.deepEqual(
    explainedOf(ruleOf({ independent: { members: ['ui', 'database'], transitive: true } }), project).map(
      v => v.message,
    ),
    [
      'src/db/p.ts (database) must not reach src/ui/a.ts (ui), even indirectly (the two are independent of each other)',
    ],
  );
});

test('an edge added in a file that the rule does not name brings the violation in, where the chain begins', () => {
  const before = { 'src/ui/a.ts': "import x from 'src/lib/x.ts'", 'src/lib/x.ts': '', 'src/db/p.ts': '' };
  const after = { ...before, 'src/lib/x.ts': "import p from 'src/db/p.ts'" };
  assert.deepEqual(
    introducedBy(ruleOf(UI_OFF_DB), before, after).map(({ path }) => path),
    ['src/ui/a.ts'],
  );
  assert.deepEqual(introducedBy(ruleOf(UI_OFF_DB), after, before), []);
});

const FILES = ['ui/a', 'ui/b', 'lib/x', 'lib/y', 'lib/z', 'api/c', 'db/p', 'db/q', 'core/d'].map(
  name => `src/${name}.ts`,
);
const edge = fc.record({
  from: fc.nat(FILES.length - 1),
  to: fc.nat(FILES.length - 1),
  kind: fc.constantFrom('value', 'type', 'dynamic'),
});

for (const [name, options, naive] of [
  ['all kinds', {}, DEFAULT],
  ['values only', { kinds: ['value'] }, { ...DEFAULT, kinds: ['value'] }],
  ['a permitted way', { via: 'api' }, { ...DEFAULT, closed: (path: string) => path.startsWith('src/api/') }],
] as const)
  test(`as a search from every file finds them: ${name}`, () => {
    const rule = ruleOf({ 'forbid-import': { from: 'ui', to: 'database', transitive: true, ...options } });
    let found = 0;
    fc.assert(
      fc.property(fc.array(edge, { minLength: 8, maxLength: 40 }), edges => {
        const project: Record<string, string> = {};
        for (const path of FILES) project[path] = '';
        for (const { from, to, kind } of edges)
          project[FILES[from] ?? ''] += `${kind} import x from '${FILES[to]}'\n`;
        const isIndirect = ({ subject }: { subject: string }): boolean => subject.endsWith(' (indirect)');
        const violations = explainedOf(rule, project).filter(isIndirect);
        const expected = naivePairs(project, naive);
        found += expected.size;
        assert.deepEqual(
          new Map(violations.map(v => [`${v.path} ${v.subjectPath}`, (v.chain?.length ?? 0) - 1])),
          expected,
        );
        for (const { chain = [] } of violations) assert.ok(isChain(project, chain), JSON.stringify(chain));
      }),
      { numRuns: 600 },
    );
    assert.ok(found > 15, `only ${found} pairs`);
  });

/** Every hop is an import that stands at that line. */
function isChain(project: Project, chain: readonly { path: string; line: number | null }[]): boolean {
  return chain.slice(1).every(({ path }, index) => {
    const hop = chain[index];
    const lines = String(project[hop?.path ?? '']).split('\n');
    return lines[(hop?.line ?? 0) - 1]?.endsWith(`'${path}'`) === true;
  });
}
