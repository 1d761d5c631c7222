import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { KINDS } from '../../src/invariants/registry.js';
import { composeSchema, DECISION_TEMPLATE } from '../../src/policy/index.js';

const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('schema/lintel.schema.json and templates/decision.md are current: run `node --import tsx scripts/schema.ts`', () => {
  assert.deepEqual(
    JSON.parse(file('schema/lintel.schema.json')),
    JSON.parse(JSON.stringify(composeSchema(KINDS))),
  );
  assert.equal(file('templates/decision.md'), DECISION_TEMPLATE);
});

test('the schema is a valid JSON Schema of draft 2020-12, and every reference in it resolves', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  const schema = composeSchema(KINDS);
  assert.equal(ajv.validateSchema(schema), true, JSON.stringify(ajv.errors));
  assert.doesNotThrow(() => ajv.compile(schema));
});

test('one schema tells decisions, configuration and waivers apart', () => {
  const validate = new Ajv2020({ strict: false }).compile(composeSchema(KINDS));
  assert.ok(validate({ title: 'Prose', anything: 1 }));
  assert.ok(validate({ status: 'accepted', invariants: [{ id: 'a', 'forbid-path': { in: 'a/' } }] }));
  assert.ok(!validate({ status: 'accepted', invariants: [{ id: 'a' }] }));
  assert.ok(!validate({ status: 'accepted', invariants: [], colour: 1 }));
  assert.ok(validate({ version: 1, trunk: 'main' }));
  assert.ok(!validate({ version: 1, trunck: 'main' }));
  assert.ok(!validate({ version: 1, id: 'W-1' }));
});

test('every kind of the registry is in the schema', () => {
  const { $defs } = composeSchema(KINDS) as unknown as {
    $defs: { invariant: { properties: Record<string, unknown> } };
  };
  for (const name of KINDS.keys()) assert.ok(Object.hasOwn($defs.invariant.properties, name), name);
});
