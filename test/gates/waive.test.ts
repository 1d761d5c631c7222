import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  BASIC,
  listWaivers,
  type Project,
  recordCommit,
  summary,
  UI_OFF_DB,
  VIOLATION,
  waive,
  withProject,
} from './project.js';

const ADR = '.architecture/decisions/0001-ui-off-db.md';

async function waived(created: Project, days?: number): Promise<string> {
  const verdict = await created.judge(VIOLATION);
  const id = verdict.findings[0]?.id ?? '';
  await created.waive([id], days);
  return id;
}

describe('waivers at the gate', () => {
  it('a waived finding is admitted, saying until when and why; adding a waiver is no loosening', () =>
    withProject(async created => {
      await waived(created, 7);
      const verdict = await created.staged();
      assert.equal(verdict.result, 'admitted');
      assert.deepEqual(summary(verdict), ['waived src/ui/list.ts src/db/pool.ts (value)']);
      assert.equal(verdict.findings[0]?.waiver?.until, '2026-11-28');
      assert.equal(verdict.findings[0]?.waiver?.reason, 'the migration is under way');
      assert.deepEqual(
        verdict.governance.filter(({ change }) => change === 'loosened'),
        [],
      );
    }));

  it('it does not cover another file or another target', () =>
    withProject(async created => {
      await waived(created);
      const verdict = await created.judge({
        'src/db/other.ts': 'export const other = 1;\n',
        'src/ui/list.ts': "import { pool } from '../db/pool';\nimport { other } from '../db/other';\n",
        'src/ui/second.ts': "import { pool } from '../db/pool';\n",
      });
      assert.equal(verdict.result, 'blocked');
      assert.deepEqual(summary(verdict), [
        'waived src/ui/list.ts src/db/pool.ts (value)',
        'introduced src/ui/list.ts src/db/other.ts (value)',
        'introduced src/ui/second.ts src/db/pool.ts (value)',
      ]);
    }));

  it('an amended invariant voids it; amended prose does not', () =>
    withProject(async created => {
      await waived(created);
      const prose = await created.judge({ [ADR]: UI_OFF_DB.replace('cached', 'cached, ever') });
      assert.equal(prose.result, 'admitted', JSON.stringify(prose.findings));
      const amended = await created.judge({ [ADR]: UI_OFF_DB.replace('to: db', 'to: [db, "npm:pg"]') });
      assert.equal(amended.result, 'blocked');
      assert.match(amended.findings[0]?.waiverNote ?? '', /amended/);
    }));

  it('what a base holds only by a waiver is introduced again once it has expired, and bites at the next change to it', () =>
    withProject(async created => {
      await waived(created, 7);
      created.repo.commit('waived', '--no-verify');
      const elsewhere = { 'src/api/index.ts': 'export {};\n' };
      created.repo.write(elsewhere);
      created.repo.stage();
      assert.equal(
        (await created.staged('2026-12-30')).result,
        'admitted',
        'not where the change is elsewhere',
      );
      created.repo.write({ 'src/ui/list.ts': `${VIOLATION['src/ui/list.ts']}// more\n` });
      created.repo.stage();
      assert.equal((await created.staged('2026-11-25')).result, 'admitted', 'not while it is live');
      const late = await created.staged('2026-12-30');
      assert.equal(late.result, 'blocked');
      assert.match(late.findings[0]?.waiverNote ?? '', /expired on 2026-11-28/);
      const all = await created.all('2026-12-30');
      assert.equal(all.result, 'blocked', 'and in check --all');
    }));

  it('removing the waiver of a standing exception introduces it again', () =>
    withProject(async created => {
      await waived(created);
      created.repo.commit('waived', '--no-verify');
      created.repo.git(['rm', '-rq', '.architecture/waivers']);
      const verdict = await created.judge({ 'src/ui/list.ts': `${VIOLATION['src/ui/list.ts']}// more\n` });
      assert.equal(verdict.result, 'blocked');
    }));

  it('a decision may forbid waivers or cap their days; no reason, no waiver', () =>
    withProject(
      async created => {
        const { findings } = await created.judge(VIOLATION);
        const ids = findings.map(({ id }) => id);
        await assert.rejects(created.waive(ids, 30), /at most 5 days/);
        const outcome = await created.within(context =>
          waive(context, { findings: ids, reason: '  ', by: 'a@example.com', at: '2026-11-21T00:00:00Z' }),
        );
        assert.equal(outcome.ok, false);
        await created.waive(ids);
        assert.equal((await created.staged()).findings[0]?.waiver?.until, '2026-11-26');
      },
      {
        ...BASIC,
        [ADR]: UI_OFF_DB.replace('status: accepted', 'status: accepted\nwaiver: { by: anyone, max-days: 5 }'),
      },
    ));

  it('never is never, even for a waiver file written by hand', () =>
    withProject(async created => {
      await waived(created);
      const verdict = await created.judge({
        [ADR]: UI_OFF_DB.replace('status: accepted', 'status: accepted\nwaiver: never'),
      });
      assert.equal(verdict.result, 'blocked');
      assert.match(verdict.findings[0]?.waiverNote ?? '', /forbids waivers/);
      const { findings } = verdict;
      await assert.rejects(created.waive(findings.map(({ id }) => id)), /forbids waivers/);
    }));

  it('lists live, expiring, expired and unused ones', () =>
    withProject(async created => {
      await waived(created, 20);
      const states = async (asOf: string): Promise<readonly string[]> =>
        (await created.within(listWaivers, asOf)).map(({ state }) => state);
      assert.deepEqual(await states('2026-11-21'), ['live']);
      assert.deepEqual(await states('2026-12-08'), ['expiring']);
      assert.deepEqual(await states('2026-12-12'), ['expired']);
      created.repo.write({ 'src/ui/list.ts': BASIC['src/ui/list.ts'] });
      created.repo.stage();
      assert.deepEqual(await states('2026-11-21'), ['unused']);
    }));

  it('a waiver file that is broken is an error, with its line', () =>
    withProject(async created => {
      const verdict = await created.judge({ '.architecture/waivers/W-1.yaml': 'version: 1\nid: [\n' });
      assert.equal(verdict.result, 'error');
      assert.equal(verdict.errors[0]?.path, '.architecture/waivers/W-1.yaml');
    }));
});

describe('receipts', () => {
  it('post-commit ties a receipt to its commit; --no-verify leaves none: unjudged', () =>
    withProject(async created => {
      await created.judge({ 'src/api/more.ts': 'export {};\n' });
      created.repo.commit('judged', '--no-verify');
      const now = new Date('2026-11-21T12:00:00Z');
      assert.equal((await created.within(context => recordCommit(context, now))).state, 'judged');
      created.repo.commitFiles('not judged', { 'src/api/again.ts': 'export {};\n' });
      const entry = await created.within(context => recordCommit(context, now));
      assert.equal(entry.state, 'unjudged');
      assert.equal(entry.subject, 'not judged');
    }));

  it('a blocked change leaves none', () =>
    withProject(async created => {
      await created.judge(VIOLATION);
      created.repo.commit('forced', '--no-verify');
      assert.equal((await created.within(context => recordCommit(context, new Date()))).state, 'unjudged');
    }));

  it('an amended commit is judged where both it and the one that it replaces were', () =>
    withProject(async created => {
      const record = () => created.within(context => recordCommit(context, new Date()));
      await created.judge({ 'src/api/more.ts': 'export {};\n' });
      created.repo.commit('first', '--no-verify');
      await record();
      await created.judge({ 'src/api/more.ts': 'export const a = 1;\n' });
      created.repo.commit('amended', '--no-verify', '--amend');
      assert.equal((await record()).state, 'judged');
      created.repo.commitFiles('unjudged', VIOLATION);
      await record();
      await created.judge({ 'src/api/more.ts': 'export const a = 2;\n' });
      created.repo.commit('amends an unjudged one', '--no-verify', '--amend');
      assert.equal((await record()).state, 'unjudged');
    }));

  it('gates: commit: warn, read from the base, lets the commit pass with its findings shown; the push blocks', () =>
    withProject(
      async created => {
        const verdict = await created.judge(VIOLATION);
        assert.equal(verdict.result, 'admitted');
        assert.equal(verdict.gate, 'warn');
        assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/db/pool.ts (value)']);
        created.repo.commit('in progress', '--no-verify');
        assert.equal((await created.range('HEAD~1')).result, 'blocked');
      },
      {
        ...BASIC,
        '.architecture/config.yaml': `${BASIC['.architecture/config.yaml']}gates: { commit: warn }\n`,
      },
    ));
});
