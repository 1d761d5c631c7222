import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  BASIC,
  COMPONENTS,
  createProject,
  decision,
  summary,
  UI_OFF_DB,
  VIOLATION,
  withProject,
} from './project.js';

const ADR = '.architecture/decisions/0001-ui-off-db.md';
const CONFIG = '.architecture/config.yaml';

describe('the judge: in force', () => {
  it('a violation is blocked, with provenance', () =>
    withProject(async ({ judge, repo }) => {
      const verdict = await judge(VIOLATION);
      assert.equal(verdict.result, 'blocked');
      assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/db/pool.ts (value)']);
      const [finding] = verdict.findings;
      assert.equal(finding?.line, 1);
      assert.equal(finding?.column, 22);
      assert.equal(finding?.decision.id, 'ADR-0001');
      assert.equal(finding?.decision.line, 6);
      assert.equal(finding?.decision.commit, repo.revision('HEAD'));
      assert.equal(finding?.decision.by, 'Tess Tester <tess@example.com>');
      assert.equal(finding?.instead, 'Call src/api.');
      assert.deepEqual(verdict.policy.invariants, { expected: 1, evaluated: 1 });
    }));

  it('neither tree holds a policy: admitted, 0/0, ungoverned', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge(VIOLATION);
        assert.equal(verdict.result, 'admitted');
        assert.equal(verdict.policy.ungoverned, true);
        assert.deepEqual(verdict.policy.invariants, { expected: 0, evaluated: 0 });
      },
      { 'src/db/pool.ts': 'export const pool = 1;\n' },
    ));

  it('only H holds one: that one, and the verdict says so', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge({ ...BASIC, ...VIOLATION });
        assert.equal(verdict.policy.ref, 'change');
        assert.equal(verdict.policy.commit, null);
        assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/db/pool.ts (value)']);
        assert.equal(verdict.findings[0]?.decision.commit, null);
      },
      { 'README.md': 'x\n' },
    ));

  it('only P holds one (the change deletes the policy): it still judges', () =>
    withProject(async ({ judge }) => {
      const verdict = await judge({
        ...VIOLATION,
        [ADR]: null as unknown as string,
        [CONFIG]: null as unknown as string,
      });
      assert.equal(verdict.result, 'blocked');
      assert.ok(verdict.governance.some(({ change }) => change === 'policy-removed' || change === 'removed'));
    }));

  const loosenings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'narrowing its globs': { [CONFIG]: COMPONENTS.replace('src/ui/**', 'src/uix/**') },
    'deleting the decision': { [ADR]: null as unknown as string },
    'status proposed': { [ADR]: UI_OFF_DB.replace('accepted', 'proposed') },
    'severity warn': { [ADR]: UI_OFF_DB.replace('- id: ui-off-db', '- id: ui-off-db\n    severity: warn') },
    'an exception': { [ADR]: UI_OFF_DB.replace('  because', '  except: src/ui/list.ts\n    because') },
    'ignoring the file': { [CONFIG]: `${COMPONENTS}ignore: src/ui/**\n` },
    'moving the decisions folder': {
      [CONFIG]: `${COMPONENTS}decisions: elsewhere/\n`,
      'elsewhere/0002-other.md': decision(
        'ADR-0002',
        '- id: other\n  naming: { in: docs/**, pattern: "[a-z.]+" }',
      ),
    },
    'gates: commit: warn': { [CONFIG]: `${COMPONENTS}gates: { commit: warn }\n` },
  };
  for (const [name, files] of Object.entries(loosenings)) {
    it(`loosening has no effect on the change that carries it: ${name}`, () =>
      withProject(async ({ judge }) => {
        const verdict = await judge({ ...VIOLATION, ...files });
        assert.equal(verdict.result, 'blocked', JSON.stringify(verdict.errors));
        assert.ok(verdict.findings.some(({ state }) => state === 'introduced'));
        assert.ok(verdict.governance.length > 0, 'and it is reported under governance');
      }));
  }

  it('tightening acts at once, on what the change introduces', () =>
    withProject(async ({ judge }) => {
      const verdict = await judge({
        'src/ui/list.ts': "import { x } from '../api';\nexport const list = x;\n",
        [ADR]: UI_OFF_DB.replace('to: db', 'to: [db, src/api/**]'),
      });
      assert.equal(verdict.result, 'blocked');
      assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/api/index.ts (value)']);
    }));

  it('equal invariants run once, amended ones in both forms, and one key is one finding', () =>
    withProject(async ({ judge }) => {
      const prose = await judge({ [ADR]: UI_OFF_DB.replace('cached', 'cached at all'), ...VIOLATION });
      assert.deepEqual(prose.policy.invariants, { expected: 1, evaluated: 1 });
      const amended = await judge({ [ADR]: UI_OFF_DB.replace('to: db', 'to: [db, "npm:pg"]'), ...VIOLATION });
      assert.deepEqual(amended.policy.invariants, { expected: 2, evaluated: 2 });
      assert.equal(amended.findings.length, 1);
      assert.equal(amended.findings[0]?.invariantDigests?.length, 2);
    }));

  it("H's policy does not compile: exit 2, naming the place", () =>
    withProject(async ({ judge }) => {
      const verdict = await judge({ [ADR]: UI_OFF_DB.replace('forbid-import', 'forbid-imprt') });
      assert.equal(verdict.result, 'error');
      assert.equal(verdict.errors[0]?.code, 'policy-invalid');
      assert.equal(verdict.errors[0]?.path, ADR);
      assert.equal(verdict.errors[0]?.line, 7);
      assert.match(`${verdict.errors[0]?.message} ${verdict.errors[0]?.remedy}`, /forbid-import/);
    }));

  it("P's policy does not compile: only its mend, confined to governance paths, is admitted", () =>
    withProject(
      async ({ judge, repo }) => {
        const mend = await judge({ [ADR]: UI_OFF_DB });
        assert.equal(mend.result, 'admitted', JSON.stringify(mend.errors));
        const more = await judge({ 'src/other.ts': 'export {};\n' });
        assert.equal(more.result, 'error');
        assert.equal(more.errors[0]?.code, 'policy-invalid');
        repo.git(['reset', '-q', '--hard']);
        const unmended = await judge({ 'src/other.ts': 'export {};\n' });
        assert.equal(unmended.result, 'error');
      },
      { ...BASIC, [ADR]: UI_OFF_DB.replace('forbid-import', 'forbid-imprt') },
    ));

  it('a proposed decision blocks nothing', () =>
    withProject(
      async ({ judge }) => {
        assert.equal((await judge(VIOLATION)).result, 'admitted');
      },
      { ...BASIC, [ADR]: UI_OFF_DB.replace('accepted', 'proposed') },
    ));
});

describe('the judge: introduced', () => {
  it('a new decision never blocks old code; it counts it', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge({
          [ADR]: UI_OFF_DB,
          'src/ui/list.ts': `${VIOLATION['src/ui/list.ts']}// more\n`,
        });
        assert.equal(verdict.result, 'admitted');
        assert.equal(verdict.standing, 1);
      },
      { ...BASIC, ...VIOLATION, [ADR]: UI_OFF_DB.replace('accepted', 'proposed') },
    ));

  it('check --all shows what stands', () =>
    withProject(
      async ({ all }) => {
        const verdict = await all();
        assert.equal(verdict.result, 'admitted');
        assert.deepEqual(summary(verdict), ['standing src/ui/list.ts src/db/pool.ts (value)']);
      },
      { ...BASIC, ...VIOLATION },
    ));

  it('a value import where a type import stood is a violation of its own', () =>
    withProject(
      async ({ judge }) => {
        assert.deepEqual(summary(await judge(VIOLATION)), [
          'introduced src/ui/list.ts src/db/pool.ts (value)',
        ]);
      },
      { ...BASIC, 'src/ui/list.ts': "import type { pool } from '../db/pool';\nexport const list = 1;\n" },
    ));

  it('a renamed file takes its standing findings along, an edited rename too', () =>
    withProject(
      async ({ judge }) => {
        const content = `${VIOLATION['src/ui/list.ts']}${'// the rest of a file of some length\n'.repeat(8)}`;
        const verdict = await judge({
          'src/ui/list.ts': null as unknown as string,
          'src/ui/lists.ts': `${content}// edited\n`,
        });
        assert.equal(verdict.result, 'admitted', JSON.stringify(verdict.findings));
        assert.equal(verdict.standing, 1);
      },
      {
        ...BASIC,
        'src/ui/list.ts': `${VIOLATION['src/ui/list.ts']}${'// the rest of a file of some length\n'.repeat(8)}`,
      },
    ));

  it('a renamed target takes the findings of its importers along', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge({
          'src/db/pool.ts': null as unknown as string,
          'src/db/connections.ts': BASIC['src/db/pool.ts'],
          'src/ui/list.ts': "import { pool } from '../db/connections';\nexport const list = pool;\n",
          'src/api/index.ts': "export { pool } from '../db/connections';\n",
        });
        assert.equal(verdict.result, 'admitted', JSON.stringify(verdict.findings));
      },
      { ...BASIC, ...VIOLATION },
    ));

  it('an import of a file that is not there yet is judged by its candidates, and stays the same finding later', () =>
    withProject(async ({ judge, repo }) => {
      const early = await judge({ 'src/ui/list.ts': "import { late } from '../db/late';\n" });
      assert.deepEqual(summary(early), ['introduced src/ui/list.ts src/db/late (value)']);
      repo.commit('violating', '--no-verify');
      const later = await judge({ 'src/db/late.ts': 'export const late = 1;\n' });
      assert.equal(later.result, 'admitted');
    }));

  it('a file that did not change is judged again where its import now ends elsewhere', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge({
          'tsconfig.json':
            '{ "compilerOptions": { "baseUrl": ".", "paths": { "@data": ["src/db/pool.ts"] } } }\n',
        });
        assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/db/pool.ts (value)']);
      },
      {
        ...BASIC,
        'tsconfig.json':
          '{ "compilerOptions": { "baseUrl": ".", "paths": { "@data": ["src/api/index.ts"] } } }\n',
        'src/ui/list.ts': "import { pool } from '@data';\nexport const list = pool;\n",
      },
    ));

  it('an added file that takes over an import of an unchanged one is found', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge({ 'src/mixed/thing.ts': 'export const thing = 2;\n' });
        assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/mixed/thing.ts (value)']);
      },
      {
        '.architecture/config.yaml': 'version: 1\n',
        [ADR]: decision(
          'ADR-0001',
          '- id: no-ts-thing\n  forbid-import: { from: src/ui/**, to: src/mixed/thing.ts }',
        ),
        'src/mixed/thing/index.ts': 'export const thing = 1;\n',
        'src/ui/list.ts': "import { thing } from '../mixed/thing';\nexport const list = thing;\n",
      },
    ));

  it('an equal line added above a standing one is the new one', () =>
    withProject(
      async ({ judge }) => {
        const verdict = await judge({ 'src/a.ts': 'console.log(1);\nconst x = 1;\nconsole.log(1);\n' });
        assert.equal(verdict.findings.length, 1);
        assert.equal(verdict.findings[0]?.line, 1);
      },
      {
        '.architecture/config.yaml': 'version: 1\n',
        [ADR]: decision(
          'ADR-0001',
          "- id: no-log\n  forbid-text: { in: src/**, pattern: 'console\\.log', where: [code] }",
        ),
        'src/a.ts': 'const x = 1;\nconsole.log(1);\n',
      },
    ));

  it('measured: over the limit and worse than before blocks, over it and no worse does not', () =>
    withProject(
      async ({ judge }) => {
        assert.equal((await judge({ 'src/a.ts': 'x\n'.repeat(13) })).result, 'blocked');
        assert.equal((await judge({ 'src/a.ts': 'y\n'.repeat(12) })).result, 'admitted');
      },
      {
        '.architecture/config.yaml': 'version: 1\n',
        [ADR]: decision('ADR-0001', '- id: small\n  size: { in: src/**, lines: 10 }'),
        'src/a.ts': 'x\n'.repeat(12),
      },
    ));

  it('the first commit is judged against the empty tree', async () => {
    const created = await createProject({});
    try {
      const verdict = await created.judge({ ...BASIC, ...VIOLATION });
      assert.deepEqual(verdict.change.bases, []);
      assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/db/pool.ts (value)']);
    } finally {
      await created.dispose();
    }
  });
});

describe('the judge: what cannot be read', () => {
  it('a governed file that does not parse blocks, and not where the same blob stands in a base', () =>
    withProject(async ({ judge, repo }) => {
      const verdict = await judge({ 'src/ui/broken.ts': "import { from '../db/pool';\n" });
      assert.equal(verdict.result, 'error');
      assert.equal(verdict.errors[0]?.code, 'unparsable');
      assert.equal(verdict.errors[0]?.path, 'src/ui/broken.ts');
      assert.deepEqual(verdict.policy.invariants, { expected: 1, evaluated: 0 });
      repo.commit('broken', '--no-verify');
      repo.git(['mv', 'src/ui/broken.ts', 'src/ui/moved.ts']);
      assert.equal((await judge({})).result, 'admitted');
    }));

  it('a file that no rule governs may be anything', () =>
    withProject(async ({ judge }) => {
      assert.equal((await judge({ 'docs/broken.ts': 'import { from' })).result, 'admitted');
    }));

  it('an image has no lines for a text rule to judge; source code that holds a NUL is an error', () =>
    withProject(
      async ({ judge }) => {
        const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]) as never;
        assert.equal((await judge({ 'src/logo.png': image })).result, 'admitted');
        const verdict = await judge({ 'src/evil.ts': Buffer.from('debugger;\0\n') as never });
        assert.equal(verdict.errors[0]?.code, 'binary');
        assert.equal(verdict.errors[0]?.path, 'src/evil.ts');
      },
      {
        '.architecture/config.yaml': 'version: 1\n',
        [ADR]: decision('ADR-0001', '- id: no-debugger\n  forbid-text: { in: src/**, pattern: debugger }'),
      },
    ));

  it('a symbolic link is judged as what it points to', () =>
    withProject(async ({ judge }) => {
      const verdict = await judge({
        'src/other/evil.ts': "import { pool } from '../db/pool';\n",
        'src/ui/link.ts': { symlink: '../other/evil.ts' } as never,
      });
      assert.deepEqual(summary(verdict), ['introduced src/ui/link.ts src/db/pool.ts (value)']);
    }));

  it('an import through a link to a folder is judged as what it ends at', () =>
    withProject(async ({ judge }) => {
      const verdict = await judge({
        'src/ui/data': { symlink: '../db' } as never,
        'src/ui/list.ts': "import { pool } from './data/pool';\n",
      });
      assert.deepEqual(summary(verdict), ['introduced src/ui/list.ts src/db/pool.ts (value)']);
    }));

  it('a link out of the tree is an error where governed', () =>
    withProject(async ({ judge }) => {
      const verdict = await judge({ 'src/ui/out.ts': { symlink: '../../../outside.ts' } as never });
      assert.equal(verdict.errors[0]?.code, 'symlink-outside');
      assert.equal(verdict.result, 'error');
    }));
});
