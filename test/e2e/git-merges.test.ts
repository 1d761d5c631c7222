/** Merges (facts/git.md, b): each answers for what no parent had. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { branches, scenario, VIOLATES, withPackage } from './governed.js';

withPackage();

describe('merges', () => {
  scenario('clean: answers for what neither parent had, not for the other side', at => {
    branches(at, { 'src/api/m.ts': 'export {};\n' }, { 'src/ui/topic.ts': VIOLATES });
    at.git(['merge', '--no-edit', 'topic']);
    assert.equal(at.git(['rev-list', '--parents', '-1', 'HEAD']).stdout.trim().split(' ').length, 3);
  });

  scenario('clean by text, violating by sense: pre-merge-commit stops it', at => {
    // One side moves the client to the database, the other begins to import the client.
    branches(
      at,
      {
        'src/api/client.ts': null,
        'src/db/client.ts': 'export const api = 1;\n',
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@client": ["./src/db/client.ts"] } } }\n',
      },
      { 'src/ui/topic.ts': "import { api } from '@client';\nexport const t = api;\n" },
    );
    at.stops(['merge', '--no-edit', 'topic']);
    assert.equal(at.git(['rev-parse', '-q', '--verify', 'MERGE_HEAD']).code, 0, 'the merge is still open');
    at.repository.write({ 'src/ui/topic.ts': 'export const t = 1;\n' });
    at.repository.stage();
    at.git(['commit', '--no-edit']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('conflicted: the resolution is judged against both', at => {
    branches(
      at,
      { 'src/ui/list.ts': 'export const main = 1;\n' },
      { 'src/ui/list.ts': `${VIOLATES}// topic\n` },
    );
    assert.notEqual(at.git(['merge', 'topic'], { expectFailure: true }).code, 0);
    at.repository.write({ 'src/ui/list.ts': `${VIOLATES}// resolved\n`, 'src/ui/new.ts': VIOLATES });
    at.repository.stage();
    const { stderr } = at.stops(['commit', '--no-edit']);
    assert.match(stderr, /src\/ui\/new\.ts/);
    assert.doesNotMatch(stderr, /src\/ui\/list\.ts:/, 'the topic had that one');
    at.git(['rm', '-qf', 'src/ui/new.ts']);
    at.git(['commit', '--no-edit']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('octopus: against every parent', at => {
    for (const name of ['one', 'two']) {
      at.git(['checkout', '-q', '-b', name, 'main']);
      at.repository.write({ [`src/ui/${name}.ts`]: VIOLATES });
      at.repository.stage();
      at.repository.commit(name, '--no-verify');
    }
    at.git(['checkout', '-q', 'main']);
    at.repository.commit('main', '--no-verify');
    at.git(['merge', '--no-edit', 'one', 'two']);
    assert.equal(at.git(['rev-list', '--parents', '-1', 'HEAD']).stdout.trim().split(' ').length, 4);
  });

  scenario('octopus that violates by sense', at => {
    at.git(['checkout', '-q', '-b', 'one', 'main']);
    at.repository.commitFiles('one', {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@client": ["./src/db/pool.ts"] } } }\n',
    });
    at.git(['checkout', '-q', '-b', 'two', 'main']);
    at.repository.commitFiles('two', {
      'src/ui/two.ts': "import { api } from '@client';\nexport const t = api;\n",
    });
    at.git(['checkout', '-q', 'main']);
    at.repository.commit('main', '--no-verify');
    at.stops(['merge', '--no-edit', 'one', 'two']);
  });

  scenario('pull', at => {
    at.git(['clone', '-q', '.', '../clone']);
    branches(at, { 'src/api/m.ts': 'export {};\n' }, { 'src/api/t.ts': 'export {};\n' });
    at.git(['config', 'pull.rebase', 'false']);
    at.git(['pull', '--no-edit', '../clone', 'main']);
    at.git(['pull', '--no-edit', '.', 'topic']);
    assert.equal(at.git(['rev-list', '--parents', '-1', 'HEAD']).stdout.trim().split(' ').length, 3);
    at.git(['checkout', '-q', '-b', 'third', 'HEAD~1']);
    at.repository.commitFiles('third', {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@client": ["./src/db/pool.ts"] } } }\n',
    });
    at.git(['checkout', '-q', 'main']);
    at.repository.write({ 'src/ui/p.ts': "import { api } from '@client';\nexport const t = api;\n" });
    at.repository.stage();
    at.git(['commit', '-q', '-m', 'p']);
    at.stops(['pull', '--no-edit', '.', 'third']);
  });
});
