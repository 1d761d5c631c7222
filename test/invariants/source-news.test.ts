import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOneEditApart } from '../../src/invariants/edit-distance.js';
import type { DependencyFile, PackageEcosystem } from '../../src/model/dependency.js';
import { changeOf, type EntryParts, lock, manifest } from './dependencies.js';
import { changed } from './sources.js';

test('install-scripts: false', () => {
  const options = { 'install-scripts': false };
  const of = (...entries: readonly EntryParts[]): readonly DependencyFile[] => [
    lock('package-lock.json', entries),
  ];
  const runs = { name: 'x', version: '1.0.0', installScript: true } as const;
  const told = ['package-lock.json install-scripts npm:x'];
  assert.deepEqual(changed(options, of(), of(runs)), told);
  assert.deepEqual(changed(options, of({ name: 'x', version: '0.9.0' }), of(runs)), told);
  assert.deepEqual(changed(options, of(runs), of({ ...runs, version: '2.0.0' })), []);
  assert.deepEqual(changed(options, of(), of({ name: 'x', version: '1.0.0' })), []);

  const project = (path: string, text: string | null): readonly DependencyFile[] => [
    manifest(path, [], {
      name: 'app',
      ...(text === null ? {} : { installScripts: [{ name: 'postinstall', text, line: 4 }] }),
    }),
  ];
  const script = ['package.json install-scripts postinstall'];
  assert.deepEqual(changed(options, project('package.json', null), project('package.json', 'a')), script);
  assert.deepEqual(changed(options, project('package.json', 'a'), project('package.json', 'b')), script);
  assert.deepEqual(changed(options, project('package.json', 'a'), project('package.json', 'a')), []);
  assert.deepEqual(changed(options, [], project('package.json', 'a')), script);
  assert.deepEqual(changed({ ...options, in: 'b/**' }, [], project('package.json', 'a')), []);
});

test('lookalikes', () => {
  const of = (names: readonly string[], ecosystem: PackageEcosystem = 'npm'): readonly DependencyFile[] => [
    manifest(
      'package.json',
      names.map(name => ({ name, ecosystem, range: '1' })),
    ),
  ];
  const cases: readonly (readonly [string, string, boolean, PackageEcosystem?])[] = [
    ['lodash', 'lodahs', true],
    ['lodash', 'lodas', true],
    ['lodash', 'lodashs', true],
    ['lodash', 'l0dash', true],
    ['lodash', 'lоdash', true],
    ['JSONStream', 'jsonstream', true],
    ['cross-env', 'crossenv', true],
    ['lodash', 'lodsah2', false],
    ['lodash', 'underscore', false],
    ['pg', 'pq', false],
    ['chalk', 'chal', false],
    ['@s/alpha', '@s/alphb', false],
    ['@scope/alpha', '@scop/alpha', true],
    ['github.com/a/tool/v2', 'github.com/a/tool/v3', false, 'go'],
    ['github.com/owner/tool', 'github.com/0wner/tool', true, 'go'],
  ];
  for (const [known, fresh, isTold, ecosystem = 'npm'] of cases)
    assert.deepEqual(
      changed({ lookalikes: true }, of([known], ecosystem), of([known, fresh], ecosystem)),
      isTold ? [`package.json lookalikes ${ecosystem}:${fresh}`] : [],
      `${known} ${fresh}`,
    );
  // In use already: directly, or brought in by others.
  assert.deepEqual(changed({ lookalikes: true }, of(['lodash', 'lodahs']), of(['lodash', 'lodahs'])), []);
  const before = [...of(['lodash']), lock('package-lock.json', [{ name: 'lodahs', version: '1.0.0' }])];
  assert.deepEqual(changed({ lookalikes: true }, before, of(['lodash', 'lodahs'])), []);
  // A folder of the repository: nobody else can take its place.
  assert.deepEqual(
    changed({ lookalikes: true }, of(['lodash']), [
      manifest('package.json', [{ name: 'lodahs', source: { type: 'workspace', path: 'lodahs' } }]),
    ]),
    [],
  );
  // Another ecosystem's name.
  assert.deepEqual(
    changed({ lookalikes: true }, of(['lodash']), [
      ...of(['lodash']),
      manifest('pyproject.toml', [{ name: 'lodahs', ecosystem: 'pypi' }]),
    ]),
    [],
  );
  const [told] = changeOf(
    { 'dependency-source': { lookalikes: true } },
    of(['lodash']),
    of(['lodash', 'lodahs']),
  );
  assert.equal(
    told?.message,
    'package.json asks for npm:lodahs 1 (production), which looks like npm:lodash, in use already',
  );
});

test('one edit apart: as the distance of Damerau and Levenshtein says', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(text, text, (one, other) => isOneEditApart(one, other) === (distance(one, other) === 1)),
    { numRuns: 2000 },
  );
});

/** Optimal string alignment, by its definition. */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= one.length; i++)
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = i > 1 && j > 1 && isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      const row = rows[i];
      if (row !== undefined)
        row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost, swapped);
    }
  return at(one.length, other.length);
}
