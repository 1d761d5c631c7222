/** What a repository can be made of and what can lie in its index (facts/git.md, b): judged alike, written never. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe } from 'node:test';
import { createRepository } from '../support/repository.js';
import {
  ADR,
  CONFORMS,
  type Governed,
  governed,
  installHooks,
  scenario,
  VIOLATES,
  withPackage,
} from './governed.js';

withPackage();

/** Named skip where the installed git is too old; LINTEL_GIT points at another one. */
function needsGit(major: number, minor: number): string | false {
  const { stdout } = spawnSync(process.env['LINTEL_GIT'] ?? 'git', ['--version'], { encoding: 'utf8' });
  const found = /(\d+)\.(\d+)/.exec(stdout);
  const [has, hasMinor] = [Number(found?.[1]), Number(found?.[2])];
  const enough = has > major || (has === major && hasMinor >= minor);
  return enough
    ? false
    : `needs git ${major}.${minor}, this is ${has}.${hasMinor} (LINTEL_GIT names another)`;
}

/** Blocks the one, admits the other, and neither writes. */
function both(at: Governed): void {
  at.repository.write({ 'src/ui/a.ts': VIOLATES });
  at.repository.stage('src/ui/a.ts');
  const before = at.untouched();
  assert.equal(at.git(['hook', 'run', 'pre-commit'], { expectFailure: true }).code, 1);
  assert.equal(at.untouched(), before, 'a blocked commit has written to the index or the tree');
  at.stops(['commit', '-m', 'x']);
  at.repository.write({ 'src/ui/a.ts': CONFORMS });
  at.repository.stage('src/ui/a.ts');
  const clean = at.untouched();
  assert.equal(at.git(['hook', 'run', 'pre-commit'], { expectFailure: true }).code, 0);
  assert.equal(at.untouched(), clean, 'an admitted commit has written to the index or the tree');
  at.git(['commit', '-m', 'x']);
  assert.equal(at.logged('HEAD'), 'judged');
}

describe('repository formats', () => {
  scenario('SHA-256', both, { objectFormat: 'sha256' });

  scenario('index version 4', at => {
    at.git(['update-index', '--index-version=4']);
    both(at);
  });

  scenario('split index', at => {
    at.git(['config', 'core.splitIndex', 'true']);
    at.git(['update-index', '--split-index']);
    both(at);
  });

  scenario('sparse index, with the target out of the cone', at => {
    at.git(['sparse-checkout', 'init', '--cone', '--sparse-index']);
    at.git(['sparse-checkout', 'set', 'src/ui']);
    assert.match(at.git(['ls-files', '--sparse']).stdout, /^src\/db\/$/m, 'the index must really be sparse');
    both(at);
  });

  scenario(
    'index without a checksum (index.skipHash)',
    at => {
      at.git(['config', 'index.skipHash', 'true']);
      both(at);
    },
    { skip: needsGit(2, 40) },
  );

  scenario(
    'reftable',
    at => {
      at.git(['refs', 'migrate', '--ref-format=reftable']);
      both(at);
    },
    { skip: needsGit(2, 46) },
  );

  scenario('linked worktree, which shares hooks and has its own index', async at => {
    at.git(['worktree', 'add', '-q', '-b', 'linked', '../linked']);
    const linked = await createRepository({ at: { repository: at.repository, path: 'linked' } });
    both(governed(linked));
    assert.equal(at.git(['status', '--porcelain']).stdout, '');
  });

  scenario('untracked cache, colours, an external diff and odd diff settings', at => {
    for (const [key, value] of Object.entries({
      'color.ui': 'always',
      'diff.external': 'true',
      'diff.noprefix': 'true',
      'diff.renames': 'copies',
      'diff.ignoreSubmodules': 'all',
      'core.untrackedCache': 'true',
      'core.abbrev': '4',
      'core.quotePath': 'false',
      'status.relativePaths': 'false',
      'log.showSignature': 'true',
    }))
      at.git(['config', key, value]);
    both(at);
  });
});

describe('what lies in the index', () => {
  scenario('odd paths, whether git quotes them or not', at => {
    const names = [
      'with space.ts',
      'quo"te.ts',
      "apo'strophe.ts",
      'new\nline.ts',
      'tab\t.ts',
      'back\\slash.ts',
      'naïve-日本.ts',
      '-dash.ts',
      '*.ts',
      ':(top)x.ts',
    ];
    for (const quotePath of ['true', 'false']) {
      at.git(['config', 'core.quotePath', quotePath]);
      at.repository.write(Object.fromEntries(names.map(name => [`src/ui/${name}`, VIOLATES])));
      at.repository.stage();
      const { stdout } = at.lintel('check', '--staged', '--format', 'json');
      const found = (JSON.parse(stdout) as { findings: { path: string }[] }).findings.map(({ path }) => path);
      assert.deepEqual(found.sort(), names.map(name => `src/ui/${name}`).sort());
      const { stderr } = at.stops(['commit', '-m', 'x']);
      assert.doesNotMatch(stderr, /new\nline/, 'a file name must not break a line of the report');
      // Each by itself, or one that is read wrongly would hide behind the others.
      for (const name of quotePath === 'true' ? names : []) {
        at.git(['reset', '-q']);
        at.repository.stage(`src/ui/${name}`);
        at.stops(['commit', '-m', 'x']);
      }
      at.repository.write(Object.fromEntries(names.map(name => [`src/ui/${name}`, CONFORMS])));
      at.repository.stage();
      at.git(['commit', '-m', 'x']);
      at.git(['reset', '-q', '--hard', 'HEAD~1']);
    }
  });

  scenario('a file name that is no UTF-8', at => {
    at.repository.run('sh', ['-c', `printf '%s' "$TEXT" > "$(printf 'src/ui/caf\\351.ts')"`], {
      env: { TEXT: VIOLATES },
    });
    at.git(['add', '-A']);
    at.stops(['commit', '-m', 'x']);
  });

  scenario('intent-to-add is no part of the commit', at => {
    at.repository.write({ 'src/ui/later.ts': VIOLATES, 'src/api/now.ts': 'export {};\n' });
    at.repository.stage('src/api/now.ts');
    at.git(['add', '-N', 'src/ui/later.ts']);
    at.git(['commit', '-m', 'now']);
    assert.equal(at.logged('HEAD'), 'judged');
    at.stops(['commit', '-a', '-m', 'later']);
  });

  scenario('assume-unchanged and skip-worktree hide nothing that is staged', at => {
    for (const flag of ['--assume-unchanged', '--skip-worktree']) {
      at.repository.write({ 'src/ui/list.ts': VIOLATES });
      at.repository.stage();
      at.git(['update-index', flag, 'src/ui/list.ts']);
      at.stops(['commit', '-m', 'x']);
      at.git(['update-index', flag.replace('--', '--no-'), 'src/ui/list.ts']);
      at.git(['reset', '-q', '--hard']);
    }
  });

  scenario('a clean filter: the blob is judged, not the file', at => {
    at.git(['config', 'filter.swap.clean', 'sed s,../api/client,../db/pool,']);
    at.git(['config', 'filter.swap.smudge', 'sed s,../db/pool,../api/client,']);
    at.admits({ '.gitattributes': '*.ts filter=swap\n' });
    at.repository.write({ 'src/ui/a.ts': CONFORMS });
    at.git(['add', 'src/ui/a.ts']);
    at.stops(['commit', '-m', 'x']);
    at.git(['config', 'filter.swap.clean', 'sed s,../db/pool,../api/client,']);
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.git(['add', 'src/ui/a.ts']);
    at.git(['commit', '-m', 'x']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('attributes: -diff, binary, textconv, export-ignore, eol', at => {
    at.git(['config', 'diff.hide.textconv', 'echo nothing']);
    for (const attribute of ['-diff', 'binary', 'diff=hide', 'export-ignore', 'eol=crlf', '-text'])
      at.blocks({ '.gitattributes': `*.ts ${attribute}\n`, 'src/ui/a.ts': VIOLATES });
  });

  scenario('a symbolic link is what it points to; out of the tree it cannot be judged', at => {
    at.admits({ 'tools/loud.ts': 'console.log(1);\n' });
    at.blocks({ 'src/loud.ts': { symlink: '../tools/loud.ts' } }, 'ADR-0002');
    at.admits({ 'src/quiet.ts': { symlink: 'api/client.ts' } });
    const out = at.tries({ 'src/out.ts': { symlink: '../../outside.ts' } });
    assert.notEqual(out.code, 0);
    assert.match(out.stderr, /could not judge/);
    assert.match(out.stderr, /src\/out\.ts/);
    at.git(['reset', '-q', '--hard']);
    // Where no rule looks, a link may point anywhere.
    at.admits({ 'docs/out.md': { symlink: '../../outside.md' } });
    // A file that becomes a link is a change of type.
    at.blocks({ 'vendor/lib.js': { symlink: '../src/api/client.ts' } }, 'ADR-0002');
  });

  scenario('a submodule’s new commit is a change, whatever .gitmodules ignores', at => {
    at.git(['init', '-q', '../sub']);
    at.git(['commit', '-q', '--allow-empty', '-m', 'one'], { cwd: '../sub' });
    at.git(['submodule', '--quiet', 'add', '../sub', 'vendor/sub']);
    at.git(['commit', '-m', 'add the submodule']);
    at.git(['config', '-f', '.gitmodules', 'submodule.vendor/sub.ignore', 'all']);
    at.git(['config', 'submodule.vendor/sub.ignore', 'all']);
    at.git(['commit', '-qam', 'ignore it']);
    at.git(['commit', '-q', '--allow-empty', '-m', 'two'], { cwd: 'vendor/sub' });
    const bumped = at.git(['rev-parse', 'HEAD'], { cwd: 'vendor/sub' }).stdout.trim();
    at.git(['update-index', '--cacheinfo', `160000,${bumped},vendor/sub`]);
    at.stops(['commit', '-m', 'bump'], { decision: 'ADR-0002' });
  });

  scenario('replaced objects: neither the staged blob nor the policy', at => {
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    const good = at.git(['hash-object', '-w', '--stdin'], { input: CONFORMS }).stdout.trim();
    at.git(['replace', at.repository.revision(':src/ui/a.ts'), good]);
    at.stops(['commit', '-m', 'x']);
    const lax = at.git(['hash-object', '-w', '--stdin'], { input: '# Nothing is decided\n' }).stdout.trim();
    at.git(['replace', at.repository.revision(`HEAD:${ADR}`), lax]);
    at.stops(['commit', '-m', 'x']);
  });

  scenario('grafts don’t bend where a push starts', at => {
    at.admits({ 'src/api/b.ts': 'export {};\n' });
    at.git(['init', '-q', '--bare', '../origin.git']);
    at.git(['remote', 'add', 'origin', '../origin.git']);
    at.git(['push', '-q', 'origin', 'main']);
    at.git(['remote', 'set-head', 'origin', 'main']);
    at.git(['checkout', '-q', '-b', 'topic', 'HEAD~1']);
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    const topic = at.repository.commit('sneak', '--no-verify');
    // As if the trunk had grown out of the topic: then the merge base is the topic itself.
    at.repository.write({ '.git/info/grafts': `${at.repository.revision('main')} ${topic}\n` });
    assert.equal(at.git(['merge-base', 'main', 'topic']).stdout.trim(), topic, 'the graft must be in effect');
    at.stops(['push', 'origin', 'topic']);
  });

  scenario('an unmerged index is not committed by git, and not judged by lintel', at => {
    at.git(['checkout', '-q', '-b', 'topic']);
    at.repository.commitFiles('topic', { 'src/api/client.ts': 'export const api = 2;\n' });
    at.git(['checkout', '-q', 'main']);
    at.repository.commitFiles('main', { 'src/api/client.ts': 'export const api = 3;\n' });
    at.git(['merge', 'topic'], { expectFailure: true });
    const { code, stderr } = at.lintel('check', '--staged');
    assert.equal(code, 3, stderr);
    assert.match(stderr, /unmerged/);
  });
});

describe('clones that lack objects', () => {
  scenario('partial and sparse: what is missing is fetched', async at => {
    at.repository.commitFiles('alias', {
      'tsconfig.json': '{ "extends": "./config/paths.json" }\n',
      'config/paths.json': '{ "compilerOptions": { "paths": { "@pool": ["../src/db/pool.ts"] } } }\n',
    });
    at.git(['config', 'uploadpack.allowFilter', 'true']);
    at.git([
      'clone',
      '-q',
      '--no-checkout',
      '--filter=blob:none',
      `file://${at.repository.path}`,
      '../partial',
    ]);
    const repository = await createRepository({ at: { repository: at.repository, path: 'partial' } });
    repository.git(['sparse-checkout', 'set', 'src/ui']);
    repository.git(['checkout', '-q', 'main']);
    installHooks(repository);
    const missing = repository.git(['rev-list', '--objects', '--missing=print', 'HEAD']).stdout;
    assert.match(missing, /^\?/m, 'the clone must really be partial');
    const clone = governed(repository);
    clone.blocks({ 'src/ui/a.ts': "import { pool } from '@pool';\nexport const a = pool;\n" });
    clone.admits({ 'src/ui/a.ts': CONFORMS });
  });

  scenario('a promised object that can’t be had is “could not judge”, never a pass', async at => {
    at.git(['config', 'uploadpack.allowFilter', 'true']);
    at.git([
      'clone',
      '-q',
      '--no-checkout',
      '--filter=blob:none',
      `file://${at.repository.path}`,
      '../partial',
    ]);
    const repository = await createRepository({ at: { repository: at.repository, path: 'partial' } });
    repository.git(['sparse-checkout', 'set', 'src/ui']);
    repository.git(['checkout', '-q', 'main']);
    installHooks(repository);
    // The policy's own blobs are out of the cone: never fetched, and now out of reach.
    repository.git(['remote', 'set-url', 'origin', `file://${at.repository.folder}/gone`]);
    repository.write({ 'src/ui/a.ts': CONFORMS });
    repository.stage('src/ui/a.ts');
    const { code, stderr } = repository.git(['commit', '-m', 'x'], { expectFailure: true });
    assert.notEqual(code, 0);
    assert.match(stderr, /^lintel: .*(?:missing|fetch)/m);
    assert.match(stderr, /git fetch/);
  });

  scenario('shallow: a commit is judged all the same', async at => {
    at.repository.commitFiles('two', { 'src/api/b.ts': 'export {};\n' });
    at.git(['clone', '-q', '--depth', '1', `file://${at.repository.path}`, '../shallow']);
    const repository = await createRepository({ at: { repository: at.repository, path: 'shallow' } });
    installHooks(repository);
    const { stderr } = governed(repository).blocks({ 'src/ui/a.ts': VIOLATES });
    assert.match(stderr, /since when is unknown/);
    governed(repository).admits({ 'src/ui/a.ts': CONFORMS });
  });
});
