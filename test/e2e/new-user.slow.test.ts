/** From `npm install` to `uninstall`, as a person does it: the points "What a user does and sees", one by one. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { snapshot } from '../install/scenario.js';
import {
  completeLock,
  differing,
  findingOf,
  newUser,
  printed,
  readsWell,
  SHOP,
  type User,
  withTarball,
} from './new-user.js';

withTarball();

const MEND = "import { list } from './list.js';\nexport const page = list;\n";

async function asUser(
  use: (user: User) => Promise<void>,
  files: Parameters<typeof newUser>[0] = SHOP,
): Promise<void> {
  const user = await newUser(files);
  try {
    await use(user);
  } finally {
    await user.repository.dispose();
  }
}

function head(user: User): string {
  return user.repository.revision('HEAD');
}

/** The commit is stopped, by a report that a person can act on. Returns the report. */
function blocked(user: User, line: string): string {
  const was = head(user);
  const { code, text } = user.sh(line);
  assert.equal(code, 1, `${line} was not stopped\n${text}`);
  assert.equal(head(user), was);
  assert.match(text, /^lintel: (?:\S+ )?blocked — /m, text);
  readsWell(text);
  return text;
}

test('a new user, husky', t =>
  asUser(async user => {
    const { repository, sh, ok, lintel, npm } = user;
    let introduced = '';
    let initSaid = '';
    const fresh = snapshot(repository.path);
    ok(`npm install --save-dev ${user.tarball}`);
    completeLock(user);
    const before = snapshot(repository.path);
    assert.notDeepEqual(before, fresh);

    await t.test('1: init says what it found and did', () => {
      initSaid = ok('npx --no-install lintel init --yes');
      readsWell(initSaid);
      for (const line of [
        /^found {4}package\.json at the root \(private\)$/m,
        /^found {4}languages: TypeScript \(3 files\)$/m,
        /^found {4}no hook manager$/m,
        /^found {4}so hooks go through husky$/m,
        /^wrote {4}\.architecture\/config\.yaml: /m,
        /^wrote {4}\.architecture\/decisions\/0001-[a-z-]+\.md: an example decision, proposed: /m,
        /^wrote {4}\.husky\/pre-commit: /m,
        /^changed {2}package\.json: "prepare" /m,
      ])
        assert.match(initSaid, line);
      for (const hook of ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'])
        assert.ok(existsSync(path.join(repository.path, '.husky', hook)), hook);
    });

    await t.test('1: a second init changes nothing', () => {
      const once = snapshot(repository.path);
      const status = ok('git status --porcelain');
      assert.match(ok('npx --no-install lintel init --yes'), /^Nothing to do: /m);
      assert.deepEqual(differing(once, snapshot(repository.path)), []);
      assert.equal(ok('git status --porcelain'), status);
    });

    await t.test('1: nothing blocks while the decision is a proposal', () => {
      ok(printed(initSaid, 'so that every clone has it:'));
      assert.equal(ok('git status --porcelain'), '');
      ok(printed(initSaid, 'would then be blocked:'));
      ok('git reset -q --hard HEAD~1');
    });

    await t.test('1: the decision that init names is accepted by the command that it prints', () => {
      const said = ok(printed(initSaid, 'Accept it with'));
      readsWell(said);
      assert.match(said, /^ADR-0001 is accepted: /);
      ok(printed(said, 'counted, not blocked.'));
      assert.equal(ok('git status --porcelain'), '');
    });

    await t.test('2, 3: the change that init names is really blocked, with all that one needs to act', () => {
      introduced = blocked(user, printed(initSaid, 'would then be blocked:'));
      for (const line of [
        /^ADR-0001 {2}src\/ui does not reach src\/db directly$/m,
        /^ {2}src\/ui\/lintel-example\.ts:1:\d+ {2}\S+ {2}[0-9a-f]{7}$/m,
        /^ {4}> 1 │ import '\.\.\/db\/pool';$/m,
        /^ {4}expected {4}\S/m,
        /^ {4}because {5}\S/m,
        /^ {4}instead {5}\S/m,
        /^ {4}decision {4}\.architecture\/decisions\/0001-[a-z-]+\.md:\d+$/m,
        /^ {4}in force {4}since [0-9a-f]{7} by Tess Tester <tess@example\.com>$/m,
        /^ {4}waive {7}npx --no-install lintel waive [0-9a-f]{7} --reason "…"$/m,
      ])
        assert.match(introduced, line);
    });

    await t.test('3: explain shows the finding of the last verdict, and a decision whole', () => {
      const finding = lintel(`explain ${findingOf(introduced)}`);
      assert.equal(finding.code, 0, finding.text);
      assert.match(finding.text, /> 1 │ import '\.\.\/db\/pool';/);
      const decision = lintel('explain ADR-0001');
      assert.equal(decision.code, 0);
      assert.match(decision.text, /## Context/);
      const unknown = lintel('explain ADR-0002');
      assert.equal(unknown.code, 2);
      assert.match(unknown.text, /did you mean ADR-0001\?/);
      for (const { text } of [finding, decision, unknown]) readsWell(text);
    });

    await t.test('2: the mended commit passes', () => {
      ok('git rm -qf src/ui/lintel-example.ts');
      repository.write({ 'src/ui/page.ts': MEND });
      ok('git add -A && git commit -qm "A page"');
    });

    await t.test('4: no reason, no waiver; with one the commit passes and says until when and why', () => {
      repository.write({
        'src/ui/fair.ts': "import { pool } from '../db/pool';\nexport const fair = pool;\n",
      });
      const id = findingOf(blocked(user, 'git add -A && git commit -m "The fair"'));
      const without = lintel(`waive ${id}`);
      assert.equal(without.code, 2);
      assert.match(without.text, /--reason/);
      const tooLong = lintel(`waive ${id} --reason "the fair" --days 90`);
      assert.notEqual(tooLong.code, 0);
      assert.match(tooLong.text, /at most 30 days, not 90/);
      assert.equal(existsSync(path.join(repository.path, '.architecture/waivers')), false);
      const said = lintel(`waive ${id} --reason "the fair" --days 5 --ticket SHOP-1`);
      assert.equal(said.code, 0, said.text);
      readsWell(said.text);
      assert.match(ok('git status --porcelain'), /^A {2}\.architecture\/waivers\/W-\S+\.yaml$/m);
      const passed = ok('git commit -m "The fair"');
      assert.match(passed, /waived {6}until \d{4}-\d\d-\d\d because the fair \(W-/);
      const list = lintel('waivers');
      assert.equal(list.code, 0);
      assert.match(list.text, /the fair/);
      assert.match(list.text, /ticket {6}SHOP-1/);
      readsWell(list.text);
    });

    await t.test('4: a waiver holds for its findings only', () => {
      repository.write({
        'src/ui/other.ts': "import { pool } from '../db/pool';\nexport const fair = pool;\n",
      });
      blocked(user, 'git add -A && git commit -m "Another file"');
      ok('git rm -qf src/ui/other.ts');
    });

    await t.test('5: --no-verify leaves no receipt, and the push names the commit', () => {
      ok('git init -q --bare ../origin.git && git remote add origin ../origin.git');
      ok('git push -q -u origin main');
      repository.write({ 'src/ui/second.ts': "import '../db/pool';\n" });
      ok('git add -A && git commit -q --no-verify -m "Past the hook"');
      const log = lintel('log');
      assert.equal(log.code, 0);
      assert.match(log.text, /^[0-9a-f]{7} {2}unjudged .* Past the hook$/m);
      assert.match(log.text, /^[0-9a-f]{7} {2}judged .* The fair$/m);
      readsWell(log.text);
      const pushed = sh('git push');
      assert.notEqual(pushed.code, 0);
      const short = head(user).slice(0, 7);
      assert.match(pushed.text, new RegExp(`brought by +${short} Past the hook \\(Tess Tester`));
      assert.match(pushed.text, /^lintel: refs\/heads\/main: blocked/m);
      readsWell(pushed.text);
      assert.equal(ok('git rev-parse origin/main').trim(), ok('git rev-parse main~1').trim());
    });

    await t.test('6: check a range, everything, what is staged; JSON into a file', () => {
      const range = lintel('check --base origin/main --format json --output ../verdict.json');
      assert.equal(range.code, 1, range.text);
      const verdict = JSON.parse(ok('cat ../verdict.json')) as Record<string, unknown>;
      assert.equal(verdict['schema'], 'lintel.verdict/v1');
      assert.equal(verdict['result'], 'blocked');
      const all = lintel('check --all');
      assert.equal(all.code, 0, 'what stands does not block');
      assert.match(all.text, /src\/ui\/second\.ts/);
      readsWell(all.text);
      assert.equal(lintel('check --staged').code, 0);
      assert.equal(lintel('check --base origin/main --head HEAD~1').code, 0);
      const wrong = lintel('check --base no-such');
      assert.equal(wrong.code, 3, wrong.text);
      assert.match(wrong.text, /no-such/);
      readsWell(wrong.text);
      assert.equal(lintel('check --staged --all').code, 2);
    });

    await t.test('7: gates: { commit: warn } lets the commit go on, and the push still blocks', () => {
      ok('git reset -q --hard origin/main');
      repository.write({ '.architecture/config.yaml': 'version: 1\ngates: { commit: warn }\n' });
      ok('git commit -qam "Warn at the commit"');
      repository.write({ 'src/ui/wip.ts': "import '../db/pool';\n" });
      const said = ok('git add -A && git commit -m "Work in progress"');
      assert.match(said, /The push will block/);
      assert.match(said, /src\/ui\/wip\.ts:1/);
      assert.notEqual(sh('git push').code, 0);
      ok('git reset -q --hard origin/main');
    });

    await t.test('8: doctor is content, and says what hooks can’t do', () => {
      const { code, text } = lintel('doctor');
      assert.equal(code, 0, text);
      assert.match(text, /tedious/);
      assert.match(text, /not impossible/);
      for (const hook of ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'])
        assert.match(text, new RegExp(`^ok {7}${hook} reaches lintel`, 'm'));
      readsWell(text);
    });

    await t.test('8: doctor finds what shadows the hooks, with the mend', () => {
      ok('git config core.hooksPath /dev/null');
      const { code, text } = lintel('doctor');
      assert.notEqual(code, 0);
      assert.match(text, /core\.hooksPath/);
      assert.match(text, /mend/);
      readsWell(text);
      ok('npx --no-install lintel install');
      assert.equal(lintel('doctor').code, 0);
    });

    await t.test('1: lintel missing: closed with the remedy; an old branch without a policy passes', () => {
      ok('mv node_modules ../away');
      repository.write({ 'notes.md': 'x\n' });
      const stopped = sh('git add -A && git commit -m x');
      assert.notEqual(stopped.code, 0);
      assert.match(stopped.text, /^lintel: not installed: there is no node_modules\/lintel$/m);
      assert.match(stopped.text, /^ {2}Mend: npm install$/m);
      ok('git reset -q --hard && git checkout -q -b old $(git rev-list --max-parents=0 main)');
      repository.write({ 'notes.md': 'x\n' });
      ok('git add notes.md && git commit -qm "Old branch, no lintel"');
      ok('mv ../away node_modules');
      repository.write({ 'notes.md': 'y\n' });
      ok('git commit -qam "Old branch, with lintel"');
      ok('git checkout -q main');
    });

    await t.test('1: prepare survives npm ci --omit=dev, CI=true and a folder without .git', () => {
      ok('npm ci --omit=dev');
      assert.ok(!existsSync(path.join(repository.path, 'node_modules/lintel')));
      const ci = ok('npm ci --foreground-scripts', { env: { CI: 'true' } });
      assert.match(ci, /CI is set, so no hooks are installed here/);
      ok('mkdir ../copy && git archive HEAD | tar -x -C ../copy');
      const copied = npm('ci --foreground-scripts', { cwd: '../copy' });
      assert.equal(copied.code, 0, copied.text);
      assert.match(copied.text, /no git repository here/);
      ok('npm ci');
      assert.equal(ok('git status --porcelain'), '');
      assert.equal(lintel('doctor').code, 0);
    });

    await t.test('1: a clone gets its hooks by npm ci alone', () => {
      ok('git clone -q ../origin.git ../clone');
      ok('npm ci', { cwd: '../clone' });
      repository.run('sh', ['-c', `echo "import '../db/pool';" > src/ui/c.ts && git add -A`], {
        cwd: '../clone',
      });
      const { code, text } = sh('git commit -m x', { cwd: '../clone' });
      assert.notEqual(code, 0);
      assert.match(text, /^lintel: blocked/m);
    });

    await t.test('1: a linked worktree made after is covered', () => {
      ok('git worktree add -q -b linked ../linked');
      repository.run('sh', ['-c', `echo "import '../db/pool';" > src/ui/c.ts && git add -A`], {
        cwd: '../linked',
      });
      const { code, text } = sh('git commit -m x', { cwd: '../linked' });
      assert.notEqual(code, 0, text);
      assert.match(text, /^lintel: blocked/m);
      ok('git worktree remove --force ../linked');
    });

    await t.test('1: uninstall puts back what init wrote, and keeps what the team wrote', () => {
      const said = ok('npx --no-install lintel uninstall');
      readsWell(said);
      assert.match(said, /^kept {5}\.architecture\/decisions\/0001-/m);
      const now = snapshot(repository.path);
      assert.equal(now['package.json'], before['package.json']);
      assert.ok(!Object.keys(now).some(name => name.startsWith('.husky')));
      assert.equal(sh('git config core.hooksPath').code, 1);
      repository.write({ 'src/ui/free.ts': "import '../db/pool';\n" });
      ok('git add -A && git commit -qm "Without lintel"');
    });
  }));

test('uninstall right after init restores every byte, and so it does with --hooks git', async () => {
  for (const hooks of ['husky', 'git'])
    await asUser(async user => {
      user.ok(`npm install --save-dev ${user.tarball}`);
      const before = snapshot(user.repository.path);
      user.ok(`npx --no-install lintel init --yes --hooks ${hooks}`);
      assert.notDeepEqual(snapshot(user.repository.path), before);
      readsWell(user.ok('npx --no-install lintel uninstall'));
      assert.deepEqual(differing(before, snapshot(user.repository.path)), []);
    });
});

/** The short journey: set up, accept, blocked, mended, past the hook, caught at the push. */
function shortly(user: User, at: { readonly cwd: string }, name: string): void {
  const { repository, sh, ok } = user;
  const write = (text: string): void => {
    repository.run('sh', ['-c', `printf %s "$TEXT" > src/ui/${name}.ts && git add -A`], {
      ...at,
      env: { TEXT: text },
    });
  };
  write("import '../db/pool';\n");
  const stopped = sh('git commit -m x', at);
  assert.notEqual(stopped.code, 0, stopped.text);
  assert.match(stopped.text, /^lintel: blocked/m);
  write(MEND);
  ok('git commit -qm mended', at);
  write(`${MEND}import '../db/pool';\n`);
  ok('git commit -q --no-verify -m past', at);
  const pushed = sh('git push ../origin.git HEAD', at);
  assert.notEqual(pushed.code, 0, pushed.text);
  assert.match(pushed.text, /brought by +[0-9a-f]{7} past/);
  ok('git reset -q --hard HEAD~1', at);
  ok('git push -q ../origin.git HEAD', at);
}

for (const hooks of ['husky', 'git'])
  test(`linked worktrees, made before and after init, --hooks ${hooks}`, () =>
    asUser(async user => {
      const { ok } = user;
      ok('git init -q --bare ../origin.git && git push -q ../origin.git main');
      ok('git worktree add -q -b before ../before');
      ok(`npm install --save-dev ${user.tarball}`);
      const said = ok(`npx --no-install lintel init --yes --hooks ${hooks}`);
      ok(printed(said, 'Accept it with'));
      ok('git add -A && git commit -qm "Set up lintel"');
      assert.equal(user.lintel('doctor').code, 0);
      ok('git worktree add -q -b after ../after');
      shortly(user, { cwd: '../repo' }, 'main');
      shortly(user, { cwd: '../after' }, 'after');
      ok('git merge -q main', { cwd: '../before' });
      shortly(user, { cwd: '../before' }, 'before');
    }));

for (const hooks of ['husky', 'git'])
  test(`package.json below the root, --hooks ${hooks}`, () =>
    asUser(
      async user => {
        const { ok, repository } = user;
        ok('git init -q --bare ../origin.git && git push -q ../origin.git main');
        const at = { cwd: 'web' };
        ok(`npm install --save-dev ../${user.tarball}`, at);
        completeLock(user, 'web/');
        const before = snapshot(repository.path);
        const said = ok(`npx --no-install lintel init --yes --hooks ${hooks}`, at);
        assert.match(said, /^found {4}package\.json in web\/, below the root$/m);
        assert.match(said, /^changed {2}web\/package\.json: /m);
        readsWell(said);
        ok('npx --no-install lintel uninstall', at);
        assert.deepEqual(differing(before, snapshot(repository.path)), []);
        ok(`npx --no-install lintel init --yes --hooks ${hooks}`, at);
        ok(printed(said, 'Accept it with'), at);
        ok('git add -A && git commit -qm "Set up lintel"');
        shortly(user, { cwd: '../repo' }, 'main');
        ok('rm -rf web/node_modules');
        repository.write({ 'x.md': 'x\n' });
        const { code, text } = user.sh('git add -A && git commit -m x');
        assert.notEqual(code, 0);
        assert.match(text, /Mend: \(cd 'web\/' && npm install\)/);
        ok('npm ci', at);
        ok('git commit -qm x');
        assert.ok(readdirSync(path.join(repository.path, 'web/node_modules')).includes('lintel'));
      },
      {
        '.gitignore': 'node_modules/\n',
        'readme.md': '# Shop\n',
        'web/package.json': SHOP['package.json'] ?? '',
        'src/db/pool.ts': SHOP['src/db/pool.ts'] ?? '',
        'src/ui/list.ts': SHOP['src/ui/list.ts'] ?? '',
      },
    ));
