import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { type Check, type DoctorReport, doctor } from '../../src/install/index.js';
import type { IsoDate } from '../../src/model/brand.js';
import { type Scenario, scenario } from './scenario.js';

const SHOP = { 'package.json': '{ "name": "shop" }\n', 'src/a.ts': 'export {};\n', 'test/a.test.ts': '' };

function examine(
  { repository, lintel }: Scenario,
  env: Readonly<Record<string, string>> = {},
): Promise<DoctorReport> {
  return doctor({
    cwd: repository.path,
    environment: { ...repository.env, ...env },
    lintelFolder: lintel.folder,
    asOf: '2026-11-21' as IsoDate,
  });
}

function unwell(report: DoctorReport): readonly Check[] {
  return report.checks.filter(check => check.state !== 'ok');
}

function environmentOf(given: unknown): Readonly<Record<string, string>> {
  return typeof given === 'object' && given !== null && !('stdout' in given)
    ? (given as Record<string, string>)
    : {};
}

/** After init, `spoil` breaks one thing, or gives variables for the environment; doctor must name it. */
function finds(
  what: string,
  spoil: (use: Scenario) => unknown,
  expected: {
    readonly id: string;
    readonly state?: Check['state'];
    readonly says: RegExp;
    readonly mend: RegExp;
  },
  hooks: 'husky' | 'git' = 'git',
): void {
  test(`doctor finds ${what}`, () =>
    scenario(SHOP, async use => {
      await use.init({ hooks });
      use.repository.stage();
      use.repository.commit('lintel');
      assert.deepEqual(unwell(await examine(use)), [], 'before the mistake all is well');
      const report = await examine(use, environmentOf(spoil(use)));
      const found = unwell(report).find(check => check.id === expected.id && expected.says.test(check.what));
      assert.ok(found !== undefined, JSON.stringify(unwell(report), null, 2));
      assert.equal(found.state, expected.state ?? 'problem');
      assert.match(found.mend ?? '', expected.mend);
    }));
}

for (const hooks of ['husky', 'git'] as const)
  test(`after init --hooks ${hooks} all is well, and doctor says what hooks can’t do`, () =>
    scenario(SHOP, async use => {
      await use.init({ hooks });
      use.repository.stage();
      const report = await examine(use);
      assert.deepEqual(unwell(report), []);
      assert.match(report.limits, /tedious to pass by, not impossible/);
      assert.match(report.limits, /lintel check --base/);
    }));

test('doctor before init: no hook, nothing governed', () =>
  scenario(SHOP, async use => {
    const ids = unwell(await examine(use)).map(check => check.id);
    for (const id of ['hook-pre-commit', 'hook-pre-push', 'policy', 'prepare'])
      assert.ok(ids.includes(id), id);
  }));

finds('a hook that is gone', ({ repository }) => repository.write({ '.git/hooks/pre-push': null }), {
  id: 'hook-pre-push',
  says: /there is no .*pre-push/,
  mend: /lintel install/,
});
finds(
  'a hook that is not executable',
  ({ repository }) => repository.run('chmod', ['-x', '.git/hooks/pre-commit']),
  {
    id: 'hook-pre-commit',
    says: /not executable/,
    mend: /chmod \+x/,
  },
);
finds(
  'carriage returns in a hook',
  ({ repository }) =>
    repository.write({
      '.git/hooks/pre-commit': {
        executable: repository.read('.git/hooks/pre-commit').replaceAll('\n', '\r\n'),
      },
    }),
  { id: 'hook-pre-commit', says: /CR LF/, mend: /eol=lf/ },
);
finds(
  'a hook of somebody else in lintel’s place',
  ({ repository }) => repository.write({ '.git/hooks/pre-commit': { executable: '#!/bin/sh\nexit 0\n' } }),
  { id: 'hook-pre-commit', says: /does not come to lintel/, mend: /lintel init/ },
);
finds(
  'core.hooksPath that leads nowhere',
  ({ repository }) => repository.git(['config', 'core.hooksPath', '/nowhere']),
  {
    id: 'hooks-path',
    says: /runs no hook at all/,
    mend: /git config --local --unset core\.hooksPath/,
  },
);
finds(
  'core.hooksPath of one worktree',
  ({ repository }) => {
    repository.git(['config', 'extensions.worktreeConfig', 'true']);
    repository.git(['config', '--worktree', 'core.hooksPath', '.']);
  },
  { id: 'hooks-path-scope', state: 'warn', says: /worktree/, mend: /--worktree --unset/ },
);
finds(
  'core.hooksPath in the environment',
  () => ({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/dev/null' }),
  { id: 'hooks-path-scope', state: 'warn', says: /environment/, mend: /GIT_CONFIG_COUNT/ },
);
finds(
  'a hook that configuration switches off',
  ({ repository }) => repository.git(['config', 'hook.lintel.enabled', 'false']),
  {
    id: 'hook-disabled',
    says: /hook\.lintel\.enabled = false/,
    mend: /--unset hook\.lintel\.enabled/,
  },
);
finds(
  'a recorded node that is gone',
  ({ repository }) => writeFileSync(path.join(repository.path, '.git/lintel/node'), '/gone/node\n'),
  { id: 'recorded-node', says: /\/gone\/node is gone/, mend: /lintel install/ },
);
finds(
  'HUSKY=0',
  () => ({ HUSKY: '0' }),
  { id: 'skip-variable', says: /HUSKY=0/, mend: /unset HUSKY/ },
  'husky',
);
finds('SKIP with one of lintel’s hooks', () => ({ SKIP: 'flake8,lintel-pre-commit' }), {
  id: 'skip-variable',
  says: /SKIP=/,
  mend: /unset SKIP/,
});
finds(
  'husky’s relative path without the include for linked worktrees',
  ({ repository }) => {
    repository.git(['config', '--remove-section', 'includeIf.gitdir:./worktrees/**']);
    repository.git(['worktree', 'add', '-q', '../linked']);
  },
  { id: 'worktree', says: /silently without hooks/, mend: /lintel install/ },
  'husky',
);
finds(
  'a deleted block of a shared hook',
  ({ repository }) => repository.write({ '.husky/pre-commit': 'npm test\n' }),
  { id: 'hook-pre-commit', says: /does not come to lintel/, mend: /lintel init/ },
  'husky',
);
finds(
  'a second hook manager',
  ({ repository }) => repository.write({ 'lefthook.yml': 'pre-commit:\n  commands: {}\n' }),
  { id: 'managers', state: 'warn', says: /husky.*lefthook/, mend: /keep one/ },
  'husky',
);
finds(
  'a prepare script without lintel',
  ({ repository }) => repository.write({ 'package.json': '{ "name": "shop" }\n' }),
  { id: 'prepare', state: 'warn', says: /a fresh clone has none/, mend: /lintel init/ },
);
finds(
  'configuration that does not compile',
  ({ repository }) => {
    repository.write({ '.architecture/config.yaml': 'version: 1\ncomponentz: {}\n' });
    repository.stage();
  },
  { id: 'policy', says: /^\.architecture\/config\.yaml:2:1: /, mend: /components/ },
);
finds(
  'a glob that matches nothing, of an accepted decision',
  ({ repository }) => {
    repository.write({
      '.architecture/decisions/0002-x.md':
        '---\nid: ADR-0002\ntitle: X\nstatus: accepted\ninvariants:\n  - id: x\n    forbid-import: { from: "src/**", to: "src/nothing/**" }\n---\n# X\n',
    });
    repository.stage();
  },
  { id: 'globs', state: 'warn', says: /0002-x\.md:7:.*src\/nothing/, mend: /./ },
);
