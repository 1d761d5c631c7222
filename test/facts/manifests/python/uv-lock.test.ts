import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uvLock } from '../../../../src/facts/manifests/python/uv-lock.js';
import { parsed, refused, shown } from './shown.js';

const PYPI = 'source = { registry = "https://pypi.org/simple" }';
const wheel = (file: string, host = 'files.pythonhosted.org'): string =>
  `wheels = [\n    { url = "https://${host}/packages/${file}", hash = "sha256:aa", size = 1 },\n]`;

/** As uv 0.5 writes a workspace. */
const WORKSPACE = `version = 1
revision = 3
requires-python = ">=3.12"

[manifest]
members = [
    "app",
    "core-lib",
]

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "core-lib" },
    { name = "httpx", extra = ["socks"] },
]

[package.optional-dependencies]
s3 = [
    { name = "boto3" },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
    { name = "boto3" },
]

[package.metadata]
requires-dist = [{ name = "httpx", extras = ["socks"], specifier = ">=0.27" }]

[[package]]
name = "boto3"
version = "1.34"
${PYPI}
sdist = { url = "https://files.pythonhosted.org/packages/boto3-1.34.tar.gz", hash = "sha256:bb", size = 1 }

[[package]]
name = "core-lib"
source = { editable = "packages/core" }
dependencies = [
    { name = "fork" },
]

[[package]]
name = "fork"
version = "1.0"
source = { git = "https://example.com/fork.git?rev=main#0123456789012345678901234567890123456789" }

[[package]]
name = "httpx"
version = "0.27.0"
${PYPI}
${wheel('httpx-0.27.0-py3-none-any.whl')}

[package.optional-dependencies]
socks = [
    { name = "socksio" },
]

[[package]]
name = "pytest"
version = "8.0"
${PYPI}
dependencies = [
    { name = "torch", version = "2.0", source = { registry = "https://download.example.com/whl" } },
]

[[package]]
name = "socksio"
version = "1.0"
${PYPI}

[[package]]
name = "torch"
version = "2.0"
source = { registry = "https://download.example.com/whl" }

[[package]]
name = "torch"
version = "2.0"
${PYPI}

[[package]]
name = "vendored"
version = "2.0"
source = { path = "dist/vendored-2.0-py3-none-any.whl" }
`;

describe('uv.lock', () => {
  it('reads a workspace: roots, scopes, what requires what', () => {
    const file = parsed(uvLock, 'py/uv.lock', WORKSPACE);
    assert.deepEqual(
      file.entries.map(entry => `${shown(entry)}${entry.direct === true ? ' direct' : ''}`),
      [
        '34 optional boto3 @1.34 registry:https://pypi.org/simple direct',
        '40 production core-lib workspace:py/packages/core direct',
        '47 production fork @1.0 git:https://example.com/fork.git#0123456789012345678901234567890123456789 direct',
        '52 production httpx @0.27.0 registry:https://pypi.org/simple direct',
        '65 development pytest @8.0 registry:https://pypi.org/simple direct',
        '73 production socksio @1.0 registry:https://pypi.org/simple',
        '78 development torch @2.0 registry:https://download.example.com/whl',
        '83 production torch @2.0 registry:https://pypi.org/simple',
        '88 production vendored @2.0 path:py/dist/vendored-2.0-py3-none-any.whl',
      ],
    );
    assert.deepEqual(
      { ...file.roots },
      {
        py: ['core-lib', 'httpx@0.27.0', 'boto3@1.34', 'pytest@8.0'],
        'py/packages/core': ['fork@1.0'],
      },
    );
    const requires = Object.fromEntries(file.entries.map(({ id, requires: ids }) => [id, ids]));
    assert.deepEqual(requires['httpx@0.27.0'], ['socksio@1.0']);
    assert.deepEqual(requires['pytest@8.0'], ['torch@2.0']);
    assert.deepEqual(requires['core-lib'], ['fork@1.0']);
    assert.equal('torch@2.0#2' in requires, true);
    assert.deepEqual(file.entries[3]?.integrity, ['sha256:aa']);
  });

  const one = (source: string, archives: string): string =>
    `version = 1\n\n[[package]]\nname = "requests"\nversion = "2.0"\n${source}\n${archives}\n`;
  const PLACES: readonly (readonly [what: string, text: string, url: string])[] = [
    ['the index', one(PYPI, wheel('requests-2.0-py3-none-any.whl')), 'https://pypi.org/simple'],
    [
      "an archive of another package, the index's own host notwithstanding",
      one(PYPI, wheel('requestz-2.0-py3-none-any.whl')),
      'https://files.pythonhosted.org/packages/requestz-2.0-py3-none-any.whl',
    ],
    [
      'an archive of a package whose name only starts so',
      one(PYPI, wheel('requests_evil-2.0-py3-none-any.whl')),
      'https://files.pythonhosted.org/packages/requests_evil-2.0-py3-none-any.whl',
    ],
    [
      'a source archive of such a package',
      one(PYPI, wheel('requests-evil-2.0.tar.gz')),
      'https://files.pythonhosted.org/packages/requests-evil-2.0.tar.gz',
    ],
    [
      'the index for archives named as of old',
      one(PYPI, wheel('Requests-2.0-1.tar.gz')),
      'https://pypi.org/simple',
    ],
    [
      'an archive on a host that is not the index',
      one(PYPI, wheel('requests-2.0-py3-none-any.whl', 'evil.example.com')),
      'https://evil.example.com/packages/requests-2.0-py3-none-any.whl',
    ],
    ['an index of folders', one('source = { registry = "../wheels" }', ''), '../wheels'],
  ];
  for (const [what, text, url] of PLACES)
    it(`tells ${what}`, () =>
      assert.deepEqual(parsed(uvLock, 'uv.lock', text).entries[0]?.source, { type: 'registry', url }));

  it('keeps the root project only where another one needs it', () => {
    const text = `version = 1\n[[package]]\nname = "root"\nsource = { editable = "." }\n[[package]]\nname = "a"\nversion = "1"\nsource = { editable = "a" }\ndependencies = [{ name = "root" }]\n[manifest]\nmembers = ["a", "root"]\n`;
    const file = parsed(uvLock, 'uv.lock', text);
    assert.deepEqual(file.entries.map(shown), [
      '2 production root workspace:',
      '5 production a @1 workspace:a',
    ]);
    assert.deepEqual({ ...file.roots }, { '': [], a: ['root'] });
  });

  const REFUSED: readonly (readonly [text: string, says: RegExp])[] = [
    ['', /it has no version/],
    [WORKSPACE.replace('version = 1', 'version = 2'), /^1: version 2 is unknown/],
    [WORKSPACE.slice(0, -20), /^\d+: /],
    [WORKSPACE.replace('{ name = "socksio" }', '{ nome = "socksio" }'), /^52: .*no list of packages/],
    [`version = 1\n[[package]]\nname = "a"\nversion = "1"\n`, /^2: a has no source/],
    [`version = 1\n[[package]]\nname = "a"\nsource = { moon = "x" }\n`, /^2: the source of a is unknown/],
    [`version = 1\n=======\n<<<<<<< HEAD\n>>>>>>> x\n`, /^3: it holds conflict markers/],
  ];
  for (const [text, says] of REFUSED)
    it(`refuses what is ${says}`, () => assert.match(refused(uvLock, 'uv.lock', text), says));

  it('takes a cycle of requirements', () => {
    const text = `version = 1\n[[package]]\nname = "a"\nversion = "1"\n${PYPI}\ndependencies = [{ name = "b" }]\n[[package]]\nname = "b"\nversion = "1"\n${PYPI}\ndependencies = [{ name = "a" }]\n`;
    assert.deepEqual(
      parsed(uvLock, 'uv.lock', text).entries.map(({ requires }) => requires),
      [['b@1'], ['a@1']],
    );
  });
});
