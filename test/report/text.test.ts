import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoDate, repoPath } from '../../src/model/brand.js';
import { COMMIT, finding, LIST_TS, print, verdict } from './fixtures.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not reach a terminal
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences
const COLOUR = /\u001b\[\d+m/g;

test('a blocked commit: decision, place, frame, expectation, reasons, provenance, the waiving command', async () => {
  assert.equal(
    await print([verdict({ findings: [finding()] })]),
    `ADR-0007  The UI reaches data only through the API client

  src/ui/list.ts:3:22  ui-off-the-database  7876369

      1 │ import { Button } from './button';
      2 │
    > 3 │ import { pool } from '../db/pool';
        │                      ^

    expected    ui must not import database, but imports src/db/pool.ts
    because     Queries in the UI tier cannot be authorised or cached.
    instead     Call src/api/client.
    decision    .architecture/decisions/0007-ui-reaches-data-through-the-api.md:9
    in force    since 3f2a9c1 by Alice Example <alice@example.com>
    waive       npx --no-install lintel waive 7876369 --reason "…"

lintel: blocked — 1 finding of 1 decision (9 invariants evaluated)
`,
  );
});

test('findings are grouped by decision, then by target; reasons are said once a target', async () => {
  const other = { ...finding().decision, id: 'ADR-0009', title: 'No debug output' };
  const text = await print(
    [
      verdict({
        findings: [
          finding(),
          finding({
            subject: 'npm:pg value',
            message: 'ui must not import npm:pg',
            line: 5,
            column: 1,
            sites: [],
          }),
          finding({
            decision: other,
            invariant: 'quiet',
            subject: 'aa',
            because: null,
            instead: null,
            line: null,
          }),
          finding({
            path: repoPath('src/ui/table.ts'),
            line: 1,
            column: 10,
            sites: [
              { line: 1, column: 10 },
              { line: 4, column: 2 },
            ],
          }),
        ],
      }),
    ],
    {},
  );
  assert.equal(
    text,
    `ADR-0007  The UI reaches data only through the API client

  src/ui/list.ts:3:22  ui-off-the-database  7876369

    expected    ui must not import database, but imports src/db/pool.ts
    because     Queries in the UI tier cannot be authorised or cached.
    instead     Call src/api/client.
    decision    .architecture/decisions/0007-ui-reaches-data-through-the-api.md:9
    in force    since 3f2a9c1 by Alice Example <alice@example.com>
    waive       npx --no-install lintel waive 7876369 --reason "…"

  src/ui/table.ts:1:10  ui-off-the-database  ead6e8f

    expected    ui must not import database, but imports src/db/pool.ts
    also at     4:2
    waive       npx --no-install lintel waive ead6e8f --reason "…"

  src/ui/list.ts:5:1  ui-off-the-database  a7a586e

    expected    ui must not import npm:pg
    because     Queries in the UI tier cannot be authorised or cached.
    instead     Call src/api/client.
    decision    .architecture/decisions/0007-ui-reaches-data-through-the-api.md:9
    in force    since 3f2a9c1 by Alice Example <alice@example.com>
    waive       npx --no-install lintel waive a7a586e --reason "…"

ADR-0009  No debug output

  src/ui/list.ts  quiet  0896c1f

    expected    ui must not import database, but imports src/db/pool.ts
    decision    .architecture/decisions/0007-ui-reaches-data-through-the-api.md:9
    in force    since 3f2a9c1 by Alice Example <alice@example.com>
    also at     3:22
    waive       npx --no-install lintel waive 0896c1f --reason "…"

lintel: blocked — 4 findings of 2 decisions (9 invariants evaluated)
`,
  );
});

test('a decision that forbids waivers, and one that caps their days, say so in place of the command', async () => {
  const never = await print([verdict({ findings: [finding({ waivable: 'never' })] })]);
  assert.match(never, /^ {4}waive {7}not possible: ADR-0007 forbids waivers$/m);
  assert.doesNotMatch(never, /lintel waive/);
  const capped = await print([
    verdict({ findings: [finding({ waivable: { by: 'anyone', approvals: 0, maxDays: 14 } })] }),
  ]);
  assert.match(capped, /lintel waive 7876369 --reason "…"\n {16}holds for 14 days at most\n/);
});

test('at most `limit` findings in full, over all refs of a push; the rest are counted with the command', async () => {
  const findings = Array.from({ length: 13 }, (_, index) =>
    finding({ path: repoPath(`src/ui/f${String(index).padStart(2, '0')}.ts`) }),
  );
  const push = (ref: string) =>
    verdict({ findings, change: { ...verdict().change, source: 'push', head: COMMIT, ref } });
  const text = await print([push('refs/heads/main'), push('refs/tags/v1')], {});
  assert.equal(text.match(/ waive {7}npx/g)?.length, 10);
  assert.match(text, /^… and 3 more findings of 1 decision; see all: npx --no-install lintel explain$/m);
  assert.match(text, /^… and 13 more findings of 1 decision; see all: npx --no-install lintel explain$/m);
  assert.match(
    text,
    /^lintel: refs\/heads\/main: blocked — 13 findings of 1 decision \(9 invariants evaluated\)$/m,
  );
  assert.match(text, /^lintel: refs\/tags\/v1: blocked — /m);
});

test('a push names the commit that brought the finding in', async () => {
  const broughtBy = { commit: COMMIT, subject: 'Quick fix', author: 'Bob <bob@example.com>' };
  assert.match(
    await print([verdict({ findings: [finding({ broughtBy })] })]),
    /^ {4}brought by {2}3f2a9c1 Quick fix \(Bob <bob@example.com>\)$/m,
  );
});

test('an admitted change with a waiver says until when and why', async () => {
  const waiver = {
    id: 'W-2026-11-21-1a2b',
    path: repoPath('.architecture/waivers/W-2026-11-21-1a2b.yaml'),
    until: isoDate('2026-12-21'),
    reason: 'legacy page,\nreplaced in Q1',
  };
  assert.equal(
    await print([verdict({ findings: [finding({ state: 'waived', waiver })], standing: 2 })]),
    `  src/ui/list.ts:3:22  ADR-0007/ui-off-the-database  7876369
    waived      until 2026-12-21 because legacy page, replaced in Q1
                (W-2026-11-21-1a2b)

2 findings stood before and do not block: npx --no-install lintel check --all
lintel: admitted — 1 finding waived (9 invariants evaluated)
`,
  );
});

test('an expired waiver is named beside the finding that it no longer covers', async () => {
  assert.match(
    await print([verdict({ findings: [finding({ waiverNote: 'W-1 expired on 2026-11-01' })] })]),
    /^ {4}note {8}W-1 expired on 2026-11-01$/m,
  );
});

test('severity warn is shown in full and does not block', async () => {
  const text = await print([verdict({ findings: [finding({ severity: 'warn' })] })]);
  assert.match(text, /^ {2}src\/ui\/list\.ts:3:22 {2}ui-off-the-database {2}7876369 {2}warning$/m);
  assert.match(text, /^lintel: admitted — 1 warning \(9 invariants evaluated\)$/m);
});

test('gates: { commit: warn }: the findings are shown, the commit is admitted, the push will block', async () => {
  const text = await print([verdict({ findings: [finding()], result: 'admitted', gate: 'warn' })]);
  assert.match(
    text,
    /The commit gate only warns here \(gates: \{ commit: warn \}\)\. The push will block\nthese findings\.\nlintel: admitted — 1 finding of 1 decision not blocked here \(9 invariants evaluated\)\n$/,
  );
});

test('an error says what, where, why and the remedy; unevaluated invariants are counted', async () => {
  const base = verdict();
  assert.equal(
    await print([
      verdict({
        result: 'error',
        policy: { ...base.policy, invariants: { expected: 9, evaluated: 7 } },
        errors: [
          {
            code: 'unparsable',
            message: 'Unexpected token in an import that a rule governs',
            path: repoPath('src/ui/list.ts'),
            line: 3,
            column: 5,
            remedy: 'mend the syntax, then git add it',
          },
        ],
      }),
    ]),
    `errors
  src/ui/list.ts:3:5  unparsable
    Unexpected token in an import that a rule governs
    remedy      mend the syntax, then git add it

lintel: could not judge — 1 error (7 of 9 invariants evaluated)
`,
  );
});

test('of many warnings twenty are printed, and the rest is counted', async () => {
  const warnings = Array.from({ length: 23 }, (_, index) => ({
    code: 'unparsable',
    message: 'a semicolon was expected',
    path: repoPath(`fixtures/${index}.js`),
    line: 1,
    column: 1,
    remedy: null,
  }));
  const text = await print([verdict({ warnings })]);
  assert.match(text, /fixtures\/19\.js/);
  assert.doesNotMatch(text, /fixtures\/20\.js/);
  assert.match(text, /^ {2}… and 3 more warnings; --format json lists them all$/m);
});

test('governance: what was loosened is reported, with the word that it had no effect', async () => {
  assert.equal(
    await print([
      verdict({
        governance: [
          {
            change: 'loosened',
            decision: 'ADR-0007',
            invariant: 'ui-off-the-database',
            message: 'it now leaves out src/ui/legacy/**',
          },
          { change: 'added', decision: 'ADR-0010', invariant: null, message: 'a new decision' },
        ],
      }),
    ]),
    `governance
  loosened  ADR-0007/ui-off-the-database
    it now leaves out src/ui/legacy/**
  added  ADR-0010
    a new decision
  Loosening takes effect once it is in the base; it had none on this change.

lintel: admitted — 9 invariants evaluated
`,
  );
});

test('ungoverned and skipped are said plainly', async () => {
  const { policy, change } = verdict();
  assert.equal(
    await print([verdict({ policy: { ...policy, ungoverned: true } })]),
    'lintel: admitted — ungoverned: this repository has no decisions for lintel yet\n',
  );
  assert.equal(
    await print([
      verdict({
        change: { ...change, ref: 'refs/heads/old', skipped: 'the ref is deleted: nothing to judge' },
      }),
    ]),
    'lintel: refs/heads/old: skipped — the ref is deleted: nothing to judge\n',
  );
});

test('check --all lists what stands, a line each', async () => {
  const { change } = verdict();
  assert.equal(
    await print([
      verdict({
        findings: [finding({ state: 'standing' })],
        standing: 1,
        change: { ...change, source: 'all' },
      }),
    ]),
    `ADR-0007  The UI reaches data only through the API client
  src/ui/list.ts:3:22  7876369  ui must not import database, but imports src/db/pool.ts

lintel: admitted — 9 invariants evaluated
`,
  );
});

test('nothing that a change wrote can act on the terminal', async () => {
  const text = await print(
    [
      verdict({
        findings: [
          finding({
            path: repoPath('src/\u001b[2J\n\u202eevil\udcff.ts'),
            message: 'imports \u001b]0;owned\u0007 x',
            because: 'line one\n  line two\r\n\u009b31m',
            broughtBy: { commit: COMMIT, subject: 'a\u001b[A', author: '\u2066b' },
          }),
        ],
      }),
    ],
    { 'src/\u001b[2J\n\u202eevil\udcff.ts': 'a\n\tb\u001b[1A\n\tconst x = "\u202e"; // \u0000' },
  );
  assert.doesNotMatch(text, ACTIVE);
  assert.match(text, /src\/\\x1b\[2J\\n\\u202eevil\\xff\.ts:3:22/);
  assert.match(text, /because {5}line one line two \\x9b31m/);
});

test('the same report in colour holds the same characters', async () => {
  const verdicts = [verdict({ findings: [finding()], standing: 1 })];
  const coloured = await print(verdicts, { 'src/ui/list.ts': LIST_TS }, { colour: 'colour' });
  assert.match(coloured, COLOUR);
  assert.equal(coloured.replaceAll(COLOUR, ''), await print(verdicts));
});

test('under `git commit -- PATH` the waiver file has to be named', async () => {
  const text = await print([verdict({ findings: [finding()] })], {}, { commitForm: 'pathspec' });
  assert.match(text, /\n {16}This was `git commit -- PATH…`: name the waiver file among the/);
});
