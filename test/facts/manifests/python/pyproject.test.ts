import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pyproject } from '../../../../src/facts/manifests/python/pyproject.js';
import { entriesOf, parsed, refused, shown, tree } from './shown.js';

const lines = (text: string, path = 'app/pyproject.toml'): readonly string[] =>
  entriesOf(pyproject, path, text);

describe('pyproject.toml: the standards', () => {
  const TEXT = `[build-system]
requires = ["hatchling>=1.26", 'hatch-vcs']
build-backend = "hatchling.build"

[project]
name = "My.App"
version = "1.0"
license = "MIT OR Apache-2.0"
dependencies = [
  "Flask_Login>=0.6,<1", # why
  """pg8000==1.31.2""",
  "lib @ git+ssh://git@example.com/o/lib.git@v1.2#subdirectory=py",
  "local @ file:../vendored/local", "away @ file:///opt/away",
  "wheel @ https://example.com/wheel-1.0-py3-none-any.whl#sha256=aa",
]

[project.optional-dependencies]
"s3-x" = ["boto3"]
all = ["my-app[s3-x]"]

[dependency-groups]
dev = [{include-group = "Core_Tools"}, "ruff"]
core-tools = ["invoke"]
server = ["gunicorn", {include-group = "typing"}]
typing = ["mypy"]
`;

  it('reads every table', () => {
    assert.deepEqual(lines(TEXT), [
      '2 build hatchling >=1.26',
      '2 build hatch-vcs',
      '10 production flask-login >=0.6,<1',
      '11 production pg8000 ==1.31.2 @1.31.2',
      '12 production lib git:ssh://git@example.com/o/lib.git#v1.2',
      '13 production local path:vendored/local',
      '13 production away path:null',
      '14 production wheel url:https://example.com/wheel-1.0-py3-none-any.whl',
      '18 optional boto3',
      '19 optional my-app workspace:app',
      '22 development ruff',
      '23 development invoke',
      '24 production gunicorn',
      // A production group includes it.
      '25 production mypy',
    ]);
    const file = parsed(pyproject, 'app/pyproject.toml', TEXT);
    assert.deepEqual(file.project, { name: 'My.App', version: '1.0', license: 'MIT OR Apache-2.0' });
    assert.equal(new Set(file.entries.map(({ id }) => id)).size, file.entries.length);
    assert.equal(file.entries[2]?.id, 'project.dependencies/flask-login');
    assert.deepEqual(file.entries[7]?.integrity, ['sha256=aa']);
  });

  it('reads the same with other line ends, odd spaces and quoted keys', () => {
    const odd =
      '[ project ]\r\n"dependencies"\t=[\r\n\t"a",\r\n#c "x"\r\n"b"]\r\n[dependency-groups]\r\n\'te st\'=["c"]';
    assert.deepEqual(lines(odd), ['3 production a', '5 production b', '7 production c']);
  });

  it('gives packages of any name, several of one', () => {
    const text =
      '[project]\ndependencies = ["toString", "constructor", "a<2", "A>=3"]\n[tool.poetry.dependencies]\n__proto__ = "*"\n';
    assert.deepEqual(
      parsed(pyproject, 'pyproject.toml', text).entries.map(({ id }) => id),
      [
        'project.dependencies/tostring',
        'project.dependencies/constructor',
        'project.dependencies/a',
        'project.dependencies/a#2',
        'tool.poetry.dependencies/-proto-',
      ],
    );
  });

  it('says that dependencies are dynamic, or which files they are in', () => {
    assert.deepEqual(lines('[project]\nname = "a"\ndynamic = ["version",\n "dependencies"]'), [
      '4 production ?dynamic dependencies',
    ]);
    const files =
      '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {file = ["requirements.txt"]}';
    assert.deepEqual(parsed(pyproject, 'x/pyproject.toml', files).includes, ['x/requirements.txt']);
    assert.deepEqual(lines(files), []);
  });

  const REFUSED: readonly (readonly [text: string, says: RegExp])[] = [
    ['[project]\ndependencies = ["a"', /^2: /],
    ['[project]\nname = "a"\nname = "b"', /^3: .*already defined/],
    ['[project]\ndependencies = ["a"]\n[project]\n', /^3: /],
    [
      '[project]\n<<<<<<< ours\ndependencies = []\n=======\n>>>>>>> theirs\n',
      /^2: it holds conflict markers/,
    ],
    ['[project]\ndependencies = [\n"a",\n"b c"]', /^4: expected a version specifier/],
    ['[project]\ndependencies = "a"', /^2: project.dependencies is not a list/],
    ['[project]\ndependencies = [1]', /not a string/],
    ['project = 1', /^1: project is not a table/],
    ['[dependency-groups]\na = [{include-group = "b"}]', /^2: .*not a group of this file/],
    ['[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "A"}]', /include each other/],
    ['[dependency-groups]\na-b = []\nA_B = []', /^3: .*name of its own/],
    ['[dependency-groups]\na = [{x = "b"}]', /include-group/],
    ['[tool.poetry.dependencies]\na = 1', /^2: .*a version or a table/],
    ['[tool.uv.sources]\na = "x"', /^2: .*a table/],
  ];
  for (const [text, says] of REFUSED)
    it(`refuses ${JSON.stringify(text)}`, () =>
      assert.match(refused(pyproject, 'pyproject.toml', text), says));

  it('takes an empty file', () => assert.deepEqual(lines(''), []));
});

describe("pyproject.toml: Poetry's tables", () => {
  it('reads dependencies, groups, sources', () => {
    const text = `[tool.poetry]
name = "app"
[tool.poetry.dependencies]
python = "^3.10"
requests = "^2.28"
exact = "1.2.3"
pinned = "==1.2.3"
psycopg2 = { version = "*", optional = true, extras = ["x"] }
lib = { git = "https://example.com/lib.git", tag = "v1" }
here = { path = "../here", develop = true }
file = { url = "https://example.com/file-1.0.tar.gz" }
inner = { version = "1.*", source = "Ours" }
many = [
  { version = "<2", python = "<3.8" },
  { version = ">=2", python = ">=3.8" },
]
[tool.poetry.dev-dependencies]
old = "*"
[tool.poetry.group.docs.dependencies]
sphinx = ">=4"
[tool.poetry.group.worker]
optional = true
[tool.poetry.group.worker.dependencies]
celery = "*"
[[tool.poetry.source]]
name = "ours"
url = "https://pypi.example.com/simple"
priority = "supplemental"
[[tool.poetry.source]]
name = "PyPI"
`;
    assert.deepEqual(lines(text), [
      '25 redirect production * registry:https://pypi.example.com/simple',
      '5 production requests ^2.28',
      '6 production exact 1.2.3 @1.2.3',
      '7 production pinned ==1.2.3 @1.2.3',
      '8 optional psycopg2 *',
      '9 production lib git:https://example.com/lib.git#v1',
      '10 production here path:here',
      '11 production file url:https://example.com/file-1.0.tar.gz',
      '12 production inner 1.* registry:https://pypi.example.com/simple',
      '14 production many <2',
      '15 production many >=2',
      '18 development old *',
      '20 development sphinx >=4',
      '24 optional celery *',
    ]);
  });
});

describe("pyproject.toml: PDM's, Hatch's and uv's tables", () => {
  it('reads PDM', () => {
    const text = `[tool.pdm.dev-dependencies]
test = ["pytest>=6", "-e file:///\${PROJECT_ROOT}/sub#egg=sub-pkg"]
[tool.pdm.resolution.overrides]
urllib3 = "1.26.2"
flask = "https://example.com/flask.whl"
[[tool.pdm.source]]
name = "private"
url = "https://index.example.com/simple"
`;
    assert.deepEqual(lines(text), [
      '2 development pytest >=6',
      '2 development sub-pkg path:app/sub',
      '4 redirect production urllib3 1.26.2 @1.26.2',
      '5 redirect production flask url:https://example.com/flask.whl',
      '6 redirect production * registry:https://index.example.com/simple',
    ]);
  });

  it('reads Hatch', () => {
    const text = `[tool.hatch.envs.test]
extra-dependencies = ["pytest", "django~={matrix:django}", "{env:PKG}", "own @ {root:uri}/own"]
[tool.hatch.envs.test.overrides]
matrix.django.dependencies = [{ value = "channels", if = ["3"] }]
[tool.hatch.build.hooks.cython]
dependencies = ["hatch-cython"]
`;
    assert.deepEqual(lines(text), [
      '2 development pytest',
      '2 development django',
      '2 development ?{env:PKG}',
      '2 development own path:app/own',
      '4 development channels',
      '6 build hatch-cython',
    ]);
  });

  it('reads uv: sources hold for the packages that are asked for by name', () => {
    const text = `[project]
name = "app"
dependencies = ["httpx>=0.27", "torch", "core", "plain", "fixed @ https://example.com/fixed.whl"]
[tool.uv]
dev-dependencies = ["pytest"]
override-dependencies = ["werkzeug==2.3.0"]
constraint-dependencies = ["grpcio<1.65"]
build-constraint-dependencies = ["setuptools==60.0.0"]
[tool.uv.extra-build-dependencies]
flash-attn = ["torch", { requirement = "ninja", match-runtime = true }]
[[tool.uv.dependency-metadata]]
name = "chumpy"
requires-dist = ["numpy"]
[tool.uv.sources]
httpx = { git = "https://example.com/httpx", rev = "abc" }
torch = [{ index = "pytorch", marker = "sys_platform == 'linux'" }, { index = "other" }]
core = { workspace = true }
fixed = { path = "../fixed" }
[[tool.uv.index]]
name = "pytorch"
url = "https://download.example.com/whl/cpu"
explicit = true
[[tool.uv.index]]
url = "https://mirror.example.com/simple"
default = true
`;
    assert.deepEqual(lines(text), [
      '3 production httpx >=0.27 git:https://example.com/httpx#abc',
      '3 production torch registry:https://download.example.com/whl/cpu',
      '3 production core workspace:null',
      '3 production plain',
      '3 production fixed url:https://example.com/fixed.whl',
      '5 development pytest',
      '6 redirect production werkzeug ==2.3.0 @2.3.0',
      '7 definition production grpcio <1.65',
      '8 definition build setuptools ==60.0.0 @60.0.0',
      '10 build torch registry:https://download.example.com/whl/cpu',
      '10 build ninja',
      '13 definition production numpy',
      '23 redirect production * registry:https://mirror.example.com/simple',
      '15 redirect production httpx git:https://example.com/httpx#abc',
      '16 redirect production torch registry:https://download.example.com/whl/cpu',
      '16 redirect production torch',
      '17 redirect production core workspace:null',
      '18 redirect production fixed path:fixed',
    ]);
  });

  it("links members to their workspace's sources, indexes and folders", () => {
    const root = parsed(
      pyproject,
      'pyproject.toml',
      `[tool.uv.workspace]
members = ["packages/*"]
exclude = ["packages/out"]
[tool.uv.sources]
core = { workspace = true }
good = { git = "https://example.com/evil.git" }
[[tool.uv.index]]
name = "ours"
url = "https://ours.example.com/simple"
`,
    );
    const core = parsed(pyproject, 'packages/core/pyproject.toml', '[project]\nname = "Core"');
    const text =
      '[project]\nname = "web"\ndependencies = ["core", "good", "inner"]\n[tool.uv.sources]\ninner = { index = "ours" }\n';
    const web = parsed(pyproject, 'packages/web/pyproject.toml', text);
    const out = parsed(pyproject, 'packages/out/pyproject.toml', text);
    const link = (file: typeof web): readonly string[] =>
      (pyproject.link?.(file, tree(root, core, web, out)).entries ?? []).map(shown);
    assert.deepEqual(root.members, ['packages/*', '!packages/out']);
    assert.deepEqual(link(web), [
      '3 production core workspace:packages/core',
      '3 production good git:https://example.com/evil.git#null',
      '3 production inner registry:https://ours.example.com/simple',
      '5 redirect production inner registry:https://ours.example.com/simple',
    ]);
    assert.deepEqual(link(out), [
      '3 production core',
      '3 production good',
      '3 production inner',
      '5 redirect production inner',
    ]);
  });

  it('shows an included file that lintel does not read', () => {
    const file = parsed(
      pyproject,
      'pyproject.toml',
      '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {file = "deps.list"}',
    );
    assert.deepEqual(pyproject.link?.(file, tree(file)).entries.map(shown), ['1 production ?deps.list']);
  });
});
