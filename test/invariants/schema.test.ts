import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CODE_RULE } from '../../src/invariants/code-schema.js';
import { KINDS } from '../../src/invariants/registry.js';
import type { Json } from '../../src/model/canonical.js';

const REF = { type: 'string', minLength: 1 };
const REFS = { oneOf: [REF, { type: 'array', items: REF, minItems: 1, uniqueItems: true }] };
const $defs = {
  ref: REF,
  refs: REFS,
  glob: REF,
  codeRule: CODE_RULE,
  layer: {
    oneOf: [
      REFS,
      { type: 'object', properties: { optional: REF }, required: ['optional'], additionalProperties: false },
    ],
  },
};

function accepts(name: string, options: Json): boolean {
  const kind = KINDS.get(name);
  assert.ok(kind, name);
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
  return ajv.validate({ ...kind.schema, $defs }, options);
}

const RIGHT: Readonly<Record<string, readonly Json[]>> = {
  'forbid-import': [
    { from: 'a', to: ['b', 'c'], kinds: ['value'], names: ['x'] },
    { from: 'a', to: 'b', 'except-names': ['x'], via: 'c', transitive: true },
  ],
  'allow-import': [{ from: 'a', to: 'b', deprecated: 'c' }],
  layers: [
    ['a', ['b', 'c'], { optional: 'd' }],
    { order: ['a', 'b'], closed: true, within: 'c', kinds: ['type'], transitive: true },
  ],
  independent: [['a', ['b', 'c']], { members: ['a', 'b'], within: 'c', transitive: true }],
  protect: [{ in: 'a', only: ['b'] }],
  'entry-points': [{ in: 'a', only: ['b'], for: 'c' }],
  'require-import': [{ from: 'a', to: 'b', transitive: true, kinds: ['value'] }],
  acyclic: [{}, { in: 'a', level: 'folder', kinds: ['value'] }],
  'stable-dependencies': [{ in: 'a', level: 'component', kinds: ['value'] }],
  'fan-in': [{ in: 'a', max: 1, kinds: ['value'] }],
  'fan-out': [{ in: 'a', max: 1, packages: true, kinds: ['value'] }],
  'no-orphans': [{ in: 'a', roots: 'b' }],
  'resolvable-imports': [{ in: 'a', computed: true, kinds: ['value'] }],
  owned: [{ in: 'a' }],
  'forbid-path': [{ in: 'a', when: ['add'] }],
  'require-path': [{ path: 'a' }, { for: 'a', path: 'b' }],
  'co-change': [JSON.parse('{"if": "a", "then": "b", "at": "push"}')],
  'append-only': [{ in: 'a', unit: 'line' }],
  naming: [{ in: 'a', pattern: 'b' }],
  size: [
    { in: 'a', lines: 1 },
    { in: 'a', bytes: 0 },
  ],
  'forbid-text': [{ in: 'a', pattern: 'b', where: ['code'], lines: 'all' }],
  'require-text': [{ in: 'a', pattern: 'b' }],
  'forbid-code': [
    { in: 'a', language: 'ts', rule: 'b', lines: 'all' },
    {
      in: 'a',
      language: 'python',
      rule: { pattern: '$A', has: { kind: 'b', stopBy: 'end', field: 'c' }, nthChild: 2 },
      constraints: { A: { regex: 'b' } },
      utils: { c: { any: [{ pattern: { context: 'd', selector: 'e' } }, { matches: 'c' }] } },
    },
  ],
  'require-code': [{ in: 'a', language: 'go', rule: { all: [{ kind: 'a' }, { not: { kind: 'b' } }] } }],
  'forbid-dependency': [
    'npm:a',
    ['npm:a', 'pypi:b'],
    {
      packages: 'npm:a',
      range: '<2',
      in: 'a/**',
      scope: ['production'],
      depth: 'direct',
      blobs: ['0123456789012345678901234567890123456789'],
    },
  ],
  'allow-dependency': ['npm:a', { packages: ['npm:a'], in: 'a/**', scope: ['peer'], depth: 'any' }],
  'dependency-source': [
    {
      types: ['registry'],
      hosts: ['example.org'],
      integrity: 'required',
      agrees: true,
      pinned: true,
      redirects: false,
      'install-scripts': false,
      lookalikes: true,
      ecosystems: ['npm'],
      in: 'a/**',
      scope: ['build'],
    },
  ],
  'dependency-license': [
    { allow: ['MIT'], 'except-packages': 'npm:a', unknown: 'allow', in: 'a/**', depth: 'any' },
    { deny: ['GPL-3.0-only'] },
  ],
  'declared-imports': [{ in: 'a/**', dev: ['b/**'], unused: true, ecosystems: ['npm'] }],
  'dependency-limit': [{ max: 3, grow: 1, in: 'a/**', scope: ['production'], depth: 'transitive' }],
  'require-lockfile': [{ in: 'a/**', ecosystems: ['npm'] }],
};

test('every kind takes the options that the design gives, and no other', () => {
  assert.deepEqual([...KINDS.keys()].sort(), Object.keys(RIGHT).sort());
  for (const [name, list] of Object.entries(RIGHT)) {
    for (const options of list) {
      assert.ok(accepts(name, options), `${name} ${JSON.stringify(options)}`);
      if (Array.isArray(options)) continue;
      assert.ok(!accepts(name, { ...(options as object), unknown: 1 }), `${name} takes an unknown key`);
      for (const key of Object.keys(options as object)) {
        assert.ok(!accepts(name, { ...(options as object), [key]: 7.5 }), `${name}.${key} takes a number`);
      }
    }
  }
});

test('what is needed is required', () => {
  for (const [name, options] of [
    ['forbid-import', { from: 'a' }],
    ['layers', ['a']],
    ['layers', { closed: true }],
    ['size', { in: 'a' }],
    ['append-only', { in: 'a' }],
    ['forbid-text', { in: 'a', pattern: '' }],
    ['forbid-path', { in: 'a', when: [] }],
  ] as const) {
    assert.ok(!accepts(name, options), `${name} ${JSON.stringify(options)}`);
  }
});
