/** Every way to make a commit (facts/git.md, b): a violating one is blocked, a conforming one admitted. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { CONFORMS, GOVERNED, scenario, VIOLATES, withPackage } from './governed.js';

withPackage();

describe('git commit', () => {
  scenario('plain', at => {
    const { stderr } = at.blocks({ 'src/ui/a.ts': VIOLATES });
    assert.match(stderr, /src\/ui\/a\.ts:1:22/);
    at.admits({ 'src/ui/a.ts': CONFORMS });
  });

  scenario('-a, whose index is not .git/index', at => {
    at.repository.write({ 'src/ui/list.ts': VIOLATES });
    at.stops(['commit', '-a', '-m', 'x']);
    assert.equal(at.git(['diff', '--cached', '--name-only']).stdout, '', 'git has thrown its index away');
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.git(['commit', '-a', '-m', 'x']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('-- path: neither what else is staged nor the index of before', at => {
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.git(['commit', '-m', 'only list', '--', 'src/ui/list.ts']);
    assert.equal(at.logged('HEAD'), 'judged');
    at.git(['reset', '-q']);
    at.repository.write({ 'src/ui/list.ts': VIOLATES, 'src/ui/a.ts': CONFORMS });
    at.repository.stage('src/ui/a.ts');
    at.stops(['commit', '-m', 'x', '--', 'src/ui/list.ts']);
  });

  scenario('-i path: what is staged and the path', at => {
    at.repository.write({ 'src/ui/a.ts': CONFORMS });
    at.repository.stage('src/ui/a.ts');
    at.repository.write({ 'src/ui/list.ts': VIOLATES });
    at.stops(['commit', '-m', 'x', '-i', 'src/ui/list.ts']);
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.git(['commit', '-m', 'x', '-i', 'src/ui/list.ts']);
    assert.deepEqual(at.git(['show', '--name-only', '--format=', 'HEAD']).stdout.trim().split('\n'), [
      'src/ui/a.ts',
      'src/ui/list.ts',
    ]);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('--amend: judged on HEAD, as git hides the amending', at => {
    at.admits({ 'src/ui/a.ts': CONFORMS });
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    at.stops(['commit', '--amend', '--no-edit']);
    at.repository.write({ 'src/ui/a.ts': `${CONFORMS}// amended\n` });
    at.repository.stage();
    at.git(['commit', '--amend', '--no-edit']);
    assert.match(at.git(['show', 'HEAD:src/ui/a.ts']).stdout, /amended/);
  });

  scenario(
    'the first commit of a repository, under the policy that it brings',
    at => {
      at.repository.write(GOVERNED);
      at.repository.write({ 'src/ui/list.ts': VIOLATES });
      at.repository.stage();
      at.stops(['commit', '-m', 'first']);
      at.repository.write({ 'src/ui/list.ts': CONFORMS });
      at.repository.stage();
      at.git(['commit', '-m', 'first']);
      assert.equal(at.logged('HEAD'), 'judged');
    },
    { start: 'unborn' },
  );

  scenario('in a subfolder, where a relative GIT_INDEX_FILE is not relative to it', at => {
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    for (const args of [['-a'], ['--', 'a.ts'], []]) {
      at.git(['add', '-A']);
      at.stops(['commit', '-m', 'x', ...args], { cwd: 'src/ui' });
    }
    at.repository.write({ 'src/ui/a.ts': CONFORMS });
    at.git(['commit', '-m', 'x', '--', 'a.ts'], { cwd: 'src/ui' });
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('with GIT_INDEX_FILE set: that index is judged, not the usual one', at => {
    const env = { GIT_INDEX_FILE: `${at.repository.path}/.git/other-index` };
    at.git(['read-tree', 'HEAD'], { env });
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.git(['add', 'src/ui/a.ts'], { env });
    at.stops(['commit', '-m', 'x'], { env });
    at.repository.write({ 'src/ui/a.ts': CONFORMS });
    at.git(['add', 'src/ui/a.ts'], { env });
    at.git(['commit', '-m', 'x'], { env });
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('with GIT_DIR and GIT_WORK_TREE set, from elsewhere', at => {
    const env = { GIT_DIR: `${at.repository.path}/.git`, GIT_WORK_TREE: at.repository.path };
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    at.stops(['commit', '-m', 'x'], { env, cwd: '..' });
    at.repository.write({ 'src/ui/a.ts': CONFORMS });
    at.repository.stage();
    at.git(['commit', '-m', 'x'], { env, cwd: '..' });
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('--no-verify goes past; post-commit has it on record', at => {
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    at.git(['commit', '--no-verify', '-m', 'past']);
    assert.equal(at.logged('HEAD'), 'unjudged');
    // What stands is not blocked again.
    at.admits({ 'src/api/b.ts': 'export {};\n' });
  });

  scenario('an empty commit, a commit of deletions only, a rename', at => {
    at.git(['commit', '--allow-empty', '-m', 'empty']);
    assert.equal(at.logged('HEAD'), 'judged');
    at.blocks({ 'vendor/lib.js': null }, 'ADR-0002');
    at.git(['mv', 'src/ui/list.ts', 'src/ui/renamed.ts']);
    at.git(['commit', '-m', 'renamed']);
    at.git(['mv', 'vendor/lib.js', 'vendor/moved.js']);
    at.stops(['commit', '-m', 'moved'], { decision: 'ADR-0002' });
  });
});
