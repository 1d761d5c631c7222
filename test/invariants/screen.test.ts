// biome-ignore-all lint/suspicious/noThenProperty: the option's name; nobody awaits a rule
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readsOf } from '../../src/invariants/registry.js';
import type { Json } from '../../src/model/canonical.js';
import { changesOf, introducedBy, type Project, ruleOf, screenedFile } from './project.js';

const PATHS = [
  'src/ui/a.ts',
  'src/ui/b.ts',
  'src/db/p.ts',
  'src/api/c.ts',
  'packages/a/index.ts',
  'packages/a/x.ts',
  'packages/b/x.ts',
  'packages/a/README.md',
  'log',
];
const LINES = [
  ...PATHS.slice(0, 7).map(path => `import x from '${path}'`),
  "type import x from 'src/db/p.ts'",
  "import pool from 'src/db/p.ts'",
  "import * from 'src/db/p.ts'",
  "dynamic import '*'",
  "import x from '?src/db/q'",
  "import x from 'npm:pg'",
  "import x from 'node:fs'",
  ...['bad', '// bad', "'bad'", 'need', '/*', '*/', 'x', '', 'bad bad'],
];

/** Those whose kind has a `gate` are judged there: test/gates compares them with the full judge. */
const RULES: readonly Readonly<Record<string, Json>>[] = [
  { 'forbid-import': { from: 'ui', to: ['database', 'npm:pg'] } },
  { 'forbid-import': { from: 'ui', to: 'database', names: ['pool'], kinds: ['value', 'dynamic'] } },
  { 'forbid-import': { from: 'packages/{name}/**', to: 'packages/{!name}/**' } },
  { 'allow-import': { from: 'ui', to: ['api', 'node:*'] } },
  { layers: ['ui', ['api', 'core'], 'database'] },
  { layers: { order: ['ui', 'api', 'database'], closed: true, within: 'src/**' } },
  { independent: ['packages/{name}/**'] },
  { protect: { in: ['database', 'npm:pg'], only: 'api' } },
  { 'entry-points': { in: 'packages/{name}/**', only: 'packages/{name}/index.ts' } },
  { 'forbid-import': { from: 'ui', to: 'npm:*', 'except-names': ['x'] } },
  { 'entry-points': { in: 'packages/{name}/**', only: 'packages/{name}/index.ts', for: 'src/ui/**' } },
  { 'require-import': { from: 'ui', to: 'database' } },
  { 'require-import': { from: 'ui', to: 'database', transitive: true } },
  { 'fan-in': { in: '**', max: 1 } },
  { 'fan-out': { in: '**', max: 1, packages: true } },
  { 'no-orphans': { in: '**', roots: 'src/ui/**' } },
  { 'resolvable-imports': { in: 'src/**', computed: true } },
  { owned: { in: '**' } },
  { 'forbid-path': { in: 'src/db/**' } },
  { 'forbid-path': { in: 'src/db/**', when: ['delete', 'type'] } },
  { 'require-path': { for: 'packages/{name}/x.ts', path: 'packages/{name}/README.md' } },
  { 'require-path': { path: '**/README.md' } },
  { 'co-change': { if: 'src/ui/{name}.ts', then: 'src/api/*.ts' } },
  { 'append-only': { in: 'log', unit: 'file' } },
  { 'append-only': { in: ['log', 'src/db/**'], unit: 'line' } },
  { naming: { in: '**', pattern: '[a-z]\\.ts|log' } },
  { size: { in: '**', lines: 2 } },
  { size: { in: '**', bytes: 30 } },
  { 'forbid-text': { in: '**', pattern: 'bad' } },
  { 'forbid-text': { in: '**', pattern: '(?i)BAD', where: ['code'] } },
  { 'forbid-text': { in: '**', pattern: 'b\\w*d', lines: 'all' } },
  { 'require-text': { in: '**', pattern: 'need' } },
  { 'require-text': { in: '**', pattern: 'need', lines: 'all', where: ['code'] } },
];

const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(fc.constantFrom(...LINES), { maxLength: 4 }).map(lines => lines.join('\n')),
  },
  { weight: 1, arbitrary: fc.constantFrom('bad\0', '\ufeffbad\n') },
);
const content = fc.oneof(
  { weight: 10, arbitrary: text },
  { weight: 1, arbitrary: text.map(target => ({ mode: '120000' as const, content: target })) },
  { weight: 1, arbitrary: text.map(script => ({ mode: '100755' as const, content: script })) },
);
const project = fc.dictionary(fc.constantFrom(...PATHS), content, { maxKeys: 6 });
/** Mostly small edits: the second tree keeps much of the first. */
const change = fc
  .tuple(project, project, fc.subarray(PATHS))
  .map(([before, other, touched]): readonly [Project, Project] => {
    const after: Record<string, Project[string]> = { ...before };
    for (const path of touched) {
      const now = other[path];
      if (now === undefined) delete after[path];
      else after[path] = now;
    }
    return [before, after];
  });

for (const invariant of RULES) {
  test(`clear files bring in no violation: ${JSON.stringify(invariant)}`, () => {
    const rule = ruleOf(invariant);
    let violated = 0;
    let cleared = 0;
    fc.assert(
      fc.property(change, ([before, after]) => {
        const changes = changesOf(before, after);
        const introduced = introducedBy(rule, before, after);
        if (introduced.length > 0) violated++;
        const reached = changes.some(({ path, status }) => rule.kind.reaches(rule.rule, path, status));
        for (const each of changes) {
          const screened = rule.kind.screen(rule.rule, screenedFile(each, before, after));
          if (screened === 'candidate') continue;
          cleared++;
          // What another file's change does to this one is not this one's to tell.
          if (reached || readsOf(rule.kind, rule.rule) === 'graph') continue;
          assert.deepEqual(
            introduced.filter(violation => violation.path === each.path),
            [],
          );
        }
        const screenedAway = changes.every(
          each => rule.kind.screen(rule.rule, screenedFile(each, before, after)) === 'clear',
        );
        if (screenedAway && !reached) assert.deepEqual(introduced, []);
      }),
      { numRuns: 400 },
    );
    assert.ok(violated > 0, 'no change violated the rule');
    assert.ok(cleared > 0, 'no file was ever clear');
  });
}

test('what stood before is clear: the gate need not look closer', () => {
  const rule = ruleOf({ 'forbid-text': { in: '**', pattern: 'bad' } });
  const before = { a: 'bad\nx\n' };
  const after = { a: 'y\nbad\nz\n' };
  const [each] = changesOf(before, after);
  assert.ok(each);
  assert.equal(rule.kind.screen(rule.rule, screenedFile(each, before, after)), 'clear');
});

test('where the gate could not tell cheaply, the answer is candidate', () => {
  const after = { 'src/ui/a.ts': "import x from 'src/ui/b.ts'" };
  const [each] = changesOf({}, after);
  assert.ok(each);
  const file = screenedFile(each, {}, after);
  const imports = ruleOf({ 'forbid-import': { from: 'ui', to: 'database' } });
  assert.equal(imports.kind.screen(imports.rule, file), 'clear');
  assert.equal(imports.kind.screen(imports.rule, { ...file, newEdges: () => null }), 'candidate');
  const unread = { ...file, headText: null };
  for (const invariant of RULES.filter(rule => /-text|size/.test(Object.keys(rule).join()))) {
    const { kind, rule } = ruleOf(invariant);
    if (JSON.stringify(invariant).includes('bytes')) continue;
    assert.equal(kind.screen(rule, unread), 'candidate', JSON.stringify(invariant));
    assert.equal(kind.screen(rule, { ...file, regular: false }), 'candidate', JSON.stringify(invariant));
  }
});
