import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PushLine } from '../../src/gates/index.js';
import { BASIC, createProject, type Project, summary, UI_OFF_DB, VIOLATION } from './project.js';

const ADR = '.architecture/decisions/0001-ui-off-db.md';
const ZERO = '0'.repeat(40);

/** A project whose main is on a bare remote called origin. */
async function pushed(
  use: (project: Project) => Promise<void>,
  files: Record<string, string> = BASIC,
): Promise<void> {
  const created = await createProject(files);
  try {
    const { repo } = created;
    repo.git(['init', '-q', '--bare', '../remote.git']);
    repo.git(['remote', 'add', 'origin', '../remote.git']);
    repo.git(['push', '-q', 'origin', 'main']);
    repo.git(['remote', 'set-head', 'origin', 'main']);
    await use(created);
  } finally {
    await created.dispose();
  }
}

function line(
  created: Project,
  branch: string,
  old: string = ZERO,
  local = `refs/heads/${branch}`,
): PushLine {
  return {
    localRef: local,
    localOid: created.repo.revision(local),
    remoteRef: `refs/heads/${branch}`,
    remoteOid: old,
  };
}

describe('the push gate', () => {
  it('trunk: from the old oid, by its policy, naming the commit that brought a finding in', () =>
    pushed(async created => {
      const old = created.repo.revision('HEAD');
      created.repo.commitFiles('harmless', { 'src/api/a.ts': 'export {};\n' });
      const bringer = created.repo.commitFiles('bypass', VIOLATION);
      created.repo.commitFiles('after', { 'src/api/b.ts': 'export {};\n' });
      const [verdict] = await created.push([line(created, 'main', old)]);
      assert.equal(verdict?.result, 'blocked');
      assert.equal(verdict?.change.ref, 'refs/heads/main');
      assert.deepEqual(verdict?.findings[0]?.broughtBy, {
        commit: bringer,
        subject: 'bypass',
        author: 'Tess Tester <tess@example.com>',
      });
    }));

  it('the net change decides: violated, then mended in the same push passes', () =>
    pushed(async created => {
      const old = created.repo.revision('HEAD');
      created.repo.commitFiles('bypass', VIOLATION);
      created.repo.commitFiles('mended', { 'src/ui/list.ts': BASIC['src/ui/list.ts'] });
      const [verdict] = await created.push([line(created, 'main', old)]);
      assert.equal(verdict?.result, 'admitted');
    }));

  it('a rule that the push itself loosens still judges it', () =>
    pushed(async created => {
      const old = created.repo.revision('HEAD');
      created.repo.commitFiles('loosen', { [ADR]: UI_OFF_DB.replace('accepted', 'proposed') });
      created.repo.commitFiles('violate', VIOLATION);
      const [verdict] = await created.push([line(created, 'main', old)]);
      assert.equal(verdict?.result, 'blocked');
      assert.ok((verdict?.governance.length ?? 0) > 0);
    }));

  it('a new branch: from the merge base with the trunk, by the trunk tip as the remote has it', () =>
    pushed(async created => {
      created.repo.git(['checkout', '-q', '-b', 'feature']);
      created.repo.commitFiles('violate', VIOLATION);
      const [verdict] = await created.push([line(created, 'feature')]);
      assert.equal(verdict?.result, 'blocked');
      assert.deepEqual(verdict?.change.bases, [created.repo.revision('main')]);
      assert.equal(verdict?.policy.ref, 'refs/heads/main');
    }));

  it('what another branch of the remote holds already is no excuse', () =>
    pushed(async created => {
      const old = created.repo.revision('HEAD');
      created.repo.commitFiles('violate', VIOLATION);
      created.repo.git(['push', '-q', 'origin', 'HEAD:refs/heads/lax']);
      const [verdict] = await created.push([line(created, 'main', old)]);
      assert.equal(verdict?.result, 'blocked');
    }));

  it('a forced push is judged from what the remote has, the rewritten history included', () =>
    pushed(async created => {
      const old = created.repo.revision('HEAD');
      created.repo.commit('amended', '--amend', '--no-verify');
      created.repo.commitFiles('violate', VIOLATION);
      const [verdict] = await created.push([line(created, 'main', old)]);
      assert.equal(verdict?.result, 'blocked');
    }));

  it('deleted refs and tags of trees are listed as skipped, an annotated tag is peeled, each line is judged', () =>
    pushed(async created => {
      const { repo } = created;
      repo.git(['checkout', '-q', '-b', 'feature']);
      repo.commitFiles('violate', VIOLATION);
      repo.git(['tag', '-a', '-m', 'v1', 'v1']);
      repo.git(['tag', 'a-tree', 'HEAD^{tree}']);
      const tag = (name: string): PushLine => ({
        localRef: `refs/tags/${name}`,
        localOid: repo.revision(`refs/tags/${name}`),
        remoteRef: `refs/tags/${name}`,
        remoteOid: ZERO,
      });
      const verdicts = await created.push([
        {
          localRef: '(delete)',
          localOid: ZERO,
          remoteRef: 'refs/heads/gone',
          remoteOid: repo.revision('main'),
        },
        tag('a-tree'),
        tag('v1'),
        { ...line(created, 'feature'), localRef: 'HEAD~0' },
      ]);
      assert.deepEqual(
        verdicts.map(({ result }) => result),
        ['admitted', 'admitted', 'blocked', 'blocked'],
      );
      assert.match(verdicts[0]?.change.skipped ?? '', /deleted/);
      assert.match(verdicts[1]?.change.skipped ?? '', /tree/);
    }));

  it('pushed by URL: the remote that is configured with it is meant', () =>
    pushed(async created => {
      created.repo.git(['checkout', '-q', '-b', 'feature']);
      created.repo.commitFiles('violate', VIOLATION);
      const [verdict] = await created.push([line(created, 'feature')], '../remote.git');
      assert.equal(verdict?.result, 'blocked');
      assert.equal(verdict?.change.bases.length, 1);
    }));

  it('an old oid that was never fetched: cannot be judged, with the fetch that mends it', () =>
    pushed(async created => {
      await assert.rejects(created.push([line(created, 'main', 'a'.repeat(40))]), {
        code: 'missing-object',
        remedy: 'git fetch origin',
      });
    }));

  it('first push: each commit since the policy first appeared is judged against its parents', async () => {
    const created = await createProject({ ...VIOLATION, 'src/db/pool.ts': BASIC['src/db/pool.ts'] });
    try {
      const { repo } = created;
      repo.git(['init', '-q', '--bare', '../remote.git']);
      repo.git(['remote', 'add', 'origin', '../remote.git']);
      repo.commitFiles('policy', { ...BASIC, ...VIOLATION });
      const [old] = await created.push([line(created, 'main')]);
      assert.equal(old?.result, 'admitted', 'what stood before the policy is not introduced');
      const bringer = repo.commitFiles('second', { 'src/ui/second.ts': VIOLATION['src/ui/list.ts'] });
      const [verdict] = await created.push([line(created, 'main')]);
      assert.deepEqual(summary(verdict as never), ['introduced src/ui/second.ts src/db/pool.ts (value)']);
      assert.equal(verdict?.findings[0]?.broughtBy?.commit, bringer);
    } finally {
      await created.dispose();
    }
  });

  it('trunk is what the trusted policy names, else the remote HEAD', () =>
    pushed(
      async created => {
        const { repo } = created;
        repo.git(['push', '-q', 'origin', 'main:refs/heads/release']);
        const release = repo.revision('main');
        repo.commitFiles('on main', { 'src/api/x.ts': 'export {};\n' });
        repo.git(['push', '-q', 'origin', 'main']);
        repo.git(['checkout', '-q', '-b', 'feature']);
        repo.commitFiles('violate', VIOLATION);
        const [verdict] = await created.push([line(created, 'feature')]);
        assert.equal(verdict?.policy.ref, 'refs/heads/release');
        assert.equal(verdict?.policy.commit, release);
      },
      { ...BASIC, '.architecture/config.yaml': `${BASIC['.architecture/config.yaml']}trunk: release\n` },
    ));
});

describe('the range gate', () => {
  it('head against its merge bases, by the policy at the tip of the base', () =>
    pushed(async created => {
      const { repo } = created;
      repo.git(['checkout', '-q', '-b', 'feature']);
      repo.commitFiles('violate', VIOLATION);
      const verdict = await created.range('main');
      assert.equal(verdict.result, 'blocked');
      assert.equal(verdict.policy.ref, 'main');
      await assert.rejects(created.range('no-such-branch'), /names no commit/);
    }));

  it('a shallow clone says that it cannot know, and how to mend it', () =>
    pushed(async created => {
      const { repo } = created;
      const base = repo.revision('HEAD');
      repo.commitFiles('two', { 'src/api/x.ts': 'export {};\n' });
      repo.git(['push', '-q', 'origin', 'main']);
      repo.git(['clone', '-q', '--depth', '1', `file://${repo.folder}/remote.git`, '../shallow'], {});
      const { createRepository } = await import('../support/repository.js');
      const { openRepository } = await import('../../src/git/index.js');
      const shallow = await createRepository({ at: { repository: repo, path: 'shallow' } });
      const repository = await openRepository({ cwd: shallow.path, environment: shallow.env });
      try {
        assert.equal(await repository.isShallow(), true);
        await assert.rejects(
          created.within(context =>
            import('../../src/gates/index.js').then(({ judgeRange }) =>
              judgeRange({ ...context, repository }, { base, head: 'HEAD' }),
            ),
          ),
          /shallow/,
        );
      } finally {
        await repository.close();
      }
    }));

  it('in a shallow clone a commit is judged all the same; since when a decision is in force is not known', () =>
    pushed(async created => {
      const { repo } = created;
      repo.commitFiles('two', { 'src/api/x.ts': 'export {};\n' });
      repo.git(['push', '-q', 'origin', 'main']);
      repo.git(['clone', '-q', '--depth', '1', `file://${repo.folder}/remote.git`, '../shallow']);
      const { createRepository } = await import('../support/repository.js');
      const { openRepository } = await import('../../src/git/index.js');
      const { judgeCommit } = await import('../../src/gates/index.js');
      const shallow = await createRepository({ at: { repository: repo, path: 'shallow' } });
      shallow.write(VIOLATION);
      shallow.stage();
      const repository = await openRepository({ cwd: shallow.path, environment: shallow.env });
      try {
        const verdict = await created.within(context => judgeCommit({ ...context, repository }));
        assert.equal(verdict.result, 'blocked');
        assert.equal(verdict.findings[0]?.decision.commit, null);
      } finally {
        await repository.close();
      }
    }));
});
