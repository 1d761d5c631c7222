import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { JsonScanner, Unusual } from '../../../../src/facts/manifests/npm/json-scanner.js';
import { TextIds } from '../../../../src/facts/manifests/npm/text-ids.js';
import { LOCK_1, LOCK_3 } from './locks.js';
import { parsed } from './tree.js';

/** Does the scanner take the whole text? */
function taken(text: string): boolean {
  const scanner = new JsonScanner(text);
  try {
    scanner.skip(0);
    return Number.isNaN(scanner.peek());
  } catch (error) {
    if (error instanceof Unusual) return false;
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('the scanner takes what JSON.parse takes, and nothing else', () => {
  const odd = [
    '01',
    '-',
    '-0',
    '1.',
    '.5',
    '1e',
    '1e+5',
    '+1',
    'tru',
    'truex',
    'nul',
    'NaN',
    '"a\nb"',
    '"\\x"',
    '"\\u12G4"',
    '"\\u1234"',
    '"\\"',
    '"',
    '[1,]',
    '[,1]',
    '[1 2]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    "{'a':1}",
    '{a:1}',
    '[]]',
    '{} {}',
    '\u00a0[]',
    '\ufeff[]',
    '[\f]',
    '[\v]',
    '//x',
    '[1]//',
    '',
    ' ',
    '"\u2028"',
    '"\ud800"',
    '"\u007f"',
    '"\t"',
    '{"a":1 "b":2}',
    '{"a":1,,"b":2}',
    '[1}',
    '{"a":1]',
    '-01',
    '1.5e-3',
    '[true,false,null]',
    '{"":""}',
  ];
  for (const text of odd) assert.equal(taken(text), isJson(text), JSON.stringify(text));
});

test('the scanner agrees with JSON.parse on any JSON, and on what is left of it', () => {
  const spaces = fc.constantFrom(undefined, 1, 2, '\t');
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      spaces,
      fc.nat(),
      fc.constantFrom(...'{}[]",:\\\n 0e-tu'),
      (value, space, seed, char) => {
        const text = JSON.stringify(value, null, space);
        assert.ok(taken(text));
        const at = seed % (text.length + 1);
        for (const bad of [
          text.slice(0, at),
          text.slice(0, at) + char + text.slice(at),
          text.slice(0, at) + text.slice(at + 1),
        ])
          assert.equal(taken(bad), isJson(bad), bad);
      },
    ),
    { numRuns: 500 },
  );
});

/** What the quick reader leaves to JSON.parse: a section that is there twice (if it is there at all). */
function slowly(text: string): string {
  return text.includes('"packages"') ? text.replace('{', '{"packages":{},') : text;
}

function outcome(text: string): unknown {
  try {
    const { entries, roots } = parsed('package-lock.json', text);
    const sorted = (ids: readonly string[]) => [...new Set(ids)].sort();
    return {
      entries: entries.map(entry => ({ ...entry, requires: sorted(entry.requires ?? []) })),
      roots: Object.entries(roots)
        .map(([folder, ids]) => [folder, sorted(ids)])
        .sort(),
    };
  } catch (error) {
    if (error instanceof ManifestError) return 'refused';
    throw error;
  }
}

const BOTH = JSON.stringify(
  { ...JSON.parse(LOCK_3), dependencies: JSON.parse(LOCK_1).dependencies },
  null,
  '\t',
);

test('both readers say the same of a lock file', () => {
  for (const text of [LOCK_3, BOTH, JSON.stringify(JSON.parse(LOCK_3))])
    assert.deepEqual(outcome(text), outcome(slowly(text)));
});

test('both readers say the same of a changed lock file', () => {
  const words = [
    '7',
    'constructor',
    '__proto__',
    'node_modules/x',
    '\\u0061',
    'is-odd',
    '',
    '../x',
    'https://x.org/y.tgz',
  ];
  fc.assert(
    fc.property(
      fc.nat(),
      fc.constantFrom('cut', 'word', 'drop', 'null'),
      fc.constantFrom(...words),
      (seed, how, word) => {
        const strings = [...LOCK_3.matchAll(/"[^"]*"/g)];
        const one = strings[seed % strings.length];
        if (one === undefined) throw new Error('no string');
        const [before, after] = [LOCK_3.slice(0, one.index), LOCK_3.slice(one.index + one[0].length)];
        const text =
          how === 'cut'
            ? before
            : how === 'drop'
              ? before + after
              : before + (how === 'null' ? 'null' : `"${word}"`) + after;
        assert.deepEqual(outcome(text), outcome(slowly(text)), text);
      },
    ),
    // The section itself called otherwise.
    { numRuns: 300, examples: [[6, 'word', '7']] },
  );
});

test('pieces of a text have the number of their equals', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 200 }), words => {
      const ids = new TextIds(words.join(''));
      const known = new Map<string, number>();
      let at = 0;
      for (const word of words) {
        const id = ids.id(at, at + word.length);
        at += word.length;
        assert.equal(id, known.get(word) ?? known.size);
        known.set(word, id);
      }
    }),
  );
  const many = Array.from({ length: 9000 }, (_, index) => String(10_000 + index));
  const ids = new TextIds(many.join(''));
  for (const round of [1, 2])
    many.forEach((_, index) => {
      assert.equal(ids.id(index * 5, index * 5 + 5), index, `round ${round}`);
    });
});
