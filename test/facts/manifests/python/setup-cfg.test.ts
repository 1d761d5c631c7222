import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requirements } from '../../../../src/facts/manifests/python/requirements.js';
import { setupCfg } from '../../../../src/facts/manifests/python/setup-cfg.js';
import { entriesOf, parsed, refused, shown, tree } from './shown.js';

const FILE = `[metadata]
Name = Shop
version = 1.0
license = MIT

[options]
packages = find:
install_requires =
    Requests_X >=2,<3 ; python_version < "3.9"
    # a comment
    flask==2.0.1

    inner @ git+https://example.com/inner.git@v1
setup-requires = wheel; cython>=3
tests_require: pytest
dependency_links =
    https://links.example.com/simple

[options.extras_require]
Dev =
    mypy
http = httpx[http2]>=0.2

[flake8]
max-line-length = 100

[easy_install]
index-url = https://index.example.com/simple
find_links = https://a.example.com https://pypi.org/simple
`;

const CASES: readonly (readonly [what: string, text: string, entries: readonly string[]])[] = [
  [
    'only tools',
    '[flake8]\nmax-line-length = 9\n[tool:pytest]\naddopts = -q\n[bdist_wheel]\nuniversal = 1',
    [],
  ],
  ['nothing', '', []],
  [
    'CRLF and carriage returns',
    '[options]\r\ninstall_requires =\r\n  a\r\n  b\r[options.extras_require]\rx = c\r\n',
    ['3 production a', '4 production b', '4 optional c'],
  ],
  ['colons, capitals and dashes in keys', '[options]\nInstall-Requires: a', ['2 production a']],
  [
    'comments behind a requirement, and continued ones',
    '[options]\ninstall_requires =\n  a # why\n  b \\\n  >=1\n  c \\',
    ['3 production a', '4 production b >=1', '6 production c'],
  ],
  [
    'comment lines at any depth within a value',
    '[options]\ninstall_requires =\n  a\n# b\n; c\n      # d\n  e',
    ['3 production a', '7 production e'],
  ],
  [
    'what is above all sections in [DEFAULT]',
    '[DEFAULT]\ninstall_requires = a\n[options]\nzip_safe = no',
    ['2 production a'],
  ],
  ['what is set on the project by [global]', '[global]\ninstall_requires = a', ['2 production a']],
  ['a sloppy name of the section', '[optionsextras_require]\nx = a', ['2 optional a']],
  [
    'line ends that editors do not show',
    '[options]\ninstall_requires = a\vb',
    ['2 production a', '2 production b'],
  ],
  ['attr:', '[options]\ninstall_requires = attr: shop.needs', ['2 production ?attr: shop.needs']],
  [
    'a file that lies elsewhere',
    '[options]\ninstall_requires = file: /etc/r.txt, ../../r.txt',
    ['2 production ?file: /etc/r.txt', '2 production ?file: ../../r.txt'],
  ],
  ['a header with more behind it', '[options] ; these\ninstall_requires = a', ['2 production a']],
  ['an indented section', '  [options]\n  install_requires =\n    a', ['3 production a']],
];

const REFUSED: readonly (readonly [text: string, says: RegExp])[] = [
  ['[a]\nb = 1\n[a]\nc = 1', /^3: section \[a\] stands twice/],
  ['[a]\nb = 1\nb: 2', /^3: b stands twice in \[a\]/],
  ['b = 1', /^1: "b = 1" stands before any section/],
  ['[a]\nb', /^2: "b" is no key = value/],
  ['[a]\n= b', /^2: "= b" is no key = value/],
  ['[a]\nb = 1\n<<<<<<< ours\n=======\n>>>>>>> theirs', /^3: it holds conflict markers/],
  ['[options]\ninstall_requires =\n  a\n  b c', /^4: .*found "c"/],
  ['[options]\ninstall_requires =\n  file: requirements.txt', /^3: /],
];

describe('setup.cfg', () => {
  it('reads requirements, extras and places', () =>
    assert.deepEqual(entriesOf(setupCfg, 'app/setup.cfg', FILE), [
      '9 production requests-x >=2,<3',
      '11 production flask ==2.0.1 @2.0.1',
      '13 production inner git:https://example.com/inner.git#v1',
      '14 build wheel',
      '14 build cython >=3',
      '15 development pytest',
      '17 redirect production * registry:https://links.example.com/simple',
      '21 optional mypy',
      '22 optional httpx >=0.2',
      '28 redirect production * registry:https://index.example.com/simple',
      '29 redirect production * registry:https://a.example.com',
    ]));

  it('names the project by what is written, not by what a file or a module holds', () => {
    assert.deepEqual(parsed(setupCfg, 'setup.cfg', FILE).project, {
      name: 'Shop',
      version: '1.0',
      license: 'MIT',
    });
    const text = '[metadata]\nname = x\nversion = attr: x.__version__\nlicense = file: LICENSE';
    assert.deepEqual(parsed(setupCfg, 'setup.cfg', text).project, {
      name: 'x',
      version: null,
      license: null,
    });
  });

  for (const [what, text, entries] of CASES)
    it(what, () => assert.deepEqual(entriesOf(setupCfg, 'app/setup.cfg', text), entries));

  for (const [text, says] of REFUSED)
    it(`refuses ${JSON.stringify(text)}`, () => assert.match(refused(setupCfg, 'setup.cfg', text), says));

  it('includes files of requirements, and names those that are not read', () => {
    const text =
      '[options]\ninstall_requires = file: requirements.txt, deps/own.txt\n[options.extras_require]\nx = file: more.txt';
    const file = parsed(setupCfg, 'app/setup.cfg', text);
    assert.deepEqual(file.includes, ['app/requirements.txt', 'app/deps/own.txt', 'app/more.txt']);
    const read = parsed(requirements, 'app/requirements.txt', 'a');
    assert.deepEqual(setupCfg.link?.(file, tree(file, read)).entries.map(shown), [
      '2 production ?app/deps/own.txt',
      '4 production ?app/more.txt',
    ]);
  });
});
