/** The commit gate's bundles hold dependency-kinds-gate.ts in place of dependency-kinds.ts: both must answer alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEPENDENCY_KINDS } from '../../src/invariants/dependency-kinds.js';
import { DEPENDENCY_KINDS as GATE_KINDS } from '../../src/invariants/dependency-kinds-gate.js';
import { repoPath } from '../../src/model/brand.js';
import type { Json } from '../../src/model/canonical.js';
import type { ChangeStatus } from '../../src/model/tree.js';
import { changesOf, ruleOf, screenedFile } from './project.js';

const RULES: readonly Readonly<Record<string, Json>>[] = [
  { 'forbid-dependency': 'npm:pg' },
  { 'forbid-dependency': { packages: 'npm:pg', blobs: ['a'.repeat(40)], in: 'src/**' } },
  { 'allow-dependency': { packages: ['npm:pg'], in: 'src/**' } },
  { 'dependency-source': { types: ['registry'] } },
  { 'dependency-license': { allow: ['MIT'] } },
  { 'dependency-limit': { max: 1 } },
  { 'require-lockfile': {} },
  { 'declared-imports': { in: 'src/**' } },
];
const FILES = {
  'src/ui/a.ts': "import x from 'npm:pg'",
  'src/ui/b.ts': "import x from './a.ts'",
  'src/ui/c.ts': 'export {}',
  'lib/a.ts': "import x from 'npm:pg'",
  'package.json': '{}',
  'src/go.sum': '',
  'vendor/x/package.json': '{}',
  'README.md': 'text',
};
const STATUSES: readonly ChangeStatus[] = ['add', 'modify', 'delete', 'type'];

test('the gate’s kinds are those of the judge, by name and by what they read', () => {
  const shown = (kinds: typeof DEPENDENCY_KINDS): readonly string[] =>
    kinds.map(({ name, reads }) => `${name} ${reads}`);
  assert.deepEqual(shown(GATE_KINDS), shown(DEPENDENCY_KINDS));
  assert.deepEqual(
    [...new Set(RULES.map(rule => Object.keys(rule)[0]))].sort(),
    DEPENDENCY_KINDS.map(({ name }) => name).sort(),
  );
});

for (const invariant of RULES) {
  test(`the gate asks of ${JSON.stringify(invariant)} what the judge’s kind would answer`, () => {
    const { kind, rule } = ruleOf(invariant);
    const gate = GATE_KINDS.find(({ name }) => name === kind.name) ?? assert.fail(kind.name);
    const answers = new Set<string>();
    for (const each of [...changesOf({}, FILES), ...changesOf(FILES, {})]) {
      for (const status of STATUSES)
        assert.equal(gate.reaches(rule, each.path, status), kind.reaches(rule, each.path, status), each.path);
      const [before, after] = each.status === 'add' ? [{}, FILES] : [FILES, {}];
      const file = screenedFile(each, before, after);
      const answer = kind.screen(rule, file);
      assert.equal(gate.screen(rule, file), answer, each.path);
      answers.add(answer);
      // It may take a file for governed that is not: then the judge looks.
      if (kind.governs(rule, each.path)) assert.ok(gate.governs(rule, each.path), each.path);
    }
    assert.deepEqual([...answers].sort(), ['candidate', 'clear']);
    assert.equal(kind.reaches(rule, repoPath('src/ui/z.ts'), 'delete'), false);
  });
}
