import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParsedManifests, readDependencies } from '../../src/facts/manifests/read.js';
import { oid, repoPath } from '../../src/model/brand.js';
import { sha256Hex } from '../../src/model/canonical.js';
import type { DependencyFile } from '../../src/model/dependency.js';
import { type EntryParts, lock } from './dependencies.js';
import { COMMIT, changed, found, git, npmUrl, ofLock, ofManifest } from './sources.js';

test('integrity: every entry of a lock file that is fetched carries one', () => {
  const options = { integrity: 'required' };
  const url = npmUrl('x', '1.0.0');
  const cases: readonly (readonly [EntryParts, boolean])[] = [
    [{ name: 'x', version: '1.0.0', integrity: ['sha512-a'] }, true],
    [{ name: 'x', version: '1.0.0' }, false],
    [{ name: 'x', version: '1.0.0', source: { type: 'registry', url } }, false],
    [{ name: 'x', version: '1.0.0', source: { type: 'url', url } }, false],
    [{ name: 'x', version: '1.0.0', bundled: true }, true],
    [{ name: 'x', version: '1.0.0', source: { type: 'workspace', path: 'x' } }, true],
    [{ name: 'x', version: '1.0.0', source: { type: 'path', path: 'x', written: 'x' } }, true],
    [{ name: 'x', version: '1.0.0', source: git('https://a.example/x', COMMIT) }, true],
    [{ name: 'x', version: '1.0.0', role: 'redirect', alias: 'y' }, true],
    [{ name: 'x/y', version: '1.0.0', ecosystem: 'composer' }, true],
    [{ name: 'x/y', version: '1.0.0', ecosystem: 'composer', source: { type: 'registry', url } }, false],
  ];
  for (const [parts, passes] of cases)
    assert.deepEqual(
      found(options, [ofLock(parts)]),
      passes ? [] : [`package-lock.json integrity ${parts.ecosystem ?? 'npm'}:${parts.name}@1.0.0`],
      JSON.stringify(parts),
    );
  assert.deepEqual(found(options, [ofManifest({ name: 'x', range: '^1' })]), []);
  const gradle = lock('gradle.lockfile', [{ name: 'g:x', ecosystem: 'maven', version: '1' }], {
    format: 'gradle-lock',
  });
  assert.deepEqual(found(options, [gradle]), []);
});

test('integrity: the same version in the same lock file stays the same', () => {
  const of = (...digests: readonly (readonly string[])[]): readonly DependencyFile[] => [
    lock(
      'package-lock.json',
      digests.map((integrity, at) => ({ id: `${at}`, name: 'x', version: '1.0.0', integrity })),
    ),
  ];
  const cases: readonly (readonly [
    readonly (readonly string[])[],
    readonly (readonly string[])[],
    boolean,
  ])[] = [
    [[['sha512-a']], [['sha512-a'], ['sha512-a']], true],
    [[['sha512-a']], [['sha512-b']], false],
    [[['sha512-a']], [['sha512-a'], ['sha512-b']], false],
    [[['sha512-a'], ['sha512-b']], [['sha512-b']], true],
    [[['sha1-a']], [['sha1-a', 'sha512-b']], true],
    [[['sha1-a']], [['sha512-b']], false],
    [[['sha512-a']], [['sha512-a', 'sha1-b']], true],
    [[['/go.mod h1:a']], [['/go.mod h1:a', 'h1:b']], true],
    [[['/go.mod h1:a', 'h1:b']], [['/go.mod h1:a', 'h1:c']], false],
    [[['sha256:a', 'sha256:b']], [['sha256:a', 'sha256:b', 'sha256:c']], false],
    [[[]], [['sha512-a']], true],
    // Told by the rule for each tree.
    [[['sha512-a']], [[]], true],
  ];
  for (const [before, after, passes] of cases)
    assert.deepEqual(
      changed({ integrity: 'required' }, of(...before), of(...after)),
      passes ? [] : ['package-lock.json integrity npm:x@1.0.0'],
      JSON.stringify([before, after]),
    );
});

test('integrity: what a lock file was is found where it moved; another version and another package are free', () => {
  const of = (
    path: string,
    version: string,
    integrity: string,
    format = 'package-lock',
  ): readonly DependencyFile[] => [lock(path, [{ name: 'x', version, integrity: [integrity] }], { format })];
  const old = of('a/package-lock.json', '1.0.0', 'sha512-a');
  const options = { integrity: 'required' };
  assert.deepEqual(changed(options, old, of('a/package-lock.json', '1.0.1', 'sha512-b')), []);
  assert.deepEqual(changed(options, old, of('b/package-lock.json', '1.0.0', 'sha512-b')), [
    'b/package-lock.json integrity npm:x@1.0.0',
  ]);
  // Another package manager: where both have an algorithm its digest is the same.
  assert.deepEqual(changed(options, old, of('a/yarn.lock', '1.0.0', '10c0/b', 'yarn-lock')), []);
  assert.deepEqual(changed(options, old, of('a/pnpm-lock.yaml', '1.0.0', 'sha512-b', 'pnpm-lock')), [
    'a/pnpm-lock.yaml integrity npm:x@1.0.0',
  ]);
  assert.deepEqual(changed(options, [], of('a/package-lock.json', '1.0.0', 'sha512-b')), []);
  // What a branch is called stays, what it is doesn't.
  const composer = (version: string, digest: string): readonly DependencyFile[] => [
    lock('composer.lock', [{ name: 'a/b', ecosystem: 'composer', version, integrity: [digest] }]),
  ];
  assert.deepEqual(changed(options, composer('dev-main', 'git-a'), composer('dev-main', 'git-b')), []);
  assert.deepEqual(changed(options, composer('1.0.0', 'git-a'), composer('1.0.0', 'git-b')), [
    'composer.lock integrity composer:a/b@1.0.0',
  ]);
  // A source that carries none in place of one that does.
  assert.deepEqual(
    changed(options, old, [
      lock('a/package-lock.json', [
        { name: 'x', version: '1.0.0', source: git('https://a.example/x', COMMIT) },
      ]),
    ]),
    ['a/package-lock.json integrity npm:x@1.0.0'],
  );
});

test('integrity: Yarn has none of optional packages for other platforms', async () => {
  const block = (name: string, more: string): string =>
    `"${name}@npm:1.0.0":\n  version: 1.0.0\n  resolution: "${name}@npm:1.0.0"\n${more}  languageName: node\n  linkType: hard\n\n`;
  const checksum = `  checksum: 10/${'a'.repeat(128)}\n`;
  const text = (ofB: string): string =>
    `__metadata:\n  version: 8\n  cacheKey: 10\n\n${block(
      'a',
      `  dependencies:\n    b: "npm:1.0.0"\n    c: "npm:1.0.0"\n  dependenciesMeta:\n    c:\n      optional: true\n${checksum}`,
    )}"app@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "app@workspace:."\n  dependencies:\n    a: "npm:1.0.0"\n  languageName: unknown\n  linkType: soft\n\n${block('b', ofB)}${block('c', '  conditions: os=aix\n')}`;
  const manifestText = '{ "name": "app", "devDependencies": { "a": "npm:1.0.0" } }';
  const of = async (lockText: string): Promise<readonly DependencyFile[]> => {
    const texts = new Map([
      ['package.json', manifestText],
      ['yarn.lock', lockText],
    ]);
    const sources = [...texts.keys()].map(path => ({ path: repoPath(path), oid: oid(sha256Hex(path)) }));
    const facts = await readDependencies(sources, new ParsedManifests(), async ({ path }) => ({
      ok: true,
      value: texts.get(path) ?? '',
    }));
    assert.deepEqual(facts.unreadable, []);
    return facts.files;
  };
  assert.deepEqual(found({ integrity: 'required' }, await of(text(checksum))), []);
  assert.deepEqual(found({ integrity: 'required' }, await of(text(''))), ['yarn.lock integrity npm:b@1.0.0']);
});
