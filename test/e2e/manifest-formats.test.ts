/** Every format's parser loads from what is built, and reads the least file of its kind. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { MANIFEST_FORMATS } from '../../src/facts/manifests/formats.js';
import { manifestFormat } from '../../src/facts/manifests/names.js';
import type { Verdict } from '../../src/model/verdict.js';
import { decision } from '../gates/project.js';
import { buildIfStale, CLI } from '../support/dist.js';
import { createRepository } from '../support/repository.js';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "dependencies": { "banned": "1" } }\n',
  'a/package-lock.json':
    '{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/banned": { "version": "1.0.0" } } }\n',
  'b/pnpm-workspace.yaml': 'packages: ["x"]\n',
  'b/pnpm-lock.yaml':
    "lockfileVersion: '9.0'\nimporters:\n  .: {}\npackages:\n  banned@1.0.0:\n    resolution: {integrity: sha512-x}\nsnapshots:\n  banned@1.0.0: {}\n",
  'c/yarn.lock': '# yarn lockfile v1\n\n\nbanned@^1.0.0:\n  version "1.0.0"\n',
  'd/bun.lock':
    '{ "lockfileVersion": 1, "workspaces": { "": { "name": "d", "dependencies": { "banned": "1" } } }, "packages": { "banned": ["banned@1.0.0", "", {}, "sha512-x"], } }\n',
  'pyproject.toml': '[project]\nname = "x"\nversion = "1"\ndependencies = ["banned"]\n',
  'setup.cfg': '[options]\ninstall_requires = banned\n',
  'setup.py': "from setuptools import setup\nsetup(install_requires=['banned'])\n",
  Pipfile: '[packages]\nbanned = "*"\n',
  'Pipfile.lock':
    '{ "_meta": { "hash": { "sha256": "x" }, "pipfile-spec": 6, "requires": {}, "sources": [] }, "default": { "banned": { "version": "==1.0" } }, "develop": {} }\n',
  'e/poetry.lock':
    '[[package]]\nname = "banned"\nversion = "1.0"\ndescription = ""\noptional = false\npython-versions = "*"\nfiles = []\n\n[metadata]\nlock-version = "2.0"\npython-versions = "*"\ncontent-hash = "x"\n',
  'h/uv.lock':
    'version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "banned"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\n',
  'f/pdm.lock': '[metadata]\nlock_version = "4.5.0"\n\n[[package]]\nname = "banned"\nversion = "1.0"\n',
  'g/pylock.toml':
    'lock-version = "1.0"\ncreated-by = "x"\n\n[[packages]]\nname = "banned"\nversion = "1.0"\nsdist = { url = "https://files.example.org/banned-1.0.tar.gz", hashes = { sha256 = "aa" } }\n',
  'requirements.txt': 'banned==1.0\n',
  'go.mod': 'module example.org/x\n\ngo 1.21\n\nrequire example.org/banned v1.0.0\n',
  'go.sum': 'example.org/banned v1.0.0 h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydI=\n',
  'go.work': 'go 1.21\n\nuse .\n',
  'vendor/modules.txt': '# example.org/banned v1.0.0\n## explicit\nexample.org/banned\n',
  'Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\n\n[dependencies]\nbanned = "1"\n',
  'Cargo.lock': 'version = 4\n\n[[package]]\nname = "banned"\nversion = "1.0.0"\n',
  '.cargo/config.toml': '[build]\njobs = 1\n',
  'pom.xml':
    '<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>org.banned</groupId><artifactId>x</artifactId><version>1</version></dependency></dependencies></project>\n',
  'gradle/libs.versions.toml': '[libraries]\nbanned = "org.banned:x:1"\n',
  'gradle.lockfile':
    '# This is a Gradle generated file for dependency locking.\norg.banned:x:1=runtimeClasspath\nempty=\n',
  'build.gradle': "dependencies {\n  implementation 'org.banned:x:1'\n}\n",
  'x.csproj':
    '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Banned" Version="1.0.0" /></ItemGroup></Project>\n',
  'packages.lock.json':
    '{ "version": 1, "dependencies": { "net8.0": { "Banned": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "x" } } } }\n',
  'packages.config': '<?xml version="1.0"?><packages><package id="Banned" version="1.0.0" /></packages>\n',
  'composer.json': '{ "require": { "vendor/banned": "^1" } }\n',
  'composer.lock':
    '{ "content-hash": "x", "packages": [{ "name": "vendor/banned", "version": "1.0.0" }], "packages-dev": [] }\n',
  Gemfile: "source 'https://rubygems.org'\ngem 'banned'\n",
  'Gemfile.lock':
    'GEM\n  remote: https://rubygems.org/\n  specs:\n    banned (1.0.0)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  banned\n',
  'x.gemspec': "Gem::Specification.new do |s|\n  s.name = 'x'\n  s.add_dependency 'banned', '~> 1'\nend\n",
  '.github/workflows/ci.yml':
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: owner/banned@v1\n',
  Dockerfile: 'FROM banned:1\n',
};
const BAN = decision(
  'ADR-0001',
  `- id: ban
  forbid-dependency: ["npm:banned", "pypi:banned", "go:example.org/banned", "cargo:banned", "maven:org.banned", "nuget:banned", "composer:vendor/banned", "gem:banned", "gha:owner/banned", "docker:banned"]`,
);
/** They want nothing themselves, or keep a version for those that do. */
const SILENT = new Set([
  'b/pnpm-workspace.yaml',
  'go.work',
  '.cargo/config.toml',
  'gradle/libs.versions.toml',
]);

before(buildIfStale);

test('each format has its file here', () => {
  const formats = new Set(Object.keys(FILES).map(manifestFormat));
  assert.deepEqual([...formats].sort(), Object.keys(MANIFEST_FORMATS).sort());
});

test('what is built reads a file of each format', async () => {
  const repository = await createRepository();
  try {
    repository.commitFiles('start', { '.architecture/decisions/0001-ban.md': BAN, ...FILES });
    const { stdout, stderr } = repository.run(process.execPath, [CLI, 'check', '--all', '--format', 'json'], {
      expectFailure: true,
    });
    assert.notEqual(stdout, '', stderr);
    const verdict = JSON.parse(stdout) as Verdict;
    assert.deepEqual([verdict.errors, verdict.warnings], [[], []]);
    const told = new Set(
      verdict.findings.flatMap(({ path, chain }) => [path, ...(chain ?? []).map(hop => hop.path)]),
    );
    const silent = Object.keys(FILES).filter(path => !(told as ReadonlySet<string>).has(path));
    assert.deepEqual(silent.sort(), [...SILENT].sort());
  } finally {
    await repository.dispose();
  }
});
