import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createProject } from './project.js';

const POLICY = {
  '.architecture/decisions/0001-ui.md': `---
status: accepted
invariants:
  - id: ui-off-the-database
    forbid-import: { from: "src/ui/**", to: "src/db/**" }
---
# UI off the database
`,
  'src/db/pool.ts': 'export const pool = 1;\n',
};

describe('check --all: files that cannot be read', () => {
  it('warns of a file that does not parse: it stands, but nobody has judged it', async () => {
    const project = await createProject({ ...POLICY, 'src/ui/broken.ts': "import { from '../db/pool';\n" });
    try {
      const verdict = await project.all();
      assert.equal(verdict.result, 'admitted');
      assert.deepEqual(
        verdict.warnings.map(({ code, path }) => [code, path]),
        [['unparsable', 'src/ui/broken.ts']],
      );
    } finally {
      await project.dispose();
    }
  });

  it('is an error where the content of a governed file is not in the repository', async () => {
    const project = await createProject({
      ...POLICY,
      'src/ui/list.ts': "import { pool } from '../db/pool';\n",
    });
    try {
      const { repo } = project;
      const blob = repo.git(['rev-parse', 'HEAD:src/ui/list.ts']).stdout.trim();
      rmSync(join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
      const verdict = await project.all();
      assert.equal(verdict.result, 'error');
      assert.deepEqual(verdict.policy.invariants, { expected: 1, evaluated: 0 });
      assert.deepEqual(
        verdict.errors.map(({ code, path }) => [code, path]),
        [['missing-object', 'src/ui/list.ts']],
      );
    } finally {
      await project.dispose();
    }
  });
});
