import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cargoConfig } from '../../../../src/facts/manifests/cargo/cargo-config.js';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { manifestFormat } from '../../../../src/facts/manifests/names.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

const parse = (text: string, path = '.cargo/config.toml'): DependencyFile =>
  cargoConfig.parse(repoPath(path), text);

function brief({ id, name, alias, source, line, role }: DependencyEntry): string {
  const place =
    source.type === 'git'
      ? `git ${source.url}@${source.revision}`
      : source.type === 'registry'
        ? `registry ${source.url}`
        : source.type === 'path'
          ? `path ${source.path} (${source.written})`
          : source.type;
  return `${line} ${role} ${id}: ${name}${alias === undefined ? '' : ` as ${alias}`} ${place}`;
}

test('names', () => {
  for (const [path, expected] of [
    ['.cargo/config.toml', 'cargo-config'],
    ['app/.cargo/config', 'cargo-config'],
    ['cargo/config.toml', null],
    ['x.cargo/config', null],
    ['.cargo/audit.toml', null],
  ] as const)
    assert.equal(manifestFormat(path), expected, path);
});

test('all by which packages come from elsewhere', () => {
  const file = parse(
    `include = ["more.toml", { path = "../../../out.toml", optional = true }]
paths = [
  "fork",
  "/abs/fork",
]

[build]
jobs = 2

[patch.crates-io]
good = { path = "../good" }
serde1 = { package = "serde_x", git = "https://example.com/serde", rev = "abc" }

[registries]
house = { index = "sparse+https://house.example/index/" }
__proto__ = { index = "https://proto.example/index" }
odd = { token = "x" }

[source.crates-io]
replace-with = "first"

[source.first]
registry = "https://first.example/index"
replace-with = "vendored"

[source.vendored]
directory = "vendor"

[source."git+https://example.com/x"]
git = "https://example.com/x"
tag = "v1"
replace-with = "mirror"

[source.mirror]
git = "https://mirror.example/x"
branch = "main"
tag = "v1"
`,
    'app/.cargo/config.toml',
  );
  assert.deepEqual(file.entries.map(brief), [
    '11 redirect patch/crates-io/good: good as good path good (../good)',
    '12 redirect patch/crates-io/serde1: serde-x as serde_x git https://example.com/serde@abc',
    '20 redirect source/crates-io: ?all of crates-io path app/vendor (vendor)',
    '24 redirect source/first: ?all of first path app/vendor (vendor)',
    '32 redirect source/git+https://example.com/x: ?all of git+https://example.com/x git https://mirror.example/x@main',
    '3 redirect paths/fork: ?fork path app/fork (fork)',
    '4 redirect paths//abs/fork: ?/abs/fork path null (/abs/fork)',
    '1 redirect include/more.toml: ?settings of more.toml path app/.cargo/more.toml (more.toml)',
    '1 redirect include/../../../out.toml: ?settings of ../../../out.toml path null (../../../out.toml)',
  ]);
  assert.deepEqual(file.includes, ['app/.cargo/more.toml']);
  assert.deepEqual(Object.entries(file.exports ?? {}), [
    ['registries.house', 'sparse+https://house.example/index/'],
    ['registries.__proto__', 'https://proto.example/index'],
  ]);
});

test('where a source leads', () => {
  const crates = '[source.crates-io]\nreplace-with = "m"\n';
  for (const [text, entries] of [
    ['', []],
    ['[source.crates-io]\n', []],
    // A registry by its name, a source of other settings, crates.io by its own.
    [
      `${crates}[registries.m]\nindex = "https://m.example/"\n`,
      ['2 redirect source/crates-io: ?all of crates-io registry https://m.example/'],
    ],
    [crates, ['2 redirect source/crates-io: ?all of crates-io registry m']],
    [
      '[source.m]\nregistry = "https://m.example/"\nreplace-with = "crates-io"\n',
      ['3 redirect source/m: ?all of m registry null'],
    ],
    [
      `${crates}[source.m]\nlocal-registry = "/srv/m"\n`,
      ['2 redirect source/crates-io: ?all of crates-io path null (/srv/m)'],
    ],
    // Cargo takes crates.io's packages from there without any `replace-with`.
    [
      '[source.crates-io]\r\nregistry = "sparse+https://m.example/"\r\n',
      ['1 redirect source/crates-io: ?all of crates-io registry sparse+https://m.example/'],
    ],
    // Settings above may replace crates.io with it.
    ['[source.m]\ndirectory = "m"\n', ['1 redirect source/m: ?all of m path m (m)']],
    ['[source.__proto__]\ndirectory = "m"\n', ['1 redirect source/__proto__: ?all of __proto__ path m (m)']],
  ] as const)
    assert.deepEqual(parse(text).entries.map(brief), entries, text);
});

test('what Cargo refuses', () => {
  for (const [text, line] of [
    ['[source', 1],
    ['source = 3', 1],
    ['[source]\nx = "y"', 2],
    ['[source.x]\nregistry = 3', 2],
    ['[source.x]\ndirectory = "x"\nreplace-with = 3', 3],
    ['[source.x]\ndirectory = "x"\nregistry = "https://x.y/"', 1],
    ['[source.x]\nregistry = "../x"', 2],
    ['[source.x]\ngit = "x/y"', 2],
    ['[source.crates-io]\nreplace-with = "a"\n[source.a]\ndirectory = "a"\nreplace-with = "crates-io"', 5],
    ['[source.crates-io]\nreplace-with = "crates-io"', 2],
    ['[patch]\ncrates-io = 3', 2],
    ['[patch.crates-io]\na = { workspace = true }', 2],
    ['[patch.crates-io]\na = {}', 2],
    ['paths = "x"', 1],
    ['include = "x.toml"', 1],
    ['include = ["x.txt"]', 1],
    ['include = [3]', 1],
    ['<<<<<<< HEAD\n', 1],
  ] as const)
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof ManifestError && error.line === line,
      text,
    );
});
