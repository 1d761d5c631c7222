import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rust } from '../../../src/facts/imports/rust.js';
import { rustResolver } from '../../../src/facts/resolve/rust.js';
import { type DeclaredTree, declaredTree } from './declared-tree.js';

async function tree(files: Readonly<Record<string, string>>): Promise<DeclaredTree> {
  return declaredTree(rustResolver, [rust], files);
}

const workspace = await tree({
  'Cargo.toml': `
[workspace]
members = ["app", "lib-*"]
[workspace.package]
edition = "2021"
[workspace.dependencies]
lib-one = { path = "lib-one" }
serde = "1"
renamed = { package = "real-name", version = "2" }
[patch.crates-io]
patched = { path = "vendored/patched" }`,
  'app/Cargo.toml': `
[package]
name = "the-app"
edition.workspace = true
build = "build/main.rs"
[dependencies]
lib-one.workspace = true
serde = { workspace = true, features = ["derive"] }
renamed.workspace = true
two = { path = "../lib-two", package = "lib-two" }
patched = "1"
outside = { path = "../../outside" }
tokio-util = "0.7"
[target.'cfg(unix)'.dev-dependencies]
libc = "0.2"
[[bin]]
name = "tool"
path = "tools/tool.rs"`,
  'app/src/lib.rs': '',
  'app/src/main.rs': '',
  'app/src/a.rs': '',
  'app/src/a/b.rs': '',
  'app/src/a/deep/mod.rs': '',
  'app/src/a/deep/er.rs': '',
  'app/src/m/mod.rs': '',
  'app/src/m/n.rs': '',
  'app/src/win/sys.rs': '',
  'app/src/bin/one.rs': '',
  'app/src/bin/two/main.rs': '',
  'app/src/bin/two/part.rs': '',
  'app/tests/it.rs': '',
  'app/tests/common/mod.rs': '',
  'app/tests/suite/main.rs': '',
  'app/tests/suite/x.rs': '',
  'app/tools/tool.rs': '',
  'app/tools/help.rs': '',
  'app/build/main.rs': '',
  'app/README.md': '',
  'lib-one/Cargo.toml': '[package]\nname = "lib-one"\n[lib]\nname = "one"\npath = "source/one.rs"',
  'lib-one/source/one.rs': '',
  'lib-one/source/x.rs': '',
  'lib-two/Cargo.toml': '[package]\nname = "lib-two"\nedition = "2018"',
  'lib-two/src/lib.rs': '',
  'lib-two/src/y/mod.rs': '',
  'vendored/patched/Cargo.toml': '[package]\nname = "patched"',
  'vendored/patched/src/lib.rs': '',
});

const SRC = 'app/src';
const ENDS: readonly (readonly [from: string, code: string, ...ends: string[]])[] = [
  ['app/src/lib.rs', 'mod a; mod m; mod none;', `${SRC}/a.rs`, `${SRC}/m/mod.rs`, `? ${SRC}/none.rs`],
  ['app/src/a.rs', 'mod b; mod deep;', `${SRC}/a/b.rs`, `${SRC}/a/deep/mod.rs`],
  ['app/src/m/mod.rs', 'mod n;', `${SRC}/m/n.rs`],
  ['app/src/lib.rs', 'mod a { mod b; }', `${SRC}/a/b.rs`],
  ['app/src/lib.rs', '#[path = "win/sys.rs"] mod sys;', `${SRC}/win/sys.rs`],
  ['app/src/lib.rs', '#[cfg_attr(windows, path = "win/sys.rs")] mod sys;', `${SRC}/win/sys.rs`, 'nothing'],
  ['app/src/lib.rs', 'mod a { #[path = "b.rs"] mod c; }', `${SRC}/a/b.rs`],
  ['app/src/m/n.rs', 'use crate::a::b::C;', `${SRC}/a/b.rs`],
  ['app/src/m/n.rs', 'use crate::a::b::C::D;', `${SRC}/a/b.rs`],
  ['app/src/m/n.rs', 'use crate::a::deep;', `${SRC}/a/deep/mod.rs`],
  ['app/src/m/n.rs', 'use crate::a::deep::er::*;', `${SRC}/a/deep/er.rs`],
  ['app/src/m/n.rs', 'use crate::a::X;', `${SRC}/a.rs`],
  ['app/src/m/n.rs', 'use crate::X;', `${SRC}/lib.rs`],
  ['app/src/main.rs', 'use crate::X; use crate::a::X;', 'nothing', `${SRC}/a.rs`],
  [
    'app/src/m/n.rs',
    'use super::X; use super::super::a; use super::n::X;',
    `${SRC}/m/mod.rs`,
    `${SRC}/a.rs`,
    `${SRC}/m/mod.rs`,
  ],
  [
    'app/src/a/b.rs',
    'use super::X; use super::super::X; use super::deep::X;',
    `${SRC}/a.rs`,
    `${SRC}/lib.rs`,
    `${SRC}/a/deep/mod.rs`,
  ],
  [
    'app/src/a.rs',
    'use self::b::X; use self::Own; mod t { use super::b::Y; use super::*; }',
    `${SRC}/a/b.rs`,
    'nothing',
    `${SRC}/a/b.rs`,
    'nothing',
  ],
  ['app/src/a.rs', 'mod b; fn f() { b::g() }', `${SRC}/a/b.rs`, `${SRC}/a/b.rs`],
  ['app/src/a.rs', 'fn f() { crate::m::n::g(); super::m::h() }', `${SRC}/m/n.rs`, `${SRC}/m/mod.rs`],
  ['app/src/a.rs', 'use one::x::Y; use one::Z;', 'lib-one/source/x.rs', 'lib-one/source/one.rs'],
  ['app/src/a.rs', 'use lib_one::Z;', '? app/src/a/lib_one/Z.rs'],
  ['app/src/a.rs', 'use two::y::Y; fn f() { two::g() }', 'lib-two/src/y/mod.rs', 'lib-two/src/lib.rs'],
  ['app/src/a.rs', 'use patched::Z;', 'vendored/patched/src/lib.rs'],
  ['lib-one/source/x.rs', 'use one::X; use crate::X;', 'lib-one/source/one.rs', 'lib-one/source/one.rs'],
  [
    'app/src/a.rs',
    'use serde::de::{self, Error, value::X};',
    'cargo:serde/de',
    'cargo:serde/de',
    'cargo:serde/de/value',
  ],
  ['app/src/a.rs', 'use renamed::X;', 'cargo:real-name (renamed)'],
  [
    'app/src/a.rs',
    'use tokio_util::codec; extern crate outside;',
    'cargo:tokio-util/codec (tokio_util)',
    'cargo:outside',
  ],
  ['app/src/a.rs', 'use ::serde; use libc;', 'cargo:serde', 'cargo:libc'],
  [
    'app/src/a.rs',
    'fn f() { serde::x(); unknown::y(); ::unknown::y() }',
    'cargo:serde/x',
    'nothing',
    'cargo:unknown/y',
  ],
  [
    'app/src/a.rs',
    'use std::fmt::Display; use core::mem; fn f() { std::process::Command::new() }',
    'rust:std/fmt',
    'rust:core/mem',
    'rust:std/process',
  ],
  ['app/src/a.rs', 'use the_app::m::n;', `${SRC}/m/n.rs`],
  [
    'app/src/bin/one.rs',
    'use the_app::X; mod two; use crate::Y;',
    `${SRC}/lib.rs`,
    '? app/src/bin/two.rs',
    'nothing',
  ],
  [
    'app/src/bin/two/part.rs',
    'use crate::X; use super::Y;',
    `${SRC}/bin/two/main.rs`,
    `${SRC}/bin/two/main.rs`,
  ],
  [
    'app/tests/it.rs',
    'mod common; use the_app::a::X; use crate::common::Y;',
    'app/tests/common/mod.rs',
    `${SRC}/a.rs`,
    'app/tests/common/mod.rs',
  ],
  ['app/tests/suite/x.rs', 'use crate::X;', 'app/tests/suite/main.rs'],
  ['app/tools/help.rs', 'use crate::X; use super::Y;', 'app/tools/tool.rs', 'app/tools/tool.rs'],
  ['app/tools/tool.rs', 'mod help;', 'app/tools/help.rs'],
  [
    'app/src/lib.rs',
    'include_str!("../README.md"); include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));',
    'app/README.md',
    'app/README.md',
  ],
  [
    'app/src/lib.rs',
    'include!(concat!(env!("OUT_DIR"), "/x.rs")); include!("none.rs");',
    'computed',
    '? app/src/none.rs',
  ],
  ['app/src/a.rs', 'use FromAGlob::*; use unknown::X;', 'nothing', '? app/src/a/unknown/X.rs'],
  ['app/src/a.rs', 'use super::super::super::X;', '? X.rs'],
];

for (const [from, code, ...ends] of ENDS) {
  test(`${from}: ${code}`, () => assert.deepEqual(workspace.ends(from, code), ends));
}

test('before the 2018 edition, paths of use start at the root', async () => {
  const { ends } = await tree({
    'Cargo.toml': '[package]\nname = "old"\n[dependencies]\nserde = "1"',
    'src/lib.rs': '',
    'src/a.rs': '',
    'src/b/mod.rs': '',
    'src/b/c.rs': '',
  });
  assert.deepEqual(
    ends('src/b/c.rs', 'use a::X; use b::Y; use ::a::Z; use serde::W; use std::fmt; use ::serde::V;'),
    ['src/a.rs', 'src/b/mod.rs', 'src/a.rs', 'cargo:serde', 'rust:std/fmt', 'cargo:serde'],
  );
});

test('the module above is an inline one of the file further up', async () => {
  const { ends } = await tree({
    'Cargo.toml': '[package]\nname = "x"\nedition = "2021"',
    'src/lib.rs': '',
    'src/inline/a.rs': '',
    'src/m.rs': '',
    'src/m/inline/b.rs': '',
  });
  assert.deepEqual(ends('src/inline/a.rs', 'use super::X;'), ['src/lib.rs']);
  assert.deepEqual(ends('src/m/inline/b.rs', 'use super::X; use super::super::Y;'), ['src/m.rs', 'src/m.rs']);
});

test('without any Cargo.toml', async () => {
  const { ends } = await tree({ 'x/main.rs': '', 'x/a.rs': '' });
  assert.deepEqual(ends('x/main.rs', 'mod a; use serde::X; use crate::a::B;'), [
    'x/a.rs',
    'cargo:serde',
    'x/a.rs',
  ]);
});

test('a wrong Cargo.toml is a mistake with a short message', async () => {
  await assert.rejects(tree({ 'Cargo.toml': '[package\n' }), { message: /^Cargo\.toml: [^\n]+$/ });
});

test('a dependency called like a member of Object', async () => {
  const { ends } = await tree({ 'Cargo.toml': '[package]\nname = "x"\nedition = "2021"', 'src/lib.rs': '' });
  assert.deepEqual(ends('src/lib.rs', 'use constructor::X; fn f() { toString::x() }'), [
    '? src/constructor/X.rs',
    'nothing',
  ]);
});

test('configuration by its name', () => {
  assert.ok(rustResolver.isConfig('Cargo.toml') && rustResolver.isConfig('a/b/Cargo.toml'));
  for (const path of ['Cargo.lock', 'cargo.toml', 'xCargo.toml', 'a.rs'])
    assert.ok(!rustResolver.isConfig(path), path);
});
