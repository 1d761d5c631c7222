import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gitArchive } from '../../../../src/facts/manifests/npm/git-url.js';
import { within } from '../../../../src/facts/manifests/npm/paths.js';
import { npmSpecifier, tarballPackage } from '../../../../src/facts/manifests/npm/specifier.js';

function said(written: string, bareNpm: 'name' | 'tag' = 'name'): string {
  const { name, alias, range, version, source, inherits, patch } = npmSpecifier('foo', written, {
    folder: 'pkgs/a',
    bareNpm,
  });
  const from =
    source.type === 'git'
      ? `${source.url}#${source.revision ?? ''}`
      : source.type === 'url' || source.type === 'registry'
        ? (source.url ?? '')
        : String(source.path);
  const rest = [alias, inherits, patch].map(part => part ?? '-').join(' ');
  return `${name} ${range ?? '-'} ${version ?? '-'} ${source.type}:${from} ${rest}`;
}

const TABLE: readonly (readonly [string, string])[] = [
  ['^1.0.0', 'foo ^1.0.0 - registry: - - -'],
  ['1.2.3', 'foo 1.2.3 1.2.3 registry: - - -'],
  ['=v1.2.3', 'foo =v1.2.3 1.2.3 registry: - - -'],
  ['', 'foo * - registry: - - -'],
  ['  >=1 <2 ', 'foo >=1 <2 - registry: - - -'],
  ['1 || 2', 'foo 1 || 2 - registry: - - -'],
  ['1.0.0 - 2.0.0', 'foo 1.0.0 - 2.0.0 - registry: - - -'],
  ['latest', 'foo latest - registry: - - -'],
  ['npm:pg@^8', 'pg ^8 - registry: foo - -'],
  ['npm:@a/b@1.0.0', '@a/b 1.0.0 1.0.0 registry: foo - -'],
  ['npm:pg', 'pg * - registry: foo - -'],
  ['npm:@a/b', '@a/b * - registry: foo - -'],
  ['npm:^1', 'foo ^1 - registry: - - -'],
  ['npm:foo@1', 'foo 1 - registry: - - -'],
  ['o/r', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['o/r.js#v1', 'foo - - git:https://github.com/o/r.js.git#v1 - - -'],
  ['github:o/r#semver:^1', 'foo ^1 - git:https://github.com/o/r.git#semver:^1 - - -'],
  ['GitHub:o/r', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['gitlab:g/sub/r', 'foo - - git:https://gitlab.com/g/sub/r.git# - - -'],
  ['bitbucket:o/r', 'foo - - git:https://bitbucket.org/o/r.git# - - -'],
  ['gist:0123', 'foo - - git:https://gist.github.com/0123.git# - - -'],
  ['git+ssh://git@github.com/o/r.git#abc', 'foo - - git:https://github.com/o/r.git#abc - - -'],
  ['git+ssh://git@github.com:o/r.git', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['git@github.com:o/r.git', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['git://github.com/o/r', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['git+https://user:secret@github.com/o/r', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['HTTPS://github.com/o/r', 'foo - - git:https://github.com/o/r.git# - - -'],
  ['https://github.com/o/r.git#commit=abc', 'foo - - git:https://github.com/o/r.git#abc - - -'],
  ['o/r#abc&path:/sub', 'foo - - git:https://github.com/o/r.git#abc - - -'],
  ['git@example.com:x/y.git', 'foo - - git:git@example.com:x/y.git# - - -'],
  ['git+file:///x/y', 'foo - - git:file:///x/y# - - -'],
  ['https://github.com/o/r/archive/x.tar.gz', 'foo - - url:https://github.com/o/r/archive/x.tar.gz - - -'],
  ['https://github.com/o/r/tarball/main', 'foo - - url:https://github.com/o/r/tarball/main - - -'],
  ['http://x.org/y.tgz', 'foo - - url:http://x.org/y.tgz - - -'],
  ['https://r.example/pg/-/pg-8.0.0.tgz', 'pg - 8.0.0 url:https://r.example/pg/-/pg-8.0.0.tgz foo - -'],
  ['file:../x', 'foo - - path:pkgs/x - - -'],
  ['file:x.tgz', 'foo - - path:pkgs/a/x.tgz - - -'],
  ['file:///abs', 'foo - - path:null - - -'],
  ['file://./x', 'foo - - path:pkgs/a/x - - -'],
  ['./x', 'foo - - path:pkgs/a/x - - -'],
  ['..', 'foo - - path:pkgs - - -'],
  ['../../../x', 'foo - - path:null - - -'],
  ['~/x', 'foo - - path:null - - -'],
  ['C:\\x', 'foo - - path:null - - -'],
  ['..\\x', 'foo - - path:pkgs/x - - -'],
  ['x.tgz', 'foo - - path:pkgs/a/x.tgz - - -'],
  ['a/b/c', 'foo - - path:pkgs/a/a/b/c - - -'],
  ['@a/b', 'foo - - path:pkgs/a/@a/b - - -'],
  ['link:../x', 'foo - - path:pkgs/x - - -'],
  ['portal:../x', 'foo - - path:pkgs/x - - -'],
  ['workspace:*', 'foo * - workspace:null - workspace:* -'],
  ['workspace:^1.2.0', 'foo ^1.2.0 - workspace:null - workspace:^1.2.0 -'],
  ['workspace:bar@~', 'bar ~ - workspace:null foo workspace:bar@~ -'],
  ['workspace:../x', 'foo - - workspace:pkgs/x - workspace:../x -'],
  ['workspace:pkgs/x', 'foo - - workspace:pkgs/x - workspace:pkgs/x -'],
  ['catalog:', 'foo - - registry: - catalog: -'],
  ['catalog:react18', 'foo - - registry: - catalog:react18 -'],
  ['jsr:@std/path@^1', '@jsr/std__path ^1 - registry: foo - -'],
  ['patch:foo@npm%3A^4.17.21#./p.patch', 'foo ^4.17.21 - registry: - - ./p.patch'],
  ['patch:pg@npm:8.0.0#~/.yarn/p.patch::x=1', 'pg 8.0.0 8.0.0 registry: foo - ~/.yarn/p.patch'],
  ['patch:foo@patch%3Afoo@npm%253A1.0.0%23a#b', 'foo 1.0.0 1.0.0 registry: - - b'],
  ['weird:thing', 'foo - - url:weird:thing - - -'],
];

test('a specifier tells the package, the range and the place', async t => {
  for (const [written, expected] of TABLE) await t.test(written, () => assert.equal(said(written), expected));
});

test('a bare npm: word is a tag to Yarn 2 and later', () => {
  assert.equal(said('npm:latest', 'tag'), 'foo latest - registry: - - -');
  assert.equal(said('npm:pg@1', 'tag'), 'pg 1 - registry: foo - -');
});

test('jsr: without a name is the package that it stands under', () => {
  const spec = npmSpecifier('@std/path', 'jsr:^1', { folder: '' });
  assert.equal(spec.name, '@jsr/std__path');
  assert.equal(spec.alias, '@std/path');
});

test('an archive of a registry tells whose it is', () => {
  const cases: [string, string, string | null][] = [
    ['https://r.example/pg/-/pg-8.0.0.tgz', 'pg', '8.0.0'],
    ['https://r.example/@a%2fb/-/b-1.0.0-rc.1.tgz', '@a/b', '1.0.0-rc.1'],
    ['https://r.example/npm/@a/b/-/b-1.0.0.tgz?x#sha1', '@a/b', '1.0.0'],
    ['https://r.example/pg/-/other-8.0.0.tgz', 'pg', null],
  ];
  for (const [url, name, version] of cases) assert.deepEqual(tarballPackage(url), { name, version });
  assert.equal(tarballPackage('https://example.com/pg-8.0.0.tgz'), null);
  assert.equal(tarballPackage('https://gitlab.com/a/b/-/archive/x/x.tar.gz'), null);
});

test('an archive of a big host tells its commit', () => {
  assert.deepEqual(gitArchive('https://codeload.github.com/o/r/tar.gz/abc'), {
    type: 'git',
    url: 'https://github.com/o/r.git',
    revision: 'abc',
  });
  assert.equal(gitArchive('https://example.com/o/r/tar.gz/abc'), null);
});

test('a path stays in the repository, or is none', () => {
  assert.equal(within('a/b', '../c/./d/'), 'a/c/d');
  assert.equal(within('', '.'), '');
  assert.equal(within('a', '../../x'), null);
  assert.equal(within('a', '/x'), null);
});
