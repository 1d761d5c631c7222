import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composerJson } from '../../../../src/facts/manifests/php/composer-json.js';
import { composerLock } from '../../../../src/facts/manifests/php/composer-lock.js';
import { repoPath } from '../../../../src/model/brand.js';
import { linkedTree, refuses, shown } from '../syntax/shown.js';

const COMMIT = '29da2ec1b6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6';
const LOCK = `{
    "_readme": ["This file locks the dependencies of your project to a known state"],
    "content-hash": "1bba4e1a",
    "packages": [
        {
            "name": "monolog/monolog",
            "version": "3.5.0",
            "source": { "type": "git", "url": "https://github.com/Seldaek/monolog.git", "reference": "${COMMIT}" },
            "dist": { "type": "zip", "url": "https://api.github.com/repos/Seldaek/monolog/zipball/${COMMIT}", "reference": "${COMMIT}", "shasum": "" },
            "require": { "php": ">=8.1", "psr/log": "^2.0", "Virtual/Logger": "*" },
            "type": "library",
            "license": ["MIT"],
            "notification-url": "https://packagist.org/downloads/"
        },
        {
            "name": "psr/log",
            "version": "3.0.0",
            "dist": { "type": "zip", "url": "https://x/psr.zip", "shasum": "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
            "license": ["MIT", "Apache-2.0"],
            "notification-url": "https://packagist.org/downloads/"
        },
        {
            "name": "acme/forked",
            "version": "dev-main",
            "source": { "type": "git", "url": "https://github.com/acme/forked.git", "reference": "${COMMIT}" },
            "dist": { "type": "zip", "url": "https://api.github.com/repos/acme/forked/zipball/${COMMIT}", "reference": "${COMMIT}", "shasum": "" },
            "provide": { "virtual/logger": "1.0" },
            "type": "composer-plugin"
        },
        { "name": "acme/local", "version": "1.0", "dist": { "type": "path", "url": "../local" } }
    ],
    "packages-dev": [
        { "name": "phpunit/phpunit", "version": "10.5.0", "notification-url": "https://packagist.org/downloads/" }
    ],
    "aliases": []
}
`;
const parse = (text: string) => composerLock.parse(repoPath('app/composer.lock'), text);

test('packages, where they come from, and what they require', () => {
  const file = parse(LOCK);
  assert.deepEqual(shown(file), [
    `monolog/monolog 3.5.0 (-) production https://api.github.com/repos/Seldaek/monolog/zipball/${COMMIT}:6`,
    'psr/log 3.0.0 (-) production https://x/psr.zip:16',
    `acme/forked dev-main (-) production git https://github.com/acme/forked.git ${COMMIT}:23`,
    'acme/local 1.0 (-) production path local:30',
    'phpunit/phpunit 10.5.0 (-) development:33',
  ]);
  assert.deepEqual(file.entries[0]?.requires, ['psr/log@3.0.0', 'acme/forked@dev-main']);
  assert.deepEqual(
    file.entries.map(({ license }) => license),
    ['MIT', 'MIT OR Apache-2.0', undefined, undefined, undefined],
  );
  assert.deepEqual(
    file.entries.map(({ integrity }) => integrity),
    [[`git-${COMMIT}`], ['sha1-da39a3ee5e6b4b0d3255bfef95601890afd80709'], [`git-${COMMIT}`], [], []],
  );
  assert.deepEqual(
    file.entries.map(({ installScript }) => installScript ?? false),
    [false, false, true, false, false],
  );
});

test('what is wanted directly stands in the manifest beside', () => {
  const file = linkedTree(
    { '.json': composerJson, '.lock': composerLock },
    {
      'app/composer.lock': LOCK,
      'app/composer.json': '{"require": {"Monolog/Monolog": "*"}, "require-dev": {"phpunit/phpunit": "*"}}',
    },
  )('app/composer.lock');
  assert.deepEqual(file.roots, { app: ['monolog/monolog@3.5.0', 'phpunit/phpunit@10.5.0'] });
  assert.deepEqual(
    file.entries.map(({ direct }) => direct),
    [true, false, false, false, true],
  );
});

for (const [name, text, line, message] of [
  ['cut off', LOCK.slice(0, 400), 9, /JSON/],
  ['no packages', '{"packages-dev": []}', 1, /no list/],
  ['no version', '{"packages": [\n{"name": "a/b"}]}', 2, /without name and version/],
  ['conflict markers', LOCK.replace('    "packages"', '<<<<<<< HEAD\n    "packages"'), 4, /conflict/],
] as const)
  test(`refused: ${name}`, () => refuses(composerLock, 'composer.lock', text, line, message));

test('no packages for development', () => {
  assert.deepEqual(parse('{"packages": [], "packages-dev": null}').entries, []);
});
