import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { FileContent, TestRepository } from '../support/repository.js';
import { type Scenario, scenario } from './scenario.js';

/** One record of `git cat-file --batch` as hooks/pre-commit describes it. */
type Piece =
  | { readonly missing: string }
  | { readonly oid: string; readonly type: string; readonly rest: string; readonly content: string };

function parse(stream: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < stream.length; ) {
    const end = stream.indexOf('\n', at);
    const header = stream.slice(at, end);
    at = end + 1;
    const found = /^(\S+) (\w+) (\d+) (.*)$/s.exec(header);
    if (found === null) {
      assert.match(header, / missing$/);
      pieces.push({ missing: header.slice(0, -' missing'.length) });
      continue;
    }
    const [, oid = '', type = '', size = '', rest = ''] = found;
    pieces.push({ oid, type, rest, content: stream.slice(at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return pieces;
}

/** Stages, runs the hook as git would, and gives the stream that node has read. */
async function streamOf({ repository, lintel }: Scenario): Promise<readonly Piece[]> {
  lintel.forget();
  repository.git(['commit', '-q', '--allow-empty', '-m', 'x'], { expectFailure: true });
  return parse(lintel.calls().find(call => call.hook === 'pre-commit')?.input ?? '');
}

function isComplete(pieces: readonly Piece[]): boolean {
  const last = pieces.at(-1);
  return last !== undefined && 'missing' in last && last.missing === 'lintel-end';
}

function rests(pieces: readonly Piece[]): readonly string[] {
  return pieces.flatMap(piece => ('rest' in piece && piece.rest.startsWith(':') ? [piece.rest] : []));
}

/** The changes by git's own word, quoted as the stream quotes them. */
function rawDiff(repository: TestRepository): readonly string[] {
  return repository
    .git([
      'diff-index',
      '--cached',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--ignore-submodules=none',
      '--ita-invisible-in-index',
      'HEAD',
    ])
    .stdout.split('\n')
    .filter(line => line !== '');
}

const hooks = 'git';
const odd = (text: string): Readonly<Record<string, FileContent>> =>
  Object.fromEntries(
    [
      'plain.ts',
      'with space.ts',
      "quote'.ts",
      'double".ts',
      'back\\slash.ts',
      'new\nline.ts',
      'tab\tname.ts',
      'ünï.ts',
      'emoji 🚪.ts',
      '-dash.ts',
      '--help',
      '%(objectname).ts',
      '& \\1.ts',
      ' leading',
      'trailing ',
      '(group)/[id]/a.ts',
      'missing',
      'HEAD^{tree}',
    ].map(name => [name, `${name}: ${text}\n`]),
  );

test('each change comes twice: the blob in HEAD and the blob in the index, with git’s raw line, whatever its name', () =>
  scenario({ 'a.ts': '' }, async use => {
    const { repository, init } = use;
    repository.commitFiles('odd', odd('before'));
    await init({ hooks });
    repository.write(odd('after'));
    repository.stage();
    const raw = rawDiff(repository);
    const pieces = await streamOf(use);
    assert.ok(isComplete(pieces));
    const [tree] = pieces;
    assert.ok(tree !== undefined && 'type' in tree && tree.type === 'tree');
    const changed = rests(pieces);
    for (const line of raw.filter(one => one.includes(' M\t'))) {
      assert.equal(changed.filter(rest => rest === line).length, 2, line);
      const [before, after] = pieces.filter(piece => 'rest' in piece && piece.rest === line);
      assert.ok(before !== undefined && 'content' in before && before.content.endsWith(': before\n'));
      assert.ok(after !== undefined && 'content' in after && after.content.endsWith(': after\n'));
    }
    assert.equal(raw.filter(one => one.includes(' M\t')).length, Object.keys(odd('')).length);
  }));

test('core.quotePath=false and a UTF-8 locale change nothing in the stream', () =>
  scenario({ 'ü.ts': 'a\n' }, async use => {
    const { repository, init } = use;
    await init({ hooks });
    repository.git(['config', 'core.quotePath', 'false']);
    repository.write({ 'ü.ts': 'b\n' });
    repository.stage('ü.ts');
    assert.equal(rests(await streamOf(use)).filter(line => line.endsWith('"\\303\\274.ts"')).length, 2);
  }));

test('added, deleted, typechange and gitlink: a side that is not there is `missing`, in its place', () =>
  scenario({ gone: 'gone\n', turned: 'file\n' }, async use => {
    const { repository, init } = use;
    await init({ hooks });
    repository.stage();
    repository.commit('lintel');
    repository.write({ new: 'new\n', gone: null, turned: { symlink: 'new' } });
    repository.stage();
    const commit = '1234567890123456789012345678901234567890';
    repository.git(['update-index', '--add', '--cacheinfo', `160000,${commit},sub`]);
    const pieces = await streamOf(use);
    assert.ok(isComplete(pieces));
    const zeros = '0'.repeat(40);
    const shape = pieces
      .slice(1, -1)
      .map(piece => ('missing' in piece ? piece.missing : piece.rest.replace(/^.* (\w)\t/, '$1 ')));
    assert.deepEqual(shape, ['D gone', zeros, zeros, 'A new', zeros, commit, 'T turned', 'T turned']);
  }));

test('a sha256 repository streams the same', () =>
  scenario(
    { a: '1\n' },
    async use => {
      const { repository, init } = use;
      await init({ hooks });
      repository.write({ a: '2\n' });
      repository.stage('a');
      const pieces = await streamOf(use);
      assert.ok(isComplete(pieces));
      assert.equal(rests(pieces).length, 2);
    },
    { objectFormat: 'sha256' },
  ));

test('intent-to-add is no change, and a submodule is one even with ignore=all', () =>
  scenario(
    { a: '1\n', '.gitmodules': '[submodule "sub"]\n\tpath = sub\n\turl = x\n\tignore = all\n' },
    async use => {
      const { repository, init } = use;
      repository.git(['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`]);
      repository.commit('sub');
      await init({ hooks });
      repository.git(['update-index', '--cacheinfo', `160000,${'2'.repeat(40)},sub`]);
      repository.write({ planned: 'x\n' });
      repository.git(['add', '-N', 'planned']);
      const pieces = await streamOf(use);
      assert.deepEqual(pieces.slice(1), [
        { missing: '1'.repeat(40) },
        { missing: '2'.repeat(40) },
        { missing: 'lintel-end' },
      ]);
    },
  ));

test('an unborn HEAD, or a git that fails: no end mark', () =>
  scenario({ a: '1\n' }, async use => {
    const { repository, init } = use;
    await init({ hooks });
    repository.write({ a: '2\n' });
    repository.stage('a');
    const failing = path.join(repository.folder, 'failing');
    mkdirSync(failing);
    const real = repository.run('sh', ['-c', 'command -v git']).stdout.trim();
    // Fails after it has printed everything: a stream that looks whole.
    writeFileSync(
      path.join(failing, 'git'),
      `#!/bin/sh\ncase "$*" in *diff-index*) ${real} "$@"; exit 1 ;; esac\nexec ${real} "$@"\n`,
    );
    chmodSync(path.join(failing, 'git'), 0o755);
    use.lintel.forget();
    repository.run('sh', ['.git/hooks/pre-commit'], {
      env: { PATH: `${failing}:${repository.env['PATH']}` },
    });
    const cut = parse(use.lintel.calls()[0]?.input ?? '');
    assert.equal(rests(cut).length, 2);
    assert.ok(!isComplete(cut));

    repository.git(['checkout', '-q', '--orphan', 'unborn']);
    const unborn = await streamOf(use);
    assert.deepEqual(unborn, [{ missing: 'HEAD^{tree}' }]);
  }));

test('replaced objects are not what is streamed', () =>
  scenario({ a: '1\n' }, async use => {
    const { repository, init } = use;
    await init({ hooks });
    repository.write({ a: 'real\n', b: 'replacement\n' });
    repository.stage('a', 'b');
    repository.git(['replace', repository.revision(':a'), repository.revision(':b')]);
    const contents = (await streamOf(use)).flatMap(piece =>
      'rest' in piece && piece.rest.endsWith('\ta') ? [piece.content] : [],
    );
    assert.deepEqual(contents, ['1\n', 'real\n']);
  }));

test('a node that reads nothing does not hang or make noise', () =>
  scenario({ a: '1\n' }, async use => {
    const { repository, init, lintel } = use;
    await init({ hooks });
    writeFileSync(path.join(lintel.folder, 'dist/hook.cjs'), 'process.exit(0)');
    repository.write({ big: 'x'.repeat(5_000_000) });
    repository.stage('big');
    assert.equal(repository.git(['commit', '-q', '-m', 'x']).stderr, '');
  }));
