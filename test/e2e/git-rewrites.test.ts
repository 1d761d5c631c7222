/** cherry-pick, revert and rebase (facts/git.md, b): where git runs pre-commit, and where it does not. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { branches, CONFORMS, scenario, VIOLATES, withPackage } from './governed.js';

withPackage();

describe('cherry-pick, revert and rebase', () => {
  scenario('cherry-pick with a conflict, --continue', at => {
    branches(
      at,
      { 'src/ui/list.ts': 'export const main = 1;\n' },
      { 'src/ui/list.ts': 'export const topic = 1;\n' },
    );
    assert.notEqual(at.git(['cherry-pick', 'topic'], { expectFailure: true }).code, 0);
    at.repository.write({ 'src/ui/list.ts': VIOLATES });
    at.repository.stage();
    at.stops(['-c', 'core.editor=true', 'cherry-pick', '--continue']);
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.repository.stage();
    at.git(['-c', 'core.editor=true', 'cherry-pick', '--continue']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('revert with a conflict, --continue', at => {
    at.admits({ 'src/ui/list.ts': 'export const one = 1;\n' });
    at.admits({ 'src/ui/list.ts': 'export const two = 1;\n' });
    assert.notEqual(at.git(['revert', '--no-edit', 'HEAD~1'], { expectFailure: true }).code, 0);
    at.repository.write({ 'src/ui/list.ts': VIOLATES });
    at.repository.stage();
    at.stops(['-c', 'core.editor=true', 'revert', '--continue']);
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.repository.stage();
    at.git(['-c', 'core.editor=true', 'revert', '--continue']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('a clean cherry-pick runs no pre-commit: on record as unjudged', at => {
    branches(at, { 'src/api/m.ts': 'export {};\n' }, { 'src/ui/topic.ts': VIOLATES });
    at.git(['cherry-pick', 'topic']);
    assert.equal(at.logged('HEAD'), 'unjudged');
  });

  scenario('rebase: reword and edit + amend are judged', at => {
    at.admits({ 'src/ui/a.ts': CONFORMS });
    const edit = { env: { GIT_SEQUENCE_EDITOR: "sed -i 's/^pick/edit/'", GIT_EDITOR: 'true' } };
    at.git(['rebase', '-i', 'HEAD~1'], edit);
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    at.stops(['commit', '--amend', '--no-edit']);
    at.repository.write({ 'src/ui/a.ts': `${CONFORMS}// edited\n` });
    at.repository.stage();
    at.git(['commit', '--amend', '--no-edit']);
    at.git(['rebase', '--continue'], edit);
    const reword = {
      env: { GIT_SEQUENCE_EDITOR: "sed -i 's/^pick/reword/'", GIT_EDITOR: 'echo reworded >' },
    };
    at.git(['rebase', '-i', 'HEAD~1'], reword);
    assert.equal(at.git(['log', '-1', '--format=%s']).stdout, 'reworded\n');
    assert.equal(at.git(['status', '--porcelain']).stdout, '');
  });
});
