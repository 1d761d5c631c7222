import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUN } from './lock-texts.js';
import { line, linked, parsed, refusal } from './lock-tree.js';
import { entry } from './tree.js';

test('as Bun writes it', () => {
  const file = parsed('web/bun.lock', BUN);
  assert.deepEqual(file.entries.map(line), [
    '48 redirect overrides/supports-color: supports-color as supports-color 7.1.0 7.1.0 production',
    '51 definition catalogs/default/semver: semver - ^7.5.0 production',
    '55 definition catalogs/old/ms: ms 2.0.0 2.0.0 production',
    '59 transitive @t/a: @t/a 1.0.0 - production workspace web/packages/a → @t/b, is-number, ms, react',
    '61 direct @t/b: @t/b 2.0.0 - production workspace web/packages/b → debug',
    '63 transitive ansi-styles: ansi-styles 4.3.0 - development → color-convert',
    '65 direct chalk: chalk 4.1.2 - development → ansi-styles, supports-color',
    '67 transitive color-convert: color-convert 2.0.1 - development → color-name',
    '69 transitive color-name: color-name 1.1.4 - development',
    '71 direct debug: debug 4.3.0 - production → debug/ms',
    '73 direct runs fsevents: fsevents 2.3.3 - optional',
    '75 transitive has-flag: has-flag 4.0.0 - development',
    '77 transitive is-buffer: is-buffer 1.1.6 - development',
    '79 direct is-even: is-even 1.0.0 - development → is-even/is-odd',
    '81 direct is-number: is-number 7.0.0 - production',
    '83 direct is-odd: is-odd 3.0.1 - production → is-odd/is-number',
    '85 transitive js-tokens: js-tokens 4.0.0 - peer',
    '87 transitive kind-of: kind-of 3.2.2 - development → is-buffer',
    '89 transitive loose-envify: loose-envify 1.4.0 - peer → js-tokens',
    '91 direct ms: ms 2.0.0 - production',
    '93 direct pg-alias: is-number as pg-alias 6.0.0 - production',
    '95 direct react: react 18.3.1 - peer → loose-envify',
    '97 direct semver: semver 7.8.6 - development',
    '99 transitive supports-color: supports-color 7.1.0 - development → has-flag',
    '101 direct vend: vend-real as vend - - production path web/vend → vend/ms',
    '103 transitive debug/ms: ms 2.1.2 - production',
    '105 transitive is-even/is-odd: is-odd 0.1.2 - development → is-even/is-odd/is-number',
    '107 transitive is-odd/is-number: is-number 6.0.0 - production',
    '109 transitive vend/ms: ms 2.1.2 - production',
    '111 transitive is-even/is-odd/is-number: is-number 3.0.0 - development → kind-of',
  ]);
  assert.deepEqual(file.roots, {
    web: ['@t/b', 'is-odd', 'pg-alias', 'vend', 'fsevents', 'chalk', 'semver'],
    'web/packages/a': ['@t/b', 'is-number', 'ms', 'react'],
    'web/packages/b': ['debug', 'is-even'],
  });
  assert.deepEqual(entry(file, 'debug/ms').integrity, ['sha512-sGkPx+Vj==']);
});

test("link: a copied folder's version stands in its manifest", () => {
  const tree = { 'bun.lock': BUN, 'vend/package.json': '{"name": "vend-real", "version": "1.2.3"}' };
  assert.equal(entry(linked(tree, 'bun.lock'), 'vend').version, '1.2.3');
});

function lock(packages: string, workspace = '{}', more = ''): string {
  return `{\n"lockfileVersion": 1,${more}\n"workspaces": {"": ${workspace}},\n"packages": {\n${packages}\n}}\n`;
}

const PLACES: readonly (readonly [string, string])[] = [
  [
    '"a": ["a@1.0.0", "https://npm.example.org/", {}, "sha512-a"]',
    'a: a 1.0.0 - production https://npm.example.org/',
  ],
  [
    '"a": ["a@1.0.0", "https://npm.example.org/a/-/a-1.0.0.tgz", {}, "sha512-a"]',
    'a: a 1.0.0 - production https://npm.example.org/a/-/a-1.0.0.tgz',
  ],
  [
    '"a": ["a@github:owner/a#0123abc", {}, "owner-a-0123abc"]',
    'a: a - - production git https://github.com/owner/a.git#0123abc',
  ],
  [
    '"a": ["a@git+ssh://git@example.org/a.git#0123", {}, "0123"]',
    'a: a - - production git ssh://git@example.org/a.git#0123',
  ],
  [
    '"a": ["a@https://example.org/a.tgz", {}, "sha512-a"]',
    'a: a - - production url https://example.org/a.tgz',
  ],
  ['"a": ["a@./a.tgz", {}, "sha512-a"]', 'a: a - - production path a.tgz'],
  ['"a": ["a@file:vendor/a", {}]', 'a: a - - production path vendor/a'],
  ['"__proto__": ["__proto__@1.0.0", "", {}, "sha512-a"]', '__proto__: __proto__ 1.0.0 - production'],
  ['"a": ["b@1.0.0", "", {"bundled": true}, "sha512-a"]', 'a: b as a 1.0.0 - production'],
];

for (const [text, expected] of PLACES)
  test(`packages: ${text}`, () => {
    const [found] = parsed('bun.lock', lock(text)).entries;
    assert.ok(found !== undefined);
    assert.equal(line(found), `5 transitive ${found.bundled ? 'bundled ' : ''}${expected}`);
    const digest = text.includes('sha512') ? ['sha512-a'] : [];
    assert.deepEqual(found.integrity, digest);
  });

test('comments, and commas before a bracket; patches', () => {
  const text = lock(
    '// c\n"a": ["a@1.0.0", "", {}, "sha512-a",],',
    '{}',
    '/* x\n */"patchedDependencies": {"a@1.0.0": "p/a.patch"},',
  );
  const file = parsed('web/bun.lock', text);
  assert.deepEqual(file.entries.map(line), [
    '3 redirect patchedDependencies/a@1.0.0: a as a@1.0.0 1.0.0 - production',
    '7 transitive a: a 1.0.0 - production',
  ]);
  assert.deepEqual(file.includes, ['web/p/a.patch']);
});

test('what may be absent is no refusal: peers, optional ones', () => {
  const text = lock(
    '"a": ["a@1.0.0", "", {"peerDependencies": {"b": "1"}, "optionalDependencies": {"c": "1"}}, ""]',
    '{"dependencies": {"a": "1"}, "peerDependencies": {"d": "1"}}',
  );
  assert.deepEqual(parsed('bun.lock', text).roots, { '': ['a'] });
});

const A = '"a": ["a@1.0.0", "", {}, "sha512-a"]';
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['empty', '', /^1: not valid JSON/],
  ['a list', '[]', /^1: not a lock file of Bun/],
  ['no version', '{}', /^1: lockfileVersion missing/],
  ['a newer version', '{\n"lockfileVersion": 99}', /^2: lockfileVersion 99/],
  ['a package twice', lock(`${A},\n${A}`), /^6: packages: a is there twice/],
  ['something else for a package', lock('"a": {}'), /^5: packages: a is no package/],
  ['what is asked for and not there', lock(A, '{"dependencies": {"b": "1"}}'), /^3: a project asks for b/],
  [
    'what a package asks for and not there',
    lock('"a": ["a@1.0.0", "", {"dependencies": {"b": "1"}}, ""]'),
    /^5: a asks for b/,
  ],
  ['a conflict', lock(`<<<<<<< HEAD\n${A}`), /^5: a merge/],
  ['cut off', BUN.slice(0, BUN.length - 3), /not valid JSON/],
  ['text behind it', `${lock(A)}x`, /not valid JSON/],
  ['nested without end', '['.repeat(100_000), /^1: nested too deeply/],
];

for (const [what, text, expected] of REFUSED)
  test(`refused: ${what}`, () => assert.match(refusal('bun.lock', text), expected));
