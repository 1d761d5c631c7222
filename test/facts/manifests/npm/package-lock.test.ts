import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { LOCAL, LOCK_1, LOCK_3, MANIFEST, MEMBER } from './locks.js';
import { entry, linked, parsed, shown } from './tree.js';

const ISARRAY = 'https://registry.npmjs.org/isarray/-/isarray-2.0.5.tgz';

function lock(packages: object, more: object = {}): string {
  return JSON.stringify({ lockfileVersion: 3, packages, ...more }, null, 2);
}

function refused(text: string): ManifestError {
  try {
    parsed('package-lock.json', text);
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
  throw new Error('was taken');
}

/** The line on which the text has it, for the only time. */
function lineWith(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

test('version 3, as npm writes it', () => {
  const file = parsed('package-lock.json', LOCK_3);
  assert.deepEqual(file.entries.map(shown), [
    'node_modules/@shop/a: @shop/a 0.1.0 - production workspace packages/a',
    'node_modules/fsevents: fsevents 2.3.3 - optional',
    'node_modules/is-number: is-number 6.0.0 - production',
    'node_modules/is-odd: is-odd 3.0.1 - production',
    `node_modules/isarray: isarray 2.0.5 - development url ${ISARRAY}`,
    'node_modules/local: vendored-pg as local 8.0.0 - production path local',
    'node_modules/num: is-number as num 6.0.0 - production',
    'node_modules/wrappy: wrappy 1.0.2 - production',
    'packages/a/node_modules/is-number: is-number 7.0.0 - production',
  ]);
  for (const one of file.entries) assert.equal(one.line, lineWith(LOCK_3, `"${one.id}": {`), one.id);
  assert.deepEqual(
    { ...file.roots },
    {
      '': [
        'node_modules/is-odd',
        'node_modules/local',
        'node_modules/num',
        'node_modules/isarray',
        'node_modules/fsevents',
        'node_modules/@shop/a',
      ],
      local: ['node_modules/wrappy'],
      'packages/a': ['packages/a/node_modules/is-number', 'node_modules/local', 'node_modules/is-odd'],
    },
  );
  assert.deepEqual(entry(file, 'node_modules/is-odd').requires, ['node_modules/is-number']);
  assert.deepEqual(entry(file, 'node_modules/local').requires, ['node_modules/wrappy']);
  assert.deepEqual(entry(file, 'node_modules/@shop/a').requires, [
    'packages/a/node_modules/is-number',
    'node_modules/is-odd',
  ]);
  assert.equal(entry(file, 'node_modules/is-number').direct, false);
  assert.equal(entry(file, 'node_modules/num').direct, true);
  assert.equal(entry(file, 'node_modules/wrappy').license, 'ISC');
  assert.match(entry(file, 'node_modules/wrappy').integrity[0] ?? '', /^sha512-l4Sp/);
  assert.deepEqual(file.project, { name: 'shop', version: '1.0.0', license: 'MIT' });
});

test('places and projects are as seen from the repository', () => {
  const file = parsed('apps/npm-shrinkwrap.json', LOCK_3);
  assert.deepEqual(Object.keys(file.roots).sort(), ['apps', 'apps/local', 'apps/packages/a']);
  assert.deepEqual(entry(file, 'node_modules/@shop/a').source, {
    type: 'workspace',
    path: 'apps/packages/a',
  });
  const outside = parsed(
    'package-lock.json',
    lock({
      '': {},
      '../x': { name: 'y', version: '1.0.0' },
      'node_modules/y': { resolved: '../x', link: true },
    }),
  );
  assert.deepEqual(entry(outside, 'node_modules/y').source, {
    type: 'path',
    path: null,
    written: 'file:../x',
  });
});

const TREE = {
  'package.json': MANIFEST,
  'packages/a/package.json': MEMBER,
  'local/package.json': LOCAL,
};

test('version 1 has the same places; the package.json beside it tells what is wanted', () => {
  const file = linked({ ...TREE, 'package-lock.json': LOCK_1 }, 'package-lock.json');
  const three = parsed('package-lock.json', LOCK_3);
  const sorted = (ids: readonly string[]) => [...ids].sort();
  assert.deepEqual(sorted(file.entries.map(one => one.id)), sorted(three.entries.map(one => one.id)));
  for (const one of file.entries) {
    const twin = entry(three, one.id);
    assert.deepEqual(
      [one.name, one.alias, one.scope, one.integrity],
      [twin.name, twin.alias, twin.scope, twin.integrity],
    );
    // The only number in its line is that of the second `is-number`, which is nested.
    if (one.id !== 'packages/a/node_modules/is-number' && !one.id.endsWith('/is-number'))
      assert.equal(one.line, lineWith(LOCK_1, `"${one.id.slice('node_modules/'.length)}": {`), one.id);
  }
  assert.equal(entry(file, 'packages/a/node_modules/is-number').line, lineWith(LOCK_1, '"is-number": {'));
  assert.deepEqual(
    sorted(file.roots[''] ?? []),
    ['fsevents', 'is-odd', 'isarray', 'local', 'num'].map(name => `node_modules/${name}`),
  );
  assert.equal(entry(file, 'node_modules/wrappy').direct, false);
  assert.deepEqual(entry(file, 'node_modules/@shop/a').requires, [
    'packages/a/node_modules/is-number',
    'node_modules/local',
  ]);
  assert.deepEqual(entry(file, 'node_modules/isarray').source, { type: 'url', url: ISARRAY });
  const open = parsed('package-lock.json', LOCK_1);
  assert.equal(open.entries[0]?.direct, null);
  assert.deepEqual({ ...open.roots }, {});
});

test('version 2 is what its new half says, where both agree', () => {
  const both = JSON.stringify({
    ...JSON.parse(LOCK_3),
    lockfileVersion: 2,
    dependencies: JSON.parse(LOCK_1).dependencies,
  });
  const file = parsed('package-lock.json', both);
  assert.deepEqual(file.entries.map(shown), parsed('package-lock.json', LOCK_3).entries.map(shown));
});

test('what only the old half of version 2 has is an entry, too', () => {
  const one = { version: '1.0.0', resolved: 'https://r.example/a/-/a-1.0.0.tgz' };
  const text = lock(
    { '': { dependencies: { a: '1' } }, 'node_modules/a': one },
    {
      lockfileVersion: 2,
      dependencies: { a: { ...one, requires: { banned: '1' } }, banned: { version: '1.0.0' } },
    },
  );
  const file = parsed('package-lock.json', text);
  assert.deepEqual(
    file.entries.map(each => each.id),
    ['node_modules/a', 'dependencies:node_modules/banned'],
  );
  assert.equal(file.entries[1]?.line, lineWith(text, '"banned": {'));
  const other = lock(
    { '': {}, 'node_modules/a': one },
    {
      lockfileVersion: 2,
      dependencies: { a: { ...one, resolved: 'https://r.example/banned/-/banned-1.0.0.tgz' } },
    },
  );
  assert.equal(parsed('package-lock.json', other).entries.length, 2);
  for (const said of [
    { version: '2.0.0' },
    { version: 'github:evil/a#1' },
    { version: 'npm:banned@1.0.0' },
    { version: 'file:a' },
    { ...one, integrity: 'sha512-x' },
  ]) {
    const half = lock({ '': {}, 'node_modules/a': one }, { lockfileVersion: 2, dependencies: { a: said } });
    assert.equal(parsed('package-lock.json', half).entries.length, 2, JSON.stringify(said));
  }
  const git = { version: '1.0.0', resolved: 'git+ssh://git@github.com/o/a.git#0123' };
  const same = lock(
    { '': {}, 'node_modules/a': git },
    { lockfileVersion: 2, dependencies: { a: { version: 'github:o/a#0123' } } },
  );
  assert.equal(parsed('package-lock.json', same).entries.length, 1);
});

test('flags, bundles, install scripts, git, archives', () => {
  const file = parsed(
    'package-lock.json',
    lock({
      '': { dependencies: { g: 'github:o/g', t: 'file:t.tgz', u: 'https://x.example/u.tgz', r: '^1' } },
      'node_modules/dev': { version: '1.0.0', dev: true, optional: true },
      'node_modules/either': { version: '1.0.0', devOptional: true, hasInstallScript: true },
      'node_modules/peer': { version: '1.0.0', peer: true },
      'node_modules/peer/node_modules/in': { version: '1.0.0', inBundle: true },
      'node_modules/g': { version: '1.0.0', resolved: 'git+ssh://git@github.com/o/g.git#0123' },
      'node_modules/t': { version: '1.0.0', resolved: 'file:t.tgz', integrity: 'sha512-a sha1-b' },
      'node_modules/u': { version: '1.0.0', resolved: 'https://x.example/u.tgz' },
      'node_modules/r': { version: '1.0.0', resolved: 'https://npm.example/download/r/1.0.0/abc' },
      'node_modules/lost': { version: '1.0.0', resolved: 'https://x.example/lost.tgz' },
    }),
  );
  assert.deepEqual(file.entries.map(shown), [
    'node_modules/dev: dev 1.0.0 - development',
    'node_modules/either: either 1.0.0 - optional',
    'node_modules/peer: peer 1.0.0 - peer',
    'node_modules/peer/node_modules/in: in 1.0.0 - production',
    'node_modules/g: g 1.0.0 - production git https://github.com/o/g.git#0123',
    'node_modules/t: t 1.0.0 - production path t.tgz',
    'node_modules/u: u 1.0.0 - production url https://x.example/u.tgz',
    'node_modules/r: r 1.0.0 - production https://npm.example/download/r/1.0.0/abc',
    'node_modules/lost: lost 1.0.0 - production url https://x.example/lost.tgz',
  ]);
  assert.equal(entry(file, 'node_modules/either').installScript, true);
  assert.equal(entry(file, 'node_modules/peer/node_modules/in').bundled, true);
  assert.deepEqual(entry(file, 'node_modules/t').integrity, ['sha512-a', 'sha1-b']);
});

test('requires are found as Node finds them: beside, then further up', () => {
  const of = (...names: string[]) => ({
    version: '1.0.0',
    dependencies: Object.fromEntries(names.map(name => [name, '*'])),
  });
  const file = parsed(
    'package-lock.json',
    lock({
      '': { dependencies: { a: '*' } },
      'node_modules/a': of('b', 'c', 'none'),
      'node_modules/a/node_modules/b': of('c', 'd'),
      'node_modules/a/node_modules/b/node_modules/c': of('b'),
      'node_modules/b': of(),
      'node_modules/c': of('b'),
      'node_modules/d': of('constructor', '__proto__'),
    }),
  );
  assert.deepEqual(entry(file, 'node_modules/a').requires, [
    'node_modules/a/node_modules/b',
    'node_modules/c',
  ]);
  assert.deepEqual(entry(file, 'node_modules/a/node_modules/b').requires, [
    'node_modules/a/node_modules/b/node_modules/c',
    'node_modules/d',
  ]);
  assert.deepEqual(entry(file, 'node_modules/a/node_modules/b/node_modules/c').requires, [
    'node_modules/a/node_modules/b',
  ]);
  assert.deepEqual(entry(file, 'node_modules/c').requires, ['node_modules/b']);
  assert.deepEqual(entry(file, 'node_modules/d').requires, []);
});

test('names of every object, and lines whatever the layout', () => {
  const text = `{"lockfileVersion":3,"packages":{"node_modules/old":{}},
\t"packages" :
{"":{"dependencies":{"constructor":"1","__proto__":"1"}},
"node_modules/__proto__":{"version":"1.0.0","x":["{\\"", {"node_modules/a":\n{}}]},\r
"node_modules\\/constructor":
{"version":"2.0.0"}, "7": {"name": "seven"},
"node_modules/a":{"version":"1.0.0"},
"node_modules/a":{"version":"2.0.0"}}}`;
  const file = parsed('package-lock.json', text);
  assert.deepEqual(
    file.entries.map(one => [one.name, one.version, one.line, one.direct]),
    [
      ['__proto__', '1.0.0', 4, true],
      ['constructor', '2.0.0', 6, true],
      ['a', '2.0.0', 9, false],
    ],
  );
});

test('what a lock file of npm never is, is an error with a line', async t => {
  const one = { version: '1.0.0' };
  const cases: [string, string, number, RegExp][] = [
    ['an empty file', '', 1, /not valid JSON/],
    ['conflict markers', '{\n"a": 1,\n<<<<<<< HEAD\n=======\n>>>>>>> b\n}', 3, /conflict/],
    ['an unknown version', '{\n"packages": {},\n"lockfileVersion": 4}', 3, /version 4/],
    ['a version as text', '{\n"lockfileVersion": "3",\n"packages": {}}', 2, /version "3"/],
    ['version 3 without packages', '{"lockfileVersion": 3}', 1, /no "packages"/],
    ['packages as a list', '{"lockfileVersion": 3, "packages": []}', 1, /not an object/],
    ['an entry that is no object', lock({ '': {}, 'node_modules/a': 1 }), 5, /not an object/],
    ['a place elsewhere', lock({ 'node_modules/a/../b': one }), 4, /not a place/],
    ['a place with a backslash', lock({ 'node_modules\\a': one }), 4, /not a place/],
    ['a place from a root', lock({ '/node_modules/a': one }), 4, /not a place/],
    ['a name that leads up', lock({ 'node_modules/..': one }), 4, /not a place/],
    ['a link to nowhere', lock({ '': {}, 'node_modules/a': { resolved: 'x', link: true } }), 5, /leads to/],
    ['a version that is a number', lock({ 'node_modules/a': { version: 1 } }), 4, /not a text/],
    ['dependencies as a list', lock({ 'node_modules/a': { dependencies: [] } }), 4, /not an object/],
    ['an old entry that is no object', '{"dependencies": {\n"a": "1"}}', 2, /not an object/],
  ];
  for (const [name, text, line, message] of cases)
    await t.test(name, () => {
      const error = refused(text);
      assert.match(error.message, message);
      assert.equal(error.line, line);
    });
});

test('a lock file cut off anywhere is an error', () => {
  const end = LOCK_3.trimEnd().length;
  for (let at = 0; at < end; at += 13) refused(LOCK_3.slice(0, at));
});

test('a lock file without entries', () => {
  assert.deepEqual(parsed('package-lock.json', lock({ '': { name: 'x' } })).entries, []);
  assert.deepEqual(parsed('package-lock.json', '{"lockfileVersion": 1}').entries, []);
});
