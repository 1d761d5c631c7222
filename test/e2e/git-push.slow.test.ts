/** Every shape of a push (facts/git.md, b): each line of pre-push's standard input is judged by itself. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { type Governed, scenario, VIOLATES, withPackage } from './governed.js';

withPackage();

/** A bare remote `origin` that holds main. */
function withRemote(at: Governed): void {
  at.git(['init', '-q', '--bare', '../origin.git']);
  at.git(['remote', 'add', 'origin', '../origin.git']);
  at.git(['push', '-q', '-u', 'origin', 'main']);
  at.git(['remote', 'set-head', 'origin', 'main']);
}

/** A commit made past the hooks on a new branch. */
function sneak(at: Governed, branch: string): string {
  at.git(['checkout', '-q', '-B', branch, 'main']);
  at.repository.write({ [`src/ui/${branch}.ts`]: VIOLATES });
  at.repository.stage();
  return at.repository.commit(`sneak on ${branch}`, '--no-verify');
}

function clean(at: Governed, branch: string): string {
  at.git(['checkout', '-q', '-B', branch, 'main']);
  at.repository.write({ [`src/api/${branch}.ts`]: 'export {};\n' });
  at.repository.stage();
  return at.repository.commit(`clean on ${branch}`, '--no-verify');
}

function remoteHas(at: Governed, ref: string): string {
  return at
    .git(['rev-parse', '-q', '--verify', ref], { cwd: '../origin.git', expectFailure: true })
    .stdout.trim();
}

function push(name: string, use: (at: Governed) => void): void {
  scenario(name, at => {
    withRemote(at);
    use(at);
  });
}

describe('git push', () => {
  push('a commit made with --no-verify is caught, and named', at => {
    const bringer = sneak(at, 'main');
    at.repository.commit('after it', '--allow-empty', '--no-verify');
    const { stderr } = at.stops(['push']);
    assert.match(stderr, new RegExp(`brought by +${bringer.slice(0, 7)} sneak on main \\(Tess Tester`));
    assert.match(stderr, /^lintel: refs\/heads\/main: blocked/m);
    at.git(['revert', '--no-edit', bringer]);
    at.git(['push', '-q']);
    assert.equal(remoteHas(at, 'main'), at.repository.revision('HEAD'));
  });

  push('a new branch', at => {
    sneak(at, 'bad');
    at.stops(['push', 'origin', 'bad']);
    clean(at, 'good');
    at.git(['push', '-q', 'origin', 'good']);
    assert.notEqual(remoteHas(at, 'good'), '');
  });

  push('forced', at => {
    clean(at, 'topic');
    at.git(['push', '-q', 'origin', 'topic']);
    sneak(at, 'topic');
    at.stops(['push', '--force', 'origin', 'topic']);
    at.git(['reset', '-q', '--hard', 'main']);
    at.git(['push', '-q', '--force', 'origin', 'topic']);
    assert.equal(remoteHas(at, 'topic'), at.repository.revision('main'));
  });

  push('deleted: nothing to judge', at => {
    clean(at, 'topic');
    at.git(['push', '-q', 'origin', 'topic']);
    at.git(['push', '-q', 'origin', '--delete', 'topic']);
    assert.equal(remoteHas(at, 'topic'), '');
  });

  push('tags: annotated, lightweight, and of a blob', at => {
    sneak(at, 'bad');
    at.git(['tag', '-a', '-m', 'v1', 'v1']);
    at.git(['tag', 'light']);
    at.stops(['push', 'origin', 'v1']);
    at.stops(['push', 'origin', 'light']);
    clean(at, 'good');
    at.git(['tag', '-a', '-m', 'v2', 'v2']);
    at.git(['tag', 'a-blob', 'HEAD:src/db/pool.ts']);
    const { stderr } = at.git(['push', 'origin', 'v2', 'a-blob']);
    assert.match(stderr, /^lintel: refs\/tags\/a-blob: skipped/m);
    assert.notEqual(remoteHas(at, 'refs/tags/v2'), '');
  });

  push('several at once: one bad ref among good ones and a deletion', at => {
    clean(at, 'gone');
    at.git(['push', '-q', 'origin', 'gone']);
    clean(at, 'good');
    sneak(at, 'bad');
    clean(at, 'other');
    const { stderr } = at.stops(['push', 'origin', ':gone', 'good', 'bad', 'other']);
    assert.match(stderr, /^lintel: refs\/heads\/good: admitted/m);
    assert.match(stderr, /^lintel: refs\/heads\/bad: blocked/m);
    assert.equal(remoteHas(at, 'good'), '', 'git pushes none when the hook says no');
    at.git(['push', '-q', 'origin', ':gone', 'good', 'other']);
  });

  push('a raw oid, HEAD~1, HEAD and @ by any name', at => {
    const bad = sneak(at, 'bad');
    at.repository.write({ 'src/ui/bad.ts': null });
    at.repository.stage();
    at.repository.commit('mended', '--no-verify');
    at.stops(['push', 'origin', `${bad}:refs/heads/x`]);
    at.stops(['push', 'origin', 'HEAD~1:refs/heads/x']);
    at.stops(['push', 'origin', 'HEAD^{/sneak on}:refs/heads/x']);
    at.git(['push', '-q', 'origin', 'HEAD:refs/heads/x']);
    at.git(['push', '-q', 'origin', `${at.repository.revision('HEAD')}:refs/heads/y`]);
  });

  push('by URL, from another branch than the one that is checked out', at => {
    sneak(at, 'bad');
    clean(at, 'good');
    at.stops(['push', '../origin.git', 'bad:elsewhere']);
    at.stops(['push', `file://${at.repository.folder}/origin.git`, 'bad']);
    at.git(['push', '-q', '../origin.git', 'good']);
  });

  push('a topic’s commit to the trunk, that the remote holds on a lax branch', at => {
    sneak(at, 'bad');
    at.git(['push', '-q', '--no-verify', 'origin', 'bad']);
    at.stops(['push', 'origin', 'bad:main']);
  });

  push('nothing to push, and a dry run', at => {
    at.git(['push', '-q']);
    sneak(at, 'main');
    at.stops(['push', '--dry-run']);
  });

  push('from a linked worktree', at => {
    at.git(['worktree', 'add', '-q', '-b', 'linked', '../linked']);
    at.repository.run('sh', ['-c', `mkdir -p src/ui && printf '%s' "$TEXT" > src/ui/linked.ts`], {
      cwd: '../linked',
      env: { TEXT: VIOLATES },
    });
    at.git(['add', '-A'], { cwd: '../linked' });
    at.git(['commit', '-q', '--no-verify', '-m', 'x'], { cwd: '../linked' });
    at.stops(['push', 'origin', 'linked'], { cwd: '../linked' });
  });

  push('a remote that has moved on meanwhile: not judged without its commits, and the fetch is named', at => {
    at.git(['clone', '-q', '../origin.git', '../other']);
    at.git(['commit', '-q', '--allow-empty', '-m', 'theirs'], { cwd: '../other' });
    at.git(['push', '-q'], { cwd: '../other' });
    clean(at, 'main');
    const { code, stderr } = at.git(['push', '--force'], { expectFailure: true });
    assert.notEqual(code, 0);
    assert.match(stderr, /git fetch origin/);
  });
});
