import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csharp } from '../../../src/facts/imports/csharp.js';
import { shown } from './shown.js';

function read(text: string): readonly string[] {
  const extraction = csharp.extract('A.cs', text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(shown);
}

const USING = 'value A.B [*]';
const DIRECTIVES: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['a namespace', 'using A.B;', USING],
  ['a global one', 'global using A.B; global using static A.B.C;', USING, 'value:static A.B.C [*]'],
  ['static', 'using static A.B.C;', 'value:static A.B.C [*]'],
  ['an alias', 'using X = A.B.C;', 'value:alias A.B.C [C]'],
  ['an unsafe alias', 'using unsafe X = A.B.C*;', 'value:alias A.B.C [C]'],
  ['type arguments', 'using X = A.L<A.D>;', 'value:alias A.L [L]', 'value:qualified A.D [D]'],
  ['a tuple', 'using X = (int a, A.D b);', 'value:qualified A.D [D]'],
  ['a keyword', 'using X = int; using Y = string?;'],
  ['global::', 'namespace N { using global::A.B; }', USING],
  ['an external alias', 'extern alias X; using X::A.B;', 'value:extern X', USING],
  ['white space', 'using\n A /* ; */ . // x\n B ;', USING],
  ['@ and escapes', 'using @A.\\u0042;', USING],
  ['no keyword', 'class C { object @using; } class D { void f() { \\u0075sing A; } }'],
  [
    'in a namespace',
    'namespace N.M { namespace O { using A.B; } using A.B; }',
    'value:using@N.M.O A.B [*]',
    'value:using@N.M A.B [*]',
  ],
  ['in a file’s namespace', 'namespace N; using A.B;', 'value:using@N A.B [*]'],
  [
    'statements',
    'using var x = y; using (f()) {} using A x = y; await using var z = y; class C { void f() { using (x) {} } }',
  ],
  ['a comment', '/* using X; /* */ using A.B; // using Y;\n/// <see cref="A.B"/>', USING],
];

const Q = 'value:qualified A.B [B]';
const CODE: readonly (readonly [what: string, code: string, ...sites: string[]])[] = [
  ['a string', 'x = "A.C \\" A.C"; y = A.B;', Q],
  ['a verbatim string', 'x = @"A.C \\"; y = A.B; z = @"a "" A.C "" ";', Q],
  ['a raw string', 'x = """ A.C "" \\"""; y = A.B; z = """"\n """ A.C\n """";', Q],
  ['an interpolated string', 'x = $"A.C {{A.C}} {A.B:A.C} {{";', Q],
  ['a format with quotes', 'x = $"{d:HH\'h\'mm}"; y = A.B;', Q],
  ['strings in holes', 'x = $"{f("}", $@"{A.B}""}", \'}\')}A.C";', Q],
  ['a verbatim interpolated string', 'x = $@"\\{A.B}\\""A.C"; y = @$"{x}\\";', Q],
  ['a raw interpolated string', 'x = $$"""{A.C} "{{{A.B}}}" {{ new { y } }} """;', Q],
  ['initializers in holes', 'x = $"{new X { Y = A.B }}A.C";', Q],
  ['alignment', 'x = $"{A.B,-10:0.0}";', Q],
  ['a conditional in a hole', 'x = $"{(a ? A.B : c)}";', Q],
  ['a suffix', 'x = "A.C"u8; y = A.B;', Q],
  ['characters', "x = '\"'; y = A.B; z = '\\''; w = '\\u0022';", Q],
  ['a constructor', 'x = new A.B(1);', Q],
  ['a method', 'A.B.f(); A.C(); y = A.B.M(); await A.D();', Q],
  ['a type test', 'if (x is A.B or not A.B(1)) {} switch (x) { case A.B(var y): break; }', Q],
  ['an argument', 'f(x, A.B());'],
  ['type arguments', 'x = A.B<A.C>.D;', Q, 'value:qualified A.C [C]'],
  ['the global namespace', 'x = global::A.B;', Q],
  ['a member’s member', 'x = this.A.B + y.A.B + f().A.B + a?.A.B + x[0].A.B;'],
  ['lower case behind', 'x = A.B.c.D;', Q],
];

for (const [what, text, ...sites] of DIRECTIVES)
  test(`${what}: ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), sites));
for (const [what, code, ...sites] of CODE)
  test(`${what}: ${JSON.stringify(code)}`, () =>
    assert.deepEqual(read(`class X { void f() { ${code} } }`), sites));

test('attributes, bases and declarations', () => {
  assert.deepEqual(
    read('[assembly: A.B("x")] [C.D, E.F(1)] class G : H.I, J { K.L f; M.N g() => x; void O.P.q() {} }'),
    [
      Q,
      ...['C.D', 'E.F', 'H.I', 'K.L', 'M.N', 'O.P'].map(name => `value:qualified ${name} [${name.at(-1)}]`),
    ],
  );
});

test('a name is given once in each namespace', () => {
  assert.deepEqual(read('class X { A.B a; A.B b; } namespace N { class Y { A.B a; A.B b; } }'), [
    Q,
    'value:qualified@N A.B [B]',
  ]);
});

test('all branches of #if count, and begin in one scope', () => {
  const text = `
#if X // it's
using A.B;
namespace M {
#elif Y
  #region isn't "closed
using A.C;
namespace N {
  #endregion
#else
namespace O {
#endif
using A.D;
class Z {}
}
using A.E;`;
  assert.deepEqual(read(text), [USING, 'value A.C [*]', 'value:using@O A.D [*]', 'value A.E [*]']);
});

test('what no build can hold does not count', () => {
  const text = `
#if false
using X; " /* '
  #if true
using X;
  #else
using X;
  #endif
#elif Y
using A.B;
#else
using A.C;
#endif
# if (true) // always
using A.D;
#elif Z
using X;
#else
using X;
#endif
#if !true
using X;
#endif
"#if false"; /*
#if false */ using A.E;`;
  assert.deepEqual(read(text), [USING, 'value A.C [*]', 'value A.D [*]', 'value A.E [*]']);
});

for (const [call, shownAs] of [
  ['Type.GetType("A.B, Asm")', 'type-name A.B'],
  ['System.Type.GetType(@"A.B+C", true)', 'type-name A.B.C'],
  ['Type.GetType("A." + "B`1[[X.Y, Z]]")', 'type-name A.B'],
  ['Type.GetType(name)', 'type-name (computed)'],
  ['Type.GetType($"A.{x}")', 'type-name (computed)'],
  ['Assembly.Load("A.B, Version=1.0")', 'assembly A.B'],
  ['System.Reflection.Assembly.LoadFrom(path)', 'assembly (computed)'],
] as const)
  test(call, () => {
    const found = read(`class X { object o = ${call}; }`);
    assert.deepEqual(
      found.filter(one => one.startsWith('dynamic')),
      [`dynamic:${shownAs}`],
    );
  });

test('declares the namespaces that hold something', () => {
  for (const [text, declares] of [
    ['namespace A.B;\nclass C {}', ['A.B']],
    ['namespace A { namespace B { class C {} } namespace D {} }', ['A.B']],
    ['namespace A { class C {} namespace B { enum E {} } }', ['A', 'A.B']],
    ['using A; class C { }', undefined],
  ] as const) {
    const extraction = csharp.extract('A.cs', text);
    assert.ok(extraction.ok);
    assert.deepEqual(extraction.declares, declares);
  }
});

test('what is not closed is an error with its place', () => {
  for (const [text, line, column] of [
    ['\n /* using', 2, 2],
    ['x = "a\n"', 1, 5],
    ['x = @"a "" \n', 1, 5],
    ['x = """ a ""', 1, 5],
    ['x = $"{ y ', 1, 5],
    ['x = $"{ y:z ', 1, 5],
    ["'a\n'", 1, 1],
  ] as const) {
    const extraction = csharp.extract('A.cs', text);
    assert.ok(!extraction.ok, text);
    assert.deepEqual([extraction.line, extraction.column], [line, column]);
  }
});
