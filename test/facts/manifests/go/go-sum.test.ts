import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { goMod } from '../../../../src/facts/manifests/go/go-mod.js';
import { goSum } from '../../../../src/facts/manifests/go/go-sum.js';
import { repoPath } from '../../../../src/model/brand.js';

const A = `h1:${'A'.repeat(43)}=`;
const B = `h1:${'B'.repeat(43)}=`;
const parse = (text: string) => goSum.parse(repoPath('svc/go.sum'), text);

test('a version and its go.mod are one entry', () => {
  const file = parse(
    `b.c/d v1.0.0 ${A}\r\nb.c/d v1.0.0/go.mod ${B}\r\n\n  e.f/g\tv0.0.0-20200101000000-abcdefabcdef/go.mod ${B}\nb.c/d v1.0.0 ${A}\n`,
  );
  assert.deepEqual(
    file.entries.map(({ id, version, integrity, line }) => [id, version, integrity, line]),
    [
      ['b.c/d@v1.0.0', 'v1.0.0', [A, `/go.mod ${B}`], 1],
      ['e.f/g@v0.0.0-20200101000000-abcdefabcdef', 'v0.0.0-20200101000000-abcdefabcdef', [`/go.mod ${B}`], 4],
    ],
  );
  assert.equal(parse(`b.c/d v1.0.0 ${A}\nb.c/d v1.0.0 ${B}`).entries[0]?.integrity.length, 2);
  assert.deepEqual(parse('').entries, []);
});

test('what is malformed or cut off', () => {
  for (const [text, line] of [
    [`b.c/d v1.0.0 ${A}\nb.c/d v1.0.0/go.mod`, 2],
    [`b.c/d v1.0.0 ${A.slice(0, 20)}`, 1],
    [`b.c/d v1.0.0 ${A}\n<<<<<<< HEAD\n`, 2],
    [`b.c/d 1.0 ${A}`, 1],
    [`b.c/d v1.0.0 ${A} x`, 1],
  ] as const)
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof ManifestError && error.line === line,
    );
});

test('what is wanted directly stands in the go.mod beside it', () => {
  const manifest = goMod.parse(
    repoPath('svc/go.mod'),
    `module a
require b.c/d v1.0.0
require e.f/g v1.0.0 // indirect
require h.i/j v1.0.0
replace h.i/j => k.l/m v1.5.0
replace b.c/d v0.9.0 => k.l/n v1.0.0
`,
  );
  const file = parse(
    ['b.c/d v1.0.0', 'e.f/g v1.0.0', 'k.l/m v1.5.0', 'x.y/z v1.0.0'].map(one => `${one} ${A}\n`).join(''),
  );
  const files = {
    file: (path: string) => (path === manifest.path ? manifest : null),
    all: () => [manifest, file],
  };
  const linked = goSum.link?.(file, files);
  assert.deepEqual(linked?.roots, { svc: ['b.c/d@v1.0.0', 'e.f/g@v1.0.0', 'k.l/m@v1.5.0'] });
  assert.deepEqual(
    linked?.entries.map(({ direct }) => direct),
    [true, false, true, false],
  );
});
