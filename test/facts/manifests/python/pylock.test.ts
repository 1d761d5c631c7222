import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pylock } from '../../../../src/facts/manifests/python/pylock.js';
import { parsed, refused, shown } from './shown.js';

const HEAD = 'lock-version = "1.0"\ncreated-by = "pdm"\n';
const sdist = (name: string, marker = ''): string =>
  `[[packages]]\nname = "${name}"\nversion = "1.0"\n${marker === '' ? '' : `marker = ${JSON.stringify(marker)}\n`}sdist = {name = "${name}-1.0.tar.gz", url = "https://files.pythonhosted.org/${name}-1.0.tar.gz", hashes = {sha256 = "aa"}}\n`;

describe('pylock.toml', () => {
  it('reads every kind of source', () => {
    const text = `${HEAD}environments = ["sys_platform == 'linux'"]

[[packages]]
name = "attrs"
version = "25.1.0"
index = "https://ours.example.com/simple"
wheels = [
  {name = "attrs-25.1.0-py3-none-any.whl", url = "https://ours.example.com/attrs-25.1.0-py3-none-any.whl", hashes = {sha256 = "c7", sha512 = "d8"}},
]
dependencies = [{name = "lib"}, {name = "arch", version = "9"}]

[[packages]]
name = "lib"
vcs = {type = "git", url = "https://example.com/lib.git", requested-revision = "main", commit-id = "abc"}

[[packages]]
name = "arch"
version = "2.0"
archive = {url = "https://example.com/arch.zip", hashes = {sha256 = "ee"}}

[[packages]]
name = "here"
directory = {path = "../here", editable = true}
`;
    const file = parsed(pylock, 'app/pylock.toml', text);
    assert.deepEqual(file.entries.map(shown), [
      '5 production attrs @25.1.0 registry:https://ours.example.com/simple',
      '14 production lib git:https://example.com/lib.git#abc',
      '18 production arch @2.0 url:https://example.com/arch.zip',
      '23 production here path:here',
    ]);
    assert.deepEqual(
      file.entries.map(({ integrity }) => integrity),
      [['sha256:c7', 'sha512:d8'], [], ['sha256:ee'], []],
    );
    assert.deepEqual(file.entries[0]?.requires, ['lib']);
  });

  const SCOPES: readonly (readonly [marker: string, scope: string])[] = [
    ['', 'production'],
    ["python_version < '3'", 'production'],
    ["'dev' in dependency_groups", 'development'],
    ["'default' in dependency_groups or 'dev' in dependency_groups", 'production'],
    ["os_name == 'nt' and 'tests' in extras", 'optional'],
    ["'dev' in dependency_groups or 'a' in extras", 'optional'],
    ["'server' in dependency_groups", 'production'],
    ["'a' not in extras", 'production'],
  ];
  for (const [marker, scope] of SCOPES)
    it(`takes ${marker} for ${scope}`, () =>
      assert.equal(parsed(pylock, 'pylock.toml', `${HEAD}${sdist('a', marker)}`).entries[0]?.scope, scope));

  const REFUSED: readonly (readonly [text: string, says: RegExp])[] = [
    ['', /no lock-version/],
    ['lock-version = "2.0"\ncreated-by = "x"\npackages = []', /^1: lock-version 2.0 is unknown/],
    [HEAD, /no packages/],
    ['lock-version = "1.0"\npackages = []', /no created-by/],
    [
      `${HEAD}${sdist('a').replace('"a-1.0.tar.gz"', '"b-1.0.tar.gz"')}`,
      /^3: a has an archive of another package: b-1.0.tar.gz/,
    ],
    [`${HEAD}${sdist('a').replace('{sha256 = "aa"}', '{}')}`, /^3: an archive of a has no hashes/],
    [`${HEAD}[[packages]]\nname = "a"\n`, /^3: a has no source/],
    [`${HEAD}${sdist('a')}directory = {path = "."}\n`, /^3: a has no source, or several/],
    [`${HEAD}${sdist('a', 'nonsense')}`, /^3: a marker can't be read/],
  ];
  for (const [text, says] of REFUSED)
    it(`refuses what is ${says}`, () => assert.match(refused(pylock, 'pylock.toml', text), says));
});
