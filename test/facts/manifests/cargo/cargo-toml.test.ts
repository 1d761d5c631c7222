import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cargoToml } from '../../../../src/facts/manifests/cargo/cargo-toml.js';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

const parse = (text: string, path = 'Cargo.toml'): DependencyFile => cargoToml.parse(repoPath(path), text);

function brief({
  id,
  name,
  alias,
  version,
  range,
  source,
  line,
  role,
  scope,
  inherits,
}: DependencyEntry): string {
  const place =
    source.type === 'git'
      ? `${source.url}@${source.revision}`
      : source.type === 'path'
        ? `path ${source.path}`
        : source.type === 'registry' && source.url !== null
          ? `from ${source.url}`
          : '';
  return [
    `${line} ${role} ${id}: ${name}`,
    alias === undefined ? '' : `as ${alias}`,
    `${version ?? '-'} (${range ?? '-'}) ${scope}`,
    place,
    inherits === undefined ? '' : `inherits ${inherits}`,
  ]
    .filter(part => part !== '')
    .join(' ');
}

function tree(...files: readonly DependencyFile[]) {
  return { file: (path: string) => files.find(one => one.path === path) ?? null, all: () => files };
}

test('every kind of dependency', () => {
  const file = parse(
    `[package]
name = "shop"
version = "1.2.3"
license = "MIT OR Apache-2.0"

[dependencies]
serde = { version = "1.0", features = ["derive"] }
hyper = "=1.6.0" # exactly
"tokio-util" = '0.7'
pq = { package = "postgres_native", version = "^0.19" }
local.path = "../local"
local.version = "0.1"
out = { path = "../../out" }
fork = { git = "https://example.com/fork.git", rev = "abc" }
trunk = { git = "https://example.com/trunk.git" }
rare = { version = "1", optional = true }
house = { version = "1", registry = "house" }
__proto__ = "1"

[dependencies.openssl]
default-features = false
version = "0.10"

[dev-dependencies]
proptest = "1"

[build_dependencies]
cc = "1"

[target.'cfg(unix)'.dependencies]
nix = "0.29"

[target.x86_64-pc-windows-gnu.dev-dependencies]
winapi = { workspace = true }

[patch.crates-io]
serde = { git = "https://example.com/serde", branch = "main" }
serde1 = { package = "serde", path = "vendor/serde" }

[patch."https://example.com/fork.git"]
fork = "2"

[replace]
"foo:0.1.0" = { path = "foo" }
"https://example.com/index#bar@1.0.0" = { git = "https://example.com/bar" }
`,
    'crates/shop/Cargo.toml',
  );
  assert.deepEqual(file.project, { name: 'shop', version: '1.2.3', license: 'MIT OR Apache-2.0' });
  assert.equal(file.members, undefined);
  assert.deepEqual(file.entries.map(brief), [
    '7 dependency dependencies/serde: serde - (1.0) production',
    '8 dependency dependencies/hyper: hyper 1.6.0 (=1.6.0) production',
    '9 dependency dependencies/tokio-util: tokio-util - (0.7) production',
    '10 dependency dependencies/pq: postgres-native as pq - (^0.19) production',
    '11 dependency dependencies/local: local - (0.1) production path crates/local',
    '13 dependency dependencies/out: out - (-) production path out',
    '14 dependency dependencies/fork: fork - (-) production https://example.com/fork.git@abc',
    '15 dependency dependencies/trunk: trunk - (-) production https://example.com/trunk.git@null',
    '16 dependency dependencies/rare: rare - (1) optional',
    '17 dependency dependencies/house: house - (1) production from house',
    '18 dependency dependencies/__proto__: --proto-- - (1) production',
    '20 dependency dependencies/openssl: openssl - (0.10) production',
    '25 dependency dev-dependencies/proptest: proptest - (1) development',
    '28 dependency build_dependencies/cc: cc - (1) build',
    '31 dependency target/cfg(unix)/dependencies/nix: nix - (0.29) production',
    '34 dependency target/x86_64-pc-windows-gnu/dev-dependencies/winapi: winapi - (-) development inherits workspace',
    '37 redirect patch/crates-io/serde: serde as serde - (-) production https://example.com/serde@main',
    '38 redirect patch/crates-io/serde1: serde as serde - (-) production path crates/shop/vendor/serde',
    '41 redirect patch/https://example.com/fork.git/fork: fork as fork - (2) production',
    '44 redirect replace/foo:0.1.0: foo as foo - (-) production path crates/shop/foo',
    '45 redirect replace/https://example.com/index#bar@1.0.0: bar as bar - (-) production https://example.com/bar@null',
  ]);
});

const ROOT = parse(`[workspace]
members = ["crates/*"]
exclude = ["crates/out"]

[workspace.package]
version = "3.0.0"
license = "MIT"

[workspace.dependencies]
pq = { package = "postgres", version = "0.19", features = ["x"] }
local = { path = "crates/local", version = "3" }
`);

test('a member takes over what its workspace says', () => {
  assert.deepEqual(ROOT.members, ['crates/*', '!crates/out']);
  assert.deepEqual(ROOT.entries.map(brief), [
    '10 definition workspace/dependencies/pq: postgres as pq - (0.19) production',
    '11 definition workspace/dependencies/local: local - (3) production path crates/local',
  ]);
  const member = parse(
    `[package]
name = "a"
version.workspace = true
license = { workspace = true }
[dependencies]
pq = { workspace = true, optional = true }
[dev-dependencies]
local.workspace = true
`,
    'crates/a/Cargo.toml',
  );
  const linked = cargoToml.link?.(member, tree(ROOT, member));
  assert.deepEqual(linked?.project, { name: 'a', version: '3.0.0', license: 'MIT' });
  assert.deepEqual(linked?.entries.map(brief), [
    '6 dependency dependencies/pq: postgres as pq - (0.19) optional inherits workspace',
    '8 dependency dev-dependencies/local: local - (3) development path crates/local inherits workspace',
  ]);
});

test('what a member wants and no workspace has', () => {
  const text = '[package]\nname = "a"\n[dependencies]\nNAME.workspace = true\n';
  for (const [path, name, message] of [
    ['crates/a/Cargo.toml', 'missing', /not among/],
    ['crates/out/Cargo.toml', 'pq', /no workspace holds/],
  ] as const) {
    const member = parse(text.replace('NAME', name), path);
    assert.throws(
      () => cargoToml.link?.(member, tree(ROOT, member)),
      (error: unknown) => error instanceof ManifestError && error.line === 4 && message.test(error.message),
    );
  }
  const named = parse(
    text.replace('NAME', 'pq').replace('"a"', '"a"\nworkspace = "../.."'),
    'elsewhere/a/Cargo.toml',
  );
  assert.equal(cargoToml.link?.(named, tree(ROOT, named)).entries[0]?.range, '0.19');
});

test('what Cargo refuses', () => {
  const head = '[package]\nname = "a"\n';
  for (const [text, line] of [
    ['', 1],
    ['name = "a"', 1],
    ['[package]\nversion = "1.0.0"', 1],
    ['[package]\nname = "a', 2],
    [`${head}[dependencies]\na = "1"\na = "2"`, 5],
    [`${head}[dependencies]\n<<<<<<< HEAD\na = "1"\n`, 4],
    [`${head}[dependencies]\na = 1`, 4],
    [`${head}[dependencies]\na = {}`, 4],
    [`${head}[dependencies]\na = { version = 1 }`, 4],
    [`${head}[dependencies]\na = { workspace = false }`, 4],
    [`${head}[dependencies]\na = { git = "https://x.y/z", path = "z" }`, 4],
    [`${head}[dependencies]\na = { git = "https://x.y/z", tag = "1", rev = "2" }`, 4],
    [`${head}[dependencies]\na = { git = "x/y" }`, 4],
    [`${head}[dependencies]\na = { version = "1", optional = "yes" }`, 4],
    ['[workspace]\n[dependencies]\na = "1"', 3],
    [`${head}[patch.crates-io]\na = { workspace = true }`, 4],
    ['[workspace]\n[workspace.dependencies]\na = { workspace = true }', 3],
  ] as const)
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof ManifestError && error.line === line,
      text,
    );
});
