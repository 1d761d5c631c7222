import assert from 'node:assert/strict';
import { test } from 'node:test';
import { java } from '../../../src/facts/imports/java.js';
import { shown } from './shown.js';

function read(text: string, path = 'src/A.java'): readonly string[] {
  const extraction = java.extract(path, text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(shown);
}

const IMPORT = 'value a.b.C [C]';
const CASES: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['a class', 'import a.b.C;', IMPORT],
  ['a wildcard', 'import a.b.*;', 'value a.b [*]'],
  ['a static member', 'import static a.b.C.x;', 'value:static a.b.C [x]'],
  ['all static members', 'import static a.b.C.*;', 'value:static a.b.C [*]'],
  ['a module (Java 25)', 'import module java.sql;', 'value:module java.sql [*]'],
  ['a package called module', 'import module.b.C;', 'value module.b.C [C]'],
  ['white space and comments in a name', 'import a /* ; */ . // x\n b\t.C ;', IMPORT],
  ['`$` and letters beyond ASCII', 'import a.b$c.Größe$;', 'value a.b$c.Größe$ [Größe$]'],
  ['an ignorable character', 'imp\u0000ort a.b.C;', IMPORT],
  ['annotations before the package', '@a.X("import z.Q;") package p; import a.b.C;', IMPORT],
  ['an import behind a semicolon', 'package p;; import a.b.C;;', IMPORT],
  ['a comment', '// import x.Y;\n/* import x.Y;\n */ import a.b.C;', IMPORT],
  ['a line comment that a carriage return ends', '// no \rimport a.b.C;', IMPORT],
  ['a string', 'class A { String s = "\\"; import x.y.Z;"; }'],
  ['a text block', 'class A { String s = """\n import x.y.Z; \\""" "" import x.y.Z;\n"""; }'],
  ['a character', "class A { char c = '\"'; char d = '\\''; } // \"\nimport a.b.C;", IMPORT],
  ['an escaped keyword', '\\u0069mport a.\\uuu0062.C;', IMPORT],
  ['an escape that opens a string', 'class A { Object o = \\u0022 x.y.Z " ; }'],
  ['an escape that closes a comment', '/* \\u002a\\u002f import a.b.C; /* */', IMPORT],
  ['an escape that ends a line comment', '// \\u000aimport a.b.C;', IMPORT],
  ['an escaped backslash is no escape', 'class A { String s = "\\\\u0022; x.y.Z.q();"; }'],
  ['a qualified name', 'class A { Object o = new a.b.C(a.b.D.E.f(), a.b.C.x); }', 'C', 'D'],
  ['a qualified annotation', 'class A { @a.b.C(a.b.D.X) int i; }', 'C', 'D'],
  ['a qualified type argument', 'class A extends T<a.b.C<? super a.b.D[]>> {}', 'C', 'D'],
  ['a qualified name over lines', 'class A { Object o = a /**/ .b\n // x\n .C.f(); }', 'C'],
  ['an annotated type', 'class A { a.b.@a.b.D(x.y()) C f; }', 'C', 'D'],
  ['an annotated type’s arguments', 'class A { x.@a.b.D(a.b.C.class) T f; }', 'D', 'C'],
  ['a method reference', 'class A { F f = a.b.C::f; }', 'C'],
  ['a field of an object', 'class A { Object o = this.a.b.C + f().a.b.C + x[0].a.b.C; }'],
  ['one segment before the class', 'class A { Object o = a.B.C; }'],
];

for (const [what, text, ...sites] of CASES) {
  const expected = sites.map(site => (site.length === 1 ? `value:qualified a.b.${site} [${site}]` : site));
  test(`${what}: ${JSON.stringify(text)}`, () => assert.deepEqual([...read(text)].sort(), expected.sort()));
}

const LOOKED_UP: readonly (readonly [string, string | null])[] = [
  ['"a.b.C"', 'a.b.C'],
  ['"a." + "b.C", true, loader', 'a.b.C'],
  ['"[La.b.C;"', 'a.b.C'],
  ['"a.b.C\\u0024D"', 'a.b.C$D'],
  ['"""\n  a.b.C"""', 'a.b.C'],
  ['name', null],
  ['"a.b." + name', null],
  ['module, "a.b.C"', null],
];

for (const [argument, specifier] of LOOKED_UP) {
  for (const owner of ['Class', 'java.lang.Class']) {
    test(`${owner}.forName(${argument})`, () =>
      assert.deepEqual(
        read(`class A { Object o = ${owner}.forName(${argument}); }`).filter(one =>
          one.startsWith('dynamic'),
        ),
        [`dynamic:class-name ${specifier ?? '(computed)'}`],
      ));
  }
}

test('Class::forName is computed', () =>
  assert.deepEqual(read('class A { F f = Class::forName; }'), ['dynamic:class-name (computed)']));

test('a module declaration', () => {
  const text = `import p.S; @a.b.C open module m.n {
    requires transitive static java.sql; requires transitive; exports p.q to x.y, z; opens p;
    uses p.S; provides p.S with q.Impl, q.Other; }`;
  const extraction = java.extract('x/module-info.java', text);
  assert.ok(extraction.ok);
  assert.deepEqual(extraction.sites.map(shown), [
    'value p.S [S]',
    'value:qualified a.b.C [C]',
    'value:module java.sql',
    'value:module transitive',
    'value:service p.S [S]',
    'value:service p.S [S]',
    'value:service q.Impl [Impl]',
    'value:service q.Other [Other]',
  ]);
  assert.deepEqual(extraction.declares, ['module m.n']);
  assert.deepEqual(read('class A { void f() { requires x; } }'), []);
});

test('places count UTF-16 units of the file, with its escapes', () => {
  const extraction = java.extract('A.java', '\uFEFFpackage p.q;\r\n/*\\u0041😀*/ import static a.b.C.x;');
  assert.ok(extraction.ok);
  assert.deepEqual(
    extraction.sites.map(({ line, column }) => [line, column]),
    [[2, 28]],
  );
  assert.deepEqual(extraction.declares, ['package p.q']);
});

test('what is not closed is an error with its place', () => {
  for (const [text, line, column] of [
    ['\n /* import', 2, 2],
    ['a "x\n"', 1, 3],
    ["a '", 1, 3],
    ['"""\n ""', 1, 1],
    ['\\u0041 "', 1, 8],
  ] as const) {
    const extraction = java.extract('A.java', text);
    assert.ok(!extraction.ok, text);
    assert.deepEqual([extraction.line, extraction.column], [line, column]);
  }
});
