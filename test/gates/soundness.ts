import assert from 'node:assert/strict';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, recordCommit, summary } from './project.js';
import { quickRecord, quickVerdict } from './quick-project.js';
import { edits, POLICY, random } from './random-changes.js';

/**
 * Random changes, commit after commit: whatever the quick gate admits, the full judge must find clean.
 * A failure names its seed and step.
 */
export async function checkSoundness(
  seed: number,
  steps: number,
  world: { readonly policy: typeof POLICY; readonly edits: typeof edits } = { policy: POLICY, edits },
): Promise<{ admitted: number; steps: number }> {
  const next = random(seed);
  const project = await createProject(world.policy);
  const { repo } = project;
  let admitted = 0;
  const readText = (path: string): string | null => {
    const stats = lstatSync(join(repo.path, path), { throwIfNoEntry: false });
    return stats?.isFile() === true ? repo.read(path) : null;
  };
  try {
    for (let step = 0; step < steps; step++) {
      const files = repo
        .git(['ls-files', '-z'])
        .stdout.split('\0')
        .filter(path => path !== '');
      for (const [path, content] of Object.entries(world.edits(next, files, readText))) {
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
      // Most commits are ordinary ones; some are amended, some go unrecorded, and now and then HEAD moves away.
      const way = next(10);
      const amends = way === 0 && step > 0;
      repo.commit(`step ${step}`, '--no-verify', ...(amends ? ['--amend'] : []));
      if (way < 3) await project.within(context => recordCommit(context, new Date()));
      else if (way < 9) quickRecord(repo);
      if (next(12) === 0)
        repo.git(['checkout', '--quiet', '--detach', `HEAD~${Math.min(next(3), step)}`], {
          expectFailure: true,
        });
    }
    return { admitted, steps };
  } finally {
    await project.dispose();
  }
}
