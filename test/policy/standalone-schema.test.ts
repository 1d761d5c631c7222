import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { standaloneValidators } from '../../scripts/standalone-schema.mjs';
import { KINDS } from '../../src/invariants/registry.js';
import type { Json } from '../../src/model/canonical.js';
import { composeSchema, SCHEMA_ID } from '../../src/policy/schema.js';
import { AJV_OPTIONS, DEFINITIONS, schemaValidators } from '../../src/policy/schema-validators.js';
import { CHECKOUT } from '../support/dist.js';

const folder = mkdtempSync(join(tmpdir(), 'lintel-schema-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The built module in a process of its own, which answers what it is given. */
function answers<T>(work: string, given: Json): T {
  const code = standaloneValidators({
    composeSchema,
    schemaId: SCHEMA_ID,
    definitions: DEFINITIONS,
    options: AJV_OPTIONS,
    kinds: KINDS,
  });
  const script = join(folder, 'validators.mjs');
  const requires = JSON.stringify(join(CHECKOUT, 'package.json'));
  writeFileSync(
    script,
    [
      `import { createRequire } from 'node:module';`,
      `import { readFileSync } from 'node:fs';`,
      `const require = createRequire(${requires});`,
      code,
      'const given = JSON.parse(readFileSync(0, "utf8"));',
      `process.stdout.write(JSON.stringify(await (${work})(given)));`,
    ].join('\n'),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}

/** Every decision of lintel itself and of the examples. */
function documents(): readonly Json[] {
  const found: Json[] = [];
  for (const place of [CHECKOUT, ...examples()]) {
    const decisions = join(place, '.architecture/decisions');
    for (const name of readdirSync(decisions, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:md|ya?ml)$/.test(name)) continue;
      const text = readFileSync(join(decisions, name), 'utf8');
      const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? (name.endsWith('.md') ? '' : text);
      const value = parse(front) as Json;
      if (value !== null) found.push(value);
    }
  }
  return found;
}

function examples(): readonly string[] {
  const all = join(CHECKOUT, 'examples');
  return readdirSync(all, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.architecture'))
    .map(name => join(all, name, '..'));
}

/** One value of the document is replaced, dropped or called otherwise. */
function mutated(value: Json, pick: () => number): Json {
  const replacements: readonly Json[] = [null, 1, '', 'x/**', [], {}, true, ['a'], { a: 1 }];
  if (typeof value !== 'object' || value === null || pick() % 4 === 0)
    return replacements[pick() % replacements.length] ?? null;
  if (Array.isArray(value)) {
    const at = pick() % (value.length + 1);
    return at === value.length
      ? [...value, 1]
      : value.map((item, index) => (index === at ? mutated(item, pick) : item));
  }
  const keys = Object.keys(value);
  const key = keys[pick() % Math.max(1, keys.length)] ?? '';
  const entries = Object.entries(value as Record<string, Json>);
  switch (pick() % 4) {
    case 0:
      return Object.fromEntries(entries.filter(([name]) => name !== key));
    case 1:
      return Object.fromEntries(entries.map(([name, item]) => [name === key ? `${name}x` : name, item]));
    default:
      return Object.fromEntries(
        entries.map(([name, item]) => [name, name === key ? mutated(item, pick) : item]),
      );
  }
}

test('the built validators find what ajv finds, in the same words', async () => {
  const all = documents();
  assert.ok(all.length > 10, `${all.length} documents`);
  const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });
  const sampled = fc.sample(
    fc.tuple(fc.constantFrom(...all), fc.constantFrom(...DEFINITIONS), picks, fc.nat(2)),
    1500,
  );
  const given = sampled.map(([document, definition, choices, times]) => {
    let turn = 0;
    const pick = (): number => choices[turn++ % choices.length] ?? 0;
    let value = document;
    for (let time = 0; time < times; time++) value = mutated(value, pick);
    return { definition, value };
  });
  const built = answers<readonly unknown[]>(
    `async given => {
      const validate = await schemaValidators(new Map(${JSON.stringify([...KINDS.keys()])}.map(name => [name])));
      return given.map(({ definition, value }) => (validate(definition)(value) ? [] : validate(definition).errors));
    }`,
    given,
  );
  const validate = await schemaValidators(KINDS);
  const expected = given.map(({ definition, value }) =>
    validate(definition)(value) ? [] : validate(definition).errors,
  );
  assert.ok(expected.filter(errors => errors?.length).length > 300);
  expected.forEach((errors, at) => {
    assert.deepEqual(built[at], JSON.parse(JSON.stringify(errors)), JSON.stringify(given[at]));
  });
});

test('they are of these kinds alone', () => {
  const told = answers<readonly string[]>(
    `async given => [
      await schemaValidators(new Map(given.map(name => [name]))).catch(String),
      String((await schemaValidators(new Map()))('waiver')({})),
    ]`,
    [...KINDS.keys()].slice(1),
  );
  assert.match(told[0] ?? '', /built for other kinds/);
  // Waivers name no kinds.
  assert.equal(told[1], 'false');
});
