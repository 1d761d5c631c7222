import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composerJson } from '../../../../src/facts/manifests/php/composer-json.js';
import { repoPath } from '../../../../src/model/brand.js';
import { linkedTree, refuses, shown } from '../syntax/shown.js';

const parse = (text: string) => composerJson.parse(repoPath('composer.json'), text);

test('what is required; PHP and its extensions are no packages', () => {
  const file = parse(
    `{
  "name": "Acme/App",
  "license": ["LGPL-2.1-only", "GPL-3.0-or-later"],
  "require": {
    "php": ">=8.1", "ext-json": "*", "lib-curl": "*", "composer-plugin-api": "^2", "php-64bit": "*",
    "Monolog/Monolog": "^3.0",
    "symfony/console": "v6.4.2",
    "acme/branch": "dev-main#abc as 1.0",
    "ext-vendor/real": "1.0.*"
  },
  "require-dev": {
    "phpunit/phpunit": "10.5.0"
  }
}`.replaceAll('\n', '\r\n'),
  );
  assert.deepEqual(shown(file), [
    'monolog/monolog - (^3.0) production:6',
    'symfony/console 6.4.2 (v6.4.2) production:7',
    'acme/branch - (dev-main#abc as 1.0) production:8',
    'ext-vendor/real - (1.0.*) production:9',
    'phpunit/phpunit 10.5.0 (10.5.0) development:12',
  ]);
  assert.deepEqual(file.project, {
    name: 'acme/app',
    version: null,
    license: 'LGPL-2.1-only OR GPL-3.0-or-later',
  });
});

test('redirects: replace, provide, repositories of every kind', () => {
  const file = parse(`{
  "name": "acme/app",
  "replace": { "good/name": "self.version", "ext-x": "*" },
  "provide": { "psr/log-implementation": "1.0" },
  "repositories": [
    { "type": "vcs", "url": "https://github.com/fork/monolog" },
    { "type": "path", "url": "packages/*" },
    { "type": "package", "package": { "name": "a/b", "version": "1.0", "dist": { "type": "zip", "url": "https://x.org/a.zip" } } },
    { "type": "composer", "url": "https://repo.example" },
    { "packagist.org": false }
  ]
}`);
  assert.deepEqual(shown(file), [
    'redirect good/name → acme/app - (-) production path :3',
    'redirect psr/log-implementation → acme/app - (1.0) production path :4',
    'redirect ?https://github.com/fork/monolog git https://github.com/fork/monolog -'.replace(
      'monolog git',
      'monolog - (-) production git',
    ) + ':6',
    'redirect a/b → a/b 1.0 (1.0) production url https://x.org/a.zip:8',
  ]);
});

test('scripts that an installation runs', () => {
  const file = parse(
    '{"scripts": {\n"post-install-cmd": ["a", "b"],\n"test": "phpunit",\n"post-autoload-dump": "x" }}',
  );
  assert.deepEqual(file.installScripts, [
    { name: 'post-install-cmd', text: 'a\nb', line: 2 },
    { name: 'post-autoload-dump', text: 'x', line: 4 },
  ]);
});

test('a package in a folder of a path repository comes from there', () => {
  const file = linkedTree(
    { '.json': composerJson },
    {
      'app/composer.json':
        '{"require": {"acme/lib": "*", "acme/far": "*"}, "repositories": {"x": {"type": "path", "url": "../packages/*"}}}',
      'packages/lib/composer.json': '{"name": "acme/lib"}',
      'packages/deep/er/composer.json': '{"name": "acme/far"}',
    },
  );
  assert.deepEqual(shown(file('app/composer.json')), [
    'acme/lib - (*) production path packages/lib:1',
    'acme/far - (*) production:1',
  ]);
});

test('empty lists are what PHP makes of empty objects; the last of a double key counts', () => {
  assert.deepEqual(
    shown(parse('{"require": [], "require-dev": {"a/b": "1",\n"a/b": "2", "__proto__": "3"}}')),
    ['a/b 2 (2) development:2', '__proto__ 3 (3) development:2'],
  );
});

for (const [name, text, line, message] of [
  ['no object', '{"require":\n "x"}', 1, /no object/],
  ['no string', '{"require": {\n "a/b": 1}}', 2, /no string/],
  ['a comment', '{\n// x\n}', 2, /JSON/],
  ['cut off', '{"require": {', 1, /JSON/],
  ['empty', '', 1, /JSON/],
  ['conflict markers', '{\n<<<<<<< a\n}', 2, /conflict/],
  ['a package without name', '{"repositories": [\n{"type": "package", "package": {}}]}', 2, /without/],
] as const)
  test(`refused: ${name}`, () => refuses(composerJson, 'composer.json', text, line, message));
