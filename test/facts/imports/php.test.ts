import assert from 'node:assert/strict';
import { test } from 'node:test';
import { php } from '../../../src/facts/imports/php.js';

/** `use A\B`, `name A\B`, `include ./x`: form and specifier. */
function importsOf(text: string): readonly string[] {
  const extraction = php.extract('src/a.php', text);
  assert.ok(extraction.ok, extraction.ok ? '' : extraction.message);
  return extraction.sites.map(({ form, specifier }) => `${form} ${specifier ?? '(computed)'}`);
}

const cases = (table: readonly (readonly [code: string, ...expected: string[]])[]): void => {
  for (const [code, ...expected] of table) assert.deepEqual(importsOf(`<?php\n${code}`), expected, code);
};

test('use: classes, functions, constants, groups, aliases, several in one statement', () => {
  cases([
    ['use App\\Db\\Pool;', 'use App\\Db\\Pool'],
    ['use \\App\\Db\\Pool as P, App\\Log;', 'use App\\Db\\Pool', 'use App\\Log'],
    [
      'use function App\\f as g; use const App\\{A, B as C,};',
      'function App\\f',
      'const App\\A',
      'const App\\B',
    ],
    ['use App\\{Db\\Pool, function f, const C};', 'use App\\Db\\Pool', 'function App\\f', 'const App\\C'],
    ['USE Function App\\f;', 'function App\\f'],
    ['namespace A { use B\\C; } namespace D { use E; }', 'use B\\C', 'use E'],
    ['use PDO;', 'use PDO'],
    ['use App\\ /* why */ { // c\n A };', 'use App\\A'],
  ]);
});

test('use inside a class names traits, and after a closure it captures', () => {
  cases([
    [
      'namespace N; class A { use B, \\C\\D { B::x insteadof D; D::y as protected z; } use E; }',
      'relative N\\B',
      'name C\\D',
      'relative N\\D',
      'relative N\\E',
    ],
    ['$f = function () use ($x, &$y): A { }; $g = fn (B $b): C => $b;', 'name A', 'name B', 'name C'],
  ]);
});

test('names in code: whole, through an alias, and of the own namespace', () => {
  cases([
    ['new \\App\\Db\\Pool; \\App\\X::y(); \\App\\X::z();', 'name App\\Db\\Pool', 'name App\\X'],
    [
      'namespace N; use App\\Models as M; new M\\User(); new namespace\\A; new B\\C;',
      'use App\\Models',
      'name App\\Models\\User',
      'name N\\A',
      'name N\\B\\C',
    ],
    ['namespace N; use App\\X; new X; X::y(); $a instanceof X;', 'use App\\X'],
    [
      'namespace N; class A extends B implements C, D {} interface E extends F, G {}',
      'relative N\\B',
      'relative N\\C',
      'relative N\\D',
      'relative N\\F',
      'relative N\\G',
    ],
    [
      'namespace N; new class(new A, [1]) extends B implements C { use D; }; new readonly class {};',
      'relative N\\A',
      'relative N\\B',
      'relative N\\C',
      'relative N\\D',
    ],
    ['namespace N; try { } catch (A | \\B $e) { } finally { }', 'relative N\\A', 'name B'],
    [
      'namespace N; enum Suit: string implements A { case B = X::C; const D = self::B; }',
      'relative N\\A',
      'relative N\\X',
    ],
    [
      'namespace N; $x = \\A\\f(\\A\\C) + A\\g() + \\strlen(\\PHP_EOL) + h();',
      'function A\\f',
      'const A\\C',
      'function N\\A\\g',
    ],
    ['new self; new static; new parent; static::x(); $c = new $class; $o::y();'],
  ]);
});

test('types of parameters, results, properties, constants and hooks', () => {
  cases([
    [
      'function f(?A $a, B|int|null $b, (C&D)|null $c = null, E &...$e): ?F {}',
      'name A',
      'name B',
      'name C',
      'name D',
      'name E',
      'name F',
    ],
    [
      'class X { public ?A $a; private static (B&C)|null $b = D::E, $c; readonly F $f; const G H = 1, I = 2; }',
      'name A',
      'name B',
      'name C',
      'name D',
      'name F',
      'name G',
    ],
    [
      'class X { public function __construct(private readonly A $a = new B(), #[C(D::class)] protected(set) E $e) {} }',
      'name A',
      'name B',
      'name C',
      'name D',
      'name E',
    ],
    [
      'class X { public A $a { get => new B; set(C $c) { D::e(); } } abstract function f(): E; }',
      'name A',
      'name B',
      'name C',
      'name D',
      'name E',
    ],
    [
      'class X { const function = 1, NEW = Y::Z; function use(): A {} function new(B $b) {} public $c; }',
      'name Y',
      'name A',
      'name B',
    ],
    [
      '#[A, B(1, C::class), \\D\\E] function f(string $s, self $x): never {}',
      'name A',
      'name B',
      'name C',
      'name D\\E',
    ],
  ]);
});

test('words that are keywords elsewhere', () => {
  cases([
    [
      'f(new: 1, use: A::B, class: 2, include: 3, function: 4); $x->new; $x?->include(1); A::use(); A::class;',
      'name A',
    ],
    ['$x->require("a.php"); self::include("b.php"); function_exists("c"); $enum = enum("A"); class Enum {}'],
    ['goto end; end: switch ($a) { case B::NEW: break; default: }', 'name B'],
  ]);
});

test('include: literals, the file’s folder, and what only running tells', () => {
  cases([
    ['require \'a.php\'; include_once("b/c.php");', 'include-path a.php', 'include-path b/c.php'],
    [
      "require __DIR__ . '/../a.php'; require dirname(__FILE__) . '/b.php';",
      'include ./../a.php',
      'include ./b.php',
    ],
    [
      "require dirname(__DIR__, 2).'/a.php'; require \\dirname(__DIR__) . DIRECTORY_SEPARATOR . 'b.php';",
      'include ./../../a.php',
      'include ./../b.php',
    ],
    [
      'require $file; include __DIR__ . "/$x.php"; return require ABSPATH . "x.php";',
      'include (computed)',
      'include (computed)',
      'include (computed)',
    ],
    [
      "$a = [include 'a.php', include('b.php') . 'c']; include 'd.php' or die;",
      'include-path a.php',
      'include-path b.phpc',
      'include-path d.php',
    ],
    ["$x = $y ? require 'a.php' : include __DIR__ . '/b.php';", 'include-path a.php', 'include ./b.php'],
    ["require 'it\\'s.php'; require \"a\\x2ephp\";", "include-path it's.php", 'include-path a.php'],
  ]);
});

test('comments, strings, heredocs and HTML hide what looks like imports, and nothing else', () => {
  cases([
    ['// use A\\B; ?><?php use C\\D;', 'use C\\D'],
    ['# use A;\n/* use B; */ /** @use C */ use E\\F;', 'use E\\F'],
    ["$x = \"use A\\B; new C\"; $y = 'new D \\' new E'; `new F`;"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: PHP writes it so
    ['$x = "{$a[\\A\\B::C]} ${d} {$e->f("{$g} new H")} $i[j]";', 'name A\\B'],
    ['$x = <<<X\n  new A; {$b->c(new D)}\n  XY\n  X . new E;', 'name D', 'name E'],
    ["$x = <<<'X'\n  {$a} new B\n  X; new C;", 'name C'],
    ['$x = <<<"X"\nX; new A;', 'name A'],
    ['use A\\B; ?>\n<p>use C\\D; <?= new E ?> it\'s "<?php new F;', 'use A\\B', 'name E', 'name F'],
    ['new A; __halt_compiler(); new B; "', 'name A'],
    ['$a = 1 <<< 2; $b = $c % "\\\\"; new D;', 'name D'],
  ]);
  assert.deepEqual(importsOf('#!/usr/bin/env php\n<?xml version="1.0"?>\n<?PHP use A\\B;'), ['use A\\B']);
  assert.deepEqual(importsOf('use A\\B; no tag at all'), []);
});

test('what the file declares is nothing that it imports, and is told', () => {
  const extraction = php.extract(
    'a.php',
    '<?php namespace N; class A { function m() {} } function f() { return new a(\\N\\f()); } enum B {} const C = 1, E = [1, 2]; new D;',
  );
  assert.ok(extraction.ok);
  assert.deepEqual(extraction.declares, ['N\\A', 'N\\B', 'N\\f()', 'const N\\C', 'const N\\E']);
  assert.deepEqual(
    extraction.sites.map(({ specifier }) => specifier),
    ['N\\D'],
  );
});

test('places and names', () => {
  const extraction = php.extract(
    'a.php',
    '<?php\r\nuse A\\{\r\n  B\\C as D,\r\n};\r\n/* ✓𝒳 */ new \\E\\F; require  __DIR__ . "/g.php";',
  );
  assert.ok(extraction.ok);
  assert.deepEqual(extraction.sites, [
    { specifier: 'A\\B\\C', kind: 'value', typeOnly: false, form: 'use', line: 3, column: 3, names: ['C'] },
    { specifier: 'E\\F', kind: 'value', typeOnly: false, form: 'name', line: 5, column: 15, names: ['F'] },
    { specifier: './g.php', kind: 'require', typeOnly: false, form: 'include', line: 5, column: 30 },
  ]);
});

test('a file that ends inside a string or comment is an error with its place', () => {
  for (const [code, message, line, column] of [
    ['<?php\n $x = "abc', 'a string is never closed', 2, 7],
    ["<?php $x = 'abc\\'", 'a string is never closed', 1, 12],
    ['<?php /* abc', 'a comment is never closed', 1, 7],
    ["<?php <<<'X'\nabc", 'a heredoc is never closed', 1, 7],
    ['<?php <<<X\nabc {$a', 'a string is never closed', 1, 7],
  ] as const)
    assert.deepEqual(php.extract('a.php', code), { ok: false, message, line, column }, code);
});

test('hostile input takes time in proportion and never throws', () => {
  const many = 200_000;
  for (const text of [
    '(',
    '{',
    '[',
    '#[',
    '"{$a',
    'new class(',
    'function(',
    '<<<',
    '\\',
    '?><?php ',
    'a\\',
    'use a\\{',
  ])
    php.extract('a.php', `<?php ${text.repeat(many / text.length)}`);
  for (const text of [')', '}', 'class A extends ', 'use ', 'const ', 'namespace '])
    assert.ok(php.extract('a.php', `<?php ${text.repeat(many / text.length)}`).ok, text);
});
