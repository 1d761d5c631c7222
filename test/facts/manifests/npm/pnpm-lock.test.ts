import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNPM_9 } from './lock-texts.js';
import { line, linked, parsed, refusal } from './lock-tree.js';
import { entry } from './tree.js';

const VEND = '{"name": "vend-real", "version": "1.2.3"}';
const MEMBER = '{"name": "@t/a", "version": "1.0.0"}';

test('format 9, as pnpm writes it', () => {
  const file = parsed('web/pnpm-lock.yaml', PNPM_9);
  assert.deepEqual(file.entries.map(line), [
    '9 definition catalogs/default/semver: semver 7.8.6 ^7.5.0 production',
    '14 redirect overrides/supports-color: supports-color as supports-color 7.1.0 7.1.0 production',
    '15 redirect overrides/chalk>ansi-styles: is-number as chalk>ansi-styles 6.0.0 6.0.0 production',
    '21 direct @t/a@link:web/packages/a: @t/a - - production workspace web/packages/a → is-number@7.0.0, lnk@link:web/vend, semver@7.8.6, typescript@5.0.4',
    '50 direct lnk@link:web/vend: lnk - - production path web/vend',
    '66 direct chalk@4.1.2: chalk 4.1.2 - development → is-number@6.0.0, supports-color@7.1.0',
    '70 direct fsevents@2.3.3: fsevents 2.3.3 - optional',
    '75 transitive has-flag@4.0.0: has-flag 4.0.0 - development',
    '79 transitive is-buffer@1.1.6: is-buffer 1.1.6 - development',
    '82 direct is-even@1.0.0: is-even as root-dev 1.0.0 - development → is-odd@0.1.2',
    '86 transitive is-number@3.0.0: is-number 3.0.0 - development → kind-of@3.2.2',
    '90 direct is-number@6.0.0: is-number as pg-alias 6.0.0 - production',
    '94 direct is-number@7.0.0: is-number 7.0.0 - production',
    '98 transitive is-odd@0.1.2: is-odd 0.1.2 - development → is-number@3.0.0',
    '102 direct is-odd@3.0.1: is-odd 3.0.1 - production → is-number@6.0.0',
    '106 transitive kind-of@3.2.2: kind-of 3.2.2 - development → is-buffer@1.1.6',
    '110 direct ms@2.1.2: ms as tarred 2.1.2 - production',
    '113 direct semver@7.8.6: semver 7.8.6 - production',
    '118 transitive supports-color@7.1.0: supports-color 7.1.0 - development → has-flag@4.0.0',
    '122 direct typescript@5.0.4: typescript 5.0.4 - production',
    '127 direct vend-real@file:vend: vend-real as vend - - production path web/vend → ms@2.1.2',
  ]);
  assert.deepEqual(file.roots, {
    web: [
      '@t/a@link:web/packages/a',
      'is-odd@3.0.1',
      'is-number@6.0.0',
      'ms@2.1.2',
      'vend-real@file:vend',
      'fsevents@2.3.3',
      'chalk@4.1.2',
    ],
    'web/packages/a': [
      'is-number@7.0.0',
      'lnk@link:web/vend',
      'semver@7.8.6',
      'typescript@5.0.4',
      'is-even@1.0.0',
    ],
  });
  assert.deepEqual(entry(file, 'ms@2.1.2').integrity, ['sha512-sGkPx+Vj==']);
});

test('CRLF and a comment leave the lines as they are', () => {
  const lines = PNPM_9.split('\n');
  lines[1] = '# by hand';
  assert.deepEqual(
    parsed('pnpm-lock.yaml', lines.join('\r\n')).entries.map(line),
    parsed('pnpm-lock.yaml', PNPM_9).entries.map(line),
  );
});

test('link: what a folder is really called stands in its manifest', () => {
  const tree = { 'pnpm-lock.yaml': PNPM_9, 'vend/package.json': VEND, 'packages/a/package.json': MEMBER };
  const file = linked(tree, 'pnpm-lock.yaml');
  assert.equal(
    line(entry(file, 'lnk@link:vend')),
    '50 direct lnk@link:vend: vend-real as lnk 1.2.3 - production path vend',
  );
  assert.equal(entry(file, '@t/a@link:packages/a').version, '1.0.0');
});

const ENV = `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies:
      hooks:
        specifier: 1.0.0
        version: 1.0.0

packages:

  hooks@1.0.0:
    resolution: {integrity: sha512-aaa==}

snapshots:

  hooks@1.0.0: {}

---
`;

test("pnpm's own needs stand in a document of their own", () => {
  const file = parsed('pnpm-lock.yaml', ENV + PNPM_9);
  assert.equal(line(entry(file, 'env/hooks@1.0.0')), '14 direct env/hooks@1.0.0: hooks 1.0.0 - build');
  assert.equal(entry(file, 'ms@2.1.2').line, 110 + ENV.split('\n').length - 1);
  assert.equal(file.roots['']?.[0], 'env/hooks@1.0.0');
  assert.match(refusal('pnpm-lock.yaml', `${PNPM_9}---\n${PNPM_9}`), /more documents/);
  assert.match(refusal('pnpm-lock.yaml', `${ENV}${PNPM_9}---\n${PNPM_9}`), /more documents/);
});

const PLACES = `lockfileVersion: '9.0'
patchedDependencies:
  is-odd@3.0.1:
    hash: abc
    path: patches/is-odd.patch
importers:
  .:
    dependencies:
      __proto__: {specifier: 1.0.0, version: 1.0.0}
      git: {specifier: owner/git, version: https://codeload.github.com/owner/git/tar.gz/0123}
      ssh: {specifier: 'git+ssh://x', version: git+ssh://git@example.org/a/ssh.git#4567}
      tar: {specifier: 'https://example.org/tar.tgz', version: '@real/tar@https://example.org/tar.tgz'}
      local: {specifier: 'file:./l.tgz', version: file:l.tgz}
      is-odd: {specifier: ^3.0.0, version: 3.0.1(patch_hash=abc)(react@18.2.0(x@1.0.0))}
      own: {specifier: ^1.0.0, version: 1.0.0}
      member: {specifier: 'workspace:*', version: file:packages/member(react@18.2.0)}
      node: {specifier: runtime:22.0.0, version: runtime:22.0.0}
      out: {specifier: link:../out, version: link:../out}
  packages/member: {}
packages:
  __proto__@1.0.0: {resolution: {integrity: sha512-p}}
  git@https://codeload.github.com/owner/git/tar.gz/0123: {resolution: {tarball: https://codeload.github.com/owner/git/tar.gz/0123}, version: 1.0.0}
  ssh@git+ssh://git@example.org/a/ssh.git#4567: {resolution: {commit: '4567', repo: ssh://git@example.org/a/ssh.git, type: git}, version: 2.0.0}
  '@real/tar@https://example.org/tar.tgz': {resolution: {tarball: https://example.org/tar.tgz, integrity: sha512-t}, version: 3.0.0}
  local@file:l.tgz: {resolution: {integrity: sha512-l, tarball: file:l.tgz}, version: 4.0.0}
  is-odd@3.0.1: {resolution: {integrity: sha512-o}}
  own@1.0.0: {resolution: {integrity: sha512-w, tarball: https://npm.example.org/own/-/own-1.0.0.tgz}}
  member@file:packages/member: {resolution: {directory: packages/member, type: directory}}
  node@runtime:22.0.0:
    resolution:
      type: variations
      variants:
        - resolution: {type: binary, archive: tarball, url: https://nodejs.org/a.tar.gz, integrity: sha256-a, bin: bin/node}
          targets: [{os: linux, cpu: x64}]
snapshots:
  __proto__@1.0.0: {}
  git@https://codeload.github.com/owner/git/tar.gz/0123: {}
  ssh@git+ssh://git@example.org/a/ssh.git#4567: {}
  '@real/tar@https://example.org/tar.tgz': {}
  local@file:l.tgz: {}
  is-odd@3.0.1(patch_hash=abc)(react@18.2.0(x@1.0.0)): {}
  own@1.0.0: {}
  member@file:packages/member(react@18.2.0): {}
  node@runtime:22.0.0: {}
`;

test('where packages come from', () => {
  const file = parsed('pnpm-lock.yaml', PLACES);
  assert.deepEqual(file.entries.map(line), [
    '3 redirect patchedDependencies/is-odd@3.0.1: is-odd as is-odd@3.0.1 3.0.1 - production',
    '18 direct out@link:../out: out - - production path null',
    '21 direct __proto__@1.0.0: __proto__ 1.0.0 - production',
    '22 direct git@https://codeload.github.com/owner/git/tar.gz/0123: git 1.0.0 - production git https://github.com/owner/git.git#0123',
    '23 direct ssh@git+ssh://git@example.org/a/ssh.git#4567: ssh 2.0.0 - production git ssh://git@example.org/a/ssh.git#4567',
    '24 direct @real/tar@https://example.org/tar.tgz: @real/tar as tar 3.0.0 - production url https://example.org/tar.tgz',
    '25 direct local@file:l.tgz: local 4.0.0 - production path l.tgz',
    '26 direct is-odd@3.0.1(patch_hash=abc)(react@18.2.0(x@1.0.0)): is-odd 3.0.1 - production',
    '27 direct own@1.0.0: own 1.0.0 - production https://npm.example.org/own/-/own-1.0.0.tgz',
    '28 direct member@file:packages/member(react@18.2.0): member - - production workspace packages/member',
    '29 direct node@runtime:22.0.0: node 22.0.0 - production url https://nodejs.org/a.tar.gz',
  ]);
  assert.deepEqual(file.includes, ['patches/is-odd.patch']);
  assert.deepEqual(entry(file, 'node@runtime:22.0.0').integrity, ['sha256-a']);
  assert.deepEqual(file.roots['packages/member'], []);
});

const FORMAT_6 = `lockfileVersion: '6.0'
dependencies:
  pg-alias: {specifier: 'npm:pg@8', version: /pg@8.11.3(pg-native@3.0.0)}
  github: {specifier: owner/name, version: github.com/owner/name/0123}
devDependencies:
  '@s/tool': {specifier: ^1.0.0, version: 1.2.3}
packages:
  /pg@8.11.3(pg-native@3.0.0):
    resolution: {integrity: sha512-pg}
    requiresBuild: true
    dependencies: {ms: 2.1.2}
    dev: false
  /ms@2.1.2: {resolution: {integrity: sha512-ms}, dev: false, optional: true}
  /@s/tool@1.2.3: {resolution: {integrity: sha512-t}, dev: true, optional: true}
  github.com/owner/name/0123:
    resolution: {tarball: https://codeload.github.com/owner/name/tar.gz/0123}
    name: real-name
    version: 5.0.0
    dev: false
`;

test('format 6: one project, flags', () => {
  const file = parsed('a/pnpm-lock.yaml', FORMAT_6);
  assert.deepEqual(file.entries.map(line), [
    '8 direct runs /pg@8.11.3(pg-native@3.0.0): pg as pg-alias 8.11.3 - production → /ms@2.1.2',
    '13 transitive /ms@2.1.2: ms 2.1.2 - optional',
    '14 direct /@s/tool@1.2.3: @s/tool 1.2.3 - development',
    '15 direct github.com/owner/name/0123: real-name as github 5.0.0 - production git https://github.com/owner/name.git#0123',
  ]);
  assert.deepEqual(Object.keys(file.roots), ['a']);
});

const FORMAT_5 = `lockfileVersion: 5.4
importers:
  ../../apps/one:
    specifiers: {pg-alias: npm:pg@8, b: workspace:*}
    dependencies: {pg-alias: /pg/8.11.3_react@18.2.0, b: link:../../libs/b}
  ../../libs/b:
    specifiers: {'@s/x': ^1.0.0}
    devDependencies: {'@s/x': 1.0.0}
packages:
  /pg/8.11.3_react@18.2.0:
    resolution: {integrity: sha512-pg}
    dependencies: {ms: 2.1.2}
    dev: false
  /ms/2.1.2: {resolution: {integrity: sha512-ms}, dev: false}
  /@s/x/1.0.0: {resolution: {integrity: sha512-x}, dev: true}
`;

test("format 5, and Rush's folder for pnpm", () => {
  const file = parsed('common/config/rush/pnpm-lock.yaml', FORMAT_5);
  assert.deepEqual(file.entries.map(line), [
    '5 direct b@link:libs/b: b - - production workspace libs/b',
    '10 direct /pg/8.11.3_react@18.2.0: pg as pg-alias 8.11.3 - production → /ms/2.1.2',
    '14 transitive /ms/2.1.2: ms 2.1.2 - production',
    '15 direct /@s/x/1.0.0: @s/x 1.0.0 - development',
  ]);
  assert.deepEqual(file.roots, {
    'apps/one': ['/pg/8.11.3_react@18.2.0', 'b@link:libs/b'],
    'libs/b': ['/@s/x/1.0.0'],
  });
  const subspace = FORMAT_5.replaceAll('../../', '../../../').replace('link:../../../', 'link:../../');
  assert.deepEqual(parsed('common/config/subspaces/one/pnpm-lock.yaml', subspace).roots, file.roots);
});

test('a bracket that closes as far left as its key', () => {
  const text = FORMAT_6.replace(
    '    resolution: {integrity: sha512-pg}\n',
    '    resolution: {\n      integrity: sha512-pg\n    }\n',
  );
  const file = parsed('pnpm-lock.yaml', text);
  assert.deepEqual(entry(file, '/pg@8.11.3(pg-native@3.0.0)').integrity, ['sha512-pg']);
  assert.equal(entry(file, '/ms@2.1.2').line, 15);
});

const SMALL = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      ms:
        specifier: ^2.1.0
        version: 2.1.2
packages:
  ms@2.1.2:
    resolution: {integrity: sha512-ms}
snapshots:
  ms@2.1.2: {}
`;

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['empty', '', /^1: the lock file is empty/],
  ['no mapping', '- a\n', /^1: not a pnpm lock file/],
  ['no version', 'importers: {}\n', /^1: .*no lockfileVersion/],
  ['a newer version', "lockfileVersion: '10.0'\n", /^1: lockfileVersion 10\.0 is not known/],
  ['an older version', 'lockfileVersion: 3\n', /^1: lockfileVersion 3 is not known/],
  [
    'a key twice',
    SMALL.replace('snapshots:', '  ms@2.1.2: {}\nsnapshots:'),
    /^11: the key ms@2\.1\.2 is there twice/,
  ],
  ['a conflict', SMALL.replace('packages:', '<<<<<<< HEAD\npackages:'), /^8: a merge/],
  ['an anchor', SMALL.replace('ms@2.1.2:\n', 'ms@2.1.2: &a\n'), /^9: an anchor/],
  ['an alias', SMALL.replace('ms@2.1.2: {}', 'ms@2.1.2: *a'), /alias|anchor/],
  ['a merge key', SMALL.replace('ms@2.1.2: {}', '<<: {}'), /^12: a merge key/],
  ['a tag', SMALL.replace('specifier: ^2.1.0', 'specifier: !!str ^2.1.0'), /^6: a tag/],
  [
    'an entry that is missing',
    SMALL.replace('  ms@2.1.2: {}', '  ms@2.1.3: {}'),
    /^5: ms is asked for as 2\.1\.2/,
  ],
  [
    'no resolution',
    SMALL.replace('    resolution: {integrity: sha512-ms}', '    hasBin: true'),
    /^9: ms@2\.1\.2 has no resolution/,
  ],
  ['cut in a digest', SMALL.slice(0, SMALL.indexOf('sha512') + 8), /^\d+: not valid YAML/],
  ['cut before the snapshots', SMALL.slice(0, SMALL.indexOf('snapshots')), /^5: ms is asked for/],
  ['a tab', SMALL.replace('  ms@2.1.2: {}', '\tms@2.1.2: {}'), /^12: not valid YAML/],
  ['nested without end', `lockfileVersion: '9.0'\nx: ${'['.repeat(5000)}`, /not valid YAML/],
];

for (const [what, text, expected] of REFUSED)
  test(`refused: ${what}`, () => assert.match(refusal('pnpm-lock.yaml', text), expected));

test('a small one is taken', () => assert.equal(parsed('pnpm-lock.yaml', SMALL).entries.length, 1));
