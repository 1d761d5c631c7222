import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kind } from '../../src/invariants/kind.js';
import type { Json } from '../../src/model/canonical.js';
import { inPaths, type PathSet } from '../../src/model/path-set.js';
import { decisionFiles, loadPolicy } from '../../src/policy/index.js';
import { createTree } from './create-tree.js';
import { CONFIG, DECISION, decision, outcomeOf, policyOf, printed, problemsOf } from './scenario.js';

const folder = '.architecture/decisions';

async function summaries(tree: Parameters<typeof policyOf>[0]): Promise<readonly string[]> {
  const { decisions } = await policyOf(tree);
  return decisions.map(
    ({ id, title, status, path, line }) => `${id} | ${title} | ${status} | ${path}:${line}`,
  );
}

test("DESIGN.md's decision compiles to what it says", async () => {
  const policy = await policyOf({
    [CONFIG]: 'version: 1\ncomponents:\n  ui: src/ui/**\n  database: src/db/**\n',
    [`${folder}/0007-ui-reaches-data-through-the-api.md`]: `---
id: ADR-0007
title: The UI reaches data only through the API client
status: accepted
date: 2026-03-02
deciders: [alice@example.com]
waiver: { by: anyone, max-days: 30 }
invariants:
  - id: ui-off-the-database
    forbid-import: { from: ui, to: [database, "npm:pg", "npm:@prisma/*"] }
    because: Queries in the UI tier cannot be authorised or cached.
    instead: Call src/api/client.
    examples:
      violates: { src/ui/list.ts: "import { pool } from '../db/pool'" }
      conforms: { src/ui/list.ts: "import { api } from '../api/client'" }
---
# The UI reaches data only through the API client
`,
  });
  assert.deepEqual(policy.decisions, [
    {
      id: 'ADR-0007',
      title: 'The UI reaches data only through the API client',
      status: 'accepted',
      path: `${folder}/0007-ui-reaches-data-through-the-api.md`,
      line: 3,
      date: '2026-03-02',
      deciders: ['alice@example.com'],
      invariants: ['ui-off-the-database'],
    },
  ]);
  const [invariant] = policy.invariants;
  assert.ok(invariant);
  assert.deepEqual(
    [
      invariant.decision,
      invariant.id,
      invariant.kind,
      invariant.severity,
      invariant.because,
      invariant.instead,
    ],
    [
      'ADR-0007',
      'ui-off-the-database',
      'forbid-import',
      'block',
      'Queries in the UI tier cannot be authorised or cached.',
      'Call src/api/client.',
    ],
  );
  assert.deepEqual(invariant.waiver, { by: 'anyone', approvals: 0, maxDays: 30 });
  assert.deepEqual(invariant.at, {
    path: `${folder}/0007-ui-reaches-data-through-the-api.md`,
    line: 9,
    column: 5,
  });
});

test('the digest is of the meaning: prose and examples are not in it, severity and settings are', async () => {
  const digest = async (text: string, config = 'version: 1\n'): Promise<string | undefined> =>
    (await policyOf({ [CONFIG]: config, [DECISION]: text })).invariants[0]?.digest;
  const rule = 'id: a\nforbid-import: { from: a/, to: b/ }';
  const plain = await digest(decision(rule));
  const told = `${rule}\nbecause: So.\nexamples: { violates: { a/x.ts: "" }, conforms: {} }\nwaiver: never`;
  assert.equal(await digest(decision(told)), plain);
  assert.equal(await digest(`${decision(rule)}\n## Context\n`), plain);
  assert.notEqual(await digest(decision(`${rule}\nseverity: warn`)), plain);
  assert.notEqual(await digest(decision(`${rule}\nexcept: a/x.ts`)), plain);
  assert.notEqual(await digest(decision(rule), 'version: 1\nignore: vendor/\n'), plain);
  assert.notEqual(await digest(decision(rule), 'version: 1\nresolve: { conditions: [browser] }\n'), plain);
  const size = decision('id: a\nsize: { in: a/, lines: 9 }');
  assert.equal(
    await digest(size, 'version: 1\nresolve: { conditions: [browser] }\n'),
    await digest(size),
    'resolver settings mean nothing to a rule that reads no imports',
  );
});

test('severity and waivers come from the invariant, else from the decision', async () => {
  const policy = await policyOf({
    [DECISION]: `---
status: Accepted
severity: warn
waiver: never
invariants:
  - id: a
    forbid-path: { in: a/ }
  - id: b
    severity: block
    waiver: { by: ratifiers, approvals: 2 }
    forbid-path: { in: b/ }
---
`,
  });
  assert.deepEqual(
    policy.invariants.map(({ severity, waiver }) => [severity, waiver]),
    [
      ['warn', 'never'],
      ['block', { by: 'ratifiers', approvals: 2, maxDays: 30 }],
    ],
  );
});

test('a Nygard folder works as it is', async () => {
  assert.deepEqual(
    await summaries({
      [`${folder}/0001-record-decisions.md`]:
        '# 1. Record architecture decisions\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n',
      [`${folder}/0002-use-x.md`]: '# 2. Use X\n\n## Status\n\nSuperceded by [3. Use Y](0003-use-y.md)\n',
      [`${folder}/0003-use-y.md`]: 'Use Y\n=====\n\n## Status\n\n<!-- a choice -->\n**Proposed**\n',
    }),
    [
      `ADR-0001 | Record architecture decisions | accepted | ${folder}/0001-record-decisions.md:1`,
      `ADR-0002 | Use X | superseded | ${folder}/0002-use-x.md:1`,
      `ADR-0003 | Use Y | proposed | ${folder}/0003-use-y.md:1`,
    ],
  );
});

test('MADR and Structured MADR work as they are', async () => {
  assert.deepEqual(
    await summaries({
      [`${folder}/0000-use-madr.md`]: '# Use MADR\n\n* Status: accepted\n* Deciders: all\n\n## Context\n',
      [`${folder}/adr-012-cache.md`]:
        '---\nstatus: "superseded by ADR-0000"\ndate: {YYYY-MM-DD}\n---\n# ADR-012: Cache\n',
      [`${folder}/2024-05-01-events.md`]: '---\ntitle: Events\ntype: adr\nstatus: Draft\ncategory: x\n---\n',
      [`${folder}/20240501-kafka.md`]: '# Kafka\n\n- **Status:** rejected\n',
      [`${folder}/infra/queue.md`]: '```md\n# Not the title\n```\n# Queue\n',
    }),
    [
      `ADR-0000 | Use MADR | accepted | ${folder}/0000-use-madr.md:1`,
      `20240501-kafka | Kafka | rejected | ${folder}/20240501-kafka.md:1`,
      `2024-05-01-events | Events | proposed | ${folder}/2024-05-01-events.md:2`,
      `ADR-012 | Cache | superseded | ${folder}/adr-012-cache.md:5`,
      `queue | Queue | proposed | ${folder}/infra/queue.md:4`,
    ].sort((a, b) => ((a.split('| ')[3] ?? '') < (b.split('| ')[3] ?? '') ? -1 : 1)),
  );
});

test('overviews and blank forms are no decisions, unless an overview holds invariants', async () => {
  const outcome = await loadPolicy(
    createTree({
      [`${folder}/README.md`]: '# Decisions\n\n- Status: accepted\n',
      [`${folder}/index.md`]: '---\nlayout: home\n---\n',
      [`${folder}/template.md`]: '---\nstatus: {a | b}\n---\n',
      [`${folder}/adr-template-minimal.md`]: '# {title}\n',
    }),
  );
  assert.equal(outcome.kind, 'none');
  const policy = await policyOf({
    [`${folder}/README.md`]: '---\nid: ADR-1\nstatus: accepted\ninvariants: []\n---\n',
    [`${folder}/0009-email-template.md`]: '# Email template\n',
    [`${folder}/template.md`]: '---\nstatus: accepted\ninvariants: []\n---\n',
  });
  assert.deepEqual(
    policy.decisions.map(({ id }) => id),
    ['ADR-0009', 'ADR-1'],
  );
  assert.deepEqual(printed(policy.warnings), [
    `${folder}/template.md:1:1 warning: the file is named as a template: its invariants are not in force (rename it, or leave the key out)`,
  ]);
});

test('a .yaml beside prose of the same name is one decision with it', async () => {
  const prose = '# 4. Migrations are append-only\n\n## Status\n\nAccepted\n';
  const rules = 'invariants:\n  - id: a\n    append-only: { in: db/migrations/, unit: file }\n';
  const tree = { [`${folder}/0004-migrations.md`]: prose, [`${folder}/0004-migrations.yaml`]: rules };
  const policy = await policyOf(tree);
  assert.deepEqual(await summaries(tree), [
    `ADR-0004 | Migrations are append-only | accepted | ${folder}/0004-migrations.md:1`,
  ]);
  assert.deepEqual(policy.invariants[0]?.at, { path: `${folder}/0004-migrations.yaml`, line: 2, column: 5 });
  assert.deepEqual(decisionFiles(policy, 'ADR-0004'), [
    `${folder}/0004-migrations.md`,
    `${folder}/0004-migrations.yaml`,
  ]);
  assert.deepEqual(
    await problemsOf({
      [`${folder}/0004-migrations.md`]: `---\nid: A\nstatus: proposed\ninvariants: []\n---\n`,
      [`${folder}/0004-migrations.yaml`]: `id: B\nstatus: accepted\n${rules}`,
    }),
    [
      `${folder}/0004-migrations.md:4:1 error: "invariants" stands in ${folder}/0004-migrations.yaml too, which is the same decision (keep them in one of the two files)`,
      `${folder}/0004-migrations.yaml:1:5 error: the id is "B" here and "A" in ${folder}/0004-migrations.md (the two are one decision: state it once)`,
      `${folder}/0004-migrations.yaml:2:9 error: the status is "accepted" here and "proposed" in ${folder}/0004-migrations.md (the two are one decision: state it once)`,
    ],
  );
});

test('only accepted decisions are in force; proposed ones are compiled beside them', async () => {
  const text = (status: string): string =>
    `---\nstatus: ${status}\ninvariants:\n  - id: a\n    forbid-path: { in: a/ }\n---\n`;
  const { policy, proposed } = await outcomeOf({
    [`${folder}/0001-a.md`]: text('accepted'),
    [`${folder}/0002-b.md`]: text('proposed'),
    [`${folder}/0003-c.md`]: text('rejected'),
    [`${folder}/0004-d.md`]: text('superseded by ADR-0001'),
  });
  assert.deepEqual(
    policy.invariants.map(({ decision }) => decision),
    ['ADR-0001'],
  );
  assert.deepEqual(
    proposed.map(({ decision }) => decision),
    ['ADR-0002'],
  );
  assert.deepEqual(
    policy.decisions.map(({ invariants }) => invariants),
    [['a'], ['a'], ['a'], ['a']],
  );
});

test('an accepted decision puts those it supersedes out of force, a proposed one does not', async () => {
  const text = (status: string, supersedes: string): string =>
    `---\nstatus: ${status}\nsupersedes: ${supersedes}\ninvariants:\n  - id: a\n    forbid-path: { in: a/ }\n---\n`;
  const inForce = async (status: string): Promise<readonly string[]> => {
    const policy = await policyOf({
      [`${folder}/0001-a.md`]: text('accepted', '[]'),
      [`${folder}/0002-b.md`]: text('accepted', 'ADR-1'),
      [`${folder}/0003-c.md`]: text(status, '[2]'),
    });
    return policy.decisions.map(({ id, status }) => `${id} ${status}`);
  };
  assert.deepEqual(await inForce('accepted'), [
    'ADR-0001 superseded',
    'ADR-0002 superseded',
    'ADR-0003 accepted',
  ]);
  assert.deepEqual(await inForce('proposed'), [
    'ADR-0001 superseded',
    'ADR-0002 accepted',
    'ADR-0003 proposed',
  ]);
});

/** A kind of the test's own: its value is a set of paths. */
const guard: Kind = {
  name: 'guard',
  summary: 'a test',
  schema: { $ref: '#/$defs/refs' },
  reads: 'paths',
  modeOf: () => 'state',
  compile: (options, compiler) => ({ in: compiler.paths(options, '') }) as unknown as Json,
  governs: () => true,
  reaches: () => false,
  screen: () => 'clear',
};

test('a component that leaves paths out does not leave them out of its neighbours in a list', async () => {
  const source = createTree({
    [CONFIG]: `version: 1
components:
  db: { paths: src/db/**, except: src/db/types/** }
  types: src/db/types/**
  data: [db, src/data/**]
`,
    [DECISION]: decision('id: a\nguard: data', 'id: b\nguard: [db, types]'),
  });
  const outcome = await loadPolicy(source, { registry: new Map([['guard', guard]]) });
  assert.ok(outcome.kind === 'policy');
  const holds = (index: number, path: string): boolean => {
    const rule = outcome.policy.invariants[index]?.rule as unknown as { readonly in: PathSet };
    return inPaths(rule.in, path);
  };
  assert.ok(holds(0, 'src/db/pool.ts'));
  assert.ok(holds(0, 'src/data/x.ts'));
  assert.ok(!holds(0, 'src/db/types/row.ts'));
  assert.ok(holds(1, 'src/db/pool.ts'));
  assert.ok(holds(1, 'src/db/types/row.ts'));
});

test('kinds come from the registry that is passed in', async () => {
  const outcome = await loadPolicy(createTree({ [DECISION]: decision('id: a\nforbid-path: { in: a/ }') }), {
    registry: new Map([['guard', guard]]),
  });
  assert.ok(outcome.kind === 'invalid');
  assert.deepEqual(
    outcome.problems.map(({ message }) => message),
    ['the invariant has no kind', 'unknown key or kind "forbid-path"'],
  );
});

test("whatever a kind's schema refuses is an error, also in words that lintel has no phrase for", async () => {
  const refused = async (schema: Kind['schema'], value: string): Promise<readonly string[]> => {
    const outcome = await loadPolicy(createTree({ [DECISION]: decision(`id: a\nguard: ${value}`) }), {
      registry: new Map([['guard', { ...guard, schema, compile: () => null }]]),
    });
    return outcome.kind === 'invalid' ? outcome.problems.map(({ message }) => message) : [];
  };
  const choice = { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] };
  assert.deepEqual(await refused(choice, '{ a: 1, b: 2 }'), ['only one of "a", "b" must be given']);
  assert.deepEqual(await refused(choice, '{}'), ['one of "a", "b" must be given']);
  assert.deepEqual(await refused(choice, '{ a: 1 }'), []);
  assert.deepEqual(await refused({ not: { type: 'string' } }, 'x'), ['"guard" must NOT be valid']);
  assert.deepEqual(await refused({ oneOf: [{ type: 'string' }, { minLength: 1 }] }, 'x'), [
    '"guard" fits several of the shapes it may have',
  ]);
});
