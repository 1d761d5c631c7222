import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { c } from '../../../src/facts/imports/c.js';
import { shown } from './shown.js';

function read(text: string, path = 'a.cpp'): readonly string[] {
  const extraction = c.extract(path, text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(shown);
}

const A = 'value a.h';
const CASES: readonly (readonly [what: string, text: string, ...sites: string[]])[] = [
  ['quotes', '#include "a.h"', A],
  ['angle brackets', '#include <sys/a.h>', 'value:angle sys/a.h'],
  ['blanks', ' \t#\t include\t"a.h" \r\n', A],
  ['no blanks', '#include"a.h"\n#include<b>', A, 'value:angle b'],
  ['blanks in the name', '#include " a.h "', 'value  a.h '],
  [
    'include_next, import, embed',
    '#include_next <a.h>\n#include_next "b"\n#import "c.h"\n#import <d.h>\n#embed "e" limit(4)\n#embed <f>',
    'value:next-angle a.h',
    'value:next b',
    'value c.h',
    'value:angle d.h',
    'value:embed e',
    'value:embed-angle f',
  ],
  ['a macro', '#define X <a.h>\n#include X\n#include Y(a.h)', 'value (computed)', 'value (computed)'],
  ['a digraph', '%: include "a.h"', A],
  ['comments within', '/* x\n */ # /* y */ include /* "n" */ "a.h" /* z\n #include "n"\n*/ // w', A],
  [
    'slashes in a name',
    '#include <a//b.h>\n#include "c/*d"\n#include "a.h"',
    'value:angle a//b.h',
    'value c/*d',
    A,
  ],
  ['a backslash in a name', '#include "x\\a.h"\n#include "a.h"', 'value x\\a.h', A],
  ['spliced lines', '#inc\\\nlude "a\\\r\n.h"\n#include \\\n <b>', A, 'value:angle b'],
  ['a splice with blanks behind', '// x \\ \n#include "n"\n#include "a.h"', A],
  ['no directive', 'x #include "n"\n#included "n"\n#include\n#pragma include "n"\n#include "a.h"', A],
  ['__has_include', '#if __has_include("n")\n#include "a.h"\n#endif', A],
  [
    'every branch',
    '#ifdef X\n#include "a.h"\n#elif Y\n#include "b"\n#else\n#include "c"\n#endif',
    A,
    'value b',
    'value c',
  ],
  ['#if 0', '#if 0\n#include "n"\n#else\n#include "a.h"\n#endif', A],
  [
    '#if 0 spelt otherwise',
    '#if ( 0 ) // x\n#include "n"\n#endif\n#if false\n#include "n"\n#endif\n#if 0L\n#include "n"\n#elif X\n#include "a.h"\n#endif',
    A,
  ],
  ['not quite #if 0', '#if 0 || X\n#include "a.h"\n#endif\n#ifdef 0\n#include "b"\n#endif', A, 'value b'],
  [
    'conditions within #if 0',
    '#if 0\n#if X\n#include "n"\n#else\n#include "n"\n#endif\n#include "n"\n#endif\n#include "a.h"',
    A,
  ],
  ['#elif 0', '#if X\n#include "a.h"\n#elif 0\n#include "n"\n#else\n#include "b"\n#endif', A, 'value b'],
  ['prose in #if 0', '#if 0\ndon\'t "do\n#include "n"\n#endif\n#include "a.h"', A],
  ['too many #endif', '#endif\n#endif\n#if 0\n#endif\n#include "a.h"', A],
  ['digit separators', "int x = 1'000'000, y = 0x'a, z = '\"';\n#include \"a.h\"", A],
  ['a definition with a quote', '#define Q \'"\' /* x\n#include "n"\n*/\n#include "a.h"', A],
  ['an error with an apostrophe', '#error don\'t\n#include "a.h"', A],
  ['a byte order mark', '\uFEFF#include "a.h"', A],
  [
    'modules',
    'import std;\nexport import a.b;\nimport <c>;\nimport "d";\nmodule x;\nimport :p;\nexport module y;\nmodule;',
    'value:module std [*]',
    're-export:module a.b [*]',
    'value:angle c',
    'value d',
    'value:module x [*]',
    'value:module x:p [*]',
  ],
  [
    'what only looks like a module',
    'import(x);\nimport = 5;\nimport::f();\nx; import y;\nimporter a;\nmodule(x);\nmodule_t y;\nexport template <class T> struct S;',
  ],
];

for (const [what, text, ...sites] of CASES) {
  test(what, () => assert.deepEqual(read(text), sites));
}

const DISGUISES = [
  '/* #include "n"\n#include "n"\n// */',
  '// \\\n#include "n" \\\\\\\n#include "n"',
  'const char *s = "\\\n#include \\"n\\" \\\n";',
  'const char *s = "\\\\"; // "',
  'auto s = R"(\n#include "n"\n)" "";',
  'auto s = u8R"x-y(\n#include "n"\n)" )x-z" )x-y";',
  'auto s = LR"(\n#include "n"\n" \' // /* \n)";',
  "char c = '\\'', d = '\"', e = L'/*', f = '//';",
  'int R = 1; auto s = xR"("; f("\\"/*");',
];

for (const disguise of DISGUISES) {
  test(`what it hides stays hidden, what follows does not: ${JSON.stringify(disguise)}`, () =>
    assert.deepEqual(read(`${disguise}\n#include "a.h"`), [A]));
}

test('each kind of file takes its own syntax', () => {
  assert.deepEqual(read('import x;', 'a.c'), []);
  assert.deepEqual(read('@import UIKit.UIView;\n@import  Foundation ;\n@implementation x', 'a.m'), [
    'value:module UIKit.UIView [*]',
    'value:module Foundation [*]',
  ]);
  assert.deepEqual(read('@import UIKit;', 'a.cpp'), []);
  assert.deepEqual(read('#include "a.h"', 'A.CU'), [A]);
});

test('places: the opening quote, in UTF-16 units, through splices and comments', () => {
  const extraction = c.extract(
    'a.cpp',
    '\uFEFF#include "a"\n/* 😀 */ #include <b>\n#inc\\\nlude "c"\n# include /* x\n */ "d"\nimport e;',
  );
  assert.ok(extraction.ok);
  assert.deepEqual(
    extraction.sites.map(({ specifier, line, column }) => `${line}:${column} ${specifier}`),
    ['1:11 a', '2:19 b', '4:6 c', '6:5 d', '7:8 e'],
  );
});

test('what can’t be read is an error with its place', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['int a;\n /* x', '2:2'],
    ['#include "a.h" /* x', '1:16'],
    ['auto s = R"x( )";\n#include "n"', '1:10'],
  ];
  for (const [text, place] of refused) {
    const extraction = c.extract('a.cpp', text);
    assert.ok(!extraction.ok, text);
    assert.equal(`${extraction.line}:${extraction.column}`, place, text);
  }
});

test('hostile lengths are read in one go', () => {
  const long = 100_000;
  assert.deepEqual(read(`#define X ${'/ '.repeat(long)}\n#include "a.h"`), [A]);
  assert.deepEqual(read(`#define X ${'"" < '.repeat(long)}\n#include "a.h"`), [A]);
  assert.deepEqual(read(`#define X ${'\\\n'.repeat(long)}\n#include "a.h"`), [A]);
  assert.deepEqual(read(`${'#if 0\n'.repeat(long)}${'#endif\n'.repeat(long)}#include "a.h"`), [A]);
  assert.deepEqual(read(`${'R"("'.repeat(long)}`.replace(/R"\("/g, 'R"x y"')), []);
});

test('any text at all is read or refused, never thrown', () => {
  const token = fc.constantFrom(
    ...[
      '#include',
      ' "a.h"',
      ' <b>',
      '\n',
      '\\\n',
      '/*',
      '*/',
      '//',
      '"',
      "'",
      'R"(',
      ')"',
      '#if 0',
      '#else',
      '#endif',
      'import ',
      'x',
      ';',
      ' ',
      '\\',
      '1',
      '%:',
      '@',
    ],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), tokens => {
      const extraction = c.extract('a.cpp', tokens.join(''));
      if (extraction.ok) for (const { line, column } of extraction.sites) assert.ok(line > 0 && column > 0);
      else assert.ok((extraction.line ?? 0) > 0);
    }),
    { numRuns: 2000 },
  );
});
