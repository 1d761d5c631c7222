import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intersects, licensed, licenseIds, purl, satisfies } from '../../../src/facts/manifests/terms.js';
import type { DependencyEntry, PackageEcosystem } from '../../../src/model/dependency.js';

function entry(ecosystem: PackageEcosystem, name: string, version: string | null): DependencyEntry {
  return {
    id: 'x',
    role: 'dependency',
    ecosystem,
    name,
    version,
    range: null,
    scope: 'production',
    direct: true,
    source: { type: 'registry', url: null },
    integrity: [],
    line: 1,
  };
}

test('Package URLs, as the specification writes them', () => {
  const cases: readonly (readonly [PackageEcosystem, string, string | null, string | null])[] = [
    ['npm', 'pg', '8.11.0', 'pkg:npm/pg@8.11.0'],
    ['npm', '@types/node', null, 'pkg:npm/%40types/node'],
    ['pypi', 'typing-extensions', '4.1', 'pkg:pypi/typing-extensions@4.1'],
    ['go', 'github.com/x/y', 'v1.0.0', 'pkg:golang/github.com/x/y@v1.0.0'],
    ['cargo', 'rand', '0.8.5', 'pkg:cargo/rand@0.8.5'],
    ['maven', 'org.apache.commons:commons-lang3', '3.14', 'pkg:maven/org.apache.commons/commons-lang3@3.14'],
    ['nuget', 'newtonsoft.json', '13.0.3', 'pkg:nuget/newtonsoft.json@13.0.3'],
    ['composer', 'guzzlehttp/guzzle', '7.8', 'pkg:composer/guzzlehttp/guzzle@7.8'],
    ['gem', 'rack', '3.0.8', 'pkg:gem/rack@3.0.8'],
    ['gha', 'actions/checkout', 'v4', 'pkg:githubactions/actions/checkout@v4'],
    ['docker', 'node', '20', 'pkg:docker/node@20'],
    ['maven', '?libs.foo', null, null],
    ['npm', '', null, null],
  ];
  for (const [ecosystem, name, version, expected] of cases)
    assert.equal(purl(entry(ecosystem, name, version)), expected, `${ecosystem}:${name}`);
});

test('versions in ranges; what can’t be compared is not guessed', () => {
  const cases: readonly (readonly [PackageEcosystem, string, string, boolean | null])[] = [
    ['npm', '4.17.20', '<4.17.21', true],
    ['npm', '5.0.0-rc.1', '<5.0.0', true],
    ['npm', 'latest', '<5', null],
    ['pypi', '1.0rc1', '<1.1', true],
    ['pypi', '2!1.0', '<3', false],
    ['maven', '5.3.0.RELEASE', '>=5.2 <5.4', true],
    ['nuget', '1.2.3.4', '<2', null],
    ['gem', '3.0.8', '>=3,<4', true],
    ['npm', '1.0.0', 'no range', null],
  ];
  for (const [ecosystem, version, range, expected] of cases)
    assert.equal(satisfies(ecosystem, version, range), expected, `${ecosystem} ${version} in ${range}`);
  assert.equal(intersects('npm', '^4.0.0', '<4.17.21'), true);
  assert.equal(intersects('npm', '^5.0.0', '<4.17.21'), false);
  assert.equal(intersects('pypi', '==1.2', '<2'), true);
  assert.equal(intersects('pypi', '>=1.2', '<2'), null);
});

test('licences', () => {
  assert.equal(licensed('(MIT OR GPL-3.0-only)', ['MIT']), true);
  assert.equal(licensed('MIT AND GPL-3.0-only', ['MIT']), false);
  assert.equal(licensed('see LICENSE', ['MIT']), null);
  assert.deepEqual(licenseIds('MIT OR (Apache-2.0 AND ISC)'), ['MIT', 'Apache-2.0', 'ISC']);
  assert.equal(licenseIds('UNLICENSED'), null);
});
