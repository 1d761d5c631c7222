import assert from 'node:assert/strict';
import test from 'node:test';
import { exampleFor, exampleText } from '../../src/install/example.js';
import type { Survey } from '../../src/install/survey.js';
import { createProject } from '../gates/project.js';

const SHAPES: Readonly<
  Record<string, { readonly files: Readonly<Record<string, string>>; readonly kind: string }>
> = {
  'a surface beside data': {
    files: { 'src/ui/list.ts': 'export {};\n', 'src/db/pool.ts': 'export {};\n' },
    kind: 'forbid-import',
  },
  'a surface beside data, deep in a workspace, in JavaScript': {
    files: { 'packages/shop/src/components/a.jsx': '', 'packages/shop/src/data/index.mjs': 'export {};\n' },
    kind: 'forbid-import',
  },
  'a core beside its outside': {
    files: { 'core/a.ts': '', 'api/server.tsx': 'export {};\n' },
    kind: 'forbid-import',
  },
  'production code beside tests': {
    files: { 'src/a.ts': '', 'test/a.test.ts': 'export {};\n' },
    kind: 'forbid-import',
  },
  'no folders to speak of': { files: { 'main.py': 'print(1)\n' }, kind: 'forbid-path' },
  'an empty repository': { files: {}, kind: 'forbid-path' },
};

function surveyOf(files: Readonly<Record<string, string>>): Survey {
  return { files: Object.keys(files).sort(), languages: [], workspaces: null, adrFolder: null };
}

for (const [name, { files, kind }] of Object.entries(SHAPES))
  test(`the example for ${name} blocks nothing as proposed, and its change once accepted`, async () => {
    const example = exampleFor(surveyOf(files));
    assert.match(example.invariant.join('\n'), new RegExp(`^  ${kind}: `, 'm'));
    const text = exampleText(example, 'ADR-0001', '2026-11-21');
    const path = `.architecture/decisions/0001-${example.slug}.md`;
    for (const status of ['proposed', 'accepted'] as const) {
      const project = await createProject({
        ...files,
        'README.md': 'x\n',
        [path]: text.replace('status: proposed', `status: ${status}`),
      });
      try {
        const verdict = await project.judge({ [example.change.path]: example.change.text });
        assert.deepEqual(verdict.errors, []);
        assert.equal(verdict.result, status === 'accepted' ? 'blocked' : 'admitted');
        if (status === 'accepted') assert.equal(verdict.findings[0]?.path, example.change.path);
      } finally {
        await project.dispose();
      }
    }
  });

test('folders whose names would need escaping in a glob are not proposed', () => {
  const example = exampleFor(surveyOf({ 'app/(group)/ui/a.ts': '', 'app/(group)/db/b.ts': '' }));
  assert.match(example.invariant.join('\n'), /forbid-path/);
});
