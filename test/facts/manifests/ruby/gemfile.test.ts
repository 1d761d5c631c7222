import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gemfile } from '../../../../src/facts/manifests/ruby/gemfile.js';
import { gemspec } from '../../../../src/facts/manifests/ruby/gemspec.js';
import { repoPath } from '../../../../src/model/brand.js';
import { linkedTree, refuses, shown } from '../syntax/shown.js';

const parse = (text: string): readonly string[] => shown(gemfile.parse(repoPath('app/Gemfile'), text));
/** Without what is the same for all. */
const one = (line: string): readonly string[] => parse(line).map(entry => entry.replace(/:\d+$/, ''));

for (const [line, ...expected] of [
  ["gem 'rails'", 'rails - (-) production'],
  ['gem "rails", "~> 7.1", ">= 7.1.2", require: false', 'rails - (~> 7.1, >= 7.1.2) production'],
  ['gem("rails", "= 7.1.2")', 'rails 7.1.2 (= 7.1.2) production'],
  ["gem 'a', ['>= 1', '< 2']", 'a - (>= 1, < 2) production'],
  ["gem 'a', :git => 'https://x.org/a.git', :tag => 'v1'", 'a - (-) production git https://x.org/a.git v1'],
  ["gem 'a', github: 'x/a', branch: 'main'", 'a - (-) production git https://github.com/x/a.git main'],
  ["gem 'rails', github: 'rails'", 'rails - (-) production git https://github.com/rails/rails.git -'],
  ["gem 'a', gist: '123'", 'a - (-) production git https://gist.github.com/123.git -'],
  ["gem 'a', path: '../a'", 'a - (-) production path a'],
  ["gem 'a', path: '../../a'", 'a - (-) production path -'],
  ["gem 'a', source: 'https://gems.x.org'", 'a - (-) production https://gems.x.org'],
  ["gem 'a', group: :test", 'a - (-) development'],
  ["gem 'a', groups: [:test, :production]", 'a - (-) production'],
  ["gem 'a', groups: %i[development test]", 'a - (-) development'],
  ["gem 'a', **options", 'a - (-) production'],
  ['gem name', '?name - (-) production'],
  ['gem "#{prefix}-core"', '?"#{prefix}-core" - (-) production'],
  ['%w[a b].each { |n| gem n }', '?n - (-) production'],
  ["%w[a b].each do |n|\n  gem n, '1.0'\nend", '?n 1.0 (1.0) production'],
  ["gem 'a', version_of(:a)", 'a - (-) production'],
  ["gem 'a' if RUBY_VERSION >= '3'", 'a - (-) production'],
  [
    "if x\n gem 'a'\nelsif y\n gem 'b'\nelse gem 'c' end",
    'a - (-) production',
    'b - (-) production',
    'c - (-) production',
  ],
  ["gem 'a',\n  # why\n  '1.0',\n  require: false", 'a 1.0 (1.0) production'],
  ["gem \\\n 'a'", 'a - (-) production'],
  ["# gem 'a'\n=begin\ngem 'b'\n=end\ngem 'c'\n__END__\ngem 'd'", 'c - (-) production'],
  ["x = <<~TEXT\n  gem 'a'\nTEXT\ngem 'b'", 'b - (-) production'],
  ["plugin 'p', '1.0'", 'p 1.0 (1.0) build'],
  ["puts 'gem a'"],
  ['gem %q(a), %Q[1.0]', 'a 1.0 (1.0) production'],
  ["gem 'a'; gem 'b'", 'a - (-) production', 'b - (-) production'],
  ["def x(y) = y\ngem 'a'", 'a - (-) production'],
  ["while x do\n gem 'a'\nend\ngem 'b'", 'a - (-) production', 'b - (-) production'],
  ["v = if x then '1' else '2' end\ngem 'a', v", 'a - (-) production'],
  ["gem 'a' unless x =~ /end['\"]/", 'a - (-) production'],
] as const)
  test(`gem: ${line}`, () => assert.deepEqual(one(line), expected));

test('blocks: groups, sources, paths, repositories', () => {
  const text = `source "https://rubygems.org"
gem "a"
group :development, :test do
  gem "b"
  platforms :mri do gem "c" end
end
group(:ui, optional: true) { gem "d" }
source "https://private.x.org" do
  gem "e"
end
path "engines" do
  gem "f"
end
git "https://x.org/many.git", ref: "abc" do
  gem "g"
end
`.replaceAll('\n', '\r\n');
  assert.deepEqual(parse(text), [
    'a - (-) production https://rubygems.org:2',
    'b - (-) development https://rubygems.org:4',
    'c - (-) development https://rubygems.org:5',
    'd - (-) optional https://rubygems.org:7',
    'e - (-) production https://private.x.org:9',
    'f - (-) production path app/engines:12',
    'g - (-) production git https://x.org/many.git abc:15',
  ]);
});

test('gemspec and eval_gemfile', () => {
  const file = linkedTree(
    { Gemfile: gemfile, '.gemspec': gemspec },
    {
      'lib/Gemfile':
        'gemspec\neval_gemfile "../Gemfile"\neval_gemfile File.expand_path("../x/Gemfile", __dir__)\neval_gemfile ENV["X"]',
      'lib/mine.gemspec': 'Gem::Specification.new { |s| s.name = "the-name" }',
      Gemfile: '',
    },
  )('lib/Gemfile');
  assert.deepEqual(shown(file), [
    'the-name - (-) production path lib:1',
    '?eval_gemfile ENV["X"] - (-) production path -:4',
  ]);
  assert.deepEqual(file.includes, ['Gemfile', 'x/Gemfile', 'lib/mine.gemspec']);
});

for (const [name, text, line, message] of [
  ['a block that does not end', 'group :test do\ngem "a"\n', 1, /does not end/],
  ['an end too many', 'gem "a"\nend\n', 2, /unmatched/],
  ['an open string', 'gem "a\n', 1, /does not end/],
  ['an open heredoc', 'x = <<~A\ny\n', 2, /does not end/],
  ['conflict markers', 'gem "a"\n<<<<<<< HEAD\n', 2, /conflict/],
] as const)
  test(`refused: ${name}`, () => refuses(gemfile, 'Gemfile', text, line, message));
