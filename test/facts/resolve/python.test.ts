import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listingOf } from '../../../bench/oracle/listing.js';
import { python } from '../../../src/facts/imports/python.js';
import { pythonResolver } from '../../../src/facts/resolve/python.js';
import type { ResolveSettings } from '../../../src/model/decision.js';
import { type DeclaredTree, declaredTree } from './declared-tree.js';

function tree(files: readonly string[] | Readonly<Record<string, string>>, settings?: ResolveSettings) {
  const all = Array.isArray(files) ? Object.fromEntries(files.map(path => [path, ''])) : files;
  return declaredTree(pythonResolver, [python], all as Readonly<Record<string, string>>, settings);
}

function check(tree: DeclaredTree, from: string, cases: Readonly<Record<string, string>>): void {
  for (const [code, end] of Object.entries(cases)) assert.deepEqual(tree.ends(from, code), [end], code);
}

test('packages, modules and their attributes', async () => {
  const flat = await tree([
    'a/__init__.py',
    'a/b.py',
    'a/c/__init__.py',
    'a/c/d.pyi',
    'a/e.pyx',
    'm.py',
    'a/c.py',
  ]);
  check(flat, 'a/b.py', {
    'import a': 'a/__init__.py',
    'import a.b': 'a/b.py',
    'import a.c': 'a/c/__init__.py',
    'from a import b': 'a/b.py',
    'from a import thing': 'a/__init__.py',
    'from a.c import d': 'a/c/d.pyi',
    'from a.c import *': 'a/c/__init__.py',
    'import a.e': 'a/e.pyx',
    'import m': 'm.py',
    'from m import x': 'm.py',
    'import a.gone': '? src/a/gone/__init__.py',
    'from a.gone import x': '? src/a/gone/x/__init__.py',
    'import os.path': 'python:os.path',
    'from __future__ import annotations': 'python:__future__',
    '__import__(x)': 'computed',
    '__import__("a/b")': '? nowhere',
  });
});

test('relative imports', async () => {
  const nested = await tree(['p/__init__.py', 'p/a.py', 'p/q/__init__.py', 'p/q/b.py', 'p/n/c.py']);
  check(nested, 'p/q/b.py', {
    'from . import b': 'p/q/b.py',
    'from . import x': 'p/q/__init__.py',
    'from .b import x': 'p/q/b.py',
    'from .. import a': 'p/a.py',
    'from ..a import x': 'p/a.py',
    'from ..q import b': 'p/q/b.py',
    'from .. import n': 'p/__init__.py',
    'from ..n import c': 'p/n/c.py',
    'from ..n import *': 'p/n/',
    'from ..gone import x': '? p/gone/x/__init__.py',
    'from .... import x': '? nowhere',
  });
  check(nested, 'p/__init__.py', { 'from . import a': 'p/a.py', 'from .a import x': 'p/a.py' });
});

test('the order in which Python looks: a package before a module, the first root that has the package', async () => {
  const two = await tree([
    'src/a/__init__.py',
    'src/a/x.py',
    'a/y.py',
    'a/__init__.py',
    'src/b.py',
    'b/__init__.py',
  ]);
  check(two, 'src/main.py', {
    'import a.x': 'src/a/x.py',
    'import a.y': '? src/a/y/__init__.py',
    'import b': 'src/b.py',
  });
});

test('source roots that configuration declares', async () => {
  const written = await tree({
    'setuptools/pyproject.toml': '[tool.setuptools.packages.find]\nwhere = ["lib"]\n',
    'setuptools/lib/one/__init__.py': '',
    'mapped/pyproject.toml': '[tool.setuptools.package-dir]\n"two.inner" = "code"\n',
    'mapped/code/__init__.py': '',
    'mapped/code/m.py': '',
    'poetry/pyproject.toml': '[tool.poetry]\npackages = [{ include = "three", from = "py" }]\n',
    'poetry/py/three/__init__.py': '',
    'hatch/pyproject.toml': '[tool.hatch.build.targets.wheel]\npackages = ["source/four"]\n',
    'hatch/source/four/__init__.py': '',
    'cfg/setup.cfg': '[options]\npackage_dir =\n    = code\n[options.packages.find]\nwhere = code\n',
    'cfg/code/five/__init__.py': '',
    'py/setup.py': "setup(package_dir={'': 'inside'}, packages=find_packages(where='inside'))",
    'py/inside/six_/__init__.py': '',
    'tests/pytest.ini': '[pytest]\npythonpath = helpers more\n',
    'tests/helpers/seven/__init__.py': '',
    'tests/t.py': '',
    'single/pyproject.toml': '[project]\nname = "my-tool"\n',
    'single/src/my_tool.py': '',
  });
  check(written, 'app.py', {
    'import one': 'setuptools/lib/one/__init__.py',
    'import two.inner.m': 'mapped/code/m.py',
    'import three': 'poetry/py/three/__init__.py',
    'import four': 'hatch/source/four/__init__.py',
    'import five': 'cfg/code/five/__init__.py',
    'import six_': 'py/inside/six_/__init__.py',
    'import my_tool': 'single/src/my_tool.py',
    'import seven': 'pypi:seven',
  });
  check(written, 'tests/t.py', { 'import seven': 'tests/helpers/seven/__init__.py' });
});

test('roots that packages tell of are seen from below them only', async () => {
  const inferred = await tree([
    'services/a/app/__init__.py',
    'services/a/app/x.py',
    'services/a/tests/t.py',
    'services/b/app/__init__.py',
    'services/b/src/lib/__init__.py',
    'services/b/tests/t.py',
    'tests/fixtures/requests/__init__.py',
    'main.py',
  ]);
  check(inferred, 'services/a/tests/t.py', {
    'import app.x': 'services/a/app/x.py',
    'import lib': 'pypi:lib',
  });
  check(inferred, 'services/b/tests/t.py', {
    'import app.x': '? services/b/tests/app/x/__init__.py',
    'import lib': 'services/b/src/lib/__init__.py',
  });
  check(inferred, 'main.py', { 'import requests': 'pypi:requests' });
});

test('a project of tests or examples is its own files’ only', async () => {
  const apart = await tree({
    'tests/fixtures/p/pyproject.toml': '',
    'tests/fixtures/p/requests/__init__.py': '',
    'libs/q/pyproject.toml': '',
    'libs/q/q/__init__.py': '',
    'main.py': '',
  });
  check(apart, 'main.py', { 'import requests': 'pypi:requests', 'import q': 'libs/q/q/__init__.py' });
  check(apart, 'tests/fixtures/p/x.py', { 'import requests': 'tests/fixtures/p/requests/__init__.py' });
});

test('namespace packages', async () => {
  const spaces = await tree({
    'one/pyproject.toml': '',
    'one/src/acme/one/__init__.py': '',
    'two/pyproject.toml': '',
    'two/src/acme/two/__init__.py': '',
    'two/src/acme/bare/m.py': '',
    'docker/build.py': '',
  });
  check(spaces, 'two/src/acme/two/__init__.py', {
    'from acme import one': 'one/src/acme/one/__init__.py',
    'import acme.two': 'two/src/acme/two/__init__.py',
    'from acme import bare': 'two/src/acme/bare/',
    'import acme.bare': 'two/src/acme/bare/',
    'import acme.other': 'pypi:acme/other',
    'import docker': 'pypi:docker',
    'from docker import build': 'docker/build.py',
  });
});

test('scripts import what lies beside them, but never hide the standard library', async () => {
  const scripts = await tree([
    'tools/a.py',
    'tools/b.py',
    'tools/logging.py',
    'pkg/__init__.py',
    'pkg/c.py',
    'pkg/d.py',
  ]);
  check(scripts, 'tools/a.py', { 'import b': 'tools/b.py', 'import logging': 'python:logging' });
  check(scripts, 'pkg/c.py', { 'import d': 'pypi:d' });
});

test('an own package that is called like one of the standard library', async () => {
  const own = await tree(['test/__init__.py', 'test/a.py']);
  check(own, 'x.py', { 'import test.a': 'test/a.py', 'import test.gone': 'python:test.gone' });
});

test('distributions: canonical names, modules as aliases', async () => {
  const none = await tree(['x.py']);
  check(none, 'x.py', {
    'import yaml': 'pypi:pyyaml (yaml)',
    'import PIL.Image': 'pypi:pillow/Image (PIL)',
    'from google.cloud import storage': 'pypi:google-cloud-storage (google)',
    'from google.cloud.logging_v2 import types': 'pypi:google-cloud-logging/types (google)'.replace(
      '/types',
      '',
    ),
    'import google.protobuf.message': 'pypi:protobuf/message (google)',
    'from zope.interface import x': 'pypi:zope-interface (zope)',
    'import Flask_Login': 'pypi:flask-login (Flask_Login)',
    'import requests.adapters': 'pypi:requests/adapters',
  });
});

test('settings.roots', async () => {
  const extra = await tree(['deep/down/z/__init__.py', 'x.py'], { roots: ['deep/down'] });
  check(extra, 'x.py', { 'import z': 'deep/down/z/__init__.py' });
});

test('which files the context depends on', () => {
  for (const path of ['pyproject.toml', 'a/setup.py', 'setup.cfg', 'tox.ini', 'ruff.toml'])
    assert.ok(pythonResolver.isConfig(path), path);
  for (const path of ['a.py', '.venv/lib/x/pyproject.toml', 'my-pyproject.toml', 'setup.py.txt'])
    assert.ok(!pythonResolver.isConfig(path), path);
  assert.ok(pythonResolver.isLandmark?.('a/__init__.py'));
  assert.ok(!pythonResolver.isLandmark?.('a/init.py'));
});

test('a configuration that can’t be read is a mistake with its reason', async () => {
  const mistakes: string[] = [];
  await pythonResolver.readContext({
    listing: listingOf(['pyproject.toml', 'pyrightconfig.json']),
    settings: {},
    text: async () => '{ = }',
    mistake: (path, message) => mistakes.push(`${path}: ${message}`),
    declarations: async () => new Map(),
  });
  assert.equal(mistakes.length, 2);
  assert.match(mistakes[0] ?? '', /^pyproject\.toml: .+/);
});
