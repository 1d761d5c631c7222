import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gemfileLock } from '../../../../src/facts/manifests/ruby/gemfile-lock.js';
import { repoPath } from '../../../../src/model/brand.js';
import { refuses, shown } from '../syntax/shown.js';

const LOCK = `GIT
  remote: https://github.com/x/forked.git
  revision: 29da2ec1
  branch: main
  specs:
    forked (1.0.0)
      rack (>= 2)

PATH
  remote: ../engine
  specs:
    engine (0.1.0)
      forked
      nokogiri (~> 1.16)

GEM
  remote: https://rubygems.org/
  specs:
    nokogiri (1.16.0)
      racc (~> 1.4)
    nokogiri (1.16.0-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.3)
    rack (3.0.8)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  engine!
  forked!
  nokogiri (>= 1.16)
  tzinfo-data

CHECKSUMS
  engine (0.1.0)
  nokogiri (1.16.0) sha256=aaaa
  nokogiri (1.16.0-x86_64-linux) sha256=bbbb,sha512=cccc

RUBY VERSION
   ruby 3.3.0p0

BUNDLED WITH
   2.5.6
`;
const parse = (text: string) => gemfileLock.parse(repoPath('app/Gemfile.lock'), text);

test('what is wanted on platforms that are not locked is handed on', () => {
  assert.deepEqual(parse(LOCK).exports, { absent: 'tzinfo-data' });
});

test('gems of every kind of source, with their checksums and what they require', () => {
  for (const text of [LOCK, LOCK.replaceAll('\n', '\r\n')]) {
    const file = parse(text);
    assert.deepEqual(shown(file), [
      'forked 1.0.0 (-) production git https://github.com/x/forked.git 29da2ec1:6',
      'engine 0.1.0 (-) production path engine:12',
      'nokogiri 1.16.0 (-) production https://rubygems.org/:19',
      'nokogiri 1.16.0 (-) production https://rubygems.org/:21',
      'racc 1.7.3 (-) production https://rubygems.org/:23',
      'rack 3.0.8 (-) production https://rubygems.org/:24',
    ]);
    assert.deepEqual(file.entries[1]?.requires, [
      'forked@1.0.0',
      'nokogiri@1.16.0',
      'nokogiri@1.16.0-x86_64-linux',
    ]);
    assert.deepEqual(
      file.entries.map(({ direct }) => direct),
      [true, true, true, true, false, false],
    );
    assert.deepEqual(
      file.entries.map(({ integrity }) => integrity),
      [[], [], ['sha256=aaaa'], ['sha256=bbbb', 'sha512=cccc'], [], []],
    );
    assert.deepEqual(file.roots, {
      app: ['engine@0.1.0', 'forked@1.0.0', 'nokogiri@1.16.0', 'nokogiri@1.16.0-x86_64-linux'],
    });
  }
});

for (const [name, text, line, message] of [
  ['cut off before the dependencies', LOCK.slice(0, LOCK.indexOf('DEPENDENCIES')), 30, /cut off/],
  ['cut off in a version', LOCK.slice(0, LOCK.indexOf('.16.0)')), 19, /cut off/],
  ['an unknown section', LOCK.replace('PLATFORMS', 'PLATFORM'), 26, /does not know/],
  ['a line of another kind', LOCK.replace('  specs:', '   specs:'), 5, /would not write/],
  ['conflict markers', `<<<<<<< HEAD\n${LOCK}`, 1, /conflict/],
  ['empty', '', 1, /cut off/],
] as const)
  test(`refused: ${name}`, () => refuses(gemfileLock, 'Gemfile.lock', text, line, message));

test('names that are traps, and a large file', () => {
  const gems = Array.from(
    { length: 20_000 },
    (_, index) => `    g${index} (1.0.${index})\n      g${index + 1}`,
  );
  const file = parse(
    `GEM\n  specs:\n    constructor (1)\n    __proto__ (2)\n${gems.join('\n')}\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  __proto__\n`,
  );
  assert.equal(file.entries.length, 20_002);
  assert.deepEqual(file.roots['app'], ['__proto__@2']);
});
