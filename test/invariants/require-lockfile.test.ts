import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenRange } from '../../src/invariants/written-range.js';
import type { DependencyFile } from '../../src/model/dependency.js';
import {
  fileOf,
  foundByChange,
  handMade,
  packageJson,
  packageLock,
  subjects,
  type Texts,
} from './manifests.js';
import { changesOf, ruleOf, told } from './project.js';

const rule = ruleOf({ 'require-lockfile': {} });
const before: Texts = {
  'package.json': packageJson({ pg: '^8.0.0' }),
  'package-lock.json': packageLock({ pg: '^8.0.0' }, { pg: '8.1.0' }),
};

test('a manifest without its lock file: what it asks for is not there', async () => {
  const after = { ...before, 'package.json': packageJson({ pg: '^8.0.0', axios: '^1.0.0' }) };
  assert.deepEqual(told(await foundByChange(rule, before, after)), [
    'package.json:6 package.json asks for npm:axios ^1.0.0 and package-lock.json does not hold it',
  ]);
});

test('no lock file at all', async () => {
  const after = { 'package.json': packageJson({ pg: '^8.0.0' }) };
  assert.deepEqual(told(await foundByChange(rule, {}, after)), [
    'package.json:5 package.json changes what it asks for (npm:pg), and there is no lock file that settles it',
  ]);
});

const gem = 'https://rubygems.org';
function gemfileLock(spec: string, asked: string): string {
  return `GEM\n  remote: ${gem}/\n  specs:\n${spec}\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  ${asked}\n\nBUNDLED WITH\n   2.5.0\n`;
}

function cargoLock(version: string): string {
  return `version = 3\n\n[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = [\n "serde",\n]\n\n[[package]]\nname = "serde"\nversion = "${version}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${'a'.repeat(64)}"\n`;
}
function cargoToml(range: string): string {
  return `[package]\nname = "app"\nversion = "0.1.0"\n\n[dependencies]\nserde = "${range}"\n`;
}

const setupPy = (needs: string): string =>
  `from setuptools import setup\nsetup(name="app", install_requires=${needs})\n`;
const PIPFILE_LOCK =
  '{ "_meta": { "hash": { "sha256": "x" }, "pipfile-spec": 6, "requires": {}, "sources": [] }, "default": {}, "develop": {} }\n';
const uvProject = (needs: string): string =>
  `[project]\nname = "app"\nversion = "1"\ndependencies = ["flask"${needs === '' ? '' : `, ${needs}`}]\n`;
const uvPackage = (name: string, needs: string): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { ${name === 'app' ? 'virtual = "."' : 'registry = "https://pypi.org/simple"'} }\n${needs === '' ? '' : `dependencies = [{ name = "${needs}" }]\n`}\n`;
const UV_LOCK = `version = 1\nrequires-python = ">=3.9"\n\n${uvPackage('app', 'flask')}${uvPackage('flask', 'rich')}${uvPackage('rich', '')}`;

const sum = `h1:${'A'.repeat(43)}=`;
const goBefore = { 'go.mod': 'module x.org/app\n\ngo 1.22\n', 'go.sum': '' };
const goMod = 'module x.org/app\n\ngo 1.22\n\nrequire x.org/a v1.2.0\n';

const cases: readonly (readonly [
  what: string,
  before: Texts,
  after: Partial<Texts>,
  expected: readonly string[],
])[] = [
  [
    'nothing but a script',
    before,
    { 'package.json': packageJson({ pg: '^8.0.0' }, { scripts: { a: 'b' } }) },
    [],
  ],
  [
    'another scope alone',
    before,
    { 'package.json': packageJson({}, { devDependencies: { pg: '^8.0.0' } }) },
    [],
  ],
  ['a range that the lock file satisfies', before, { 'package.json': packageJson({ pg: '^8.1.0' }) }, []],
  [
    'a range that it does not',
    before,
    { 'package.json': packageJson({ pg: '^9.0.0' }) },
    ['package.json: npm:pg'],
  ],
  [
    'with its lock file',
    before,
    {
      'package.json': packageJson({ pg: '^8.0.0', axios: '^1.0.0' }),
      'package-lock.json': packageLock({ pg: '^8.0.0', axios: '^1.0.0' }, { pg: '8.1.0', axios: '1.2.0' }),
    },
    [],
  ],
  [
    'with a lock file that holds another version',
    before,
    {
      'package.json': packageJson({ pg: '^8.0.0', axios: '^1.0.0' }),
      'package-lock.json': packageLock({ pg: '^8.0.0', axios: '^1.0.0' }, { pg: '8.1.0', axios: '0.9.0' }),
    },
    ['package.json: npm:axios'],
  ],
  [
    'there, but only because another one brings it in',
    {
      ...before,
      'package-lock.json': packageLock({ pg: '^8.0.0' }, { pg: ['8.1.0', { ms: '2' }], ms: '2.0.0' }),
    },
    { 'package.json': packageJson({ pg: '^8.0.0', ms: '^2.0.0' }) },
    ['package.json: npm:ms'],
  ],
  [
    'dropped, and still wanted by the lock file',
    before,
    { 'package.json': packageJson({}) },
    ['package.json: npm:pg'],
  ],
  [
    'dropped in both',
    before,
    { 'package.json': packageJson({}), 'package-lock.json': packageLock({}, {}) },
    [],
  ],
  [
    'dropped, and brought in by another one',
    {
      'package.json': packageJson({ pg: '^8.0.0', ms: '^2.0.0' }),
      'package-lock.json': packageLock(
        { pg: '^8.0.0', ms: '^2.0.0' },
        { pg: ['8.1.0', { ms: '2' }], ms: '2.0.0' },
      ),
    },
    {
      'package.json': packageJson({ pg: '^8.0.0' }),
      'package-lock.json': packageLock({ pg: '^8.0.0' }, { pg: ['8.1.0', { ms: '2' }], ms: '2.0.0' }),
    },
    [],
  ],
  [
    'optional ones and peers may be missing',
    before,
    {
      'package.json': packageJson(
        { pg: '^8.0.0' },
        { optionalDependencies: { fsevents: '2' }, peerDependencies: { react: '18' } },
      ),
    },
    [],
  ],
  [
    'an alias is what it stands for',
    before,
    { 'package.json': packageJson({ pg: 'npm:evil@^8.0.0' }) },
    ['package.json: npm:evil'],
  ],
  [
    'a tag can’t be compared, and the lock file stays',
    before,
    { 'package.json': packageJson({ pg: 'latest' }) },
    ['package.json: npm:pg'],
  ],
  [
    'a tag can’t be compared, and the lock file was written anew',
    before,
    {
      'package.json': packageJson({ pg: 'latest' }),
      'package-lock.json': packageLock({ pg: 'latest' }, { pg: '8.2.0' }),
    },
    [],
  ],
  [
    'another place',
    before,
    { 'package.json': packageJson({ pg: 'git+https://example.com/pg.git' }) },
    ['package.json: npm:pg'],
  ],
  [
    'a folder of the repository',
    before,
    {
      'package.json': packageJson({ pg: '^8.0.0', own: 'file:./own' }),
      'own/package.json': '{"name":"own"}',
    },
    [],
  ],
  ['the lock file is deleted', before, { 'package-lock.json': undefined }, ['package.json: lock file']],
  [
    'moved with its lock file',
    before,
    {
      'package.json': undefined,
      'package-lock.json': undefined,
      'a/package.json': before['package.json'] ?? '',
      'a/package-lock.json': before['package-lock.json'] ?? '',
    },
    [],
  ],
  [
    'an unreadable lock file',
    before,
    { 'package.json': packageJson({ axios: '1' }), 'package-lock.json': '{' },
    ['package.json: lock file'],
  ],
  [
    'another lock file agrees',
    before,
    {
      'package.json': packageJson({ pg: '^9.0.0' }),
      'yarn.lock':
        '# yarn lockfile v1\n\n\npg@^9.0.0:\n  version "9.0.1"\n  resolved "https://registry.yarnpkg.com/pg/-/pg-9.0.1.tgz#aa"\n',
    },
    [],
  ],
  [
    'actions and images have none',
    {},
    {
      '.github/workflows/a.yml':
        'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n',
      Dockerfile: 'FROM node:22\n',
    },
    [],
  ],
  [
    'a module with its checksums',
    goBefore,
    { 'go.mod': goMod, 'go.sum': `x.org/a v1.2.0 ${sum}\nx.org/a v1.2.0/go.mod ${sum}\n` },
    [],
  ],
  ['a module without', goBefore, { 'go.mod': goMod }, ['go.mod: go:x.org/a']],
  [
    'a module with those of another version',
    goBefore,
    { 'go.mod': goMod, 'go.sum': `x.org/a v1.1.0 ${sum}\n` },
    ['go.mod: go:x.org/a'],
  ],
  [
    'a plain version of Cargo’s means what is compatible',
    { 'Cargo.toml': cargoToml('1.0'), 'Cargo.lock': cargoLock('1.2.3') },
    { 'Cargo.toml': cargoToml('1.1') },
    [],
  ],
  [
    'and not more',
    { 'Cargo.toml': cargoToml('1.0'), 'Cargo.lock': cargoLock('1.2.3') },
    { 'Cargo.toml': cargoToml('1.3') },
    ['Cargo.toml: cargo:serde'],
  ],
  [
    'RubyGems’ ~> 7.1 goes up to 8',
    { Gemfile: `source '${gem}'\n`, 'Gemfile.lock': gemfileLock('    rack (3.0.0)', 'rack') },
    {
      Gemfile: `source '${gem}'\ngem 'rack', '~> 7.1'\n`,
      'Gemfile.lock': gemfileLock('    rack (7.3.0)', 'rack (~> 7.1)'),
    },
    [],
  ],
  [
    'pip’s requirements that are not pinned',
    {},
    { 'requirements.txt': 'requests>=2\n' },
    ['requirements.txt: lock file'],
  ],
  ['pip’s requirements that are', {}, { 'requirements.txt': 'requests==2.31.0\n' }, []],
  [
    'what they are compiled from',
    {},
    { 'requirements.in': 'requests>=2\n', 'requirements.txt': 'requests==2.31.0\n' },
    [],
  ],
  [
    'what they were not compiled from',
    {},
    { 'requirements.in': 'requests>=3\n', 'requirements.txt': 'requests==2.31.0\n' },
    ['requirements.in: pypi:requests'],
  ],
  [
    'setup.py and setup.cfg, which pip installs as they are',
    {},
    { 'setup.py': setupPy('["requests>=2"]'), 'setup.cfg': '[options]\ninstall_requires = rich\n' },
    [],
  ],
  [
    'setup.py beside another manifest’s lock file',
    { Pipfile: '[packages]\n', 'Pipfile.lock': PIPFILE_LOCK, 'setup.py': setupPy('[]') },
    { 'setup.py': setupPy('["requests>=2"]') },
    [],
  ],
  [
    'a setup.cfg for tools, beside a pyproject.toml whose lock file holds a package only for others',
    { 'setup.cfg': '[flake8]\nignore = E1\n', 'uv.lock': UV_LOCK, 'pyproject.toml': uvProject('') },
    { 'pyproject.toml': uvProject('"rich"') },
    ['pyproject.toml: pypi:rich'],
  ],
];

for (const [what, base, changed, expected] of cases)
  test(`require-lockfile: ${what}`, async () => {
    const after: Record<string, string> = {};
    for (const [path, text] of Object.entries({ ...base, ...changed }))
      if (text !== undefined) after[path] = text;
    assert.deepEqual(subjects(await foundByChange(rule, base, after)), expected);
  });

test('ecosystems: only these, and then those without lock files in common use, too', async () => {
  const narrow = ruleOf({ 'require-lockfile': { ecosystems: ['docker'] } });
  const after = { Dockerfile: 'FROM node:22\n', 'package.json': packageJson({ a: '1' }) };
  assert.deepEqual(subjects(await foundByChange(narrow, {}, after)), ['Dockerfile: lock file']);
});

test('in: only these projects', async () => {
  const narrow = ruleOf({ 'require-lockfile': { in: 'b/**' } });
  const after = { 'a/package.json': packageJson({ a: '1' }), 'b/package.json': packageJson({ a: '1' }) };
  assert.deepEqual(subjects(await foundByChange(narrow, {}, after)), ['b/package.json: lock file']);
});

test('what a lock file says is wanted on other platforms only may be missing from it', async () => {
  const asks = fileOf({ ecosystem: 'gem', role: 'manifest' }, 'Gemfile', [
    { name: 'wdm' },
    { name: 'rack' },
    { name: 'bundler' },
  ]);
  const changed = async (lock: object): Promise<readonly string[]> => {
    const head = await handMade(
      asks,
      fileOf({ ecosystem: 'gem', role: 'lock', ...lock }, 'Gemfile.lock', []),
    );
    const changes = changesOf({}, { Gemfile: '', 'Gemfile.lock': '' });
    const change = { base: await handMade(), head, changes, at: 'commit' } as const;
    return subjects(rule.kind.evaluateChange?.(rule.rule, change) ?? []);
  };
  assert.deepEqual(await changed({}), ['Gemfile: gem:wdm', 'Gemfile: gem:rack']);
  assert.deepEqual(await changed({ exports: { absent: 'tzinfo-data wdm' } }), ['Gemfile: gem:rack']);
});

test('a lock file beside a member that does not know it gives way to one that does', async () => {
  const own = { ecosystem: 'npm', role: 'lock', roots: { 'a/fixture': [] } } as const;
  const files = [
    fileOf({ ecosystem: 'npm', role: 'manifest' }, 'a/package.json', [{ name: 'pg', range: '^8.0.0' }]),
    fileOf(own, 'a/pnpm-lock.yaml', []),
  ];
  const whole = { ecosystem: 'npm', role: 'lock', roots: { a: ['pg#0'] } } as const;
  const root = fileOf(whole, 'pnpm-lock.yaml', [{ name: 'pg', version: '8.1.0', direct: true }]);
  const judged = async (...all: readonly DependencyFile[]): Promise<readonly string[]> => {
    const change = {
      base: await handMade(),
      head: await handMade(...all),
      changes: [],
      at: 'commit',
    } as const;
    return (rule.kind.evaluateChange?.(rule.rule, change) ?? []).map(({ message }) => message);
  };
  assert.deepEqual(await judged(...files, root), []);
  assert.deepEqual(await judged(...files), [
    'a/package.json asks for npm:pg ^8.0.0 and a/pnpm-lock.yaml does not know the project a',
  ]);
});

test('Poetry’s ranges in the terms of PEP 440', () => {
  const ranges: Readonly<Record<string, string | null>> = {
    '^1.2.3': '>=1.2.3,<2',
    '^0.2.3': '>=0.2.3,<0.3',
    '^0.0.3': '>=0.0.3,<0.0.4',
    '^0.0': '>=0.0,<0.1',
    '^1.2.0b1': '>=1.2.0b1,<2',
    '~1.2.3': '>=1.2.3,<1.3',
    '~1': '>=1,<2',
    '~=1.4.2': '~=1.4.2',
    '1.2.3': '==1.2.3',
    '1.*': '==1.*',
    '*': '',
    '>=1,!=1.5': '>=1,!=1.5',
    '^1 || ^2': null,
    '^x': null,
  };
  for (const [range, expected] of Object.entries(ranges))
    assert.equal(writtenRange('pypi', range), expected, range);
});
