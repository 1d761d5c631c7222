import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruby } from '../../../src/facts/imports/ruby.js';
import { rubyResolver } from '../../../src/facts/resolve/ruby.js';
import type { ResolveSettings } from '../../../src/model/decision.js';
import { type DeclaredTree, declaredTree } from './declared-tree.js';

function tree(files: Readonly<Record<string, string>>, settings?: ResolveSettings): Promise<DeclaredTree> {
  return declaredTree(rubyResolver, [ruby], files, settings);
}

function check(tree: DeclaredTree, from: string, cases: Readonly<Record<string, string>>): void {
  for (const [code, end] of Object.entries(cases)) assert.deepEqual(tree.ends(from, code), [end], code);
}

const gems = await tree({
  'core/core.gemspec': '',
  'core/lib/core.rb': '',
  'core/lib/core/a.rb': '',
  'core/lib/own_name.rb': '',
  'core/test/helper.rb': '',
  'api/api.gemspec': '',
  'api/lib/api.rb': '',
  'api/lib/core.rb': '',
  'api/test/helper.rb': '',
  'Gemfile.lock': 'GEM\n  specs:\n    action_text-trix (2.1)\n      railties\n    net-ssh (7.0)\n',
  'lib/tasks/x.rake': '',
  'extra/z.rb': '',
});

test('required files: the gem’s own first, then the other gems of the tree', () => {
  check(gems, 'api/test/a_test.rb', {
    'require "api"': 'api/lib/api.rb',
    'require "core"': 'api/lib/core.rb',
    'require "core/a"': 'core/lib/core/a.rb',
    'require "core/a.rb"': 'core/lib/core/a.rb',
    'require "helper"': 'api/test/helper.rb',
    'require "own_name"': 'core/lib/own_name.rb',
    'require "core/gone"': '? api/lib/core/gone.rb',
    'require "own_name/gone"': '? api/lib/own_name/gone.rb',
    'require_relative "../lib/api"': 'api/lib/api.rb',
    'require_relative "gone"': '? api/test/gone.rb',
    'require_relative "../../../../x"': '? nowhere',
    'require "./lib/api"': 'api/lib/api.rb',
    'require "extra/z"': 'extra/z.rb',
    'load "helper.rb"': 'api/test/helper.rb',
    'require "/etc/x"': '? nowhere',
    'require x': 'computed',
  });
  check(gems, 'core/lib/core.rb', { 'autoload :A, "core/a"': 'core/lib/core/a.rb' });
});

test('Ruby’s own library and gems by their canonical names', () => {
  check(gems, 'core/lib/core.rb', {
    'require "json"': 'ruby:json',
    'require "json/add/core"': 'ruby:json/add/core',
    'require "net/http"': 'ruby:net/http',
    'require "net/ssh/proxy"': 'gem:net-ssh/proxy (net)',
    'require "active_support/all"': 'gem:activesupport/all (active_support)',
    'require "action_text/trix"': 'gem:action_text-trix (action_text)',
    'require "pg"': 'gem:pg',
    'require "minitest/autorun"': 'gem:minitest/autorun',
    'require "dry/types"': 'gem:dry-types (dry)',
  });
});

const rails = await tree(
  {
    'config/application.rb':
      'config.autoload_lib(ignore: %w[assets])\nconfig.autoload_paths << Rails.root.join("extras", "deep")',
    'config/initializers/inflections.rb':
      '# inflect.acronym "NO"\ninflect.acronym "OAuth"\nRails.autoloaders.main.inflector.inflect(\n  "csv_io" => "CSVIO",\n)',
    'app/models/user.rb': '',
    'app/models/user/role.rb': '',
    'app/models/concerns/tagged.rb': '',
    'app/models/oauth_token.rb': '',
    'app/models/html_page.rb': '',
    'app/models/csv_io.rb': '',
    'app/services/billing/charge.rb': '',
    'app/services/charge.rb': '',
    'app/views/thing.rb': '',
    'lib/tool.rb': '',
    'extras/deep/found.rb': '',
    'packs/shop/package.yml': '',
    'packs/shop/app/models/shop/cart.rb': '',
    'engines/e/e.gemspec': '',
    'engines/e/lib/e/engine.rb': 'class E::Engine < ::Rails::Engine; end',
    'engines/e/app/models/e/item.rb': '',
    'engines/e/test/dummy/config/application.rb': '',
    'engines/e/test/dummy/app/models/post.rb': '',
    'gems/z/z.gemspec': '',
    'gems/z/lib/z.rb': 'loader = Zeitwerk::Loader.for_gem',
    'gems/z/lib/z/part.rb': '',
    'gems/plain/plain.gemspec': '',
    'gems/plain/lib/plain.rb': '',
    'gems/plain/lib/plain/part.rb': '',
    'more/it.rb': '',
  },
  { roots: ['more'] },
);

test('constants: Zeitwerk’s roots', () => {
  check(rails, 'app/controllers/a_controller.rb', {
    User: 'app/models/user.rb',
    'User::Role': 'app/models/user/role.rb',
    'User::LIMIT': 'app/models/user.rb',
    '::User': 'app/models/user.rb',
    Tagged: 'app/models/concerns/tagged.rb',
    OAuthToken: 'app/models/oauth_token.rb',
    HTMLPage: 'app/models/html_page.rb',
    CSVIO: 'app/models/csv_io.rb',
    Tool: 'lib/tool.rb',
    Found: 'extras/deep/found.rb',
    'Shop::Cart': 'packs/shop/app/models/shop/cart.rb',
    'E::Item': 'engines/e/app/models/e/item.rb',
    'Z::Part': 'gems/z/lib/z/part.rb',
    'Plain::Part': 'nothing',
    Post: 'nothing',
    Thing: 'nothing',
    String: 'nothing',
    It: 'more/it.rb',
  });
  check(rails, 'engines/e/test/item_test.rb', { Post: 'engines/e/test/dummy/app/models/post.rb' });
});

test('constants: Ruby’s lexical scopes, from the inside out', () => {
  assert.deepEqual(rails.ends('app/jobs/a.rb', 'module Billing\n  Charge\n  ::Charge\n  User\nend'), [
    'app/services/billing/charge.rb',
    'app/services/charge.rb',
    'app/models/user.rb',
  ]);
  assert.deepEqual(rails.ends('app/jobs/a.rb', 'class User::Job\n  Role\nend'), [
    'app/models/user.rb',
    'nothing',
  ]);
  assert.deepEqual(rails.ends('app/jobs/a.rb', 'class User\n  Role\nend'), ['app/models/user/role.rb']);
});

test('a file’s own constant is no import', () => {
  check(rails, 'app/models/user.rb', { 'User::LIMIT': 'nothing' });
});

test('the places asked about do not depend on the tree', () => {
  assert.deepEqual(
    rails.asked('lib/tool.rb', 'module Billing; Charge; end').slice(0, 2),
    ['lib/billing/charge.rb', 'extras/deep/billing/charge.rb'].sort((one, other) => (one < other ? 1 : -1)),
  );
});

test('which files the context depends on', () => {
  for (const path of [
    'a.gemspec',
    'Gemfile.lock',
    'x/config/application.rb',
    'config/initializers/inflections.rb',
    'packs/a/package.yml',
    'lib/a.rb',
    'e/lib/a/b/engine.rb',
  ])
    assert.ok(rubyResolver.isConfig(path), path);
  for (const path of ['a.rb', 'lib/a/b.rb', 'vendor/bundle/x.gemspec', 'config/routes.rb'])
    assert.ok(!rubyResolver.isConfig(path), path);
  for (const path of ['app/services/a.rb', 'x/app/jobs/concerns/b.rb'])
    assert.ok(rubyResolver.isLandmark?.(path), path);
  for (const path of ['app/models/a.rb', 'app/models/concerns/a.rb', 'app/views/a.rb', 'lib/a.rb'])
    assert.ok(!rubyResolver.isLandmark?.(path), path);
});
