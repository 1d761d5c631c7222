import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestRepository } from '../support/repository.js';
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

/** As git loses it: the object is gone, the file of the working tree stays. */
function loseObject({ path, git }: TestRepository, file: string): void {
  const blob = git(['rev-parse', `HEAD:${file}`]).stdout.trim();
  rmSync(join(path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
}

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
      loseObject(repo, 'src/ui/list.ts');
      rmSync(join(repo.path, 'src/ui/list.ts'));
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

  it('judges it by the working tree, where the file there has just that content', async () => {
    const project = await createProject({
      ...POLICY,
      'src/ui/list.ts': "import { pool } from '../db/pool';\n",
    });
    try {
      const { repo } = project;
      loseObject(repo, 'src/ui/list.ts');
      const verdict = await project.all();
      assert.deepEqual(
        verdict.findings.map(({ path }) => path),
        ['src/ui/list.ts'],
      );
      repo.write({ 'src/ui/list.ts': "import { pool } from '../db/poof';\n" });
      rmSync(join(repo.path, '.git/lintel'), { recursive: true });
      assert.equal((await project.all()).result, 'error');
    } finally {
      await project.dispose();
    }
  });

  it('is the same whether the cache holds a file that has become too large, or not', async () => {
    const config = '.architecture/config.yaml';
    const project = await createProject({
      ...POLICY,
      [config]: 'version: 1\n',
      'src/ui/list.ts': `import { pool } from '../db/pool';\n// ${'x'.repeat(500)}\n`,
    });
    try {
      assert.equal((await project.all()).findings.length, 1);
      project.repo.commitFiles('lower the limit', { [config]: 'version: 1\nlimits: { file-bytes: 400 }\n' });
      const cached = await project.all();
      rmSync(join(project.repo.path, '.git/lintel'), { recursive: true });
      const fresh = await project.all();
      assert.deepEqual(cached, fresh);
      assert.deepEqual(
        [...fresh.errors, ...fresh.warnings].map(({ code, path }) => [code, path]),
        [['oversized', 'src/ui/list.ts']],
      );
    } finally {
      await project.dispose();
    }
  });
});
