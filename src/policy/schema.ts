import { CODE_RULE } from '../invariants/code-schema.js';
import type { JsonSchema, Kind } from '../invariants/kind.js';
import type { Json } from '../model/canonical.js';
import { EDGE_KINDS } from '../model/edges.js';
import { ECOSYSTEMS } from './refs.js';

export type Registry = ReadonlyMap<string, Pick<Kind, 'schema' | 'summary'>>;

export const SCHEMA_ID = 'urn:lintel:schema:1';
export const SLUG = '^[a-z0-9][a-z0-9-]*$';
export const COMPONENT_NAME = '^[a-z][a-z0-9-]*$';
export const BRANCH = '^[^\\s~^:?*\\[\\\\]+$';
export const NO_SPACE = '^\\S+$';
export const SHA256 = '^sha256:[0-9a-f]{64}$';
export const DATE = '^\\d{4}-\\d{2}-\\d{2}$';
export const TIME = '^\\d{4}-\\d{2}-\\d{2}(?:T[0-9:.]+Z)?$';
export const WAIVER_ID = '^W-[A-Za-z0-9-]+$';
export const SOME_TEXT = '\\S';

/** Prose keys of MADR and Structured MADR: known, so that a record that gains `invariants` stays valid. */
const PROSE_KEYS = [
  'decision-makers',
  'consulted',
  'informed',
  'tags',
  'category',
  'description',
  'type',
  'author',
  'project',
  'technologies',
  'audience',
  'related',
  'created',
  'updated',
  'superseded-by',
] as const;

const text = { type: 'string' } as const;
const refs: Json = { $ref: '#/$defs/refs' };

/** Keys that are planned, and refused until they mean something: one that is ignored would be a promise broken. */
export const PLANNED: ReadonlyMap<string, string> = new Map([
  ['trust', 'nobody verifies signatures of ratifiers so far'],
]);

/** The keys of a decision that lintel reads, in whatever document. */
export const DECISION_KEYS = [
  'id',
  'title',
  'status',
  'date',
  'deciders',
  'supersedes',
  'severity',
  'waiver',
  'invariants',
] as const;

function closed(properties: JsonSchema, required: readonly string[] = []): JsonSchema {
  return { type: 'object', properties, required: [...required], additionalProperties: false };
}

/**
 * One JSON Schema (draft 2020-12) for decisions, configuration and waivers, composed from each kind's own
 * fragment. The very object that ajv validates with; scripts/schema.ts writes it to schema/.
 */
export function composeSchema(registry: Registry): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: SCHEMA_ID,
    title: 'lintel: decisions, configuration and waivers',
    anyOf: [{ $ref: '#/$defs/decision' }, { $ref: '#/$defs/config' }, { $ref: '#/$defs/waiver' }],
    $defs: {
      ref: {
        description: `A component (${COMPONENT_NAME}), a package (${ECOSYSTEMS.map(name => `${name}:`).join(' ')}) or a path, which holds "/", "." or "*".`,
        type: 'string',
        minLength: 1,
      },
      refs: {
        anyOf: [{ $ref: '#/$defs/ref' }, { type: 'array', items: { $ref: '#/$defs/ref' }, minItems: 1 }],
      },
      glob: {
        description: 'A path with *, **, ?, {a,b} and the captures {name} and {!name}; all else is literal.',
        type: 'string',
        minLength: 1,
      },
      layer: {
        description: 'A layer, a list of siblings that are independent of each other, or an optional layer.',
        anyOf: [refs, closed({ optional: refs }, ['optional'])],
      },
      edgeKinds: { type: 'array', items: { enum: [...EDGE_KINDS] }, minItems: 1 },
      codeRule: CODE_RULE,
      severity: { enum: ['block', 'warn'] },
      waive: {
        description: 'Who may waive a finding, and for how many days at most. Default: anyone, 30.',
        anyOf: [
          { const: 'never' },
          closed(
            {
              by: { enum: ['anyone', 'ratifiers'] },
              approvals: { type: 'integer', minimum: 0 },
              'max-days': { type: 'integer', minimum: 1 },
            },
            ['by'],
          ),
        ],
      },
      tree: { type: 'object', additionalProperties: text },
      invariant: invariant(registry),
      decision: {
        description: 'With `invariants` every key is checked; without, it is prose with any front matter.',
        type: 'object',
        dependentSchemas: { invariants: { $ref: '#/$defs/enforced' } },
        not: { required: ['version'] },
      },
      enforced: enforced(),
      config: config(),
      waiver: waiver(),
    },
  };
}

function invariant(registry: Registry): JsonSchema {
  const kinds: { [name: string]: Json } = {};
  for (const [name, kind] of registry) kinds[name] = { description: kind.summary, ...kind.schema };
  return {
    ...closed(
      {
        id: { type: 'string', pattern: SLUG },
        because: text,
        instead: text,
        severity: { $ref: '#/$defs/severity' },
        waiver: { $ref: '#/$defs/waive' },
        except: refs,
        examples: closed({ violates: { $ref: '#/$defs/tree' }, conforms: { $ref: '#/$defs/tree' } }, [
          'violates',
          'conforms',
        ]),
        ...kinds,
      },
      ['id'],
    ),
    // A choice of nothing is no schema: waivers are read without any kind.
    ...(registry.size === 0 ? {} : { oneOf: [...registry.keys()].map(name => ({ required: [name] })) }),
  };
}

function enforced(): JsonSchema {
  const prose: { [name: string]: Json } = {};
  for (const key of PROSE_KEYS) prose[key] = true;
  const list: Json = { type: 'array', items: text };
  const id: Json = { type: ['string', 'integer'] };
  return closed(
    {
      $schema: text,
      id: { type: 'string', minLength: 1, pattern: NO_SPACE },
      title: { type: 'string', minLength: 1 },
      status: {
        description: 'proposed, accepted, rejected, deprecated, superseded, or "superseded by ID".',
        type: 'string',
      },
      date: text,
      deciders: { anyOf: [text, list] },
      supersedes: { anyOf: [id, { type: 'array', items: id }] },
      severity: { $ref: '#/$defs/severity' },
      waiver: { $ref: '#/$defs/waive' },
      invariants: { type: 'array', items: { $ref: '#/$defs/invariant' } },
      ...prose,
    },
    ['invariants'],
  );
}

function config(): JsonSchema {
  const folders: Json = { type: 'string', minLength: 1 };
  return closed(
    {
      $schema: text,
      version: { const: 1 },
      decisions: { anyOf: [folders, { type: 'array', items: folders, minItems: 1 }] },
      waivers: folders,
      components: {
        type: 'object',
        propertyNames: { pattern: COMPONENT_NAME },
        additionalProperties: {
          anyOf: [refs, closed({ paths: refs, except: refs, utility: { type: 'boolean' } }, ['paths'])],
        },
      },
      trunk: { type: 'string', minLength: 1, pattern: BRANCH },
      ignore: refs,
      resolve: closed({
        roots: { type: 'array', items: folders },
        conditions: { type: 'array', items: text },
        provides: { type: 'object', additionalProperties: text },
      }),
      gates: closed({ commit: { $ref: '#/$defs/severity' } }),
      limits: closed({ 'file-bytes': { type: 'integer', minimum: 1 } }),
    },
    ['version'],
  );
}

function waiver(): JsonSchema {
  const sha256: Json = { type: 'string', pattern: SHA256 };
  const date: Json = { type: 'string', pattern: DATE };
  return closed(
    {
      $schema: text,
      version: { const: 1 },
      id: { type: 'string', pattern: WAIVER_ID },
      decision: { type: 'string', minLength: 1 },
      invariants: {
        type: 'array',
        minItems: 1,
        items: closed({ id: { type: 'string', pattern: SLUG }, digest: sha256 }, ['id', 'digest']),
      },
      requestedBy: { type: 'string', pattern: SOME_TEXT },
      requestedAt: { type: 'string', pattern: TIME },
      findings: {
        type: 'array',
        minItems: 1,
        items: closed({ fingerprint: sha256, path: { type: 'string', minLength: 1 }, subject: text }, [
          'fingerprint',
          'path',
          'subject',
        ]),
      },
      reason: { type: 'string', pattern: SOME_TEXT },
      ticket: { type: 'string', minLength: 1 },
      until: date,
    },
    ['version', 'id', 'decision', 'invariants', 'requestedBy', 'requestedAt', 'findings', 'reason', 'until'],
  );
}
