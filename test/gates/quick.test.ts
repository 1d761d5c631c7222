import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parsePrefetch } from '../../src/gates/quick/prefetch.js';
import { quickDirectory } from '../../src/gates/quick/state.js';
import { BASIC, createProject, type Project, recordCommit, UI_OFF_DB, VIOLATION } from './project.js';
import { place, quickRecord, quickVerdict, streamOf } from './quick-project.js';
import { GRAPH_POLICY, graphEdits } from './random-graphs.js';
import { checkSoundness } from './soundness.js';

async function warm(use: (project: Project) => Promise<void>): Promise<void> {
  const created = await createProject({ ...BASIC, 'src/ui/uses.ts': "import { pool } from '../api';\n" });
  try {
    // An added file makes the full judge learn what imports could end at, too.
    await created.judge({ 'src/api/warm.ts': 'export {};\n' });
    await use(created);
  } finally {
    await created.dispose();
  }
}

describe('the quick gate', () => {
  it('admits a clean change by itself once the full judge has run on that HEAD, and leaves a receipt', () =>
    warm(async ({ repo }) => {
      repo.write({ 'src/ui/list.ts': "import { pool } from '../api';\nexport const list = pool;\n" });
      repo.stage();
      assert.equal(quickVerdict(repo).admitted, true);
      repo.commit('judged', '--no-verify');
      assert.equal(quickRecord(repo), true, 'and post-commit finds the receipt');
    }));

  it('stays warm from commit to commit: edits, additions and deletions', () =>
    warm(async ({ repo }) => {
      const steps: readonly Record<string, string | null>[] = [
        { 'src/ui/new.ts': "import { pool } from '../api';\n" },
        { 'src/ui/new.ts': "import { list } from './list';\n" },
        { 'src/api/warm.ts': null },
        { 'docs/x.md': 'text\n' },
      ];
      for (const files of steps) {
        repo.write(files);
        repo.stage();
        assert.equal(quickVerdict(repo).admitted, true, JSON.stringify(files));
        repo.commit('next', '--no-verify');
        assert.equal(quickRecord(repo), true);
      }
    }));

  const doubts: Readonly<Record<string, readonly [Record<string, unknown>, RegExp]>> = {
    'a candidate finding': [VIOLATION, /ui-off-db on src\/ui\/list\.ts/],
    'a change of the policy': [
      { '.architecture/decisions/0001-ui-off-db.md': `${UI_OFF_DB}\nmore\n` },
      /what governs/,
    ],
    'a change of how imports are resolved': [{ 'tsconfig.json': '{}\n' }, /how imports are resolved/],
    'a new symbolic link': [{ 'src/ui/l.ts': { symlink: 'list.ts' } }, /how imports are resolved/],
    'a file that another one imports already': [{ 'src/api/index.ts': null }, /may end elsewhere/],
    'a file that does not parse': [{ 'src/ui/bad.ts': 'import { from' }, /ui-off-db on src\/ui\/bad\.ts/],
    'a computed import': [
      { 'src/ui/dynamic.ts': 'export const load = (name: string) => import(name);\n' },
      /ui-off-db/,
    ],
  };
  for (const [name, [files, why]] of Object.entries(doubts)) {
    it(`leaves to the full judge: ${name}`, () =>
      warm(async ({ repo }) => {
        repo.write(files as never);
        repo.stage();
        const verdict = quickVerdict(repo);
        assert.equal(verdict.admitted, false);
        assert.match(verdict.admitted ? '' : verdict.why, why);
      }));
  }

  it('leaves to the full judge: a merge, an unborn HEAD, another HEAD, another build of lintel', () =>
    warm(async ({ repo }) => {
      writeFileSync(join(repo.path, '.git/MERGE_HEAD'), `${repo.revision('HEAD')}\n`);
      assert.equal(quickVerdict(repo).admitted, false);
      repo.run('rm', ['.git/MERGE_HEAD']);
      assert.equal(quickVerdict(repo).admitted, true);
      repo.commitFiles('elsewhere', { 'README.md': 'x\n' });
      assert.match(JSON.stringify(quickVerdict(repo)), /HEAD has moved/);
    }));

  it('catches up with an amended, an unjudged and a switched HEAD where nothing it rests on has changed', () =>
    warm(async ({ repo, within, judge }) => {
      const record = () => within(context => recordCommit(context, new Date()));
      const isWarm = (files: Record<string, string>): boolean => {
        repo.write(files);
        repo.stage();
        return quickVerdict(repo).admitted;
      };
      repo.commitFiles('unjudged', { 'src/ui/list.ts': "import { pool } from '../api';\n" });
      await record();
      assert.equal(isWarm({ 'src/ui/a.ts': 'export {};\n' }), true, 'after an unjudged commit');
      repo.commit('amended', '--amend', '--no-verify');
      await record();
      assert.equal(isWarm({ 'src/ui/b.ts': 'export {};\n' }), true, 'after an amended one');
      repo.git(['reset', '--quiet', '--hard']);
      repo.git(['checkout', '--quiet', '-b', 'other', 'HEAD~1']);
      assert.equal(isWarm({ 'src/ui/c.ts': 'export {};\n' }), false, 'nobody tells of a switch');
      await judge({});
      assert.equal(isWarm({ 'src/ui/d.ts': 'export {};\n' }), true, 'after the full judge has run');
    }));

  it('damaged knowledge is no knowledge', () =>
    warm(async ({ repo }) => {
      for (const name of ['quick.bin', 'quick.json']) {
        writeFileSync(join(quickDirectory(join(repo.path, '.git')), name), 'lintel1 0\n{}');
        repo.write({ 'src/api/more.ts': "import { pool } from '../db/pool';\n" });
        repo.stage();
        assert.equal(quickVerdict(repo).admitted, false, name);
      }
    }));

  it('a stream that was cut off anywhere is no stream', () =>
    warm(async ({ repo }) => {
      repo.write({ 'src/ui/list.ts': 'export const list = 2;\n' });
      repo.stage();
      const stream = streamOf(repo, 'pre-commit');
      assert.notEqual(parsePrefetch(stream), null);
      for (let length = 0; length < stream.length; length++) {
        assert.equal(parsePrefetch(stream.subarray(0, length)), null, `cut at ${length} of ${stream.length}`);
      }
    }));

  it('odd names come through as they are', () =>
    warm(async ({ repo }) => {
      const names = [
        'src/a b.ts',
        'src/"q".ts',
        'src/ü.ts',
        'src/tab\tx.ts',
        'src/new\nline.ts',
        '-lead.ts',
        'src/back\\slash.ts',
      ];
      repo.write(Object.fromEntries(names.map(name => [name, 'export {};\n'])));
      repo.stage();
      const paths = parsePrefetch(streamOf(repo, 'pre-commit'))?.changes.map(({ path }) => path as string);
      assert.deepEqual([...(paths ?? [])].sort(), [...names, 'src/api/warm.ts'].sort());
      assert.equal(place(repo).tool, 'test');
    }));

  it('knows of a file that has come under imports that were there before', async () => {
    const project = await createProject(GRAPH_POLICY);
    const { repo } = project;
    const commit = async (path: string, content: string): Promise<boolean> => {
      repo.write({ [path]: content });
      repo.stage();
      const quick = quickVerdict(repo);
      if (!quick.admitted) await project.staged();
      repo.commit('next', '--no-verify');
      quickRecord(repo);
      return quick.admitted;
    };
    try {
      await commit('src/free/a.ts', "import { x } from './late';\n");
      await commit('src/free/b.ts', 'export const x = 2;\n');
      assert.equal(await commit('src/free/c.ts', 'export const x = 2;\n'), true, 'the gate is warm');
      assert.equal(await commit('src/free/late.ts', 'export const x = 2;\n'), false);
      repo.write({ 'src/free/late.ts': "import { x } from './a';\n" });
      repo.stage();
      assert.equal(quickVerdict(repo).admitted, false, 'the circle');
      assert.notEqual((await project.staged()).result, 'admitted');
    } finally {
      await project.dispose();
    }
  });

  it('never admits what the full judge would not: random changes', async () => {
    const { admitted, steps } = await checkSoundness(1, 20);
    assert.ok(admitted > steps / 10, `only ${admitted} of ${steps} were admitted: the test shows too little`);
  });

  it('never admits what the full judge would not: random graphs', async () => {
    const world = { policy: GRAPH_POLICY, edits: graphEdits };
    const { admitted, steps } = await checkSoundness(1, 20, world);
    assert.ok(admitted > steps / 10, `only ${admitted} of ${steps} were admitted: the test shows too little`);
  });
});
