import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { InstallError, install, uninstall } from '../../src/install/index.js';
import { scenario, snapshot } from './scenario.js';

const MANIFEST =
  '{\n\t"name": "shop",\n\t"files": ["a", "b"],\n\t"scripts": {\n\t\t"test": "node --test"\n\t}\n}\n';
const SHOP = {
  'package.json': MANIFEST,
  'src/ui/list.ts': 'export const list = 1;\n',
  'src/db/pool.ts': 'export const pool = 1;\n',
};

test('with no hook manager init sets up husky, and git comes to lintel at all four hooks', () =>
  scenario(SHOP, async ({ repository, lintel, init, said }) => {
    // Not ignored, and not the project's own.
    repository.write({ 'node_modules/other/index.ts': '' });
    const report = await init();
    assert.equal(report.hooks, 'husky');
    assert.deepEqual(report.manual, []);
    assert.equal(repository.git(['config', 'core.hooksPath']).stdout, '.husky/_\n');
    repository.stage();
    repository.commit('lintel');
    assert.deepEqual(
      lintel.calls().map(call => call.hook),
      ['pre-commit', 'post-commit'],
    );
    lintel.forget();
    repository.git(['checkout', '-q', '-b', 'topic', 'HEAD~1']);
    repository.git(['checkout', '-q', 'main', '--', '.husky', '.architecture']);
    repository.commit('topic');
    repository.git(['checkout', '-q', 'main']);
    lintel.forget();
    repository.git(['merge', '-q', '--no-edit', 'topic']);
    assert.deepEqual(
      lintel.calls().map(call => call.hook),
      ['pre-merge-commit'],
    );
    const text = said.join('\n');
    for (const expected of [
      'languages: TypeScript (2 files)',
      'no hook manager',
      '.architecture/config.yaml',
      'package.json',
    ])
      assert.ok(text.includes(expected), `init did not say ${expected}:\n${text}`);
    assert.ok(text.includes('npx --no-install lintel decisions accept ADR-0001'));
    assert.ok(text.includes('echo "import \'../db/pool\';" > src/ui/lintel-example.ts'), text);
  }));

test('a hook that says no stops the commit, and one that says yes lets it be', () =>
  scenario(SHOP, async ({ repository, lintel, init }) => {
    await init();
    lintel.exitWith('pre-commit', 1);
    repository.stage();
    const blocked = repository.git(['commit', '-m', 'x'], { expectFailure: true });
    assert.equal(blocked.code, 1);
    assert.match(blocked.stderr, /fake lintel: pre-commit says no/);
  }));

test('prepare keeps every other byte of package.json: tabs, arrays on one line, key order', () =>
  scenario(SHOP, async ({ repository, init }) => {
    await init();
    assert.equal(
      repository.read('package.json'),
      MANIFEST.replace('"node --test"\n', '"node --test",\n\t\t"prepare": "lintel install || exit 0"\n'),
    );
  }));

test('a second init changes nothing and says so', () =>
  scenario(SHOP, async ({ repository, init, said }) => {
    await init();
    const before = snapshot(repository.path);
    said.length = 0;
    const report = await init();
    assert.deepEqual(report.files, []);
    assert.deepEqual(report.done, []);
    assert.deepEqual(snapshot(repository.path), before);
    assert.ok(said.includes('Nothing to do: lintel is set up here already.'));
  }));

for (const hooks of ['husky', 'git'] as const)
  test(`uninstall puts every byte back as it was (--hooks ${hooks})`, () =>
    scenario(SHOP, async ({ repository, init, context }) => {
      const before = snapshot(repository.path);
      await init({ hooks });
      assert.notDeepEqual(snapshot(repository.path), before);
      await install(context());
      const report = await uninstall(context());
      assert.deepEqual(report.kept, []);
      assert.deepEqual(snapshot(repository.path), before);
    }));

test('uninstall keeps decisions that somebody has written, with their configuration', () =>
  scenario(SHOP, async ({ repository, init, context }) => {
    await init();
    repository.write({ '.architecture/decisions/0002-own.md': '# Own\n' });
    const report = await uninstall(context());
    assert.deepEqual(
      report.kept.map(({ path }) => path),
      ['.architecture/decisions/0002-own.md', '.architecture/config.yaml'],
    );
    assert.ok(existsSync(path.join(repository.path, '.architecture/config.yaml')));
    assert.ok(!existsSync(path.join(repository.path, '.architecture/run-hook')));
    assert.ok(!existsSync(path.join(repository.path, '.husky')));
  }));

test('uninstall takes only lintel’s part out of a file that was edited since', () =>
  scenario(SHOP, async ({ repository, init, context }) => {
    await init();
    const edited = repository.read('package.json').replace('"shop"', '"store"');
    repository.write({
      'package.json': edited,
      '.husky/pre-commit': `npm test\n${repository.read('.husky/pre-commit')}`,
    });
    await uninstall(context());
    assert.equal(repository.read('package.json'), MANIFEST.replace('"shop"', '"store"'));
    assert.equal(repository.read('.husky/pre-commit'), 'npm test\n');
  }));

test('uninstall in a clone that init never ran in takes the hooks out and leaves the policy', () =>
  scenario(SHOP, async ({ repository, init, context }) => {
    await init();
    repository.stage();
    repository.commit('lintel');
    repository.git(['clone', '-q', repository.path, `${repository.folder}/clone`]);
    const clone = `${repository.folder}/clone`;
    const report = await uninstall(context({ cwd: clone }));
    assert.equal(readFileSync(`${clone}/package.json`, 'utf8'), MANIFEST);
    assert.ok(!existsSync(`${clone}/.husky/pre-commit`));
    assert.ok(existsSync(`${clone}/.architecture/config.yaml`));
    assert.equal(report.kept.length, 2);
  }));

test('init asks once, and a no writes nothing', () =>
  scenario(SHOP, async ({ repository, init }) => {
    const before = snapshot(repository.path);
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return false;
    };
    const report = await init({ yes: false, ask });
    assert.equal(report.confirmed, false);
    assert.equal(asked.length, 1);
    assert.deepEqual(snapshot(repository.path), before);
    await init({ yes: true, ask });
    assert.equal(asked.length, 1, '--yes never asks');
  }));

test('a fresh clone gets its hooks from install alone, and a second install does nothing', () =>
  scenario(SHOP, async ({ repository, lintel, init, context }) => {
    await init();
    repository.stage();
    repository.commit('lintel');
    const clone = `${repository.folder}/clone`;
    repository.git(['clone', '-q', repository.path, clone]);
    const report = await install(context({ cwd: clone }));
    assert.equal(report.state, 'installed');
    lintel.forget();
    repository.git(['commit', '-q', '--allow-empty', '-m', 'x'], { cwd: clone });
    // No node_modules in the clone: the package is the one that install was run from.
    assert.deepEqual(
      lintel.calls().map(call => call.hook),
      ['pre-commit', 'post-commit'],
    );
    assert.deepEqual((await install(context({ cwd: clone }))).done, []);
  }));

test('install from a package manager’s script is content in CI, without a repository and before init', () =>
  scenario(SHOP, async ({ repository, context, said }) => {
    const environment = { ...repository.env, npm_lifecycle_event: 'prepare' };
    assert.equal((await install(context({ environment: { ...environment, CI: 'true' } }))).state, 'skipped');
    assert.equal((await install(context({ environment, cwd: repository.folder }))).state, 'skipped');
    assert.equal((await install(context({ environment }))).state, 'skipped');
    assert.equal(said.length, 3);
    await assert.rejects(install(context({ cwd: repository.folder })), InstallError);
  }));

test('package.json may lie below the root: prepare goes there, hooks find the package there', () =>
  scenario(
    { 'web/package.json': '{\n  "name": "web"\n}\n', 'web/src/a.ts': '' },
    async ({ repository, lintel, init }) => {
      await init({ cwd: path.join(repository.path, 'web') });
      assert.equal(
        repository.read('web/package.json'),
        '{\n  "name": "web",\n  "scripts": {\n    "prepare": "lintel install || exit 0"\n  }\n}\n',
      );
      assert.ok(repository.read('.architecture/run-hook').includes("lintel_prefix='web/'"));
      repository.stage();
      repository.commit('x');
      assert.equal(lintel.calls()[0]?.hook, 'pre-commit');
    },
    { packageAt: 'repo/web/node_modules/lintel' },
  ));

test('an existing folder of decision records is used, and the example takes its next number', () =>
  scenario(
    { ...SHOP, 'docs/adr/0007-old.md': '# Old\n', 'docs/adr/0012-new.md': '# New\n' },
    async ({ repository, init }) => {
      const report = await init();
      assert.match(repository.read('.architecture/config.yaml'), /^decisions: docs\/adr$/m);
      assert.equal(report.example?.id, 'ADR-0013');
      assert.match(report.example?.path ?? '', /^docs\/adr\/0013-/);
    },
  ));

test('a configured lint-staged that nothing runs is put before lintel; one that runs already is left alone', () =>
  scenario({ ...SHOP, 'package.json': '{"lint-staged":{"*.ts":"true"}}' }, async ({ repository, init }) => {
    repository.write({ 'node_modules/.bin/lint-staged': { executable: '#!/bin/sh\necho STAGED >&2\n' } });
    await init();
    const hook = repository.read('.husky/pre-commit');
    assert.ok(hook.indexOf('node_modules/.bin/lint-staged') < hook.indexOf('run-hook'));
    assert.deepEqual((await init()).files, []);
    repository.stage();
    const { stderr } = repository.git(['commit', '-m', 'x']);
    assert.match(stderr, /STAGED/);
  }));

test('an existing husky hook that runs lint-staged keeps it, and lintel comes after it', () =>
  scenario(
    {
      ...SHOP,
      '.husky/pre-commit': 'npx lint-staged',
      '.husky/pre-push': 'cat > pushed\n',
      '.lintstagedrc.json': '{}',
    },
    async ({ repository, init, context }) => {
      repository.git(['config', 'core.hooksPath', '.husky/_']);
      await init();
      const hook = repository.read('.husky/pre-commit');
      assert.ok(hook.startsWith('npx lint-staged\n# lintel:begin'));
      assert.equal(hook.match(/lint-staged/g)?.length, 1);
      await uninstall(context());
      assert.equal(repository.read('.husky/pre-commit'), 'npx lint-staged');
      assert.equal(repository.git(['config', 'core.hooksPath']).stdout, '.husky/_\n');
    },
  ));

test('hooks that end in exec or exit are not edited: the lines are printed', () =>
  scenario(
    { ...SHOP, '.husky/pre-commit': 'npm test\nexec ./check\n', '.husky/pre-push': 'exit 0\n' },
    async ({ repository, init, said }) => {
      const report = await init();
      assert.deepEqual(
        report.manual.map(step => step.where),
        ['.husky/pre-commit', '.husky/pre-push'],
      );
      assert.equal(repository.read('.husky/pre-commit'), 'npm test\nexec ./check\n');
      assert.ok(said.some(line => line.includes('sh .architecture/run-hook pre-commit "$@" || exit $?')));
    },
  ));

test('hand-written hooks are chained, run first with the same input, and come back with bytes and mode', () =>
  scenario(SHOP, async ({ repository, lintel, init, context }) => {
    const own = '#!/bin/sh\necho "own $1"; cat > own-input\n';
    repository.write({
      '.git/hooks/pre-push': { executable: own },
      '.git/hooks/commit-msg': { executable: '#!/bin/sh\n' },
    });
    const before = snapshot(repository.path);
    const report = await init();
    assert.equal(report.hooks, 'git');
    repository.stage();
    repository.commit('x');
    repository.git(['init', '-q', '--bare', `${repository.folder}/remote`]);
    repository.git(['remote', 'add', 'origin', `${repository.folder}/remote`]);
    lintel.forget();
    const pushed = repository.git(['push', 'origin', 'main']);
    assert.match(pushed.stdout + pushed.stderr, /own origin/);
    const [call] = lintel.calls();
    assert.deepEqual(call?.args, ['origin', `${repository.folder}/remote`]);
    assert.match(call?.input ?? '', /^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n$/);
    assert.equal(repository.read('own-input'), call?.input);
    repository.write({ 'own-input': null });
    repository.git(['remote', 'remove', 'origin']);
    await uninstall(context());
    const after = snapshot(repository.path);
    assert.equal(after['.git/hooks/pre-push'], before['.git/hooks/pre-push']);
    assert.deepEqual(Object.keys(after), Object.keys(before));
    assert.equal(statSync(path.join(repository.path, '.git/hooks/pre-push')).mode & 0o777, 0o755);
  }));

test('--hooks husky is refused over hand-written hooks, which it would leave without effect', () =>
  scenario(SHOP, async ({ repository, init }) => {
    repository.write({ '.git/hooks/commit-msg': { executable: '#!/bin/sh\n' } });
    await assert.rejects(init({ hooks: 'husky' }), /--hooks git/);
  }));

test('a tracked core.hooksPath is joined; a foreign one gets the lines printed', () =>
  scenario(
    { ...SHOP, '.githooks/pre-commit': { executable: '#!/bin/sh\necho own\n' } },
    async ({ repository, lintel, init, said }) => {
      repository.git(['config', 'core.hooksPath', '.githooks']);
      const report = await init();
      assert.equal(report.hooks, 'hooks-path');
      assert.ok(repository.read('.githooks/pre-commit').startsWith('#!/bin/sh\necho own\n# lintel:begin'));
      repository.stage();
      repository.commit('x');
      assert.deepEqual(
        lintel.calls().map(call => call.hook),
        ['pre-commit', 'post-commit'],
      );

      const elsewhere = path.join(repository.folder, 'elsewhere');
      repository.git(['config', 'core.hooksPath', elsewhere]);
      said.length = 0;
      const second = await init();
      assert.equal(second.manual.length, 4);
      assert.ok(!existsSync(elsewhere));
      assert.ok(said.some(line => line.includes(path.join(elsewhere, 'pre-commit'))));
    },
  ));

test('asked from the root, the package.json below it that depends on lintel is found', () =>
  scenario(
    {
      'apps/web/package.json': '{ "devDependencies": { "lintel": "1" } }\n',
      'apps/other/package.json': '{}\n',
    },
    async ({ repository, init }) => {
      await init();
      assert.match(repository.read('apps/web/package.json'), /lintel install/);
      assert.equal(repository.read('apps/other/package.json'), '{}\n');
    },
    { packageAt: 'repo/apps/web/node_modules/lintel' },
  ));

test('--hooks git: lint-staged that is configured runs before lintel, and is not added twice', () =>
  scenario({ ...SHOP, '.lintstagedrc': '{}' }, async ({ repository, lintel, init }) => {
    repository.write({
      'node_modules/.bin/lint-staged': { executable: '#!/bin/sh\necho STAGED >&2\nexit 1\n' },
    });
    await init({ hooks: 'git' });
    const { stderr } = repository.git(['commit', '--allow-empty', '-m', 'x'], { expectFailure: true });
    assert.equal(stderr, 'STAGED\n');
    assert.deepEqual(lintel.calls(), []);
    assert.deepEqual((await init({ hooks: 'git' })).done, []);
  }));

test('.git/lintel being a file is said, with its mend', () =>
  scenario(SHOP, async ({ repository, init }) => {
    repository.write({ '.git/lintel': 'x' });
    await assert.rejects(init(), /lintel is in the way: it is no folder/);
  }));

test('a package.json that is no JSON stops init before it writes anything', () =>
  scenario({ 'package.json': '{ "name": }' }, async ({ repository, init }) => {
    const before = snapshot(repository.path);
    await assert.rejects(init(), /package\.json is no JSON/);
    assert.deepEqual(snapshot(repository.path), before);
  }));
