/** The doors by which a banned package may come in: files as the package managers write them, judged as a commit. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../../src/model/verdict.js';
import type { FileContent } from '../support/repository.js';
import { createProject, decision, type Project } from './project.js';

const DOORS = fileURLToPath(new URL('../fixtures/doors', import.meta.url));
type Files = Readonly<Record<string, FileContent>>;

/** The project's files after that door was used. */
function door(name: string): Record<string, string> {
  const folder = join(DOORS, name);
  const files: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (statSync(join(folder, path)).isFile()) files[path] = readFileSync(join(folder, path), 'utf8');
  return files;
}

const lockOf = (name: string): string =>
  door(name)['package-lock.json'] ?? assert.fail(`no lock file in ${name}`);

const BANNED = ['npm:pg', 'go:github.com/bad/y', 'cargo:bad', 'pypi:bad'];
const BAN = decision(
  'ADR-0001',
  `- id: no-pg\n  forbid-dependency: ${JSON.stringify(BANNED)}\n  instead: Call the store.`,
);
const POLICY = '.architecture/decisions/0001-no-pg.md';

async function inShop<T>(use: (project: Project) => Promise<T>, policy = BAN, start: Files = {}): Promise<T> {
  const project = await createProject({ [POLICY]: policy, ...door('base'), ...start });
  try {
    return await use(project);
  } finally {
    await project.dispose();
  }
}

function told(verdict: Verdict): readonly string[] {
  return verdict.findings
    .filter(({ state }) => state === 'introduced')
    .map(({ path, line, message }) => `${path}:${line} ${message}`);
}

async function blocks(project: Project, files: Files, expected: RegExp): Promise<void> {
  const verdict = await project.judge(files);
  assert.deepEqual(verdict.errors, []);
  assert.equal(verdict.result, 'blocked');
  assert.ok(
    told(verdict).some(text => expected.test(text)),
    told(verdict).join('\n'),
  );
}

const GO = 'go 1.24\n\nreplace github.com/good/x => github.com/bad/y v1.0.0\n';
const CRATE = '[package]\nname = "shop"\nversion = "1.0.0"\n';
/** The key only tells patches of one package apart: Cargo answers `bad` by it, and never `good`. */
const PATCH = '[patch.crates-io]\ngood = { package = "bad", git = "https://example.com/bad" }\n';

const BLOCKED: Readonly<Record<string, readonly [Files, RegExp]>> = {
  'the manifest': [
    door('plain'),
    /^package\.json:\d+ package\.json must not ask for npm:pg 8\.11\.0 \(production\)/,
  ],
  'an alias': [door('alias'), /^package\.json:\d+ .*npm:pg 8\.11\.0 under the name db/],
  'an override': [door('overrides'), /^package\.json:\d+ package\.json must not answer minimist by npm:pg/],
  'another package': [
    door('transitive'),
    /^package-lock\.json:\d+ .*npm:pg 8\.11\.0, by shop → pg-promise → pg/,
  ],
  'the lock file alone': [
    { 'package-lock.json': lockOf('transitive') },
    /^package-lock\.json:\d+ package-lock\.json must not hold npm:pg 8\.11\.0/,
  ],
  'an optional dependency': [door('optional'), /^package\.json:\d+ .*\(optional\)/],
  'a peer dependency': [door('peer'), /^package\.json:\d+ .*\(peer\)/],
  'a nested workspace': [door('workspace'), /^packages\/tools\/deep\/package\.json:\d+ /],
  'a manifest in a new folder': [
    { 'jobs/nightly/package.json': '{ "dependencies": { "pg": "^8" } }\n' },
    /^jobs\/nightly\/package\.json:1 /,
  ],
  'a copy that a file: specifier leads to': [
    door('copy'),
    /^third_party\/db\/package\.json:1 .*must not be a copy of npm:pg/,
  ],
  'a copy under node_modules': [
    { 'node_modules/anything/package.json': '{ "name": "pg", "version": "8.11.0" }\n' },
    /must not be a copy of npm:pg 8\.11\.0/,
  ],
  'a git address': [
    { 'package.json': '{ "name": "shop", "dependencies": { "pg": "github:brianc/node-postgres#v8" } }\n' },
    /^package\.json:1 .*npm:pg/,
  ],
  'another case': [{ 'package.json': '{ "name": "shop", "dependencies": { "PG": "1" } }\n' }, /npm:PG/],
  'letters of another script': [
    { 'package.json': '{ "name": "shop", "dependencies": { "\u0440g": "1" } }\n' },
    /npm:\u0440g/,
  ],
  'a byte order mark': [
    { 'package.json': '\uFEFF{ "name": "shop", "dependencies": { "pg": "1" } }\n' },
    /^package\.json:1 .*npm:pg/,
  ],
  'a key written twice, the last of which npm takes': [
    { 'package.json': '{ "dependencies": { "left-pad": "1" },\n "dependencies": { "pg": "1" } }\n' },
    /^package\.json:2 .*npm:pg/,
  ],
  'a lock file of pnpm': [door('pnpm-transitive'), /^pnpm-lock\.yaml:\d+ .*by shop → pg-promise → pg/],
  'an override of pnpm': [door('pnpm-overrides'), /^package\.json:\d+ .*must not answer minimist by npm:pg/],
  'a lock file of yarn': [door('yarn-transitive'), /^yarn\.lock:\d+ .*by shop → pg-promise → pg/],
  'a resolution of yarn': [
    door('yarn-resolutions'),
    /^package\.json:\d+ .*must not answer minimist by npm:pg/,
  ],
  'a replace of go.mod': [
    { 'go.mod': `module example.com/shop\n\n${GO}` },
    /^go\.mod:5 go\.mod must not answer github\.com\/good\/x by go:github\.com\/bad\/y v1\.0\.0/,
  ],
  'a replace of go.work': [
    { 'go.work': GO },
    /^go\.work:3 go\.work must not answer github\.com\/good\/x by go:github\.com\/bad\/y v1\.0\.0/,
  ],
  'a folder that go.work uses': [
    { 'go.work': 'go 1.24\n\nuse ./lib/copy\n', 'lib/copy/go.mod': 'module github.com/bad/y\n' },
    /^go\.work:3 go\.work must not ask for go:github\.com\/bad\/y/,
  ],
  'a rename of Cargo': [
    {
      'Cargo.toml': `${CRATE}[dependencies]\ngood = { package = "bad", git = "https://example.com/bad" }\n`,
    },
    /^Cargo\.toml:5 Cargo\.toml must not ask for cargo:bad under the name good/,
  ],
};

/** A setup.py that asks for what stands there. */
const setupPy = (value: string): string =>
  `from setuptools import setup\n\nneeds = ['good']\n\nsetup(name='shop', install_requires=${value})\n`;

const PYTHON: Readonly<Record<string, readonly [Files, RegExp]>> = {
  'setup.cfg': [
    { 'setup.cfg': '[metadata]\nname = shop\n\n[options]\ninstall_requires =\n    good\n    Bad>=1\n' },
    /^setup\.cfg:7 setup\.cfg must not ask for pypi:bad >=1 \(production\)/,
  ],
  'an extra in setup.cfg': [
    { 'setup.cfg': '[options.extras_require]\nfast = bad\n' },
    /^setup\.cfg:2 setup\.cfg must not ask for pypi:bad \(optional\)/,
  ],
  'a file that setup.cfg includes': [
    {
      'setup.cfg': '[options]\ninstall_requires = file: requirements.txt\n',
      'requirements.txt': 'good\nbad\n',
    },
    /^requirements\.txt:2 requirements\.txt must not ask for pypi:bad/,
  ],
  'setup.py': [
    { 'setup.py': setupPy("['good', 'bad==1.0']") },
    /^setup\.py:5 setup\.py must not ask for pypi:bad 1\.0 \(production\)/,
  ],
  'a list of setup.py that grows': [
    { 'setup.py': setupPy('needs').replace('\nsetup(', "if True:\n    needs.append('bad')\n\nsetup(") },
    /^setup\.py:5 .*pypi:bad/,
  ],
  'a version that setup.py computes': [
    { 'setup.py': setupPy("['bad>=%s' % version]") },
    /^setup\.py:5 .*pypi:bad/,
  ],
  'an extra in setup.py': [
    { 'setup.py': "import setuptools\nsetuptools.setup(extras_require={\n    'fast': ['bad'],\n})\n" },
    /^setup\.py:3 .*pypi:bad \(optional\)/,
  ],
};

describe('a banned package is stopped, whatever door it takes', () => {
  for (const [name, [files, expected]] of Object.entries(PYTHON)) {
    it(name, () => inShop(project => blocks(project, files, expected)));
  }

  for (const [name, [files, expected]] of Object.entries(BLOCKED)) {
    it(name, () => inShop(project => blocks(project, files, expected)));
  }

  it('names the package by its Package URL, too', () =>
    inShop(async project => {
      const { findings } = await project.judge(door('transitive'));
      assert.deepEqual(
        findings.map(finding => finding.package),
        ['pkg:npm/pg@8.11.0'],
      );
    }));

  it('a copy without a name: by the ids of its files', () => {
    const content = 'module.exports = require("./lib/client");\n';
    return inShop(async ({ repo, judge, staged }) => {
      repo.write({ 'x.js': content });
      const real = repo.git(['hash-object', 'x.js']).stdout.trim();
      const policy = decision(
        'ADR-0001',
        `- id: no-pg\n  forbid-dependency: { packages: "npm:pg", blobs: ["${real}"] }`,
      );
      repo.git(['rm', '-q', '--cached', '--ignore-unmatch', 'x.js']);
      repo.write({ 'x.js': null, [POLICY]: policy });
      repo.stage();
      repo.commit('policy', '--no-verify');
      assert.equal((await staged()).result, 'admitted');
      assert.match(
        told(await judge({ 'lib/inner/thing.js': content })).join(),
        /lib\/inner\/thing\.js must not be a file of npm:pg/,
      );
    });
  });

  it('a merge that brings back what neither side has', () =>
    inShop(async project => {
      const { repo } = project;
      repo.git(['checkout', '-q', '-b', 'other']);
      repo.commitFiles('other', { 'a.txt': 'a\n' });
      repo.git(['checkout', '-q', '-']);
      repo.commitFiles('one', { 'b.txt': 'b\n' });
      repo.git(['merge', '-q', '--no-commit', '--no-ff', 'other']);
      const verdict = await project.judge(door('plain'));
      assert.equal(verdict.change.source, 'merge');
      assert.match(told(verdict).join(), /npm:pg/);
    }));

  it('a merge by which a branch brings back what the trunk has thrown out, at the push', () =>
    inShop(async project => {
      const { repo } = project;
      repo.commitFiles('with', door('plain'));
      repo.git(['checkout', '-q', '-b', 'old']);
      repo.commitFiles('old', { 'a.txt': 'a\n' });
      repo.git(['checkout', '-q', '-']);
      repo.commitFiles('without', door('base'));
      const before = repo.git(['rev-parse', 'HEAD']).stdout.trim();
      repo.git(['merge', '-q', '--no-commit', '--no-ff', '-s', 'ours', 'old']);
      repo.write(door('plain'));
      repo.stage();
      repo.commit('merge', '--no-verify');
      assert.match(told(await project.range(before)).join(), /npm:pg/);
    }));
});

describe('what a program computes is none of the allowed packages', () => {
  const allow = decision('ADR-0001', '- id: few\n  allow-dependency: ["npm:*", "pypi:good"]');
  const computed: Readonly<Record<string, readonly [Files, RegExp]>> = {
    'a call in setup.py': [
      { 'setup.py': setupPy("needs + read('requirements.txt')") },
      /^setup\.py:5 .*pypi:\?read\('requirements\.txt'\)/,
    ],
    'keywords from elsewhere': [
      { 'setup.py': 'from setuptools import setup\nsetup(**config())\n' },
      /^setup\.py:2 .*pypi:\?config\(\)/,
    ],
    'a file that is not named as one of requirements': [
      { 'setup.cfg': '[options]\ninstall_requires = file: needs.lst\n', 'needs.lst': 'bad\n' },
      /^setup\.cfg:2 .*pypi:\?needs\.lst/,
    ],
  };
  for (const [name, [files, expected]] of Object.entries(computed)) {
    it(name, () => inShop(project => blocks(project, files, expected), allow));
  }

  it('and what is written out and allowed passes', () =>
    inShop(async project => {
      const verdict = await project.judge({ 'setup.py': setupPy('needs') });
      assert.deepEqual([told(verdict), verdict.errors], [[], []]);
    }, allow));
});

describe('what can’t be read blocks', () => {
  const lock = lockOf('plain');
  const broken: Readonly<Record<string, readonly [string, string]>> = {
    'conflict markers': ['package-lock.json', lock.replace('"packages"', '<<<<<<< ours\n  "packages"')],
    'a lock file that is cut off': ['package-lock.json', lock.slice(0, lock.length / 2)],
    'a manifest that is cut off': ['package.json', '{ "dependencies": { "pg"'],
    'comments in JSON': ['package.json', '{ /* pg */ "dependencies": {} }\n'],
    'a binary lock file': ['bun.lockb', '#!/usr/bin/env bun\n\0\0'],
    'bytes that are no text': ['services/x/package.json', '\u0000'],
    'YAML keys twice': [
      'pnpm-lock.yaml',
      `${door('pnpm-transitive')['pnpm-lock.yaml']}\npackages:\n  a@1: {}\n`,
    ],
    'a setup.cfg with a key twice': ['setup.cfg', '[options]\nzip_safe = no\nzip_safe = no\n'],
    'a setup.py that is cut off': ['setup.py', 'from setuptools import setup\nsetup(install_requires=["pg"'],
    'an unknown version of a lock file': ['package-lock.json', '{ "lockfileVersion": 99, "packages": {} }\n'],
  };
  for (const [name, [path, text]] of Object.entries(broken)) {
    it(name, () =>
      inShop(async project => {
        const verdict = await project.judge({ [path]: text });
        assert.equal(verdict.result, 'error', told(verdict).join('\n'));
        assert.ok(verdict.errors.some(error => error.path === path && error.remedy !== null));
      }),
    );
  }

  it('but not where it stood so before', () =>
    inShop(
      async project => {
        const verdict = await project.judge({
          'package.json': door('base')['package.json']?.replace('shop', 'shops') ?? '',
        });
        assert.equal(verdict.result, 'admitted');
      },
      BAN,
      { 'fixtures/broken/package.json': '{' },
    ));
});

describe('what is no way in', () => {
  const admitted: Readonly<Record<string, Files>> = {
    'another package': {
      'package.json': '{ "name": "shop", "dependencies": { "pgx": "1", "left-pad": "1.3.0" } }\n',
    },
    'the name in prose': { 'README.md': 'We do not use pg.\n', 'src/a.ts': '// pg\n' },
    'a patch of a package that nothing asks for': { 'Cargo.toml': `${CRATE}${PATCH}` },
    'such a patch in Cargo’s settings': { '.cargo/config.toml': PATCH },
    'a script of that name': { 'package.json': '{ "name": "shop", "scripts": { "pg": "pg" } }\n' },
    'a setup.cfg that only sets up tools': { 'setup.cfg': '[flake8]\nignore = bad\n' },
    'a setup.py that only says the name': {
      'setup.py': 'from setuptools import setup\n\n# not bad\nsetup(name="shop", keywords=["bad"])\n',
    },
    'what it asks for, where a copied package asks for it': {
      'third_party/other/package.json': '{ "name": "other", "dependencies": { "pg": "8" } }\n',
    },
  };
  for (const [name, files] of Object.entries(admitted)) {
    it(name, () =>
      inShop(async project => {
        const verdict = await project.judge(files);
        assert.deepEqual([told(verdict), verdict.errors], [[], []]);
        assert.equal(verdict.result, 'admitted');
      }),
    );
  }

  it('what stood before, moved or not', () =>
    inShop(
      async project => {
        const text = door('plain')['package.json'] ?? '';
        assert.equal((await project.judge({ 'package.json': `${text}\n` })).result, 'admitted');
      },
      BAN,
      door('plain'),
    ));

  it('a version outside the range, as its ecosystem writes ranges', () => {
    const policy = decision(
      'ADR-0001',
      '- id: no-time\n  forbid-dependency: { packages: ["cargo:time", "gem:rack", "pypi:django"], range: "<0.2" }',
    );
    return inShop(async project => {
      const cargo = (range: string): Files => ({
        'Cargo.toml': `[package]\nname = "x"\nversion = "1.0.0"\n[dependencies]\ntime = "${range}"\n`,
      });
      assert.equal((await project.judge(cargo('0.3'))).result, 'admitted');
      assert.match(told(await project.judge(cargo('0.1.4'))).join(), /cargo:time 0\.1\.4/);
    }, policy);
  });

  it('a version outside the range, as the lock as the lock file settles it', () => {
    const policy = decision(
      'ADR-0001',
      '- id: no-pg\n  forbid-dependency: { packages: "npm:pg", range: "<8.11.0" }',
    );
    return inShop(async project => {
      const files = door('plain');
      const wide = { ...files, 'package.json': files['package.json']?.replace('"8.11.0"', '">=8"') ?? '' };
      assert.equal((await project.judge(wide)).result, 'admitted');
      const unsettled = { 'jobs/package.json': '{ "dependencies": { "pg": "^8.0.0" } }\n' };
      assert.match(
        told(await project.judge(unsettled)).join(),
        /jobs\/package\.json must not ask for npm:pg \^8\.0\.0/,
      );
    }, policy);
  });
});

describe('doors of a name that may come in', () => {
  const source = (options: string): string =>
    decision('ADR-0001', `- id: source\n  dependency-source: { ${options} }`);
  const swapped = lockOf('plain').replace('/pg/-/pg-8.11.0.tgz', '/pgx/-/pgx-8.11.0.tgz');
  const cases: Readonly<Record<string, readonly [string, Files, RegExp]>> = {
    'an entry of the lock file whose archive is another package’s': [
      'agrees: true',
      { ...door('plain'), 'package-lock.json': swapped },
      /^package-lock\.json:\d+ .*npm:pg 8\.11\.0.*pgx/,
    ],
    'a checksum that changes while the version stays': [
      'integrity: required',
      { 'package-lock.json': lockOf('base').replace(/sha512-[^"]+/, `sha512-${'A'.repeat(86)}==`) },
      /^package-lock\.json:\d+ .*npm:left-pad 1\.3\.0/,
    ],
    'a program that runs on installing': [
      'install-scripts: false',
      door('install-script'),
      /^package-lock\.json:\d+ .*npm:esbuild 0\.25\.0/,
    ],
    'a name that is nearly one in use': [
      'lookalikes: true',
      { 'package.json': '{ "name": "shop", "dependencies": { "left-pad": "1.3.0", "leftpad": "1" } }\n' },
      /^package\.json:1 .*npm:leftpad/,
    ],
    'a folder by link:': [
      'types: [registry]',
      { 'package.json': '{ "name": "shop", "dependencies": { "db": "link:../db" } }\n' },
      /^package\.json:1 .*npm:db/,
    ],
    'an address of git': [
      'types: [registry]',
      {
        'package.json': '{ "name": "shop", "dependencies": { "x": "git+https://git.example.org/x.git" } }\n',
      },
      /^package\.json:1 .*npm:x/,
    ],
    'an action by its tag, an image by its name': [
      'ecosystems: [gha, docker], pinned: true',
      {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: owner/action@v4\n',
        Dockerfile: 'FROM node:20\n',
      },
      /^\.github\/workflows\/ci\.yml:6 .*\n?.*gha:owner\/action/,
    ],
    'an override by another package': [
      'redirects: false',
      door('overrides'),
      /^package\.json:\d+ .*minimist by npm:pg/,
    ],
  };
  for (const [name, [options, files, expected]] of Object.entries(cases)) {
    it(name, () => inShop(project => blocks(project, files, expected), source(options)));
  }

  it('and the files as they were: nothing to say', () =>
    inShop(async project => {
      const verdict = await project.judge({ 'src/a.ts': 'export {};\n' });
      assert.deepEqual([told(verdict), verdict.errors], [[], []]);
      assert.equal((await project.all()).findings.length, 0);
    }, source(
      'types: [registry, workspace, path], integrity: required, agrees: true, redirects: false, install-scripts: false, lookalikes: true',
    )));
});
