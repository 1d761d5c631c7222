import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderVerdictsJson } from '../../src/report/json.js';
import { finding, verdict } from './fixtures.js';

test('one verdict is printed as it is, with sorted keys and one newline, the same bytes each time', () => {
  const first = renderVerdictsJson([verdict({ findings: [finding()] })]);
  assert.equal(first, renderVerdictsJson([verdict({ findings: [finding()] })]));
  assert.ok(first.startsWith('{"asOf":"2026-11-21","change":{"bases":["3f2a9c1'));
  assert.ok(first.endsWith('"warnings":[]}\n'));
  assert.deepEqual(JSON.parse(first), verdict({ findings: [finding()] }));
});

test('the order in which members were made does not matter', () => {
  const one = verdict();
  const reversed = Object.fromEntries(Object.entries(one).reverse()) as unknown as typeof one;
  assert.equal(renderVerdictsJson([one]), renderVerdictsJson([reversed]));
});

test('a push of several refs, or of none, is wrapped', () => {
  const wrapped = JSON.parse(renderVerdictsJson([verdict(), verdict()]));
  assert.equal(wrapped.schema, 'lintel.verdicts/v1');
  assert.equal(wrapped.verdicts.length, 2);
  assert.deepEqual(JSON.parse(renderVerdictsJson([])), { schema: 'lintel.verdicts/v1', verdicts: [] });
});
