import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ruby } from '../../../src/facts/imports/ruby.js';
import { compareTexts, missing, textsOf } from './pieces.js';

const PIECES: readonly string[] = [
  "require 'a'\n",
  'require "b#{c}"\n',
  'require_relative("d") if e\n',
  'load f, true\n',
  'autoload :G, "g"\n',
  'module H\n  autoload :I\nend\n',
  'class J < K::L\n',
  'module M::N\n',
  'class << self\n',
  'end\n',
  'O::P.q(R)\n',
  'S = T\n',
  '::U.v\n',
  'x = <<~W\n  #{X} require "no"\n  W\n',
  "y(<<-A, <<'B') { C }\n#{D}\n  A\n#{No}\nB\n",
  'z = %w[require E] + %q(F(G)) + [%(#{H})]\n',
  'a = b / 2 # /\n',
  'c =~ /"#{I}"/ && d\n',
  'puts /J/.source\n',
  'e = ?" ; f = ?\\s\n',
  'g = h ? "i" : \'#{J}\'\n',
  'k = :"l #{M}" ; n = :o ; { "p": 1, if: Q }\n',
  'return if r\n',
  's = if t then 1 else U end\n',
  'while v do w end\n',
  'until x\n  y do |z| A end\nend\n',
  'for b in 1..2 do C end\n',
  'begin\n  d\nrescue E, F => g\n  h\nend while i\n',
  'case j\nwhen K then 1\nelse L\nend\n',
  'def m(n = O)\n  P\nend\n',
  'def q = R\n',
  'def s() = T\n',
  'def self.end; end\n',
  'def u=(v) w end\n',
  'def ==(x) = Y\n',
  'a.class.if { |b| B / 2 }\n',
  'c ->(d) do E end\n',
  '=begin\nrequire "no"\n=end\n',
  '# ends in a dot.\n',
  'f g: H, i: 1\n',
  '@j / @@k % $" << $/\n',
  'l[M] << N\n',
  'Integer("1") + Array [1]\n',
  '`o #{P}`\n',
  'alias q r\n',
  'x = 1 if y unless z\n',
  '"',
  "'",
  '/',
  '(',
  ')',
  '{ ',
  ' }',
  '#{',
  '😀 = "😀"; require "b"\n',
  '\n',
  '  ',
  '.s\n',
  '__END__\n',
];

test('random texts: Ripper finds the same calls and constants at the same places', {
  skip: missing('ruby'),
}, () => {
  const script = fileURLToPath(new URL('../../../bench/oracle/ruby/imports.rb', import.meta.url));
  const { read, imports, differences } = compareTexts(
    ruby,
    'rb',
    ['ruby', script],
    textsOf(PIECES, 20_000, 7),
  );
  assert.ok(
    read > 2000 && imports > 4000,
    `${read} texts and ${imports} imports are too few to prove anything`,
  );
  assert.deepEqual(differences.slice(0, 3), []);
});
