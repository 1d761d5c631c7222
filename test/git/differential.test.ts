/** Both backends on random repositories: whatever is asked, they answer alike. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type TestRepository, withRepository } from '../support/repository.js';
import { type Oid, oid, openRepository, type Repository, repoPath } from './imports.js';

const SEEDS = [1, 2, 3, 4];
const NAMES = ['a', 'a.b', 'a/b', 'a/b/c', 'a-b', 'd/e', 'd/f', 'é', 'z z'];

/** A small generator with a seed, so that a failure can be repeated (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Commits built by plumbing: any graph, any tree, merges that do whatever they like. */
function grow(test: TestRepository, below: (limit: number) => number): readonly Oid[] {
  const blobs = ['', 'one\n', 'two\n'].map(input =>
    test.git(['hash-object', '-w', '--stdin'], { input }).stdout.trim(),
  );
  const stage = (): void => {
    const chosen = NAMES.filter(() => below(2) === 0);
    // A file can't stand where a folder does.
    const sound = chosen.filter(name => !chosen.some(other => other.startsWith(`${name}/`)));
    const lines = sound.map(name => {
      const mode = ['100644', '100644', '100755', '120000'][below(4)] ?? '100644';
      return `${mode} ${blobs[below(blobs.length)]}\t${name}\0`;
    });
    test.git(['read-tree', '--empty']);
    test.git(['update-index', '-z', '--index-info'], { input: lines.join('') });
  };
  const commits: Oid[] = [];
  for (let count = 0; count < 14; count += 1) {
    const last = commits.at(-1);
    // Now and then the tree of an older commit: content that comes back.
    if (below(4) === 0 && last !== undefined) test.git(['read-tree', commits[below(commits.length)] ?? last]);
    else stage();
    const tree = test.git(['write-tree']).stdout.trim();
    const parents = new Set(
      Array.from(
        { length: count === 0 ? 0 : 1 + (below(3) === 0 ? 1 + below(2) : 0) },
        () => commits[below(commits.length)],
      ),
    );
    const args = [...parents].flatMap(parent => (parent === undefined ? [] : ['-p', parent]));
    commits.push(oid(test.git(['commit-tree', ...args, '-m', `c${count}`, tree]).stdout.trim()));
  }
  stage();
  return commits;
}

describe('git and embedded answer alike', () => {
  for (const seed of SEEDS)
    it(`on random repository ${seed}`, () =>
      withRepository(async test => {
        const below = random(seed);
        const commits = grow(test, below);
        if (seed % 2 === 0) {
          for (const [at, id] of commits.entries()) test.git(['update-ref', `refs/heads/c${at}`, id]);
          test.git(['gc', '-q']);
        }
        const git = await openRepository({ cwd: test.path, environment: test.env, backend: 'git' });
        const embedded = await openRepository({ cwd: test.path, environment: test.env, backend: 'embedded' });
        const alike = async (what: string, ask: (port: Repository) => Promise<unknown>): Promise<void> => {
          const [expected, actual] = await Promise.all([ask(git), ask(embedded)]);
          assert.deepEqual(actual, expected, what);
        };
        try {
          await alike('index', port => port.listIndex());
          for (const id of commits) {
            await alike('commit', port => port.commit(id));
            const other = commits[below(commits.length)] ?? id;
            const third = commits[below(commits.length)] ?? id;
            const { tree } = await git.commit(id);
            const base = (await git.commit(other)).tree;
            await alike('tree', port => port.listTree(tree));
            await alike('diff of trees', port => port.diffTrees(base, tree));
            await alike('diff of index', port => port.diffIndex(tree));
            await alike('merge bases', async port => [...(await port.mergeBases(id, other))].sort());
            await alike('ancestor', port => port.isAncestor(other, id));
            await alike('commits', port => port.listCommits({ include: [id, third], exclude: [other] }));
            const pair = [NAMES[below(NAMES.length)] ?? 'a', NAMES[below(NAMES.length)] ?? 'a'].map(repoPath);
            const paths = pair.slice(below(2));
            for (const exclude of [[], [other]])
              await alike(`commits of ${paths.join()} without ${exclude.join()}`, port =>
                port.listCommits({ include: [id], exclude, paths }),
              );
          }
        } finally {
          await git.close();
          await embedded.close();
        }
      }));
});
