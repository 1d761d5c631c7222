import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParsedManifests, readDependencies } from '../../src/facts/manifests/read.js';
import { RuleProblem } from '../../src/invariants/kind.js';
import { hostOf } from '../../src/invariants/source-host.js';
import { oid, repoPath } from '../../src/model/brand.js';
import { type Json, sha256Hex } from '../../src/model/canonical.js';
import type { DependencyFile, DependencySource } from '../../src/model/dependency.js';
import { type EntryParts, entry, lock, manifest, stateOf, vendored } from './dependencies.js';
import { ruleOf } from './project.js';
import { COMMIT, changed, found, git, npmUrl, type Options, ofLock, ofManifest } from './sources.js';

test('types: an entry of another source violates in manifest, lock file and redirect', () => {
  const options = { types: ['registry', 'workspace'] };
  const cases: readonly (readonly [DependencyFile, readonly string[]])[] = [
    [ofManifest({ name: 'x', range: '^1' }), []],
    [ofManifest({ name: 'x', source: { type: 'workspace', path: 'x' } }), []],
    [ofManifest({ name: 'x', source: git('https://git.example.com/x') }), ['package.json git npm:x']],
    [
      ofManifest({ name: 'x', source: { type: 'path', path: null, written: 'file:../x' } }),
      ['package.json path npm:x'],
    ],
    [
      ofManifest({
        ecosystem: 'gha',
        name: './own',
        source: { type: 'path', path: 'own', written: './own' },
      }),
      [],
    ],
    [ofManifest({ name: 'x', role: 'definition', source: git('https://git.example.com/x') }), []],
    [ofManifest({ name: 'y', alias: 'x', role: 'redirect', source: git('g:y') }), ['package.json git npm:y']],
    [
      ofLock({ name: 'x', source: { type: 'url', url: 'https://a.example.com/x.tgz' } }),
      ['package-lock.json url npm:x'],
    ],
    [
      vendored('vendor/x/package.json', [{ name: 'x', source: { type: 'path', path: 'x', written: 'x' } }]),
      [],
    ],
  ];
  for (const [file, expected] of cases) assert.deepEqual(found(options, [file]), expected);
});

test('a lock file’s entry is not told where the manifest that asks for it is; one that others bring in is', () => {
  const source = git('https://git.example.com/x');
  const files = (direct: boolean): readonly DependencyFile[] => [
    manifest(
      'package.json',
      [
        { name: 'x', source },
        { name: 'a', range: '1' },
      ],
      { name: 'app' },
    ),
    lock('package-lock.json', [
      { name: 'a', version: '1.0.0', direct: true, requires: ['x'] },
      { name: 'x', id: 'x', source, direct, version: '1.0.0' },
    ]),
  ];
  assert.deepEqual(found({ types: ['registry'] }, files(true)), ['package.json git npm:x']);
  assert.deepEqual(found({ types: ['registry'] }, files(false)), [
    'package.json git npm:x',
    'package-lock.json git npm:x',
  ]);
  const [, inLock] = stateOf({ 'dependency-source': { types: ['registry'] } }, files(false));
  assert.equal(
    inLock?.message,
    'package-lock.json holds npm:x 1.0.0, by app → a → x, which comes from a git repository (https://git.example.com/x): allowed is only registry',
  );
  assert.deepEqual(
    inLock?.chain?.map(({ path }) => path),
    ['package.json', 'package-lock.json', 'package-lock.json'],
  );
});

test('in, scope and ecosystems narrow what is judged', () => {
  const source = git('https://git.example.com/x');
  const files = [
    manifest('a/package.json', [{ name: 'x', source, scope: 'development' }]),
    manifest('b/Cargo.toml', [{ name: 'y', source, ecosystem: 'cargo' }], { format: 'cargo-toml' }),
  ];
  const types = ['registry'];
  assert.deepEqual(found({ types, in: 'a/**' }, files), ['a/package.json git npm:x']);
  assert.deepEqual(found({ types, scope: ['production'] }, files), ['b/Cargo.toml git cargo:y']);
  assert.deepEqual(found({ types, ecosystems: ['npm'] }, files), ['a/package.json git npm:x']);
});

test('hosts', () => {
  const hosts = ['Registry.example.com', '*.ok.example', 'localhost:4873'];
  const cases: readonly (readonly [DependencySource, string | null])[] = [
    [{ type: 'registry', url: null }, null],
    [{ type: 'registry', url: npmUrl('x', '1.0.0') }, null],
    [{ type: 'registry', url: 'https://REGISTRY.example.com:443/x' }, null],
    [{ type: 'registry', url: 'sparse+https://registry.example.com/index/' }, null],
    [{ type: 'registry', url: 'https://user:secret@registry.example.com/x' }, null],
    [{ type: 'registry', url: 'http://localhost:4873/x' }, null],
    [{ type: 'registry', url: 'http://localhost/x' }, 'localhost'],
    [git('git@a.ok.example:x/y.git'), null],
    [git('ssh://git@b.a.ok.example/x/y.git'), null],
    [git('https://ok.example/x'), 'ok.example'],
    [git('https://notok.example/x'), 'notok.example'],
    [
      { type: 'url', url: 'https://registry.example.com.evil.example/x.tgz' },
      'registry.example.com.evil.example',
    ],
    [{ type: 'url', url: 'https://registry.example.com@evil.example/x.tgz' }, 'evil.example'],
    [{ type: 'url', url: 'https://registry.example.com:8443/x' }, 'registry.example.com:8443'],
    [{ type: 'url', url: 'https://registry.example.com\\@evil.example/x' }, '?'],
    [{ type: 'url', url: 'https://a@registry.example.com@evil.example/x' }, '?'],
    [{ type: 'url', url: 'https://rеgistry.example.com/x' }, '?'],
    [{ type: 'url', url: 'exec:./make.js' }, '?'],
    [{ type: 'path', path: null, written: '../x' }, null],
  ];
  for (const [source, host] of cases)
    for (const file of [ofManifest({ name: 'x', source }), ofLock({ name: 'x', source })])
      assert.deepEqual(
        found({ hosts }, [file]),
        host === null ? [] : [`${file.path} host ${host} npm:x`],
        JSON.stringify(source),
      );
  const [told] = stateOf({ 'dependency-source': { hosts } }, [
    ofLock({ name: 'x', source: { type: 'url', url: 'https://me:secret@evil.example/x' } }),
  ]);
  assert.doesNotMatch(told?.message ?? '', /secret/);
});

test('the host of an address is the one that is asked, or can’t be told', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['https://a.example', 'a.example'],
    ['https://a.example?x', 'a.example'],
    ['https://a.example#@b', 'a.example'],
    ['ssh://git@a.example:22/x', 'a.example'],
    ['git+ssh://git@a.example:2222/x', 'a.example:2222'],
    ['https://[::1]:80/', '[::1]:80'],
    ['git@a.example:x', 'a.example'],
    ['https:a.example/x', null],
    ['a.example:x/y', 'a.example'],
    ['exec:./x', null],
    ['https://', null],
    ['https://%61.example/', null],
    ['patch:x@npm%3A1#y', null],
    ['x', null],
  ];
  for (const [url, host] of cases) assert.equal(hostOf(url), host, url);
  // What was asked before changes nothing: addresses with the same beginning are answered from it.
  for (const [first, host] of cases)
    for (const rest of [
      '',
      '/',
      '/x',
      '/@evil.example/x',
      '@evil.example/x',
      '\\@evil.example/x',
      '.evil.example/',
    ])
      for (const before of [first, `${first}/`, `${first}/y`]) {
        const alone = hostOf(`${first}${rest}`);
        hostOf('https://other.example/x');
        hostOf(before);
        assert.equal(hostOf(`${first}${rest}`), alone, `${first}${rest} after ${before}`);
        hostOf('https://other.example/x');
        assert.equal(hostOf(`${first}${rest}`), alone, `${host}: ${first}${rest} after another`);
      }
});

test('pinned', () => {
  const cases: readonly (readonly [EntryParts, boolean])[] = [
    [{ ecosystem: 'gha', name: 'a/b', version: 'v4', range: 'v4' }, false],
    [{ ecosystem: 'gha', name: 'a/b', version: COMMIT, range: COMMIT, integrity: [COMMIT] }, true],
    [{ ecosystem: 'gha', name: './own', source: { type: 'path', path: 'own', written: './own' } }, true],
    [{ ecosystem: 'docker', name: 'node', version: '22' }, false],
    [{ ecosystem: 'docker', name: 'node', version: '22', integrity: ['sha256:a'] }, true],
    [{ name: 'x', range: '^1' }, false],
    [{ name: 'x', range: '1.0.0', version: '1.0.0' }, true],
    [{ name: 'x' }, false],
    [{ name: 'x', source: git('https://a.example/x', 'main') }, false],
    [{ name: 'x', source: git('https://a.example/x', COMMIT) }, true],
    [{ name: 'x', source: { type: 'url', url: 'https://a.example/x' }, version: '1.0.0' }, false],
    [{ name: 'x', source: { type: 'url', url: 'https://a.example/x' }, integrity: ['sha256=a'] }, true],
    [{ name: 'x', source: { type: 'workspace', path: 'x' }, range: '*' }, true],
    [{ name: 'x', source: { type: 'path', path: null, written: '../../x' } }, false],
    [{ name: 'x', range: '^1', role: 'definition' }, true],
    [{ name: 'x', alias: 'x', range: '^1', role: 'redirect' }, false],
  ];
  for (const [parts, passes] of cases)
    assert.deepEqual(
      found({ pinned: true }, [ofManifest(parts)]),
      passes ? [] : [`package.json pinned ${parts.ecosystem ?? 'npm'}:${parts.name}`],
      JSON.stringify(parts),
    );
  assert.deepEqual(found({ pinned: true }, [ofLock({ name: 'x' })]), []);
});

test('redirects: false', () => {
  const cases: readonly (readonly [EntryParts, string | null])[] = [
    [{ name: 'y', alias: 'x' }, 'redirects npm:x → npm:y'],
    [{ name: 'x', alias: 'x' }, null],
    [{ name: 'x', alias: 'a>x' }, null],
    [{ name: 'x', alias: 'a@1>x@^2' }, null],
    [{ name: 'x', alias: 'x@>=1 <2' }, null],
    [{ name: 'x', alias: '**/x' }, null],
    [{ name: 'x', alias: 'a/x' }, null],
    [{ name: '@s/x', alias: '@s/a/@s/x@npm:^1' }, null],
    [{ name: '@s/x', alias: 'x' }, 'redirects npm:x → npm:@s/x'],
    [{ name: 'x', alias: '@s/x' }, 'redirects npm:@s/x → npm:x'],
    [{ name: 'x' }, null],
    [{ ecosystem: 'go', name: 'github.com/a/x', alias: 'github.com/a/x' }, null],
    [
      { ecosystem: 'go', name: 'github.com/evil/x', alias: 'github.com/a/x' },
      'redirects go:github.com/a/x → go:github.com/evil/x',
    ],
    [{ ecosystem: 'pypi', name: 'foo-bar', alias: 'Foo_Bar' }, null],
    [{ ecosystem: 'cargo', name: 'foo-bar', alias: 'foo_bar:1.0' }, null],
    [{ ecosystem: 'composer', name: '?https://a.example' }, 'redirects composer:?https://a.example'],
  ];
  for (const [parts, expected] of cases)
    assert.deepEqual(
      found({ redirects: false }, [ofManifest({ role: 'redirect', ...parts })]),
      expected === null ? [] : [`package.json ${expected}`],
      JSON.stringify(parts),
    );
  // A name of one's own for a package is no redirect.
  assert.deepEqual(found({ redirects: false }, [ofManifest({ name: 'y', alias: 'x' })]), []);
});

test('a rule checks something, and hosts are hosts', () => {
  const rule = (options: Options) => ruleOf({ 'dependency-source': options });
  assert.throws(() => rule({}), RuleProblem);
  assert.throws(() => rule({ in: 'a/**' }), RuleProblem);
  for (const host of ['https://a.example', 'a.example/x', '*', '*.', 'a b', '']) {
    assert.throws(() => rule({ hosts: ['ok.example', host] }), { name: 'RuleProblem', key: 'hosts/1' }, host);
  }
  for (const [options, mode] of [
    [{ types: ['git'] }, 'state'],
    [{ integrity: 'required' }, 'state'],
    [{ lookalikes: true }, 'change'],
    [{ lookalikes: true, pinned: true }, 'state'],
  ] as const) {
    const { kind, rule: compiled } = rule(options);
    assert.equal(kind.modeOf(compiled), mode);
    if (mode === 'change') assert.deepEqual(found(options, [ofManifest(entry({ name: 'x' }))]), []);
  }
});

test('doors, with the texts that the package managers write', async () => {
  const of = async (files: Readonly<Record<string, string>>): Promise<readonly DependencyFile[]> => {
    const sources = Object.keys(files).map(path => ({ path: repoPath(path), oid: oid(sha256Hex(path)) }));
    const facts = await readDependencies(sources, new ParsedManifests(), async ({ path }) => ({
      ok: true,
      value: files[path] ?? '',
    }));
    assert.deepEqual(facts.unreadable, []);
    return facts.files;
  };
  const npm = (dependencies: Json, packages: Readonly<Record<string, Json>>, more: Json = {}) =>
    of({
      'package.json': JSON.stringify({ name: 'app', dependencies, ...(more as object) }),
      'package-lock.json': JSON.stringify({
        name: 'app',
        lockfileVersion: 3,
        packages: { '': { name: 'app', dependencies }, ...packages },
      }),
    });
  const left = { version: '1.3.0', resolved: npmUrl('left-pad', '1.3.0'), integrity: 'sha512-YQ==' };
  const rule = { agrees: true, integrity: 'required', redirects: false, types: ['registry'], pinned: true };
  const asked = { 'left-pad': '1.3.0' };
  assert.deepEqual(found(rule, await npm(asked, { 'node_modules/left-pad': left })), []);
  // Another package's archive under a good name.
  assert.deepEqual(
    found(
      rule,
      await npm(asked, { 'node_modules/left-pad': { ...left, resolved: npmUrl('evil', '1.3.0') } }),
    ),
    ['package-lock.json agrees npm:left-pad@1.3.0'],
  );
  // The lock file alone is edited.
  assert.deepEqual(
    found(
      rule,
      await npm(asked, {
        'node_modules/left-pad': { ...left, version: '9.0.0', resolved: npmUrl('left-pad', '9.0.0') },
      }),
    ),
    ['package.json agrees npm:left-pad'],
  );
  assert.deepEqual(
    found(
      rule,
      await npm(asked, {
        'node_modules/left-pad': {
          version: '1.3.0',
          resolved: `git+ssh://git@git.example.com/evil.git#${COMMIT}`,
        },
      }),
    ),
    ['package.json agrees npm:left-pad', 'package-lock.json git npm:left-pad'],
  );
  // A good name is answered by another package.
  const overridden = await npm(
    asked,
    { 'node_modules/left-pad': { ...left, name: 'evil', resolved: npmUrl('evil', '1.3.0') } },
    { overrides: { 'left-pad': 'npm:evil@1.3.0' } },
  );
  assert.deepEqual(found(rule, overridden), ['package.json redirects npm:left-pad → npm:evil']);
  // The bytes of a version change.
  assert.deepEqual(
    changed(
      rule,
      await npm(asked, { 'node_modules/left-pad': left }),
      await npm(asked, { 'node_modules/left-pad': { ...left, integrity: 'sha512-Yg==' } }),
    ),
    ['package-lock.json integrity npm:left-pad@1.3.0'],
  );

  const digest = `h1:${'A'.repeat(43)}=`;
  const go = (sum: string, more = '') =>
    of({
      'go.mod': `module example.com/app\n\ngo 1.23\n\nrequire example.com/lib v1.2.0\n${more}`,
      'go.sum': sum,
    });
  const lib = `example.com/lib v1.2.0 ${digest}\nexample.com/lib v1.2.0/go.mod ${digest}\n`;
  assert.deepEqual(found(rule, await go(lib)), []);
  assert.deepEqual(found(rule, await go(lib.replaceAll('v1.2.0', 'v1.3.0'))), [
    'go.mod agrees go:example.com/lib',
  ]);
  assert.deepEqual(
    found(
      rule,
      await go(
        lib.replaceAll('lib v1.2.0', 'fork v1.9.0'),
        '\nreplace example.com/lib => example.com/fork v1.9.0\n',
      ),
    ),
    ['go.mod redirects go:example.com/lib → go:example.com/fork'],
  );

  const actions = (uses: string) =>
    of({ '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    steps:\n      - uses: ${uses}\n` });
  assert.deepEqual(found(rule, await actions(`actions/checkout@${COMMIT}`)), []);
  assert.deepEqual(found(rule, await actions('./.github/actions/own')), []);
  assert.deepEqual(found(rule, await actions('actions/checkout@v4')), [
    '.github/workflows/ci.yml pinned gha:actions/checkout',
  ]);
  assert.deepEqual(found(rule, await of({ Dockerfile: 'FROM node:22\n' })), [
    'Dockerfile pinned docker:node',
  ]);
  assert.deepEqual(found(rule, await of({ Dockerfile: `FROM node:22@sha256:${'a'.repeat(64)}\n` })), []);
});
