import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkQuery } from '../../../src/facts/code/compile-query.js';
import type { CodeQuery, SyntaxRule } from '../../../src/facts/code/query.js';
import { MAX_PARSED, searchCode } from '../../../src/facts/code/search.js';
import { repoPath } from '../../../src/model/brand.js';

function query(language: string, rule: string | SyntaxRule, more: Partial<CodeQuery> = {}): CodeQuery {
  return { language, rule: typeof rule === 'string' ? { pattern: rule } : rule, ...more };
}

function found(asked: CodeQuery, path: string, text: string) {
  assert.equal(checkQuery(asked), null);
  const fact = searchCode(repoPath(path), text, asked);
  assert.ok(fact.ok, fact.ok ? '' : fact.error.message);
  return fact.value;
}

function told(asked: CodeQuery, path: string, text: string): readonly string[] {
  return found(asked, path, text).matches.map(
    ({ line, column, firstLine }) => `${line}:${column} ${firstLine}`,
  );
}

const TYPESCRIPT = `console.log(1);
debugger
debugger;
const fs = require('fs');
foo(1)
foo(2);
class A { async f(a) { return process.env.HOME; } }
import _ from 'lodash';
const y = x as any;
`;
const GO =
  'package a\n\nimport "unsafe"\n\nfunc f() {\n\tfmt.Println(1)\n\tif x { panic("a") }\n\ta := foo\n}\n';
const JAVA = `import java.util.*;
class A {
  @Autowired private Foo foo;
  public int n;
  public void f(int a) { System.out.println(1); Thread.sleep(1); x = new Date(); }
}
`;
const CSHARP = `class A {
  public string P { get; set; }
  public void F() { Console.WriteLine(1); var t = DateTime.Now; }
}
`;
const RUST =
  'use std::process::Command;\npub fn f(a: u8) {\n    let x = a.unwrap();\n    println!("{}", 1);\n    unsafe { g() }\n}\n';
const PYTHON =
  "import os\nfrom x import y\n\ndef f(a):\n    # print(0)\n    print(1)\n    return os.environ['HOME'] + 'print(2)'\n";

/** Language, file, text, pattern, what it finds. */
const PATTERNS: readonly (readonly [string, string, string, string, readonly string[]])[] = [
  ['typescript', 'a.ts', TYPESCRIPT, 'console.log($$$)', ['1:1 console.log(1)']],
  ['typescript', 'a.tsx', TYPESCRIPT, 'console.log($$$)', ['1:1 console.log(1)']],
  ['ecmascript', 'a.mjs', TYPESCRIPT, 'console.log($$$)', ['1:1 console.log(1)']],
  ['javascript', 'a.jsx', TYPESCRIPT, 'console.$METHOD($$$)', ['1:1 console.log(1)']],
  ['typescript', 'a.js', TYPESCRIPT, 'console.log($$$)', []],
  ['typescript', 'a.ts', TYPESCRIPT, 'debugger;', ['2:1 debugger', '3:1 debugger;']],
  ['typescript', 'a.ts', TYPESCRIPT, 'foo($A);', ['5:1 foo(1)', '6:1 foo(2);']],
  ['typescript', 'a.ts', TYPESCRIPT, 'require("fs")', ["4:12 require('fs')"]],
  [
    'typescript',
    'a.ts',
    TYPESCRIPT,
    'async $F($$$) { $$$ }',
    ['7:11 async f(a) { return process.env.HOME; }'],
  ],
  ['typescript', 'a.ts', TYPESCRIPT, 'process.env.$X', ['7:31 process.env.HOME']],
  ['typescript', 'a.ts', TYPESCRIPT, 'import $X from "lodash"', ["8:1 import _ from 'lodash';"]],
  ['typescript', 'a.ts', TYPESCRIPT, '$X as any', ['9:11 x as any']],
  ['tsx', 'a.tsx', 'const a = <Foo a="1" />;', '<Foo $$$ />', ['1:11 <Foo a="1" />']],
  ['javascript', 'a.jsx', 'const a = <Foo a="1" />;', '<Foo $$$ />', ['1:11 <Foo a="1" />']],
  // What only one grammar of a language knows says nothing about files of the other.
  ['typescript', 'a.tsx', 'const a = <T>x</T>;', '<T>$X', []],
  ['typescript', 'a.ts', 'const a = <T>x;', '<T>$X', ['1:11 <T>x']],
  ['go', 'a.go', GO, 'fmt.Println($$$)', ['6:2 fmt.Println(1)']],
  ['go', 'a.go', GO, 'panic($A)', ['7:9 panic("a")']],
  ['go', 'a.go', GO, '$X := $Y', ['8:2 a := foo']],
  ['go', 'a.go', GO, 'foo', ['8:7 foo']],
  ['go', 'a.go', GO, 'import "unsafe"', ['3:1 import "unsafe"']],
  ['go', 'a.go', GO, 'func $F() { $$$ }', ['5:1 func f() {']],
  ['java', 'A.java', JAVA, 'System.out.println($$$)', ['5:26 System.out.println(1)']],
  ['java', 'A.java', JAVA, 'Thread.sleep($A);', ['5:49 Thread.sleep(1);']],
  ['java', 'A.java', JAVA, 'new Date()', ['5:70 new Date()']],
  ['java', 'A.java', JAVA, '@Autowired private $T $X;', ['3:3 @Autowired private Foo foo;']],
  ['java', 'A.java', JAVA, 'public int $X;', ['4:3 public int n;']],
  ['java', 'A.java', JAVA, 'import java.util.*;', ['1:1 import java.util.*;']],
  [
    'java',
    'A.java',
    JAVA,
    'public void $F($$$) { $$$ }',
    [JAVA.split('\n')[4]?.trim().replace(/^/, '5:3 ') ?? ''],
  ],
  ['csharp', 'A.cs', CSHARP, 'Console.WriteLine($$$)', ['3:21 Console.WriteLine(1)']],
  ['csharp', 'A.cs', CSHARP, 'DateTime.Now', ['3:51 DateTime.Now']],
  ['csharp', 'A.cs', CSHARP, 'public string $P { get; set; }', ['2:3 public string P { get; set; }']],
  [
    'csharp',
    'A.cs',
    CSHARP,
    'public void $F() { $$$ }',
    [CSHARP.split('\n')[2]?.trim().replace(/^/, '3:3 ') ?? ''],
  ],
  ['rust', 'a.rs', RUST, '$X.unwrap()', ['3:13 a.unwrap()']],
  ['rust', 'a.rs', RUST, 'println!($$$)', ['4:5 println!("{}", 1)']],
  ['rust', 'a.rs', RUST, 'unsafe { $$$ }', ['5:5 unsafe { g() }']],
  ['rust', 'a.rs', RUST, 'use std::process::Command;', ['1:1 use std::process::Command;']],
  ['rust', 'a.rs', RUST, 'pub fn $F($$$) { $$$ }', ['2:1 pub fn f(a: u8) {']],
  ['python', 'a.py', PYTHON, 'print($$$)', ['6:5 print(1)']],
  ['python', 'a.py', PYTHON, 'os.environ["HOME"]', ["7:12 os.environ['HOME']"]],
  ['python', 'a.py', 'run(a, shell=True)\nshell=True', 'shell=True', ['1:8 shell=True', '2:1 shell=True']],
  [
    'python',
    'a.py',
    'run(a, b, shell=True, c=1)',
    'run($$$, shell=True, $$$)',
    ['1:1 run(a, b, shell=True, c=1)'],
  ],
  ['typescript', 'a.ts', 'f({ a: 1, b: 2 })', '{ a: 1, $$$ }', ['1:3 { a: 1, b: 2 }']],
  ['python', 'a.py', PYTHON, 'import os', ['1:1 import os']],
  ['python', 'a.py', PYTHON, 'from x import $A', ['2:1 from x import y']],
  ['css', 'a.css', 'a { color: red }', 'color: red', ['1:5 color: red']],
  ['html', 'a.html', '<p><script>x</script></p>', '<script>$$$</script>', ['1:4 <script>x</script>']],
];

describe('patterns', () => {
  for (const [language, path, text, pattern, expected] of PATTERNS)
    test(`${pattern} in ${path} as ${language}`, () => {
      assert.deepEqual(told(query(language, pattern), path, text), expected);
    });
});

test('rule objects: kinds, relations, utilities and constraints', () => {
  const loop = { any: [{ kind: 'for_statement' }, { kind: 'for_in_statement' }] };
  const text = 'for (const a of b) { await c }\nawait d;\nfoo(1);foo(x);bar(2)';
  const cases: readonly (readonly [CodeQuery, readonly string[]])[] = [
    [query('typescript', { pattern: 'await $P', inside: { ...loop, stopBy: 'end' } }), ['1:22 await c']],
    [
      query('typescript', { pattern: 'await $P', not: { inside: { ...loop, stopBy: 'end' } } }),
      ['2:1 await d'],
    ],
    [
      query(
        'typescript',
        { pattern: 'await $P', inside: { matches: 'loop', stopBy: 'end' } },
        { utils: { loop } },
      ),
      ['1:22 await c'],
    ],
    [query('typescript', { pattern: '$F(x)' }), ['3:8 foo(x)']],
    [
      query(
        'typescript',
        { pattern: '$F($A)' },
        { constraints: { A: { kind: 'number' }, F: { regex: '^foo$' } } },
      ),
      ['3:1 foo(1)'],
    ],
    [query('typescript', { kind: 'call_expression', regex: '^bar' }), ['3:15 bar(2)']],
    [query('typescript', { all: [{ pattern: 'foo($A)' }, { not: { pattern: 'foo(1)' } }] }), ['3:8 foo(x)']],
  ];
  for (const [asked, expected] of cases)
    assert.deepEqual(told(asked, 'a.ts', text), expected, JSON.stringify(asked));
});

test('what the engine would take in silence, and never match, is refused with its place', () => {
  const refused: readonly (readonly [string, string | SyntaxRule, string, RegExp])[] = [
    ['typescript', 'foo.bar(', 'rule/pattern', /syntax error/],
    ['typescript', 'a; b', 'rule/pattern', /several pieces/],
    ['typescript', ' ', 'rule/pattern', /empty/],
    ['typescript', '$A', 'rule/pattern', /every node/],
    ['typescript', '$$$', 'rule/pattern', /every node/],
    ['tsx', '<T>$X', 'rule/pattern', /syntax error/],
    ['rust', 'fn f()', 'rule/pattern', /incomplete/],
    ['python', 'def f($A):', 'rule/pattern', /incomplete/],
    ['typescript', { any: [{ kind: 'number' }, { kind: 'nope' }] }, 'rule/any/1/kind', /no kind of node/],
    ['typescript', { kind: 'number', inside: { pattern: 'f(' } }, 'rule/inside/pattern', /syntax error/],
    ['typescript', { kind: 'number', regex: '(' }, 'rule', /unclosed group/],
    [
      'typescript',
      { kind: 'number', inside: { kind: 'program', field: 'nope' } },
      'rule',
      /invalid field nope/,
    ],
    ['typescript', { pattern: { context: 'f(' } }, 'rule/pattern/context', /syntax error/],
    ['typescript', { pattern: { context: 'f()', selector: 'class_declaration' } }, 'rule', /matches no node/],
  ];
  for (const [language, rule, key, message] of refused) {
    const problem = checkQuery(query(language, rule));
    assert.equal(problem?.code, 'rule-invalid', JSON.stringify(rule));
    assert.equal(problem?.key, key);
    assert.match(problem?.message ?? '', message);
  }
});

test('lines and columns count UTF-16 units; the end is exclusive; only the first line is kept', () => {
  const text = '\r\n/*😀é*/ f(\r\n  1,\r\n\t2)\r\n';
  assert.deepEqual(found(query('typescript', 'f($$$)'), 'a.ts', text).matches, [
    { line: 2, column: 9, endLine: 4, endColumn: 4, firstLine: 'f(' },
  ]);
  assert.deepEqual(told(query('python', 'f($$$)'), 'a.py', '"é😀"; f( \t 1)'), ['1:8 f( 1)']);
});

test('a node and its only child are one match; nested matches are two', () => {
  assert.deepEqual(told(query('typescript', 'f($$$)'), 'a.ts', 'f(f(1))'), ['1:1 f(f(1))', '1:3 f(1)']);
  const rule = { any: [{ kind: 'expression_statement' }, { kind: 'call_expression' }] };
  assert.deepEqual(told(query('typescript', rule), 'a.ts', 'f(1)'), ['1:1 f(1)']);
});

test('syntax errors: matches around them are found, and they are told where a match may hide in them', () => {
  const asked = query('typescript', 'evil($$$)');
  const broken = found(asked, 'a.ts', 'evil(1);\nlet x = ;;\nconst y = @@@ ^^ evil(\nevil(2);\n');
  assert.ok(broken.matches.some(({ line }) => line === 1));
  assert.ok(broken.gaps.length > 0);
  // Broken elsewhere, without a word of the pattern: nothing can hide there.
  const elsewhere = found(asked, 'a.ts', 'evil(1);\nlet x = ;;\n');
  assert.deepEqual([elsewhere.matches.length, elsewhere.gaps.length], [1, 0]);
  assert.deepEqual(found(query('typescript', { kind: 'number' }), 'a.ts', 'let x = ;;\n').gaps.length, 1);
});

test('a file that is too long to be parsed is an error where it may hold a match, and only there', () => {
  const asked = query('typescript', 'evil($$$)');
  const long = 'x;\n'.repeat(MAX_PARSED / 3 + 1);
  assert.ok(searchCode(repoPath('a.ts'), long, asked).ok);
  const fact = searchCode(repoPath('a.ts'), `${long}evil()`, asked);
  assert.equal(fact.ok ? null : fact.error.code, 'oversized');
});

test('deep nesting ends, and nothing overflows', () => {
  const depth = 50_000;
  const text = `evil(${'('.repeat(depth)}1${')'.repeat(depth)})`;
  assert.equal(found(query('typescript', 'evil($$$)'), 'a.ts', text).matches.length, 1);
  assert.equal(
    found(query('python', 'evil($$$)'), 'a.py', `evil(${'['.repeat(depth)}`).gaps.length > 0,
    true,
  );
});

test('an installation that can’t run the rule is an error, and no pass', () => {
  // Nothing here needs its package.
  const asked = query('kotlin', 'println($$$)');
  assert.equal(checkQuery(asked)?.code, 'engine-missing');
  const fact = searchCode(repoPath('a.kt'), 'fun main() { println(1) }', asked);
  assert.ok(!fact.ok);
  assert.equal(fact.error.code, 'engine-missing');
  assert.match(fact.error.message, /@ast-grep\/lang-kotlin/);
  assert.match(fact.error.remedy ?? '', /npm install --save-dev @ast-grep\/lang-kotlin@/);
  // Without the words of the pattern there is no match, whatever is installed.
  assert.ok(searchCode(repoPath('a.kt'), 'fun main() {}', asked).ok);
});
