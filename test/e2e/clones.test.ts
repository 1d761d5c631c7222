/** Shallow and partial clones: what can be known is judged, what can't is exit 3 with the fetch that mends it. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { createRepository } from '../support/repository.js';
import { assertSays, expectBoth, type Gate, gateOf, withGate } from './gate.js';

async function clone(gate: Gate, ...args: readonly string[]): Promise<Gate> {
  const at = path.join(gate.repo.folder, 'clone');
  gate.repo.git(['clone', '-q', ...args, `file://${gate.repo.path}`, at]);
  return gateOf(await createRepository({ at: { repository: gate.repo, path: at } }));
}

/** A trunk of three commits, and a branch off the first one. */
function history(gate: Gate): void {
  const { repo } = gate;
  repo.git(['config', 'uploadpack.allowFilter', 'true']);
  repo.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  repo.git(['branch', 'topic']);
  repo.git(['commit', '-qn', '--allow-empty', '-m', 'second']);
  repo.git(['commit', '-qn', '--allow-empty', '-m', 'third']);
}

describe('a shallow clone', () => {
  it('commits are judged as ever', () =>
    withGate(BASIC, async origin => {
      history(origin);
      const gate = await clone(origin, '--depth=1');
      gate.change(VIOLATION);
      expectBoth(gate, { code: 1, says: ['src/ui/list.ts:1:22', 'ui-off-db'] });
      gate.change({ 'src/ui/list.ts': 'export const list = 2;\n' });
      expectBoth(gate, { code: 0 });
    }));

  it('a merge base beyond the boundary: exit 3 and git fetch --unshallow; after it, judged', () =>
    withGate(BASIC, async origin => {
      history(origin);
      const { repo } = origin;
      repo.git(['checkout', '-q', 'topic']);
      origin.change(VIOLATION);
      repo.git(['commit', '-qn', '-m', 'violation']);
      repo.git(['checkout', '-q', 'main']);
      const gate = await clone(origin, '--depth=1', '--no-single-branch');
      const range = ['check', '--base', 'origin/main', '--head', 'origin/topic'];
      const { code, stdout, stderr } = gate.lintel(range);
      assert.equal(code, 3, stdout);
      assertSays(stderr, 'this clone is shallow');
      assertSays(stderr, 'git fetch --unshallow');
      gate.repo.git(['fetch', '-q', '--unshallow']);
      assert.equal(gate.lintel(range).code, 1);
    }));

  it('a push is judged, or refused as unknowable; a violation never gets through', () =>
    withGate(BASIC, async origin => {
      history(origin);
      const gate = await clone(origin, '--depth=1');
      gate.change(VIOLATION);
      gate.repo.git(['commit', '-qn', '-m', 'past the hook']);
      for (const ref of ['main:refs/heads/other', 'main']) {
        const { code, stderr } = gate.repo.git(['push', '-q', 'origin', ref], { expectFailure: true });
        assert.notEqual(code, 0, stderr);
        assert.match(stderr, /ui-off-db|--unshallow/);
      }
    }));
});

describe('a partial clone', () => {
  it('fetches what it lacks', () =>
    withGate(BASIC, async origin => {
      history(origin);
      const gate = await clone(origin, '--filter=blob:none', '--no-checkout');
      gate.repo.git(['checkout', '-q', 'main']);
      gate.change(VIOLATION);
      expectBoth(gate, { code: 1, says: ['ui-off-db'] });
    }));

  it('out of reach of its remote: exit 3, the fetch that mends it, nothing admitted', () =>
    withGate(BASIC, async origin => {
      history(origin);
      const gate = await clone(origin, '--filter=blob:none', '--no-checkout');
      const { repo } = gate;
      repo.git(['read-tree', 'HEAD']);
      repo.git(['remote', 'set-url', 'origin', `file://${repo.folder}/nowhere`]);
      repo.git(['update-index', '--force-remove', 'src/ui/list.ts']);
      const { code, stdout, stderr } = gate.check();
      assert.equal(code, 3, stdout);
      assert.match(stderr + stdout, /partial clone lacks an object/);
      assert.match(stderr + stdout, /git fetch/);
      assert.notEqual(gate.commit().code, 0);
    }));
});
