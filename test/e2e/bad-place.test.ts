/** Repositories in an odd state. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { assertSays, createGate, expectBoth, gateOf, stateOf, withGate } from './gate.js';

const CLEAN = { 'src/ui/list.ts': 'export const list = 2;\n' };

describe('the state of the repository', () => {
  it('an unmerged index: the paths, the way out, and the conflict is left as it is', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      repo.git(['checkout', '-q', '-b', 'side']);
      repo.commitFiles('theirs', { 'src/ui/list.ts': 'theirs\n' });
      repo.git(['checkout', '-q', 'main']);
      repo.commitFiles('ours', { 'src/ui/list.ts': 'ours\n' });
      repo.git(['merge', '-q', 'side'], { expectFailure: true });
      const before = stateOf(repo);
      const { code, stderr } = gate.check();
      assert.equal(code, 3);
      assertSays(stderr, 'the index holds unmerged paths: src/ui/list.ts');
      assertSays(stderr, 'git add');
      const hook = repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true });
      assert.equal(hook.code, 3, hook.stderr);
      assertSays(hook.stderr, 'the index holds unmerged paths: src/ui/list.ts');
      assert.equal(stateOf(repo), before);
    }));

  it('no commits: the first one is judged by the policy that it brings', () =>
    withGate({}, gate => {
      gate.change({ ...BASIC, ...VIOLATION });
      expectBoth(gate, { code: 1, says: ['src/ui/list.ts:1:22', 'ui-off-db'] });
      gate.change(CLEAN);
      expectBoth(gate, { code: 0 });
    }));

  it('no commits and nothing staged: nothing to object to', () =>
    withGate({}, gate => assert.equal(gate.check().code, 0)));

  it('not a repository: exit 3, and how to mend it', () =>
    withGate(BASIC, gate => {
      const { code, stdout, stderr } = gate.check({ cwd: '..' });
      assert.equal(code, 3);
      assert.equal(stdout, '');
      assert.match(stderr, /^lintel: .*not a git repository.*\n {2}remedy: .*git init/);
    }));

  it('a damaged index: never admitted', () =>
    withGate(BASIC, gate => {
      gate.change(VIOLATION);
      const index = path.join(gate.repo.path, '.git/index');
      const bytes = readFileSync(index);
      writeFileSync(index, bytes.subarray(0, bytes.length / 2));
      assert.equal(gate.check().code, 3);
      assert.notEqual(gate.repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true }).code, 0);
    }));

  it('a staged blob that is missing: never admitted, cold or warm', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      const gone = `100644 ${'ab'.repeat(20)}\tsrc/ui/list.ts\0`;
      const stage = () => repo.git(['update-index', '-z', '--index-info'], { input: gone });
      for (const warmth of ['cold', 'warm']) {
        stage();
        const { code, stdout, stderr } = gate.check();
        assert.equal(code, 3, warmth);
        assertSays(stdout + stderr, 'src/ui/list.ts');
        assert.equal(repo.run('sh', ['.git/hooks/pre-commit'], { expectFailure: true }).code, 3, warmth);
        repo.git(['read-tree', 'HEAD']);
        gate.change({ 'src/ui/list.ts': `export const ${warmth} = 1;\n` });
        assert.equal(gate.commit().code, 0);
      }
    }));

  for (const name of ['two words', 'größe', 'it\'s $(odd) "quoted"', '-dash'])
    it(`a repository at ${name}`, async () => {
      const outer = await createGate(BASIC);
      try {
        const at = path.join(outer.repo.folder, name);
        outer.repo.git(['clone', '-q', '--', outer.repo.path, at]);
        const { createRepository } = await import('../support/repository.js');
        const gate = gateOf(await createRepository({ at: { repository: outer.repo, path: at } }));
        gate.change(VIOLATION);
        expectBoth(gate, { code: 1, says: ['src/ui/list.ts:1:22', 'ui-off-db'] });
        gate.change(CLEAN);
        expectBoth(gate, { code: 0 });
      } finally {
        await outer.dispose();
      }
    });

  it('a repository whose path holds a newline: refused or judged, never waved through', async () => {
    const outer = await createGate(BASIC);
    try {
      const at = path.join(outer.repo.folder, 'new\nline');
      outer.repo.git(['clone', '-q', '--', outer.repo.path, at]);
      const { createRepository } = await import('../support/repository.js');
      const gate = gateOf(await createRepository({ at: { repository: outer.repo, path: at } }));
      gate.change(VIOLATION);
      expectBoth(gate, { code: 3, says: ["the repository's path holds a line break", 'Move it'] });
    } finally {
      await outer.dispose();
    }
  });
});
