import assert from 'node:assert/strict';
import { createProject, summary } from './project.js';
import { quickRecord, quickVerdict } from './quick-project.js';
import { edits, POLICY, random } from './random-changes.js';

/**
 * Random changes, commit after commit: whatever the quick gate admits, the full judge must find clean.
 * A failure names its seed and step.
 */
export async function checkSoundness(
  seed: number,
  steps: number,
): Promise<{ admitted: number; steps: number }> {
  const next = random(seed);
  const project = await createProject(POLICY);
  const { repo } = project;
  let admitted = 0;
  try {
    for (let step = 0; step < steps; step++) {
      const files = repo
        .git(['ls-files', '-z'])
        .stdout.split('\0')
        .filter(path => path !== '');
      for (const [path, content] of Object.entries(edits(next, files))) {
        try {
          repo.write({ [path]: content });
        } catch {
          // A path below a link, or a file that an earlier edit of this step removed: no edit then.
        }
      }
      repo.stage();
      const quick = quickVerdict(repo);
      const full = await project.staged();
      if (quick.admitted) {
        admitted++;
        const where = `seed ${seed}, step ${step}: ${repo.git(['diff', '--cached', '--name-status']).stdout}`;
        assert.deepEqual(summary(full), [], where);
        assert.deepEqual(full.errors, [], where);
        assert.equal(full.result, 'admitted', where);
      }
      repo.commit(`step ${step}`, '--no-verify');
      quickRecord(repo);
    }
    return { admitted, steps };
  } finally {
    await project.dispose();
  }
}
