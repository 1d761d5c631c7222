import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BERRY, CLASSIC } from './lock-texts.js';
import { line, linked, parsed, refusal } from './lock-tree.js';
import { entry } from './tree.js';

const MANIFESTS = {
  'package.json': JSON.stringify({
    name: 'root',
    workspaces: ['packages/*'],
    dependencies: {
      'is-odd': '^3.0.0',
      'pg-alias': 'npm:is-number@^6.0.0',
      vend: 'file:./vend',
      tarred: 'https://registry.npmjs.org/ms/-/ms-2.1.2.tgz',
    },
    devDependencies: { chalk: '^4.1.0' },
    optionalDependencies: { fsevents: '^2.3.0' },
    resolutions: { 'supports-color': '7.1.0' },
  }),
  'packages/a/package.json': JSON.stringify({
    name: '@t/a',
    dependencies: { 'is-number': '^7.0.0', typescript: '5.0.4' },
    devDependencies: { 'root-dev': 'npm:is-even@1.0.0' },
  }),
  'vend/package.json': '{"name": "vend-real", "version": "1.2.3"}',
  'elsewhere/package.json': '{"name": "elsewhere", "dependencies": {"is-buffer": "^1.1.5"}}',
};

const REGISTRY = 'https://registry.npmjs.org';

test('Yarn 1, as it writes it: projects come from the manifests', () => {
  const alone = parsed('yarn.lock', CLASSIC);
  assert.deepEqual(alone.roots, {});
  assert.deepEqual(new Set(alone.entries.map(one => one.direct)), new Set([null]));
  const file = linked({ ...MANIFESTS, 'yarn.lock': CLASSIC }, 'yarn.lock');
  const archive = (name: string, version: string): string => `${REGISTRY}/${name}/-/${name}-${version}.tgz`;
  assert.deepEqual(file.entries.map(line), [
    `5 transitive ansi-styles@4.3.0: ansi-styles 4.3.0 - development ${archive('ansi-styles', '4.3.0')} → color-convert@2.0.1`,
    `12 direct chalk@4.1.2: chalk 4.1.2 - development ${archive('chalk', '4.1.2')} → ansi-styles@4.3.0, supports-color@7.1.0`,
    `20 transitive color-convert@2.0.1: color-convert 2.0.1 - development ${archive('color-convert', '2.0.1')} → color-name@1.1.4`,
    `27 transitive color-name@1.1.4: color-name 1.1.4 - development ${archive('color-name', '1.1.4')}`,
    `32 direct fsevents@2.3.3: fsevents 2.3.3 - optional ${archive('fsevents', '2.3.3')}`,
    `37 transitive has-flag@4.0.0: has-flag 4.0.0 - development ${archive('has-flag', '4.0.0')}`,
    `42 transitive is-buffer@1.1.6: is-buffer 1.1.6 - development ${archive('is-buffer', '1.1.6')}`,
    `47 transitive is-number@3.0.0: is-number 3.0.0 - development ${archive('is-number', '3.0.0')} → kind-of@3.2.2`,
    `54 transitive is-number@6.0.0: is-number 6.0.0 - production ${archive('is-number', '6.0.0')}`,
    `59 direct is-number@7.0.0: is-number 7.0.0 - production ${archive('is-number', '7.0.0')}`,
    `64 transitive is-odd@0.1.2: is-odd 0.1.2 - development ${archive('is-odd', '0.1.2')} → is-number@3.0.0`,
    `71 direct is-odd@3.0.1: is-odd 3.0.1 - production ${archive('is-odd', '3.0.1')} → is-number@6.0.0`,
    `78 transitive kind-of@3.2.2: kind-of 3.2.2 - development ${archive('kind-of', '3.2.2')} → is-buffer@1.1.6`,
    `85 transitive ms@2.1.3: ms 2.1.3 - production ${archive('ms', '2.1.3')}`,
    `90 direct pg-alias@6.0.0: is-number as pg-alias 6.0.0 - production ${archive('is-number', '6.0.0')}`,
    `95 direct root-dev@1.0.0: is-even as root-dev 1.0.0 - development ${archive('is-even', '1.0.0')} → is-odd@0.1.2`,
    `102 transitive supports-color@7.1.0: supports-color 7.1.0 - development ${archive('supports-color', '7.1.0')} → has-flag@4.0.0`,
    `109 direct tarred@2.1.2: ms as tarred 2.1.2 - production url ${archive('ms', '2.1.2')}`,
    `113 direct typescript@5.0.4: typescript 5.0.4 - production ${archive('typescript', '5.0.4')}`,
    '118 direct vend@1.2.3: vend-real as vend 1.2.3 - production path vend → ms@2.1.3',
  ]);
  assert.deepEqual(file.roots, {
    '': ['is-odd@3.0.1', 'pg-alias@6.0.0', 'vend@1.2.3', 'tarred@2.1.2', 'chalk@4.1.2', 'fsevents@2.3.3'],
    'packages/a': ['is-number@7.0.0', 'typescript@5.0.4', 'root-dev@1.0.0'],
  });
  assert.deepEqual(entry(file, 'chalk@4.1.2').integrity, [
    'sha1-aac4e2b7734a740867aeb16bf02aad556a1e7a01',
    'sha512-oKnbhFyR==',
  ]);
});

const BUILTIN = '#optional!builtin<compat/';
const FSEVENTS = `fsevents@patch:fsevents@npm%3A2.3.3${BUILTIN}fsevents>::version=2.3.3&hash=df0bf1`;
const TYPESCRIPT = `typescript@patch:typescript@npm%3A5.0.4${BUILTIN}typescript>::version=5.0.4&hash=b5f058`;
const VEND = 'vend@file:./vend#./vend::hash=55419a&locator=root%40workspace%3A.';

test('Yarn 4, as it writes it', () => {
  const file = linked({ ...MANIFESTS, 'yarn.lock': BERRY }, 'yarn.lock');
  assert.deepEqual(file.entries.map(line), [
    '18 transitive ansi-styles@npm:4.3.0: ansi-styles 4.3.0 - development → color-convert@npm:2.0.1',
    '27 direct chalk@npm:4.1.2: chalk 4.1.2 - development → ansi-styles@npm:4.3.0, supports-color@npm:7.1.0',
    '37 transitive color-convert@npm:2.0.1: color-convert 2.0.1 - development → color-name@npm:1.1.4',
    '46 transitive color-name@npm:1.1.4: color-name 1.1.4 - development',
    '53 transitive fsevents@npm:2.3.3: fsevents 2.3.3 - optional',
    `61 direct ${FSEVENTS}: fsevents 2.3.3 - optional → fsevents@npm:2.3.3`,
    '68 transitive has-flag@npm:4.0.0: has-flag 4.0.0 - development',
    '75 transitive is-buffer@npm:1.1.6: is-buffer 1.1.6 - development',
    '82 transitive is-number@npm:3.0.0: is-number 3.0.0 - development → kind-of@npm:3.2.2',
    '91 direct is-number@npm:6.0.0: is-number as pg-alias 6.0.0 - production',
    '98 direct is-number@npm:7.0.0: is-number 7.0.0 - production',
    '105 transitive is-odd@npm:0.1.2: is-odd 0.1.2 - development → is-number@npm:3.0.0',
    '114 direct is-odd@npm:3.0.1: is-odd 3.0.1 - production → is-number@npm:6.0.0',
    '123 transitive kind-of@npm:3.2.2: kind-of 3.2.2 - development → is-buffer@npm:1.1.6',
    '132 transitive ms@npm:2.1.3: ms 2.1.3 - production',
    '139 direct is-even@npm:1.0.0: is-even as root-dev 1.0.0 - development → is-odd@npm:0.1.2',
    '164 transitive supports-color@npm:7.1.0: supports-color 7.1.0 - development → has-flag@npm:4.0.0',
    `173 direct tarred@${REGISTRY}/ms/-/ms-2.1.2.tgz: ms as tarred 2.1.2 - production url ${REGISTRY}/ms/-/ms-2.1.2.tgz`,
    '180 transitive typescript@npm:5.0.4: typescript 5.0.4 - production',
    `190 direct ${TYPESCRIPT}: typescript 5.0.4 - production → typescript@npm:5.0.4`,
    `200 direct ${VEND}: vend-real as vend 1.2.3 - production path vend → ms@npm:2.1.3`,
  ]);
  assert.deepEqual(file.roots, {
    'packages/a': ['is-number@npm:7.0.0', TYPESCRIPT, 'is-even@npm:1.0.0'],
    '': [
      'is-odd@npm:3.0.1',
      'is-number@npm:6.0.0',
      VEND,
      `tarred@${REGISTRY}/ms/-/ms-2.1.2.tgz`,
      'chalk@npm:4.1.2',
      FSEVENTS,
    ],
  });
  assert.deepEqual(entry(file, 'chalk@npm:4.1.2').integrity, ['10c0/4a3fef5cc349']);
});

test('Yarn 4 without its manifests: everything is for production', () => {
  const file = parsed('web/yarn.lock', BERRY);
  assert.equal(entry(file, 'chalk@npm:4.1.2').scope, 'production');
  assert.equal(entry(file, FSEVENTS).scope, 'optional');
  assert.deepEqual(Object.keys(file.roots), ['web/packages/a', 'web']);
  assert.equal(
    line(entry(file, VEND)),
    `200 direct ${VEND}: vend 1.2.3 - production path web/vend → ms@npm:2.1.3`,
  );
});

const HEAD = '# yarn lockfile v1\n\n\n';

/** A block of Yarn 1: fields, then what it requires. */
function block(keys: string, version: string, fields: string, requires: Record<string, string> = {}): string {
  const deps = Object.entries(requires).map(([name, range]) => `    "${name}" "${range}"\n`);
  const more = fields === '' ? '' : `  ${fields}\n`;
  return `${keys}:\n  version "${version}"\n${more}${deps.length > 0 ? '  dependencies:\n' : ''}${deps.join('')}\n`;
}

const PLACES: readonly (readonly [string, string, string])[] = [
  ['several descriptors', block('"a@^1.0.0", "a@1 || 2", a@*', '1.0.0', ''), 'a@1.0.0: a 1.0.0 - production'],
  [
    'an alias beside its real name',
    block('"b-alias@npm:b@^1.0.0", b@^1.0.0', '1.0.0', 'name b'),
    'b-alias@1.0.0: b 1.0.0 - production',
  ],
  [
    'a repository',
    block('"g@git+https://example.org/g.git"', '1.0.0', 'resolved "git+https://example.org/g.git#0123"'),
    'g@1.0.0: g 1.0.0 - production git https://example.org/g.git#0123',
  ],
  [
    "a big host's archive of a commit",
    block('h@owner/h', '1.0.0', 'resolved "https://codeload.github.com/owner/h/tar.gz/0123"'),
    'h@1.0.0: h 1.0.0 - production git https://github.com/owner/h.git#0123',
  ],
  [
    'a good name whose archive is another package',
    block('i@^1.0.0', '1.0.0', `resolved "${REGISTRY}/evil/-/evil-1.0.0.tgz#${'0'.repeat(40)}"`),
    `i@1.0.0: i 1.0.0 - production ${REGISTRY}/evil/-/evil-1.0.0.tgz`,
  ],
  [
    'an archive in the repository',
    block('"j@file:./j.tgz"', '1.0.0', 'resolved "file:./j.tgz#0123"'),
    'j@1.0.0: j 1.0.0 - production path j.tgz',
  ],
  ['a prototype', block('__proto__@^1.0.0', '1.0.0', ''), '__proto__@1.0.0: __proto__ 1.0.0 - production'],
  ['no range', block('k@', '1.0.0', ''), 'k@1.0.0: k 1.0.0 - production'],
];

for (const [what, text, expected] of PLACES)
  test(`Yarn 1: ${what}`, () => {
    assert.deepEqual(parsed('yarn.lock', HEAD + text).entries.map(line), [`4 ? ${expected}`]);
  });

test('Yarn 1: of a descriptor that is there twice, the last block counts; two blocks may be one version', () => {
  const text = HEAD + block('a@1', '1.0.0', '') + block('a@1', '1.0.1', '') + block('a@^1', '1.0.1', '');
  assert.deepEqual(
    parsed('yarn.lock', text).entries.map(one => one.id),
    ['a@1.0.1', 'a@1.0.1 (a@^1)'],
  );
});

test('an override answers what nobody has locked as it is asked for', () => {
  const text =
    HEAD +
    block('a@^1', '1.0.0', '', { b: '^1.0.0' }) +
    block('b@2.0.0', '2.0.0', '') +
    block('c@^1', '1.0.0', '', { b: '^3.0.0' }) +
    block('b@^3.0.0', '3.0.0', '');
  const file = parsed('yarn.lock', text);
  assert.deepEqual(entry(file, 'a@1.0.0').requires, ['b@2.0.0']);
  assert.deepEqual(entry(file, 'c@1.0.0').requires, ['b@3.0.0']);
});

test('what is asked for and not locked is an entry without version', () => {
  const file = parsed('yarn.lock', HEAD + block('a@^1', '1.0.0', '', { gone: 'npm:banned@^1.0.0' }));
  assert.deepEqual(file.entries.map(line), [
    '4 ? a@1.0.0: a 1.0.0 - production → gone@npm:banned@^1.0.0 (not locked)',
    '4 ? gone@npm:banned@^1.0.0 (not locked): banned as gone - ^1.0.0 production',
  ]);
});

test('an empty one locks nothing', () => assert.deepEqual(parsed('yarn.lock', '').entries, []));

test('CRLF', () => {
  for (const text of [CLASSIC, BERRY])
    assert.deepEqual(
      parsed('yarn.lock', text.replaceAll('\n', '\r\n')).entries,
      parsed('yarn.lock', text).entries,
    );
});

/** A lock file of Yarn 4 with some blocks: key → further lines. */
function berry(blocks: Record<string, string>): string {
  const all = Object.entries(blocks).map(([key, rest]) => `"${key}":\n${rest}  linkType: hard\n`);
  return `__metadata:\n  version: 8\n\n${all.join('\n')}`;
}

const ROOT = {
  'root@workspace:.':
    '  version: 0.0.0-use.local\n  resolution: "root@workspace:."\n  dependencies:\n    a: ^1.0.0\n    p: "patch:p@npm%3A^1.0.0#./p.patch"\n    m: "workspace:^"\n',
  'm@workspace:^, m@workspace:m': '  version: 0.0.0-use.local\n  resolution: "m@workspace:m"\n',
};

test('Yarn 2 and later: ranges without protocol, links between projects, patches, other places', () => {
  const file = parsed(
    'yarn.lock',
    berry({
      ...ROOT,
      'a@npm:^1.0.0':
        '  version: 1.0.0\n  resolution: "a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fexample.org%2Fa.tgz"\n  dependencies:\n    r: "npm:^1.0.0"\n',
      'p@npm:^1.0.0': '  version: 1.0.0\n  resolution: "p@npm:1.0.0"\n',
      'p@patch:p@npm%3A^1.0.0#./p.patch::locator=root%40workspace%3A.':
        '  version: 1.0.0\n  resolution: "p@patch:p@npm%3A1.0.0#./p.patch::version=1.0.0&hash=0&locator=root%40workspace%3A."\n',
      'r@npm:^1.0.0': '  version: 1.0.0\n  resolution: "r@npm:1.0.0"\n',
      'r@patch:r@npm:^1.0.0#~/.yarn/patches/r.patch':
        '  version: 1.0.0\n  resolution: "r@patch:r@npm%3A1.0.0#~/.yarn/patches/r.patch::version=1.0.0&hash=1"\n',
      'g@https://github.com/owner/g.git#commit=0123':
        '  version: 1.0.0\n  resolution: "g@https://github.com/owner/g.git#commit=0123"\n',
    }),
  );
  const patched = 'r@patch:r@npm%3A1.0.0#~/.yarn/patches/r.patch::version=1.0.0&hash=1';
  const own = 'p@patch:p@npm%3A1.0.0#./p.patch::version=1.0.0&hash=0&locator=root%40workspace%3A.';
  const a = 'a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fexample.org%2Fa.tgz';
  assert.deepEqual(file.roots, { '': [a, own, 'm@workspace:m'], m: [] });
  assert.deepEqual(file.entries.map(line), [
    '13 direct m@workspace:m: m - - production workspace m',
    `18 direct ${a}: a 1.0.0 - production https://example.org/a.tgz → ${patched}`,
    '25 transitive p@npm:1.0.0: p 1.0.0 - production',
    `30 direct ${own}: p 1.0.0 - production → p@npm:1.0.0`,
    '35 transitive r@npm:1.0.0: r 1.0.0 - production',
    `40 transitive ${patched}: r 1.0.0 - production → r@npm:1.0.0`,
    '45 transitive g@https://github.com/owner/g.git#commit=0123: g 1.0.0 - production git https://github.com/owner/g.git#0123',
  ]);
});

const ONE = { 'a@npm:^1.0.0': '  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n' };

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['a conflict', `${HEAD}<<<<<<< HEAD\n`, /^4: a merge/],
  ['another version of Yarn 1', '# yarn lockfile v2\n', /^1: yarn lockfile v2/],
  ['cut in a line', CLASSIC.slice(0, 500), /the file is cut off/],
  ['cut in a text', `${HEAD}a@1:\n  version "1.0\n`, /^5: .*quotation mark/],
  ['no colon', `${HEAD}a@1\n`, /^4: .*colon/],
  ['no version', `${HEAD}a@1:\n  resolved "x"\n`, /^4: a@1 has no version/],
  ['odd indentation', `${HEAD}a@1:\n   version "1.0.0"\n`, /^5: .*indentation/],
  ['a value too many', `${HEAD}a@1:\n  version "1.0.0" x\n`, /^5: .*more than one value/],
  ['nothing above', `${HEAD}  version "1.0.0"\n`, /^4: .*indentation/],
  ['Yarn 4: a newer version', '__metadata:\n  version: 99\n', /^1: __metadata: version 99/],
  ['Yarn 4: no version', '__metadata:\n  cacheKey: 8\n', /^1: .*missing/],
  ['Yarn 4: cut in a line', BERRY.slice(0, 700), /cut off/],
  ['Yarn 4: cut in a block', BERRY.slice(0, BERRY.indexOf('  linkType')), /lacks its resolution/],
  ['Yarn 4: an anchor', berry(ONE).replace('version: 1.0.0', 'version: &x 1.0.0'), /^5: an anchor/],
  ['Yarn 4: bad YAML', `${berry(ONE)}: : :\n\t- x\n`, /not valid YAML/],
  ['Yarn 4: no locator', berry(ONE).replace('"a@npm:1.0.0"', 'a'), /^4: .*no resolution/],
];

for (const [what, text, expected] of REFUSED)
  test(`refused: ${what}`, () => assert.match(refusal('yarn.lock', text), expected));
