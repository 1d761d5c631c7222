import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lockText } from '../../../../bench/manifests/lock-text.js';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { packageLock } from '../../../../src/facts/manifests/npm/package-lock.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyFile } from '../../../../src/model/dependency.js';
import { LOCK_3 } from './locks.js';

const PATH = repoPath('sub/package-lock.json');

const parse = (text: string): DependencyFile => packageLock.parse(PATH, text);
const near = (text: string, file: DependencyFile): DependencyFile | null | undefined =>
  packageLock.parseNear?.(PATH, text, file);

function whole(text: string): DependencyFile | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ManifestError) return null;
    throw error;
  }
}

/** Two locks that differ: whatever is said from the one about the other is what reading it says. */
function agrees(one: string, other: string): boolean {
  const found = near(other, parse(one));
  if (found === null || found === undefined) return false;
  assert.deepEqual(found, whole(other), other);
  return true;
}

const LARGE = lockText(3, 40_000);
const MINIFIED = JSON.stringify(JSON.parse(LOCK_3));

test('another version, address, digest or flag of some packages is read alone', () => {
  for (const lock of [LOCK_3, LARGE, LARGE.replaceAll('\n', '\r\n'), MINIFIED]) {
    const versions = [...lock.matchAll(/"version": ?"(\d[^"]*)"/g)].slice(2, 12);
    assert.ok(versions.length > 3);
    const told = versions.filter(({ index, 0: text }) =>
      agrees(lock, `${lock.slice(0, index)}"version": "77.0.0"${lock.slice(index + text.length)}`),
    );
    // Those of links and of projects hang together with others.
    assert.ok(told.length > versions.length / 2, `${told.length} of ${versions.length}`);
  }
});

test('lines that come or go move the lines below', () => {
  const at = LARGE.indexOf('"version"', LARGE.length / 2);
  const more = `${LARGE.slice(0, at)}"deprecated": "true",\n\n      ${LARGE.slice(at)}`;
  assert.notEqual(more, LARGE);
  assert.ok(agrees(LARGE, more));
  assert.ok(agrees(more, LARGE));
});

test('a colon on another line than its key', () => {
  const odd = LOCK_3.replace('"node_modules/is-odd":', '"node_modules/is-odd"\n:');
  const later = odd.replace('"version": "3.0.1"', '"version": "3.0.2"');
  assert.notEqual(later, odd);
  agrees(odd, later);
  agrees(later, odd);
});

test('nothing else is told from it', () => {
  const file = parse(LOCK_3);
  const others = [
    LOCK_3.replace('"node_modules/is-odd"', '"node_modules/is-even"'),
    LOCK_3.replace('"lockfileVersion": 3', '"lockfileVersion": 2'),
    LOCK_3.replace('"is-number": "^6.0.0"', '"isarray": "^6.0.0"'),
    LOCK_3.replace('"is-number": "^6.0.0"', '"is-number": "https://x.org/y.tgz"'),
    LOCK_3.replace('"is-number": "^6.0.0"', '"is-number": "^6.0.0", "is-number": "1"'),
    LOCK_3.replace('"is-number": "^6.0.0"', '"\\u0069s-number": "^6.0.0"'),
    LOCK_3.replace('\n      "version": "3.0.1"', '\n<<<<<<< ours\n      "version": "3.0.1"'),
    LOCK_3.replace('\n    "node_modules/is-odd"', '\n>>>>>>> theirs\n    "node_modules/is-odd"'),
    LOCK_3.slice(0, -3),
    // Blanks elsewhere, but not in JSON.
    ...['\u00a0', '\ufeff', '\u2028', '\v', '\f'].flatMap(blank => [
      LOCK_3.replace('\n    "node_modules/is-odd"', `${blank}\n    "node_modules/is-odd"`),
      LOCK_3.replace('\n    "node_modules/is-odd"', `\n    ${blank}"node_modules/is-odd"`),
    ]),
  ];
  for (const text of others) {
    assert.notEqual(text, LOCK_3);
    assert.equal(near(text, file), null, text);
  }
  // A file that JSON.parse had to sort out is no start.
  const twice = LOCK_3.replace('{', '{"packages":{},');
  assert.equal(near(LOCK_3, parse(twice)), null);
});

test('whatever is changed, what is told is what reading the whole says', () => {
  const words = ['7', '7.0.0', '__proto__', 'node_modules/x', 'is-odd', '', '../x', 'https://x.org/y.tgz'];
  const bits = [
    '\u00a0',
    '\f',
    '{',
    '}',
    ',',
    ':',
    '"',
    ' ',
    '\n',
    '\\',
    'true',
    'null',
    '"link": true,',
    '"dev": true,',
    '"name": "is-odd",',
  ];
  let told = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(LOCK_3, LARGE, MINIFIED),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.constantFrom('word', 'drop', 'bit', 'line', 'twice'),
          fc.constantFrom(...words),
          fc.constantFrom(...bits),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      (lock, edits) => {
        let text = lock;
        for (const [seed, how, word, bit] of edits) {
          const strings = [...text.matchAll(/"[^"]*"/g)];
          const one = strings[seed % strings.length];
          if (one === undefined) continue;
          const [before, after] = [text.slice(0, one.index), text.slice(one.index + one[0].length)];
          const lines = text.split('\n');
          if (how === 'word') text = `${before}"${word}"${after}`;
          else if (how === 'drop') text = before + after;
          else if (how === 'bit') text = before + bit + one[0] + after;
          else if (how === 'line') text = lines.toSpliced(seed % lines.length, 1).join('\n');
          else text = lines.toSpliced(seed % lines.length, 0, lines[seed % lines.length] ?? '').join('\n');
        }
        if (text !== lock && agrees(lock, text)) told++;
      },
    ),
    { numRuns: 1500 },
  );
  assert.ok(told > 20, `${told} told`);
});
