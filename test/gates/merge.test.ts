import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Project, summary, VIOLATION, withProject } from './project.js';

/** `side` gets its own commit with these files; HEAD ends on main, which got one of its own too. */
function diverge(created: Project, side: Record<string, string>, main: Record<string, string>): void {
  const { repo } = created;
  repo.git(['checkout', '-q', '-b', 'side']);
  repo.commitFiles('side', side);
  repo.git(['checkout', '-q', 'main']);
  repo.commitFiles('main', main);
}

describe('merges', () => {
  it('a merge answers for nothing that a parent had already', () =>
    withProject(async created => {
      diverge(created, VIOLATION, { 'src/api/more.ts': 'export {};\n' });
      created.repo.git(['merge', '-q', '--no-commit', '--no-ff', 'side']);
      const verdict = await created.staged();
      assert.equal(verdict.change.source, 'merge');
      assert.equal(verdict.change.bases.length, 2);
      assert.equal(verdict.result, 'admitted', JSON.stringify(verdict.findings));
    }));

  it('a violation put into the merge itself is introduced', () =>
    withProject(async created => {
      diverge(created, { 'src/api/side.ts': 'export {};\n' }, { 'src/api/more.ts': 'export {};\n' });
      created.repo.git(['merge', '-q', '--no-commit', '--no-ff', 'side']);
      assert.deepEqual(summary(await created.judge(VIOLATION)), [
        'introduced src/ui/list.ts src/db/pool.ts (value)',
      ]);
    }));

  it('in a conflicted merge the resolution is judged', () =>
    withProject(async created => {
      diverge(
        created,
        { 'src/ui/list.ts': 'export const list = 2;\n' },
        { 'src/ui/list.ts': 'export const list = 3;\n' },
      );
      created.repo.git(['merge', '-q', 'side'], { expectFailure: true });
      await assert.rejects(created.staged(), { code: 'unmerged-index' });
      assert.equal((await created.judge(VIOLATION)).result, 'blocked');
      assert.equal(
        (await created.judge({ 'src/ui/list.ts': 'export const list = 4;\n' })).result,
        'admitted',
      );
    }));

  it('pre-merge-commit has no MERGE_HEAD yet: the environment names the other parent', () =>
    withProject(async created => {
      diverge(created, VIOLATION, { 'src/api/more.ts': 'export {};\n' });
      const side = created.repo.revision('side');
      created.repo.git(['merge', '-q', '--no-commit', '--no-ff', 'side']);
      created.repo.run('rm', ['.git/MERGE_HEAD']);
      const named = { [`GITHEAD_${side}`]: 'side' };
      assert.equal((await created.staged(undefined, named, 'pre-merge-commit')).result, 'admitted');
      assert.equal(
        (await created.staged(undefined, named)).result,
        'blocked',
        'an invented GITHEAD_ makes no base',
      );
    }));

  it('an octopus merge has every head as a base', () =>
    withProject(async created => {
      const { repo } = created;
      for (const name of ['one', 'two']) {
        repo.git(['checkout', '-q', '-b', name, 'main']);
        repo.commitFiles(name, name === 'one' ? VIOLATION : { 'src/api/two.ts': 'export {};\n' });
      }
      repo.git(['checkout', '-q', 'main']);
      repo.commitFiles('main', { 'src/api/main.ts': 'export {};\n' });
      repo.git(['merge', '-q', '--no-commit', '--no-ff', 'one', 'two']);
      const verdict = await created.staged();
      assert.equal(verdict.change.bases.length, 3);
      assert.equal(verdict.result, 'admitted');
    }));

  it('a cherry-pick or revert with conflicts is judged as a commit on HEAD', () =>
    withProject(async created => {
      diverge(created, VIOLATION, { 'src/ui/list.ts': 'export const list = 3;\n' });
      created.repo.git(['cherry-pick', 'side'], { expectFailure: true });
      const verdict = await created.judge(VIOLATION);
      assert.equal(verdict.change.source, 'staged');
      assert.equal(verdict.result, 'blocked');
    }));
});
