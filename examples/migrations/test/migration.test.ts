import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrationId, pending } from '../src/migration.js';

const all = [
  { id: '0002_b', sql: '' },
  { id: '0001_a', sql: '' },
];

test('what was applied is not applied again', () => {
  assert.deepEqual(
    pending(all, ['0001_a']).map(migration => migration.id),
    ['0002_b'],
  );
});

test('a migration that slipped in before an applied one is refused', () => {
  assert.throws(() => pending(all, ['0002_b']), /0002_b/);
});

test('notes in the folder are no migrations', () => {
  assert.equal(migrationId('README.md'), null);
});
