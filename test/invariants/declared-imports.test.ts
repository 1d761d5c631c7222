import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Edge, Target } from '../../src/model/edges.js';
import {
  fileOf,
  found,
  foundIn,
  handMade,
  packageJson,
  packageLock,
  type Texts,
  treeOf,
} from './manifests.js';
import { changesOf, edgesOf, ruleOf, screenedFile, told } from './project.js';

const rule = ruleOf({ 'declared-imports': { in: '**', dev: ['**/*.test.ts', 'tools/**'] } });

/** `message`, less the file and its line. */
async function messages(texts: Texts): Promise<readonly string[]> {
  return told(await foundIn(rule, texts)).map(each => each.replace(/^\S+ /, ''));
}

const manifest = packageJson(
  { pg: '^8', '@a/b': '1', sql: 'npm:better-sqlite3@9' },
  {
    devDependencies: { vitest: '1', '@types/koa': '2', '@types/a__c': '1' },
    peerDependencies: { react: '18' },
    optionalDependencies: { fsevents: '2' },
  },
);

const npm: readonly (readonly [line: string, expected: string | null])[] = [
  ["import a from 'npm:pg'", null],
  ["import a from 'npm:pg/native'", null],
  ["import a from 'npm:@a/b/sub'", null],
  ["import a from 'npm:react'", null],
  ["import a from 'npm:fsevents'", null],
  ["import a from 'npm:sql'", null],
  ["import a from 'npm:app/sub'", null],
  ["import a from 'node:fs'", null],
  ["import a from 'other.ts'", null],
  ["import a from '?missing'", null],
  ["import a from '*'", null],
  ["import a from 'npm:axios'", 'src/a.ts imports npm:axios, which package.json must declare and does not'],
  [
    "import a from 'npm:better-sqlite3'",
    'src/a.ts imports npm:better-sqlite3, which package.json must declare and does not',
  ],
  [
    "import a from 'npm:vitest'",
    'src/a.ts imports npm:vitest, which package.json declares for development only: production code imports a development dependency',
  ],
  ["type import a from 'npm:vitest'", null],
  ["test import a from 'npm:vitest'", null],
  ["type import a from 'npm:koa'", null],
  ["type import a from 'npm:@a/c'", null],
  ["import a from 'npm:koa'", 'src/a.ts imports npm:koa, which package.json must declare and does not'],
];

for (const [line, expected] of npm)
  test(`declared-imports: ${line}`, async () => {
    const texts = { 'package.json': manifest, 'src/a.ts': line, 'other.ts': '' };
    assert.deepEqual(await messages(texts), expected === null ? [] : [expected]);
  });

test('development dependencies in files that are meant for them', async () => {
  const line = "import a from 'npm:vitest'\nimport b from 'npm:axios'";
  const texts = { 'package.json': manifest, 'src/a.test.ts': line, 'tools/b.ts': line };
  assert.deepEqual(
    (await foundIn(rule, texts)).map(({ path, subject }) => `${path}: ${subject}`),
    ['src/a.test.ts: npm:axios (value)', 'tools/b.ts: npm:axios (value)'],
  );
});

test('a phantom: the message and the chain say by what way it comes', async () => {
  const [violation] = await foundIn(rule, {
    'package.json': packageJson({ knex: '^3.0.0' }),
    'package-lock.json': packageLock({ knex: '^3.0.0' }, { knex: ['3.1.0', { pg: '8' }], pg: '8.1.0' }),
    'src/a.ts': "import a from 'npm:pg'",
  });
  assert.equal(
    violation?.message,
    'src/a.ts imports npm:pg, which package.json must declare and does not (phantom: it comes by app → knex → pg)',
  );
  assert.deepEqual(
    violation?.chain?.map(({ path, line }) => `${path}:${line}`),
    ['package.json:5', 'package-lock.json:13', 'package-lock.json:19'],
  );
});

const nearest: readonly (readonly [what: string, texts: Texts, expected: readonly string[]])[] = [
  [
    'a package within: the root’s manifest is not its own',
    {
      'package.json': packageJson({ pg: '8' }),
      'a/package.json': '{"name":"a"}',
      'a/x.ts': "import a from 'npm:pg'",
    },
    ['a/x.ts imports npm:pg, which a/package.json must declare and does not'],
  ],
  [
    'a package.json that only says how files are read',
    {
      'package.json': packageJson({ pg: '8' }),
      'a/package.json': '{"type":"module"}',
      'a/x.ts': "import a from 'npm:pg'",
    },
    [],
  ],
  [
    'no manifest',
    { 'x.ts': "import a from 'npm:pg'" },
    ['x.ts imports npm:pg, and no manifest at its folder or above declares anything'],
  ],
  [
    'a manifest that can’t be read hides those above',
    { 'package.json': packageJson({ pg: '8' }), 'a/package.json': '{', 'a/x.ts': "import a from 'npm:pg'" },
    ['a/x.ts imports npm:pg, and a/package.json, which should declare it, can’t be read'],
  ],
  [
    'another ecosystem’s manifest is none',
    { 'requirements.txt': 'pg\n', 'package.json': packageJson({}), 'x.ts': "import a from 'npm:pg'" },
    ['x.ts imports npm:pg, which package.json must declare and does not'],
  ],
];

for (const [what, texts, expected] of nearest)
  test(`nearest manifest: ${what}`, async () => assert.deepEqual(await messages(texts), expected));

function edge(target: Target, specifier: string): Edge {
  return { target, site: { specifier, kind: 'value', typeOnly: false, line: 1, column: 1 } };
}

test('a package of the workspace must be declared where its name is imported', async () => {
  const [file] = edgesOf("import a from 'b/src/index.ts'");
  if (file === undefined) throw new Error('no edge');
  const texts = (asks: object): Texts => ({
    'package.json': packageJson({}, { workspaces: ['*'] }),
    'a/package.json': JSON.stringify({ name: '@x/a', ...asks }),
    'a/x.ts': '',
    'b/package.json': JSON.stringify({ name: '@x/b' }),
    'b/src/index.ts': '',
  });
  const by = async (specifier: string, asks: object): Promise<readonly string[]> => {
    const edges = { 'a/x.ts': [edge(file.target, specifier)] };
    return found(rule, await treeOf(texts(asks), edges)).map(({ message }) => message);
  };
  const wrong = 'a/x.ts imports npm:@x/b, which a/package.json must declare and does not';
  const declared = { dependencies: { '@x/b': 'workspace:*' } };
  assert.deepEqual(await by('@x/b', {}), [wrong]);
  assert.deepEqual(await by('@x/b/src', {}), [wrong]);
  assert.deepEqual(await by('@x/b', declared), []);
  assert.deepEqual(await by('../b/src/index.ts', {}), [], 'by a path it is another rule’s business');
  assert.deepEqual(await by('#b', {}), []);
  assert.deepEqual(await by('@x/bb', {}), []);
  const dev = await by('@x/b', { devDependencies: { '@x/b': 'workspace:*' } });
  assert.match(dev[0] ?? '', /declares for development only/);
});

type Case = readonly [what: string, texts: Texts, path: string, target: Target, expected: RegExp | null];
const pypi = (name: string, ...aliases: readonly string[]): Target => ({
  type: 'package',
  ecosystem: 'pypi',
  name,
  aliases,
});
const of = (ecosystem: string, name: string, rest: object = {}): Target => ({
  type: 'package',
  ecosystem,
  name,
  ...rest,
});

const pyproject = `[project]
name = "my-app"
version = "1"
dependencies = ["PyYAML>=6", "opencv-python-headless", "typing_extensions", "python-foo"]

[dependency-groups]
dev = ["pytest"]

[build-system]
requires = ["setuptools"]
`;
const cargo = `[package]
name = "my-app"
version = "0.1.0"

[dependencies]
serde_json = "1"
db = { package = "real-db", version = "1" }

[dev-dependencies]
proptest = "1"

[build-dependencies]
cc = "1"
`;
const goMod = `module x.org/app

tool x.org/a/cmd/tool

go 1.22

require (
	x.org/a v1.0.0
	x.org/a/sub v1.0.0
	x.org/deep v1.0.0 // indirect
)

replace x.org/a => x.org/fork v1.0.0
`;
const gemfile = `source 'https://rubygems.org'\ngem 'rails'\ngem 'foo-bar'\ngroup :test do\n  gem 'rspec'\nend\n`;
const composer = JSON.stringify({
  name: 'acme/app',
  require: { 'psr/log': '^3' },
  'require-dev': { 'phpunit/phpunit': '^10' },
});
const csproj =
  '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Serilog" Version="3.0.0" /></ItemGroup></Project>';

const setupCfg =
  '[metadata]\nname = my-app\n[options]\ninstall_requires = rich\ntests_require = pytest\nsetup_requires = cython\n[options.extras_require]\nx = httpx\n';
const setupPy = 'from setuptools import setup\nsetup(name="x", install_requires=["rich"])\n';

const cases: readonly Case[] = [
  ['a table names the distribution', { 'pyproject.toml': pyproject }, 'a.py', pypi('pyyaml', 'yaml'), null],
  [
    'another distribution of the module',
    { 'pyproject.toml': pyproject },
    'a.py',
    pypi('opencv-python', 'cv2'),
    null,
  ],
  [
    'underscores',
    { 'pyproject.toml': pyproject },
    'a.py',
    pypi('typing-extensions', 'typing_extensions'),
    null,
  ],
  ['python- before the name', { 'pyproject.toml': pyproject }, 'a.py', pypi('foo'), null],
  ['itself', { 'pyproject.toml': pyproject }, 'a.py', pypi('my-app', 'my_app'), null],
  [
    'not there',
    { 'pyproject.toml': pyproject },
    'a.py',
    pypi('requests'),
    /which pyproject\.toml must declare and does not \(nor is a package declared that is known to hold that module\)$/,
  ],
  ['for development', { 'pyproject.toml': pyproject }, 'a.py', pypi('pytest'), /for development only/],
  ['setup.cfg', { 'setup.cfg': setupCfg }, 'a.py', pypi('rich'), null],
  ['an extra in it', { 'setup.cfg': setupCfg }, 'a.py', pypi('httpx'), null],
  ['what its tests require', { 'setup.cfg': setupCfg }, 'a.py', pypi('pytest'), /for development only/],
  ['the name in it', { 'setup.cfg': setupCfg }, 'a.py', pypi('my-app', 'my_app'), null],
  [
    'not there',
    { 'setup.cfg': setupCfg },
    'a.py',
    pypi('flask'),
    /which setup\.cfg must declare and does not/,
  ],
  [
    'a file that it includes',
    {
      'setup.cfg': '[options]\ninstall_requires = file: deps/requirements.txt\n',
      'deps/requirements.txt': 'rich',
    },
    'a.py',
    pypi('rich'),
    null,
  ],
  [
    'a setup.cfg for tools, below what declares',
    { 'pyproject.toml': pyproject, 'b/setup.cfg': '[flake8]\nignore = E1\n' },
    'b/a.py',
    pypi('pyyaml', 'yaml'),
    null,
  ],
  ['setup.py', { 'setup.py': setupPy }, 'a.py', pypi('rich'), null],
  ['what runs setup.py', { 'setup.cfg': setupCfg }, 'setup.py', pypi('cython', 'Cython'), null],
  ['not in it', { 'setup.py': setupPy }, 'a.py', pypi('flask'), /which setup\.py must declare and does not/],
  [
    'what builds it, in its script',
    { 'pyproject.toml': pyproject },
    'setup.py',
    pypi('setuptools', 'pkg_resources'),
    null,
  ],
  [
    'what builds it, elsewhere',
    { 'pyproject.toml': pyproject },
    'a.py',
    pypi('setuptools', 'pkg_resources'),
    /for build only/,
  ],
  [
    'a setup.py, where no manifest says what builds it',
    { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n' },
    'setup.py',
    pypi('setuptools'),
    null,
  ],
  [
    'what pip-compile has written declares nothing',
    { 'requirements.in': 'flask\n', 'requirements.txt': 'flask==3.0.0\nclick==8.0.0\n' },
    'a.py',
    pypi('click'),
    /which requirements\.in must declare and does not \(nor/,
  ],
  [
    'pythonjsonlogger comes from python-json-logger',
    { 'requirements.txt': 'python-json-logger\n' },
    'a.py',
    pypi('pythonjsonlogger', 'pythonjsonlogger'),
    null,
  ],
  ['pybars comes from pybars3', { 'requirements.txt': 'pybars3\n' }, 'a.py', pypi('pybars', 'pybars'), null],
  ['vcr comes from vcrpy', { 'requirements.txt': 'vcrpy\n' }, 'a.py', pypi('vcr', 'vcr'), null],
  [
    'graphql comes from graphql-core',
    { 'requirements.txt': 'graphql-core\n' },
    'a.py',
    pypi('graphql', 'graphql'),
    null,
  ],
  [
    'phonenumber_field comes from django-phonenumber-field',
    { 'requirements.txt': 'django-phonenumber-field\n' },
    'a.py',
    pypi('phonenumber-field', 'phonenumber_field'),
    null,
  ],
  [
    'requests does not come from requests-mock',
    { 'requirements.txt': 'requests-mock\n' },
    'a.py',
    pypi('requests'),
    /must declare/,
  ],
  [
    'requirements in their folder',
    { 'requirements/base.txt': 'requests\n' },
    'src/a.py',
    pypi('requests'),
    null,
  ],
  [
    'requirements that others include',
    { 'app/requirements.txt': '-r ../base-requirements.txt\n', 'base-requirements.txt': 'requests\n' },
    'app/a.py',
    pypi('requests'),
    null,
  ],
  [
    'a file of tools’ settings is no project',
    { 'requirements.txt': 'requests\n', 'a/pyproject.toml': '[tool.black]\nline-length = 99\n' },
    'a/a.py',
    pypi('requests'),
    null,
  ],
  [
    'Cargo: hyphens',
    { 'Cargo.toml': cargo },
    'src/a.rs',
    of('cargo', 'serde-json', { aliases: ['serde_json'] }),
    null,
  ],
  ['Cargo: a rename', { 'Cargo.toml': cargo }, 'src/a.rs', of('cargo', 'real-db', { aliases: ['db'] }), null],
  [
    'Cargo: the name that was renamed',
    { 'Cargo.toml': cargo },
    'src/a.rs',
    of('cargo', 'real_db'),
    /must declare/,
  ],
  ['Cargo: for tests', { 'Cargo.toml': cargo }, 'src/a.rs', of('cargo', 'proptest'), /for development only/],
  ['Cargo: for the build, in build.rs', { 'Cargo.toml': cargo }, 'build.rs', of('cargo', 'cc'), null],
  [
    'Cargo: for the build, elsewhere',
    { 'Cargo.toml': cargo },
    'src/build.rs',
    of('cargo', 'cc'),
    /for build only/,
  ],
  ['Cargo: the compiler’s own', { 'Cargo.toml': cargo }, 'src/a.rs', of('cargo', 'rustc_middle'), null],
  ['Go: a package of a module', { 'go.mod': goMod }, 'a.go', of('go', 'x.org/a/pkg'), null],
  ['Go: a package that is a tool, too', { 'go.mod': goMod }, 'a.go', of('go', 'x.org/a/cmd/tool'), null],
  ['Go: its own', { 'go.mod': goMod }, 'a.go', of('go', 'x.org/app/pkg'), null],
  [
    'Go: by the replacement',
    { 'go.mod': goMod },
    'a.go',
    of('go', 'x.org/fork/pkg', { aliases: ['x.org/a/pkg'] }),
    null,
  ],
  ['Go: a name that only begins so', { 'go.mod': goMod }, 'a.go', of('go', 'x.org/ab'), /must declare/],
  [
    'Go: indirect',
    { 'go.mod': goMod },
    'a.go',
    of('go', 'x.org/deep/pkg'),
    /must declare and does not \(phantom: it is marked as indirect there\)$/,
  ],
  [
    'Ruby: a part of Rails',
    { Gemfile: gemfile },
    'a.rb',
    of('gem', 'activerecord', { aliases: ['active_record'] }),
    null,
  ],
  ['Ruby: a folder for a hyphen', { Gemfile: gemfile }, 'a.rb', of('gem', 'foo', { subpath: 'bar' }), null],
  [
    'Ruby: for tests',
    { Gemfile: gemfile },
    'a.rb',
    of('gem', 'rspec-core', { aliases: ['rspec'] }),
    /for development only/,
  ],
  ['Ruby: not there', { Gemfile: gemfile }, 'a.rb', of('gem', 'nokogiri'), /must declare/],
  [
    'PHP: declared',
    { 'composer.json': composer },
    'a.php',
    of('composer', 'Psr/Log', { subpath: 'X', aliases: ['psr/log'] }),
    null,
  ],
  [
    'PHP: of an installed one',
    { 'composer.json': composer },
    'a.php',
    of('composer', 'monolog/monolog'),
    /must declare/,
  ],
  [
    'PHP: a namespace of no known package',
    { 'composer.json': composer },
    'a.php',
    of('composer', 'Monolog/Handler'),
    /no package that composer\.json declares is known to hold it/,
  ],
  [
    'PHP: for tests',
    { 'composer.json': composer },
    'a.php',
    of('composer', 'phpunit/phpunit'),
    /for development only/,
  ],
  ['.NET: by its name', { 'App.csproj': csproj }, 'a.cs', of('nuget', 'Serilog.Events'), null],
  [
    '.NET: of another project',
    { 'a/A.csproj': csproj, 'b/B.csproj': '<Project Sdk="Microsoft.NET.Sdk" />' },
    'b/b.cs',
    of('nuget', 'Serilog'),
    /which b\/B\.csproj must declare/,
  ],
  [
    '.NET: a namespace that tells no package',
    { 'App.csproj': csproj },
    'a.cs',
    of('nuget', 'Microsoft.AspNetCore.Builder'),
    null,
  ],
  ['other ecosystems', { 'package.json': manifest }, 'a.ts', of('jsr', '@std/fs'), null],
];

for (const [what, texts, path, target, expected] of cases)
  test(`declared-imports: ${what}`, async () => {
    const facts = await treeOf({ ...texts, [path]: '' }, { [path]: [edge(target, 'x')] });
    assert.deepEqual(facts.dependencies().unreadable, []);
    const [message, ...others] = found(rule, facts).map(violation => violation.message);
    assert.deepEqual(others, []);
    if (expected === null) assert.equal(message, undefined);
    else assert.match(message ?? '', expected);
  });

test('a lock file that can’t tell the way', async () => {
  const asks = fileOf({ ecosystem: 'npm', role: 'manifest' }, 'package.json', [{ name: 'knex' }]);
  const lock = fileOf({ ecosystem: 'npm', role: 'lock' }, 'yarn.lock', [{ name: 'knex' }, { name: 'pg' }]);
  const { dependencies } = await handMade(asks, lock);
  const facts = { ...(await treeOf({ 'a.ts': "import a from 'npm:pg'" })), dependencies };
  assert.match(
    found(rule, facts)[0]?.message ?? '',
    /\(phantom: yarn\.lock holds npm:pg for other packages\)$/,
  );
});

test('ecosystems: only packages of these', async () => {
  const narrow = ruleOf({ 'declared-imports': { in: '**', ecosystems: ['pypi'] } });
  assert.deepEqual(await foundIn(narrow, { 'a.ts': "import a from 'npm:pg'" }), []);
  assert.equal((await foundIn(narrow, { 'a.py': "import a from 'pypi:pg'" })).length, 1);
});

test('unused: what is declared for production and never imported, where it is asked for', async () => {
  const texts = {
    'package.json': packageJson(
      { pg: '8', axios: '1', '@types/x': '1' },
      { devDependencies: { vitest: '1' } },
    ),
    'src/a.ts': "import a from 'npm:pg'",
    'b/package.json': packageJson({ axios: '1' }, { name: 'b' }),
    'b/b.ts': "type import a from 'npm:axios'",
  };
  const asked = ruleOf({ 'declared-imports': { in: 'src/**', unused: true } });
  const facts = await treeOf(texts);
  assert.deepEqual(asked.kind.unused?.(asked.rule, facts), [
    'package.json declares npm:axios for production, and no import of it is seen',
  ]);
  assert.deepEqual(rule.kind.unused?.(rule.rule, facts), []);
});

const screened: readonly (readonly [
  before: string | null,
  after: string | null,
  expected: 'clear' | 'candidate',
])[] = [
  ['', "import a from 'npm:pg'", 'candidate'],
  ["import a from 'npm:pg'", "import a from 'npm:pg'\n// more", 'clear'],
  ["type import a from 'npm:pg'", "import a from 'npm:pg'", 'candidate'],
  [null, "import a from 'node:fs'", 'clear'],
  // By a name: it may be another package's of the repository.
  ['', "import a from 'src/b.ts'", 'candidate'],
  ["import a from 'npm:pg'", null, 'clear'],
];

for (const [before, after, expected] of screened)
  test(`screen: ${JSON.stringify([before, after])}`, () => {
    const was = before === null ? {} : { 'src/a.ts': before };
    const is = after === null ? {} : { 'src/a.ts': after };
    const [change] = changesOf(was, is);
    if (change === undefined) throw new Error('no change');
    assert.equal(rule.kind.screen(rule.rule, screenedFile(change, was, is)), expected);
  });

test('code files of the places are governed, and every manifest reaches them', () => {
  const narrow = ruleOf({ 'declared-imports': { in: 'src/**' } });
  const { kind } = narrow;
  const governed = ['src/a.ts', 'src/a.md', 'b.ts'].map(path => kind.governs(narrow.rule, path as never));
  assert.deepEqual(governed, [true, false, false]);
  const reaching = ['package.json', 'a/Cargo.lock', 'src/a.ts'].map(path =>
    kind.reaches(narrow.rule, path as never, 'modify'),
  );
  assert.deepEqual(reaching, [true, true, false]);
});
