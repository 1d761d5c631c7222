import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruby } from '../../../src/facts/imports/ruby.js';

/** `require a`, `autoload a/b [B]`, `constant Outer>A::B`. */
function importsOf(text: string): readonly string[] {
  const extraction = ruby.extract('a.rb', text);
  if (!extraction.ok) return [`${extraction.line}:${extraction.column} ${extraction.message}`];
  return extraction.sites.map(({ form, specifier, names }) => {
    const shown = names === undefined || names.join() === '*' ? '' : ` [${names.join()}]`;
    return `${form} ${specifier ?? '(computed)'}${shown}`;
  });
}

const TABLE: Readonly<Record<string, readonly [text: string, ...found: string[]]>> = {
  'what loads files': [
    [
      "require 'a'",
      'require("b/c") if x',
      'require_relative "../d"',
      "load 'e.rb', true",
      'Kernel.require %q(f)',
      "::Kernel.load('g.rb')",
      "require 'h' 'i'; require 'j' # note",
      'require_dependency "k"',
    ].join('\n'),
    ...['require a', 'require b/c', 'require_relative ../d', 'load e.rb', 'constant Kernel', 'require f'],
    ...['constant ::Kernel', 'load g.rb', 'require hi', 'require j', 'require_dependency k'],
  ],
  computed: [
    'require x\nrequire "a#{b}"\nrequire "a" + b\nload(path)\nrequire_relative [1].first',
    ...['require (computed)', 'require (computed)', 'require (computed)', 'load (computed)'],
    'require_relative (computed)',
  ],
  'paths spelt out from the file’s own place': [
    [
      "require File.expand_path('../a', __FILE__)",
      "require File.expand_path('b', __dir__)",
      'load File.join(File.dirname(__FILE__), "c.rb")',
      "require File.dirname(__FILE__) + '/d'",
    ].join('\n'),
    ...[
      'require_relative a',
      'constant File',
      'require_relative b',
      'require_relative c.rb',
      'require_relative d',
    ],
  ],
  'no loading': [
    [
      'params.require(:user)',
      'x.load "a"',
      'gem "b", require: "c"',
      'require',
      'require if x',
      'load { 1 }',
      'alias require load',
      'def load(x) = y.load(x)',
      'load(x)',
      ':require',
      '# require "d"',
      '=begin',
      'require "e"',
      '=end',
      '\'require "f"\'',
      'def require_relative; end',
      '__END__',
      'require "g"',
    ].join('\n'),
  ],
  'a comment that ends in a dot is no receiver': ['# see x.\nrequire "a"', 'require a'],
  autoload: [
    [
      'autoload :A, "a"',
      'Foo.autoload(:B, "b")',
      'module M',
      '  extend X::Autoload',
      '  autoload :HTMLPage',
      '  autoload_under "deep" do',
      '    autoload :C',
      '  end',
      '  autoload_at "at/it" do',
      '    autoload :D',
      '  end',
      '  autoload x, y',
      'end',
    ].join('\n'),
    ...[
      'autoload a [A]',
      'constant Foo',
      'autoload b [B]',
      'constant M>X::Autoload',
      'autoload m/html_page [HTMLPage]',
    ],
    ...['autoload m/deep/c [C]', 'autoload at/it [D]', 'autoload (computed)'],
  ],
  heredocs: [
    [
      "f(<<~A, <<-'B', <<C, `x`) { require 'a' }",
      '  require "no" #{A1.b(<<~D)}',
      '  D',
      '  D2#{E}',
      '  A',
      '  #{No}',
      '  B',
      '#{require "b"}',
      'C',
      'x = [1] <<X',
      'class << self',
      'end',
      'require "c"',
    ].join('\n'),
    ...['require a', 'constant A1', 'constant E', 'require b', 'constant X', 'require c'],
  ],
  'literals of every kind': [
    [
      'a = %w[require "a"] + %q{A {B} C} + %(#{D})',
      'b = a / 2; c = x /E/; d = /[F]#{G}"/ if a =~ /"/x',
      'e = ?" ; f = ?\\" ; g = x ? "y":"z"; h = x ?1:2',
      'i = :"j k" ; :/ ; :<< ; :[]= ; { "l": %i[M], N: 1 }',
      '$" << $\' ; @m % 3 ; n %w[O]',
      'puts -1 / 2 # "',
      'P',
    ].join('\n'),
    ...['constant D', 'constant G', 'constant P'],
  ],
  'constants in their scopes': [
    [
      'module Outer',
      '  class Inner::Deep < Base',
      '    include Mixin',
      '    class << self; X; end',
      '    def a(b = Y) = ::Top::Z',
      '    while a do Q end',
      '    c do |d| R if d end',
      '  end',
      '  After',
      'end',
      'Last::One.new',
    ].join('\n'),
    ...['constant Outer>Inner', 'constant Outer>Base', 'constant Outer>Inner::Deep>Mixin'],
    ...['constant Outer>Inner::Deep>X', 'constant Outer>Inner::Deep>Y', 'constant ::Top::Z'],
    ...[
      'constant Outer>Inner::Deep>Q',
      'constant Outer>Inner::Deep>R',
      'constant Outer>After',
      'constant Last::One',
    ],
  ],
  'constants of the file itself': [
    [
      'module Admin',
      '  LIMIT = 1',
      '  A, B = 1, 2',
      '  class Page; end',
      '  Page; LIMIT; Admin::Page; A; B; Page::Part; Admin::User',
      '  LIMIT',
      'end',
    ].join('\n'),
    'constant ::Admin::Page::Part',
    'constant ::Admin::User',
  ],
  'names with a capital that are no constants': [
    'Integer("1")\nArray x\nFoo::Bar()\n{ Label: 1 }\n:Symbol\ndef Method; end\na.Call',
    'constant Foo',
  ],
  'only the first place of each': ['A\nA\nB::C\nA', 'constant A', 'constant B::C'],
  'modifiers, loops and endless methods': [
    [
      'def a = 1',
      'def b() = 2',
      'def c=(x)',
      '  return if x',
      '  y = if x then 1 else 2 end',
      '  begin; z; end while x',
      '  until x do 1 end',
      '  while x',
      '    w do 1 end',
      '  end',
      '  for i in 1..2 do i end',
      '  case x when 1 then 2 end',
      '  x = foo unless bar rescue nil',
      '  self.class.end.if',
      '  { if: 1, end: 2 }',
      '  a ? b : c',
      'end',
      'require "d"',
    ].join('\n'),
    'require d',
  ],
  'an open string': ['x = "a\n', '1:5 the literal is never closed'],
  'an open class': ['class A\n', '1:1 "class" is never closed'],
  'one end too many': ['a\nend\n', '2:1 "end" closes nothing'],
  'brackets that cross': ['a(]', '1:3 "]" does not close "("'],
  'an open heredoc': ['a <<~B\n', '1:3 the heredoc "B" is never closed'],
};

for (const [name, [text, ...found]] of Object.entries(TABLE))
  test(name, () => {
    assert.deepEqual(importsOf(text), found);
  });

test('places are those of the literal, of the call when computed, and of the constant', () => {
  const extraction = ruby.extract('a.rb', '"😀"; require "a"\n  load x\n  ::A::B');
  assert.ok(extraction.ok);
  assert.deepEqual(
    extraction.sites.map(({ line, column }) => `${line}:${column}`),
    ['1:15', '2:3', '3:5'],
  );
});

test('hostile texts end in an answer', () => {
  assert.deepEqual(importsOf('"#{'.repeat(100_000)), ['1:602 interpolations are nested too deeply']);
  assert.deepEqual(importsOf('module A\n'.repeat(100_000)), ['101:1 classes are nested too deeply']);
  assert.deepEqual(importsOf('a <<A '.repeat(20_000)).length, 1);
  assert.deepEqual(importsOf('x |'.repeat(50_000)), []);
});
