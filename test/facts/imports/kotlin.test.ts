// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Kotlin's templates look like JavaScript's
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kotlin } from '../../../src/facts/imports/kotlin.js';
import { shown } from './shown.js';

function read(text: string, path = 'src/A.kt'): readonly string[] {
  const extraction = kotlin.extract(path, text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(shown);
}

const IMPORT = 'value a.b.C [C]';
const D = 'value:qualified a.b.D [D]';
const CASES: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['a class', 'import a.b.C', IMPORT],
  ['an alias', 'import a.b.C as D\nimport a.b.f;', IMPORT, 'value a.b.f [f]'],
  ['a wildcard', 'import a.b.*', 'value a.b [*]'],
  ['backticks', 'import a.`in`.`the C`', 'value a.in.the C [the C]'],
  [
    'the header',
    '#!/usr/bin/env kotlin "\n@file:[JvmName("X") A]\n@file:B(x = 1)\npackage p\nimport a.b.C',
    IMPORT,
  ],
  ['annotations with names', '@file:OptIn(a.b.D::class)\npackage p; import a.b.C', D, IMPORT],
  ['type arguments of an annotation', '@file:A<B>\nimport a.b.C', IMPORT],
  ['`import` as a name', 'import a.b.C\nval import = 1\nfun f() { import; x.import }', IMPORT],
  ['no import behind code', 'val x = 1\nimport x.y.Z', 'value:qualified x.y.Z [Z]'],
  ['nested comments', '/* /* */ import x.y.Z */ import a.b.C // import x.Y', IMPORT],
  ['an empty comment', '/**/import a.b.C', IMPORT],
  ['a string', 'val s = "import x.y.Z \\" $x.y.Z"'],
  ['a raw string', 'val s = """ " import x.y.Z \\"""\nval t = a.b.D.x', D],
  ['a raw string that ends in quotes', 'val s = """"""" + a.b.D + """ x.y.Z """', D],
  ['a template', 'val s = "${a.b.D.x} x.y.Z"', D],
  ['braces in a template', 'val s = "${run { "}" + "${ { a.b.D } }" }} x.y.Z"', D],
  ['a template in a raw string', 'val s = """${ """${a.b.D}""" } x.y.Z"""', D],
  ['two dollars', 'val s = $$"${x.y.Z} $${a.b.D}"', D],
  ['two dollars of one', 'val s = "$${a.b.D}"', D],
  ['characters', "val c = '\"'; val d = '\\''; val e = a.b.D; val f = '\"'", D],
  ['a part behind a template', 'val s = "${a.b}".D'],
  ['a safe call', 'val s = a?.b?.D + a.b?.D'],
  ['a receiver', 'fun a.b.D.f() = this.a.b.C', D],
];

for (const [what, text, ...sites] of CASES)
  test(`${what}: ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), sites));

test('scripts import too', () =>
  assert.deepEqual(read('import a.b.C\nprintln("x")', 'build.gradle.kts'), [IMPORT]));

for (const [argument, specifier] of [
  ['"a.b.C"', 'a.b.C'],
  ['"a.b.C\\$D"', 'a.b.C$D'],
  ['"a." + "b.C", true, l', 'a.b.C'],
  ['"""a.b.C"""', 'a.b.C'],
  ['"a.$x"', null],
  ['"a.${x}"', null],
  ['x', null],
] as const)
  test(`Class.forName(${argument})`, () =>
    assert.deepEqual(read(`val c = Class.forName(${argument})`), [
      `dynamic:class-name ${specifier ?? '(computed)'}`,
    ]));

const DECLARED: readonly (readonly [text: string, ...names: string[]])[] = [
  ['package p.q\nclass A', 'package p.q'],
  [
    'package p\nclass A { class N; fun f() {} }\ndata class B(val x: Int)\nenum class E { X }',
    'p.B',
    'p.E',
    'package p',
  ],
  ['interface I\nfun interface F\nobject O\ntypealias T = a.b.C', 'F', 'I', 'O', 'T'],
  ['fun f() = 1\nfun <T : C<T>> C<T>.g(): T = x\nsuspend fun (() -> Unit).h() {}', 'f', 'g', 'h'],
  ['val x = 1\nvar a.b.C<in T>?.y: Int\n  get() = 1\nval <T> T.z get() = this', 'x', 'y', 'z'],
  ['private fun f() {}\nprivate class C\ninternal val v by lazy { 1 }', 'v'],
  ['val o = object : R { fun n() {} }\nval k = A::class\nval f = fun(x: Int) = x', 'f', 'k', 'o'],
  ['fun `two words`() {}\nfun @a.B("x") T.g() {}', 'g', 'two words'],
  ['@file:JvmName("Facade")\npackage p\nfun f() {}', 'p.Facade', 'p.f', 'package p'],
];

for (const [text, ...names] of DECLARED) {
  test(`declares ${names.join(', ')}: ${JSON.stringify(text)}`, () => {
    const extraction = kotlin.extract('src/A.kt', text);
    assert.ok(extraction.ok);
    assert.deepEqual(extraction.declares, names);
  });
}

test('a script declares nothing', () => {
  const extraction = kotlin.extract('x.main.kts', 'package p\nfun f() {}');
  assert.ok(extraction.ok);
  assert.equal(extraction.declares, undefined);
});

test('what is not closed is an error with its place', () => {
  for (const [text, line, column] of [
    ['\n /* /* */', 2, 2],
    ['val a = "x\n"', 1, 9],
    ['val a = """ "" ', 1, 9],
    ['val a = "${ x ', 1, 9],
    ['val `a\n`', 1, 5],
    ["'", 1, 1],
  ] as const) {
    const extraction = kotlin.extract('A.kt', text);
    assert.ok(!extraction.ok, text);
    assert.deepEqual([extraction.line, extraction.column], [line, column]);
  }
});
