import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type RepoPath, repoPath } from '../../src/model/brand.js';
import type { Json } from '../../src/model/canonical.js';
import { distance, importsOf, naiveCycleEdges } from './naive-graph.js';
import { explainedOf, factsOf, introducedBy, type Project, ruleOf, violationsOf } from './project.js';

function keys(project: Project, options: Json = {}): readonly string[] {
  return violationsOf(ruleOf({ acyclic: options }), project).map(
    ({ path, subject }) => `${path}: ${subject}`,
  );
}

const CIRCLE: Project = {
  'src/a.ts': "import b from 'src/b.ts'",
  'src/b.ts': "\nimport c from 'src/c.ts'\nimport d from 'src/d.ts'",
  'src/c.ts': "import a from 'src/a.ts'\ndynamic import 'src/a.ts'",
  'src/d.ts': '',
};

test('files: every import inside a circle, with the shortest circle and the cheapest cut', () => {
  assert.deepEqual(keys(CIRCLE), [
    'src/a.ts: src/b.ts (cycle)',
    'src/b.ts: src/c.ts (cycle)',
    'src/c.ts: src/a.ts (cycle)',
  ]);
  assert.deepEqual(explainedOf(ruleOf({ acyclic: {} }), CIRCLE)[2], {
    path: 'src/c.ts',
    line: 1,
    column: null,
    subject: 'src/a.ts (cycle)',
    subjectPath: 'src/a.ts',
    ordinal: 0,
    chain: [
      { path: 'src/c.ts', line: 1 },
      { path: 'src/a.ts', line: 1 },
      { path: 'src/b.ts', line: 2 },
      { path: 'src/c.ts', line: null },
    ],
    message:
      'src/c.ts must not import src/a.ts, which leads back to it; cheapest to cut: src/a.ts → src/b.ts (1 import)',
  });
});

test('a file that imports itself is a circle', () => {
  const project = { 'a.ts': "import a from 'a.ts'" };
  assert.deepEqual(keys(project), ['a.ts: a.ts (cycle)']);
  assert.equal(explainedOf(ruleOf({ acyclic: {} }), project)[0]?.message, 'a.ts must not import itself');
});

test('type imports and test builds close no circle, unless asked for; in and what is left out limit it', () => {
  const project = { 'src/a.ts': "type import b from 'src/b.ts'", 'src/b.ts': "import a from 'src/a.ts'" };
  assert.deepEqual(keys(project), []);
  assert.deepEqual(keys({ ...project, 'src/a.ts': "test import b from 'src/b.ts'" }), []);
  assert.equal(keys(project, { kinds: ['type', 'value'] }).length, 2);
  assert.deepEqual(keys(CIRCLE, { in: ['src/a.ts', 'src/b.ts'] }), []);
  const { kind, rule } = ruleOf({ acyclic: {} });
  assert.deepEqual(
    kind.evaluate?.(rule, factsOf(CIRCLE), 'all', path => path === 'src/b.ts'),
    [],
  );
});

test('a package that is a folder stands for its files', () => {
  const project = {
    'a/x.ts': "import b from 'b/'",
    'b/y.ts': "\nimport a from 'a/'",
    'b/z.ts': '',
  };
  assert.deepEqual(keys(project), ['a/x.ts: b/ (cycle)', 'b/y.ts: a/ (cycle)']);
  assert.deepEqual(explainedOf(ruleOf({ acyclic: {} }), project)[0]?.chain, [
    { path: 'a/x.ts', line: 1 },
    { path: 'b/y.ts', line: 2 },
    { path: 'a/x.ts', line: null },
  ]);
  assert.deepEqual(keys(project, { level: 'folder' }), ['a: a/ → b/ (cycle)', 'b: b/ → a/ (cycle)']);
});

const FOLDERS: Project = {
  'index.ts': "import u from 'src/ui/a.ts'",
  'src/ui/a.ts': "import x from 'src/db/x.ts'\nimport y from 'src/db/y.ts'",
  'src/ui/b.ts': "import a from 'src/ui/a.ts'",
  'src/db/x.ts': '',
  'src/db/y.ts': "\nimport b from 'src/ui/b.ts'",
};

test('folders: no circle of files need be there; the key names no file', () => {
  assert.deepEqual(keys(FOLDERS), [
    'src/db/y.ts: src/ui/b.ts (cycle)',
    'src/ui/a.ts: src/db/y.ts (cycle)',
    'src/ui/b.ts: src/ui/a.ts (cycle)',
  ]);
  const [first] = explainedOf(ruleOf({ acyclic: { level: 'folder' } }), FOLDERS);
  assert.deepEqual(first, {
    path: 'src/db',
    line: null,
    column: null,
    subject: 'src/db/ → src/ui/ (cycle)',
    subjectPath: 'src/ui/a.ts',
    ordinal: 0,
    chain: [
      { path: 'src/db/y.ts', line: 2 },
      { path: 'src/ui/a.ts', line: 1 },
      { path: 'src/db/x.ts', line: null },
    ],
    message:
      'src/db/ must not import src/ui/, which leads back to it: src/db/y.ts:2 imports src/ui/b.ts, src/ui/a.ts:1 imports src/db/x.ts; cheapest to cut: src/db/ → src/ui/ (1 import)',
  });
});

test('components: those of the configuration, or the refs of in, with captures one a binding', () => {
  const project = {
    'src/ui/a.ts': "import x from 'src/api/x.ts'",
    'src/api/x.ts': "import u from 'src/utils/u.ts'",
    'src/utils/u.ts': "import a from 'src/ui/a.ts'",
  };
  assert.deepEqual(keys(project, { level: 'component' }), [
    'src: shared → ui (cycle)',
    'src/api: api → shared (cycle)',
    'src/ui: ui → api (cycle)',
  ]);
  assert.deepEqual(keys(project, { level: 'component', in: ['ui', 'api'] }), []);
  const packages = {
    'packages/a/x.ts': "import y from 'packages/b/deep/y.ts'",
    'packages/b/deep/y.ts': "import x from 'packages/a/x.ts'",
  };
  assert.deepEqual(keys(packages, { level: 'component', in: 'packages/{name}/**' }), [
    'packages/a: packages/a/** → packages/b/** (cycle)',
    'packages/b: packages/b/** → packages/a/** (cycle)',
  ]);
});

test('a change answers for the edges that it brings in, not for those that are drawn into a circle', () => {
  const before = { ...CIRCLE, 'src/c.ts': '' };
  for (const options of [{}, { level: 'folder' }]) {
    const introduced = introducedBy(ruleOf({ acyclic: options }), before, CIRCLE);
    assert.deepEqual(
      introduced.map(({ path, subject }) => `${path}: ${subject}`),
      'level' in options ? [] : ['src/c.ts: src/a.ts (cycle)'],
    );
  }
  const open = { ...FOLDERS, 'src/db/y.ts': '' };
  assert.deepEqual(
    introducedBy(ruleOf({ acyclic: { level: 'folder' } }), open, FOLDERS).map(({ subject }) => subject),
    ['src/db/ → src/ui/ (cycle)'],
  );
});

test('a merge answers for the circle that neither parent had, at the edges that either brought', () => {
  const one = { ...CIRCLE, 'src/c.ts': '' };
  const other = { ...CIRCLE, 'src/a.ts': '' };
  const { kind, rule } = ruleOf({ acyclic: {} });
  const bases = [one, other].map(project => ({ facts: factsOf(project), before: (path: RepoPath) => path }));
  const blamed = violationsOf({ kind, rule }, CIRCLE).filter(violation =>
    kind.blames?.(rule, factsOf(CIRCLE), violation, bases, () => false),
  );
  assert.deepEqual(
    blamed.map(({ path }) => path),
    ['src/a.ts', 'src/c.ts'],
  );
});

test('a renamed folder keeps its circles; one that a file was moved out of does not', () => {
  const renamed: Record<string, string> = {};
  const moves = new Map<string, string>();
  for (const [path, text] of Object.entries(FOLDERS)) {
    const now = path.replace('src/ui/', 'src/web/');
    moves.set(now, path);
    renamed[now] = String(text).replaceAll('src/ui/', 'src/web/');
  }
  const { kind, rule } = ruleOf({ acyclic: { level: 'folder' } });
  const before = (path: RepoPath): RepoPath => repoPath(moves.get(path) ?? path);
  const blamed = (head: Project, base: Project) =>
    violationsOf({ kind, rule }, head)
      .filter(violation =>
        kind.blames?.(rule, factsOf(head), violation, [{ facts: factsOf(base), before }], () => false),
      )
      .map(({ subject }) => subject);
  assert.equal(violationsOf({ kind, rule }, renamed).length, 2);
  assert.deepEqual(blamed(renamed, FOLDERS), []);
  // src/web is new beside src/ui, which stays.
  const split = { ...renamed, 'src/ui/rest.ts': '' };
  assert.equal(blamed(split, { ...FOLDERS, 'src/ui/rest.ts': '' }).length, 2);
});

const FILES = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `src/${name}.ts`);
const graph = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }).map((edges): Project => {
  const project: Record<string, string> = Object.fromEntries(FILES.map(path => [path, '']));
  for (const [from, to] of edges) project[FILES[from] ?? ''] += `import x from '${FILES[to]}'\n`;
  return project;
});

test('as a search from every edge finds them, and each chain is a shortest circle', () => {
  const rule = ruleOf({ acyclic: {} });
  let found = 0;
  fc.assert(
    fc.property(graph, project => {
      const imports = importsOf(project);
      const violations = explainedOf(rule, project);
      const edges = violations.map(({ path, subjectPath }) => `${path} ${subjectPath}`);
      assert.deepEqual(new Set(edges), naiveCycleEdges(imports));
      assert.equal(new Set(edges).size, edges.length);
      found += edges.length;
      for (const { path, subjectPath = '', chain = [] } of violations) {
        assert.equal(chain.length - 2, distance(imports, subjectPath, path));
        assert.ok(chain.slice(1).every((hop, at) => imports.get(chain[at]?.path ?? '')?.has(hop.path)));
        assert.equal(chain.at(-1)?.path, path);
      }
    }),
    { numRuns: 800 },
  );
  assert.ok(found > 500);
});

test('whatever closes a circle brings in at least one edge of it, and every one brought in is new', () => {
  const rule = ruleOf({ acyclic: {} });
  fc.assert(
    fc.property(graph, graph, (before, after) => {
      const old = importsOf(before);
      const introduced = introducedBy(rule, before, after);
      for (const { path, subjectPath = '' } of introduced)
        assert.ok(old.get(path)?.has(subjectPath) !== true);
      const all = [...naiveCycleEdges(importsOf(after))];
      const newlyClosed = all.some(edge => {
        const [from = '', to = ''] = edge.split(' ');
        return old.get(from)?.has(to) !== true;
      });
      assert.equal(introduced.length > 0, newlyClosed);
    }),
    { numRuns: 500 },
  );
});
