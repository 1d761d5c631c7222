import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rust } from '../../../src/facts/imports/rust.js';
import { shown } from './shown.js';

function read(text: string): readonly string[] {
  const extraction = rust.extract('src/a.rs', text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(shown);
}

const B = 'value a::b [b]';
const P = 'value:path crate::a::b [b]';
const CASES: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['use', 'use a::b;', B],
  ['one name', 'use a;', 'value a [a]'],
  ['a group', 'use a::{b, c::d, self,};', B, 'value a::c::d [d]', 'value a [a]'],
  ['nested groups', 'use a::{b::{c, d::*}, e};', 'value a::b::c [c]', 'value a::b::d [*]', 'value a::e [e]'],
  ['an empty group', 'use a::{}; use a::b;', B],
  ['a group of crates', 'use {a::b, c};', B, 'value c [c]'],
  ['a glob', 'use a::*; use *;', 'value a [*]'],
  ['another name', 'use a::b as c; use a::d as _;', B, 'value a::d [d]'],
  ['a leading ::', 'use ::a::b;', 'value ::a::b [b]'],
  ['a raw name', 'use a::r#type; use r#async::b;', 'value a::type [type]', 'value async::b [b]'],
  [
    'crate, self, super',
    'use crate::a; use self::b; use super::super::c;',
    'value crate::a [a]',
    'value self::b [b]',
    'value super::super::c [c]',
  ],
  [
    'pub use',
    'pub use a::b; pub(crate) use c::d; pub(in crate::x) use e;',
    're-export a::b [b]',
    're-export c::d [d]',
    're-export e [e]',
  ],
  ['use within a function', 'fn f() { use a::b; }', B],
  ['captures are no use', "fn f<'a>() -> impl X + use<'a> {} use a::b;", B],
  ['modules', 'mod a; pub mod r#b; mod c { mod d; }', 'value:mod a', 'value:mod b', 'value:mod c::d'],
  [
    'a module’s path',
    '#[path = "x/y.rs"] mod a; #[path = r"z.rs"] pub mod b;',
    'value:mod-path x/y.rs',
    'value:mod-path z.rs',
  ],
  ['a path in an inline module', 'mod a { #[path = "x.rs"] mod b; }', 'value:mod-inline-path a/x.rs'],
  [
    'the path of an inline module',
    '#[path = "x"] mod a { mod b; mod c { #[path = "y.rs"] mod d; } }',
    'value:mod-path x/b.rs',
    'value:mod-path x/c/y.rs',
  ],
  [
    'a path under a condition',
    '#[cfg_attr(windows, path = "w.rs")] #[cfg_attr(unix, path = "u.rs")] mod a;',
    'value:mod-path w.rs',
    'value:mod-path u.rs',
    'value:mod-maybe a',
  ],
  [
    'extern crate',
    'extern crate a; pub extern crate b as c; extern crate self as d; use d::e; use c::f;',
    'value:extern-crate a',
    're-export:extern-crate b',
    'value crate::e [e]',
    'value ::b::f [f]',
  ],
  [
    'includes',
    'const A: &str = include_str!("a.txt"); include!{"b.rs"} std::include_bytes!(r#"c"#,);',
    'value:include a.txt',
    'value:include b.rs',
    'value:path std::include_bytes [include_bytes]',
    'value:include c',
  ],
  [
    'a file beside Cargo.toml',
    'include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/a", "/b.txt"))',
    'value:include-manifest a/b.txt',
  ],
  ['a computed include', 'include!(concat!(env!("OUT_DIR"), "/x.rs"));', 'value:include (computed)'],
  ['paths in code', 'fn f() { crate::a::b(); let x = &a::B::<u8>::new; }', P, 'value:path a::B [B]'],
  [
    'paths in types',
    'fn f(x: crate::a::b<serde::S>) -> ::x::Y where T: self::z::Z {}',
    P,
    'value:path serde::S [S]',
    'value:path ::x::Y [Y]',
    'value:path self::z::Z [Z]',
  ],
  ['qualified types', 'type A = <crate::a::b as x::T>::U::v;', P, 'value:path x::T [T]'],
  ['types and methods are no crates', 'fn f() { Vec::new(); T::a::b(); u8::MAX; x.a::<u8>(); Self::b(); }'],
  ['a range', 'fn f() { &x[..crate::a::b] }', P],
  [
    'a comparison, and an impl',
    'fn f() { x > ::a::b } impl<T> ::c::D for E {}',
    'value:path ::a::b [b]',
    'value:path ::c::D [D]',
  ],
  [
    'macros',
    'log::info!("{}", crate::a::b()); m![x; y::z];',
    'value:path log::info [info]',
    P,
    'value:path y::z [z]',
  ],
  ['items in a macro’s arguments', 'cfg_x! { use a::b; mod c; }', B, 'value:mod c'],
  ['a macro’s own language', 'm! { use the force; mod 1; } use a::b;', B],
  [
    'templates are for somewhere else',
    'macro_rules! m { () => { use x::y; crate::z::w!() }; } quote! { use #x::y; } macro n($a:expr) { use x::y; } use a::b;',
    B,
  ],
  ['visibility is no import', 'pub(in crate::x) struct A(pub(super) u8, pub (crate::a::b));', P],
  [
    'attributes',
    '#[tokio::main] #[derive(serde::S)] #[doc = include_str!("a.md")] #[allow(clippy::x)] #[rustfmt::skip] fn f() {}',
    'value:path tokio::main [main]',
    'value:path serde::S [S]',
    'value:include a.md',
  ],
  [
    'what the file imports is worked out',
    'use crate::a; use std::fmt as f; fn x() { a::b(); f::Y } use f::Z;',
    'value crate::a [a]',
    'value std::fmt [fmt]',
    P,
    'value:path std::fmt::Y [Y]',
    'value std::fmt::Z [Z]',
  ],
  [
    'what the file declares',
    'mod a; enum E { A } use E::*; use a::b; fn f() { a::c() }',
    'value:mod a',
    'value self::E [*]',
    'value self::a::b [b]',
    'value:path self::a::c [c]',
  ],
  [
    'a name that is its own crate’s',
    'use log::log; use serde::{self, de}; fn f() { log::x() }',
    'value log::log [log]',
    'value serde [serde]',
    'value serde::de [de]',
    'value:path log::log::x [x]',
  ],
  [
    'inline modules',
    'mod x { use super::a; use super::super::b; use self::c; mod y { use super::super::d; } fn f() { e::g(); } mod e {} }',
    'value self::a [a]',
    'value super::b [b]',
    'value self::x::c [c]',
    'value self::d [d]',
    'value:path self::x::e::g [g]',
  ],
  [
    'a block’s names stay in it',
    'fn f() { use a::b as n; n::x(); } fn g() { n::y(); }',
    B,
    'value:path a::b::x [x]',
    'value:path n::y [y]',
  ],
  [
    'cfg_if',
    'cfg_if::cfg_if! { if #[cfg(unix)] { mod u; } else { mod w; } } use u::x;',
    'value:path cfg_if::cfg_if [cfg_if]',
    'value:mod u',
    'value:mod w',
    'value self::u::x [x]',
  ],
  ['a macro that is re-exported', 'macro_rules! m { () => {} } pub(crate) use m;', 're-export self::m [m]'],
];

for (const [what, text, ...sites] of CASES) {
  test(what, () => assert.deepEqual(read(text), sites));
}

const T = 'test a::b [b]';
const TESTS: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['an import', '#[cfg(test)] use a::b; use c;', T, 'value c [c]'],
  [
    'a module',
    '#[cfg(test)] mod t { use super::*; fn f() { a::b() } } use c;',
    'test self [*]',
    'test:path a::b [b]',
    'value c [c]',
  ],
  ['a whole file', '#![cfg(test)] use a::b;', T],
  ['a whole module', 'mod t { #![cfg(test)] use a::b; } use c;', T, 'value c [c]'],
  [
    'all, any, not',
    '#[cfg(all(unix, test))] use a::b; #[cfg(any(test, x))] use c; #[cfg(not(test))] use d; #[cfg(any(test, all(test, y)))] use e;',
    T,
    'value c [c]',
    'value d [d]',
    'test e [e]',
  ],
  [
    'a feature called test',
    '#[cfg(feature = "test")] use c; #[cfg(test_x)] use d;',
    'value c [c]',
    'value d [d]',
  ],
  [
    'a test',
    '#[test] fn f() { use a::b; } #[tokio::test(x = "y")] async fn g() { use a::b; } use c;',
    T,
    'test:path tokio::test [test]',
    T,
    'value c [c]',
  ],
  [
    'attributes before and behind',
    '#[x::y] #[cfg(test)] #[z::w] pub fn f<A, B>() {} use c;',
    'test:path x::y [y]',
    'test:path z::w [w]',
    'value c [c]',
  ],
  [
    'a statement',
    '#[cfg(test)] const A: [B; { 1 }] = x::y({ 2 }); use c;',
    'test:path x::y [y]',
    'value c [c]',
  ],
  ['a field', 'struct A { #[cfg(test)] a: x::Y, b: z::W }', 'test:path x::Y [Y]', 'value:path z::W [W]'],
  [
    'an arm',
    'fn f() { match x { #[cfg(test)] A { .. } => { x::y() } B => z::w() } }',
    'test:path x::y [y]',
    'value:path z::w [w]',
  ],
];

for (const [what, text, ...sites] of TESTS) {
  test(`tests: ${what}`, () => assert.deepEqual(read(text), sites));
}

const DISGUISES = [
  '/* /* use x::y; */ use x::y; */',
  '// use x::y; \\',
  '/// use x::y;',
  '//! `use x::y;`',
  'const A: &str = "use x::y; \\" use x::y; \\\\";',
  'const A: &str = "\n use x::y;\n";',
  'const A: &str = r"\\"; const B: &str = r##"" use x::y; "# "##;',
  'const A: &[u8] = b"\\" use x::y;"; const B: &[u8] = br#"" use x::y; "#;',
  'const A: &CStr = c"\\" use x::y;"; const B: &CStr = cr#"" use x::y; "#;',
  "const A: [char; 3] = ['\"', '\\'', '\\\\'];",
  "const A: u8 = b'\"'; const B: u8 = b'\\'';",
  "const A: char = '\\u{22}'; const B: char = '\u{1F600}';",
  "fn f<'a>(x: &'a str, y: &'static str) -> &'a str { 'l: loop { break 'l } }",
  "fn f() { 'a'; 'b: loop {} '\"'; }",
  'const A: f32 = 1.0e-5_f32; const B: u8 = 0x_ff;',
];

for (const disguise of DISGUISES) {
  test(`what it hides stays hidden, what follows does not: ${disguise}`, () =>
    assert.deepEqual(read(`${disguise}\nuse a::b;`), [B]));
}

test('places: the own first name of each leaf, in UTF-16 units', () => {
  const extraction = rust.extract(
    'a.rs',
    '\uFEFFuse a::{\n  b, /* 😀 */ c::{d},\n};\nmod x;\nfn f() { ::a::B }',
  );
  assert.ok(extraction.ok);
  assert.deepEqual(
    extraction.sites.map(({ specifier, line, column }) => `${line}:${column} ${specifier}`),
    ['2:3 a::b', '2:19 a::c::d', '4:5 x', '5:12 ::a::B'],
  );
});

test('a hashbang, and an inner attribute that looks like one', () => {
  assert.deepEqual(read('#!/usr/bin/env use x::y;\nuse a::b;'), [B]);
  assert.deepEqual(read('#![cfg(test)]\nuse a::b;'), [T]);
});

test('what can’t be read is an error with its place', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['use a;\n /* /* */ use b;', '2:2'],
    ['use a;\nlet x = "use b;', '2:9'],
    ['let x = r#"use b;"', '1:9'],
    ["let x = '\\n;\nuse b;", '1:9'],
    ['use a::b\nfn f() {}', '1:1'],
    ['use a::{b;', '1:1'],
  ];
  for (const [text, place] of refused) {
    const extraction = rust.extract('a.rs', text);
    assert.ok(!extraction.ok, text);
    assert.equal(`${extraction.line}:${extraction.column}`, place, text);
  }
});

test('names that stand for one another in a circle are worked out so far and no further', () => {
  const sites = read('use a::b as c; use c::d as a; fn f() { a::x() }');
  assert.equal(sites.length, 3);
  for (const site of sites) assert.ok(site.length < 150, site);
});

test('brackets that do not match, and deep ones, crash nothing', () => {
  assert.deepEqual(read(')]}} use a::b; ((['), [B]);
  assert.deepEqual(read(`${'{'.repeat(1000)} use a::b;`), [B]);
  assert.ok(!rust.extract('a.rs', `${'{'.repeat(50_000)} use a::b;`).ok);
  assert.deepEqual(read(`${'/*'.repeat(50_000)}${'*/'.repeat(50_000)} use a::b;`), [B]);
  const groups = `use ${'a::{'.repeat(1000)}b${'}'.repeat(1000)};`;
  assert.ok(!rust.extract('a.rs', groups).ok);
});

test('hostile files cost what they are long', () => {
  const many = 20_000;
  assert.equal(read(`${'#[x::y] #[test] '.repeat(many)} fn f() {}`).length, many);
  assert.equal(read(`#[cfg_attr(${'#[cfg_attr('.repeat(900)}`).length, 0);
  const long = `use ${'a::'.repeat(many)}b as c;`;
  assert.equal(read(`${long} fn f() { ${'c::d(); '.repeat(many)} }`).length, many + 1);
});

test('any tokens at all are read or refused, never thrown', () => {
  const token = fc.constantFrom(
    ...'use mod pub crate self super a b :: { } ( ) [ ] ; , * as # ! #[cfg(test)] macro_rules " \' \'a r#" "# /* */ // \n < > -> . .. = extern quote! include! $x é'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), tokens => {
      const extraction = rust.extract('a.rs', tokens.join(' '));
      if (extraction.ok) for (const { line, column } of extraction.sites) assert.ok(line > 0 && column > 0);
      else assert.ok((extraction.line ?? 0) > 0);
    }),
    { numRuns: 2000 },
  );
});
