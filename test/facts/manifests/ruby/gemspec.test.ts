import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gemspec } from '../../../../src/facts/manifests/ruby/gemspec.js';
import { repoPath } from '../../../../src/model/brand.js';
import { refuses, shown } from '../syntax/shown.js';

test('what a gem requires', () => {
  const text = `# frozen_string_literal: true
require_relative "lib/x/version"
Gem::Specification.new do |spec|
  spec.name = "my-gem".freeze
  spec.version = X::VERSION
  spec.licenses = ["MIT", "Ruby"]
  spec.files = \`git ls-files\`.split("\\n").grep(%r{^lib/})
  spec.add_dependency "rails", ">= 6.1", "< 8"
  spec.add_runtime_dependency("pg", ["~> 1.5"])
  spec.add_development_dependency 'rspec', '3.12.0'
  spec.add_dependency "same", version
  deps.each { |name, range| spec.add_dependency name, range }
  spec.add_development_dependency(*args) if spec.respond_to?(:add_development_dependency)
end
`;
  const file = gemspec.parse(repoPath('other.gemspec'), text);
  assert.deepEqual(shown(file), [
    'rails - (>= 6.1, < 8) production:8',
    'pg - (~> 1.5) production:9',
    'rspec 3.12.0 (3.12.0) development:10',
    'same - (-) production:11',
    '?name - (-) production:12',
    '?*args - (-) development:13',
  ]);
  assert.deepEqual(file.project, { name: 'my-gem', version: null, license: 'MIT OR Ruby' });
});

test('without a name the file says it', () => {
  assert.equal(gemspec.parse(repoPath('a/b.gemspec'), '').project.name, 'b');
});

test('refused: a block that does not end', () =>
  refuses(gemspec, 'a.gemspec', 'Gem::Specification.new do |s|\n', 1, /does not end/));
