import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writtenRange } from '../../src/invariants/written-range.js';
import type { DependencyFile, PackageEcosystem } from '../../src/model/dependency.js';
import { type EntryParts, factsIn, lock, manifest, stateOf } from './dependencies.js';
import { found, git, npmUrl, ofLock, ofManifest, REGISTRY } from './sources.js';

test('agrees: what is asked for is what is locked', () => {
  const cases: readonly (readonly [EntryParts, EntryParts | null, boolean])[] = [
    [{ name: 'x', range: '^1.2.0' }, { name: 'x', version: '1.3.0' }, true],
    [{ name: 'x', range: '^1.2.0' }, { name: 'x', version: '2.0.0' }, false],
    [{ name: 'x', range: '^1.2.0' }, null, false],
    [{ name: 'x', range: 'latest' }, { name: 'x', version: '2.0.0' }, true],
    [{ name: 'x', range: 'latest' }, null, false],
    [{ name: 'x', range: '^1', scope: 'peer' }, null, true],
    [{ name: 'x', range: '^1', scope: 'optional' }, null, false],
    [{ name: 'x', source: { type: 'workspace', path: 'x' } }, null, true],
    [{ name: 'app', range: '*' }, null, true],
    [{ ecosystem: 'gem', name: 'bundler' }, null, true],
    [{ name: 'y', alias: 'x', range: '^1' }, { name: 'y', alias: 'x', version: '1.0.0' }, true],
    [{ name: 'y', alias: 'x', range: '^1' }, { name: 'x', version: '1.0.0' }, false],
    [{ name: 'x', range: '^1' }, { name: 'x', version: '1.0.0', source: git('https://a.example/x') }, false],
    [
      { name: 'x', range: '^1' },
      { name: 'x', version: '1.0.0', source: { type: 'workspace', path: 'x' } },
      true,
    ],
    [{ name: 'x', source: git('https://a.example/x') }, { name: 'x', version: '1.0.0' }, false],
    [
      { name: 'x', source: git('https://a.example/x') },
      { name: 'x', version: '1.0.0', source: git('g') },
      true,
    ],
  ];
  for (const [asked, held, passes] of cases) {
    const locked = held === null ? [{ name: 'other', version: '1.0.0' }] : [{ direct: true, ...held }];
    assert.deepEqual(
      found({ agrees: true }, [ofManifest(asked), lock('package-lock.json', locked)]),
      passes ? [] : [`package.json agrees npm:${asked.name}`],
      JSON.stringify([asked, held]),
    );
  }
  assert.deepEqual(found({ agrees: true }, [ofManifest({ name: 'x', range: '1' })]), [], 'no lock file');
});

test('agrees: the manifest’s own project decides, each lock file by itself, and redirects answer', () => {
  const files = [
    manifest('package.json', [{ name: 'x', range: '^1' }], { name: 'root' }),
    manifest('a/package.json', [{ name: 'x', range: '^1' }], { name: 'a' }),
    lock(
      'package-lock.json',
      [
        { id: 'one', name: 'x', version: '1.0.0' },
        { id: 'two', name: 'x', version: '2.0.0' },
      ],
      { roots: { '': ['one'], a: ['two'] } },
    ),
  ];
  assert.deepEqual(found({ agrees: true }, files), ['a/package.json agrees npm:x']);
  const [told] = stateOf({ 'dependency-source': { agrees: true } }, files);
  assert.equal(
    told?.message,
    'a/package.json asks for npm:x ^1 (production), but package-lock.json holds npm:x 2.0.0',
  );
  assert.deepEqual(
    told?.chain?.map(({ path }) => path),
    ['a/package.json', 'package-lock.json'],
  );

  const two = [
    ofManifest({ name: 'x', range: '^1' }),
    lock('package-lock.json', [{ name: 'x', version: '1.0.0' }]),
    lock('yarn.lock', [{ name: 'x', version: '2.0.0' }], { format: 'yarn-lock' }),
  ];
  assert.deepEqual(found({ agrees: true }, two), ['package.json agrees npm:x in yarn.lock']);

  const redirect: EntryParts = { name: 'y', alias: 'x', role: 'redirect', range: '^3' };
  const withRedirect = (version: string): readonly DependencyFile[] => [
    manifest('package.json', [{ name: 'x', range: '^1' }, redirect]),
    lock('package-lock.json', [{ name: 'y', alias: 'x', version }]),
  ];
  assert.deepEqual(found({ agrees: true }, withRedirect('3.1.0')), []);
  assert.deepEqual(found({ agrees: true }, withRedirect('4.0.0')), ['package.json agrees npm:x']);
  // A redirect that only the lock file tells is no reason for what it holds.
  assert.deepEqual(
    found({ agrees: true }, [
      ofManifest({ name: 'x', range: '^1' }),
      lock('package-lock.json', [{ name: 'y', alias: 'x', version: '3.0.0' }, redirect]),
    ]),
    ['package.json agrees npm:x'],
  );
  // Some lock files are made for some extras only.
  for (const [path, format, scope, passes] of [
    ['pdm.lock', 'pdm-lock', 'optional', true],
    ['pdm.lock', 'pdm-lock', 'development', false],
    ['pylock.toml', 'pylock', 'development', true],
    ['uv.lock', 'uv-lock', 'optional', false],
  ] as const)
    assert.deepEqual(
      found({ agrees: true }, [
        manifest('pyproject.toml', [{ name: 'x', ecosystem: 'pypi', scope }], { format: 'pyproject' }),
        lock(path, [{ name: 'y', ecosystem: 'pypi', version: '1.0' }], { format }),
      ]),
      passes ? [] : ['pyproject.toml agrees pypi:x'],
      `${path} ${scope}`,
    );
  // A lock file settles manifests of its own package manager.
  assert.deepEqual(
    found({ agrees: true }, [
      manifest('requirements-docs.txt', [{ name: 'sphinx', ecosystem: 'pypi' }], { format: 'requirements' }),
      lock('poetry.lock', [{ name: 'x', ecosystem: 'pypi', version: '1.0' }], { format: 'poetry-lock' }),
    ]),
    [],
  );
});

test('agrees: each ecosystem’s ranges are read as it reads them', () => {
  const cases: readonly (readonly [PackageEcosystem, string, string, boolean])[] = [
    ['cargo', '1.2.3', '1.9.0', true],
    ['cargo', '1.2.3', '2.0.0', false],
    ['cargo', '>=1.2, <1.5', '1.4.0', true],
    ['cargo', '=1.2.3', '1.2.4', false],
    ['cargo', '1.*', '1.4.0', true],
    ['gem', '~> 1.2', '1.9.0', true],
    ['gem', '~> 1.2', '2.0.0', false],
    ['gem', '~> 1.2.3', '1.3.0', false],
    ['gem', '>= 1.2, < 3', '2.0.0', true],
    ['gem', '1.2', '1.2.1', false],
    ['composer', '~1.2', '1.9.0', true],
    ['composer', '~1.2', '2.0.0', false],
    ['composer', '^1.0 || ^2.0', 'v2.3.0', true],
    ['composer', '^1.0|^2.0', '3.0.0', false],
    ['composer', '1.2.*', '1.3.0', false],
    ['composer', '>= 1.0 <2.0@dev', '1.5.0', true],
    ['composer', '1.0 - 2.0', '2.0.9', true],
    ['composer', '1.0 - 2.0.0', '2.0.9', false],
    ['composer', '^0', '0.11.3', true],
    ['composer', '^0.3', '0.4.0', false],
    ['composer', 'dev-main', '3.0.0', true],
    ['nuget', '1.2.3', '1.3.0', true],
    ['nuget', '1.2.3', '1.2.2', false],
    ['nuget', '[1.2.3]', '1.3.0', false],
    ['nuget', '[1.0,2.0)', '2.0.0', false],
    ['nuget', '(,1.0]', '0.9.0', true],
    ['nuget', '1.*', '1.9.0', true],
    ['maven', '[1.0,2.0),[3.0,)', '3.5.0', true],
    ['maven', '[1.0,2.0),[3.0,)', '2.5.0', false],
    ['pypi', '>=1.0,<2', '1.9', true],
    ['pypi', '~=1.2', '2.0', false],
    ['go', 'v1.2.3', 'v1.2.3', true],
    ['go', 'v1.2.3', 'v1.2.4', false],
    ['npm', '1.x || >=2.5.0', '2.4.0', false],
  ];
  const facts = factsIn([]);
  for (const [ecosystem, range, version, admits] of cases) {
    const read = writtenRange(ecosystem, range);
    const answer = read === null ? null : facts.satisfies(ecosystem, version, read);
    assert.equal(answer !== false, admits, `${ecosystem} ${range} ${version}: ${read}`);
  }
});

test('a range of any text is read or not, and never harms', () => {
  const ecosystem = fc.constantFrom<PackageEcosystem[]>(
    'npm',
    'pypi',
    'cargo',
    'gem',
    'composer',
    'nuget',
    'maven',
  );
  const text = fc.string({ unit: fc.constantFrom(...'0123.,[]()<>=~^*|- vx@+'), maxLength: 24 });
  fc.assert(
    fc.property(ecosystem, text, (of, range) => {
      const read = writtenRange(of, range);
      return read === null || [true, false, null].includes(factsIn([]).satisfies(of, '1.2.3', read));
    }),
  );
});

test('agrees: the archive is the entry’s', () => {
  const cases: readonly (readonly [PackageEcosystem, string, string, string, boolean])[] = [
    ['npm', 'x', '1.0.0', npmUrl('x', '1.0.0'), true],
    ['npm', '@s/x', '1.0.0', npmUrl('@s/x', '1.0.0', 'x'), true],
    ['npm', '@s/x', '1.0.0', npmUrl('@s%2fx', '1.0.0', 'x'), true],
    ['npm', '@s/x', '1.0.0', npmUrl('@s/x', '1.0.0', '@s/x'), true],
    ['npm', 'x', '1.0.0', `${REGISTRY}/api/npm/repo/x/-/x-1.0.0.tgz#abc`, true],
    ['npm', 'x', '1.0.0', `${REGISTRY}/download/x/1.0.0/abc`, true],
    ['npm', '-', '0.0.1', npmUrl('-', '0.0.1'), true],
    ['npm', 'x', '1.0.0+build', npmUrl('x', '1.0.0'), true],
    ['npm', 'x', '1.0.0', npmUrl('evil', '1.0.0'), false],
    ['npm', 'x', '1.0.0', npmUrl('x', '1.0.0', 'evil'), false],
    ['npm', 'x', '1.0.0', npmUrl('@evil/x', '1.0.0', 'x'), false],
    ['npm', 'x', '1.0.0', npmUrl('x', '1.0.1'), false],
    ['npm', 'x', '1.0.0', `${REGISTRY}/x/-/../../evil/-/evil-1.0.0.tgz`, false],
    ['npm', 'x', '1.0.0', `${REGISTRY}/evil/-/evil-1.0.0.tgz?/x/-/x-1.0.0.tgz`, false],
    ['npm', 'x', '1.0.0', `${REGISTRY}/x/-/%2e%2e%2fevil%2f-%2fx-1.0.0.tgz`, false],
    ['npm', 'x', '1.0.0', `${REGISTRY}/%zz/-/x-1.0.0.tgz`, false],
    ['pypi', 'foo-bar', '1.0', `${REGISTRY}/packages/foo_bar-1.0-py3-none-any.whl`, true],
    ['pypi', 'foo-bar', '1.0', `${REGISTRY}/packages/Foo.Bar-1.0.0.tar.gz`, true],
    ['pypi', 'foo-bar', '1.0', `${REGISTRY}/packages/foo-bar-1.0.tar.gz`, true],
    ['pypi', 'foo', '1.0', `${REGISTRY}/simple`, true],
    ['pypi', 'foo', '1.0', './wheels', true],
    ['pypi', 'foo', '1.0', `${REGISTRY}/evil-1.0-py3-none-any.whl`, false],
    ['pypi', 'foo', '1.0', `${REGISTRY}/foo-1.1-py3-none-any.whl`, false],
    ['pypi', 'foo', '1.0', `${REGISTRY}/foo-evil-1.0.tar.gz`, false],
    ['cargo', 'foo-bar', '1.0.0', `${REGISTRY}/crates/foo_bar/1.0.0/download`, true],
    ['cargo', 'foo', '1.0.0', `${REGISTRY}/crates/foo/foo-1.0.0.crate`, true],
    ['cargo', 'foo', '1.0.0', `${REGISTRY}/crates/evil/1.0.0/download`, false],
    ['cargo', 'foo', '1.0.0', 'https://git.example.com/index', true],
    ['gem', 'foo', '1.0', `${REGISTRY}/gems/foo-1.0.gem`, true],
    ['gem', 'foo', '1.0', `${REGISTRY}/gems/foo-1.0-x86_64-linux.gem`, true],
    ['gem', 'foo', '1.0', `${REGISTRY}/gems/foo-bar-1.0.gem`, false],
  ];
  for (const [ecosystem, name, version, url, passes] of cases)
    assert.deepEqual(
      found({ agrees: true }, [ofLock({ ecosystem, name, version, source: { type: 'registry', url } })]),
      passes ? [] : [`package-lock.json agrees ${ecosystem}:${name}@${version}`],
      url,
    );
  // An address that somebody chose calls a source archive as it likes.
  const url = 'https://git.example.com/foo/archive/v1.0.zip';
  assert.deepEqual(
    found({ agrees: true }, [
      ofLock({ ecosystem: 'pypi', name: 'foo', version: '1.0', source: { type: 'url', url } }),
    ]),
    [],
  );
});
