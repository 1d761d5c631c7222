import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digest, isoDate, repoPath } from '../../src/model/brand.js';
import type { CompiledInvariant, DecisionSummary, Waiver } from '../../src/model/decision.js';
import {
  type DecisionView,
  renderAccepted,
  renderCreated,
  renderDecision,
  renderDecisionList,
  renderDecisionsFor,
} from '../../src/report/decisions.js';
import { renderDoctor } from '../../src/report/doctor.js';
import { renderExplainedFinding } from '../../src/report/explain.js';
import { renderLog } from '../../src/report/log.js';
import { createPalette } from '../../src/report/palette.js';
import { renderWaivers, renderWritten } from '../../src/report/waivers.js';
import { COMMIT, finding, verdict } from './fixtures.js';

const style = { width: 80, palette: createPalette('plain') };
const path = repoPath('.architecture/decisions/0007-ui.md');

const decision: DecisionSummary = {
  id: 'ADR-0007',
  title: 'The UI reaches data only through the API client',
  status: 'accepted',
  path,
  line: 3,
  date: '2026-03-02',
  deciders: ['alice@example.com'],
  invariants: ['ui-off-the-database'],
};
const invariant: CompiledInvariant = {
  decision: 'ADR-0007',
  id: 'ui-off-the-database',
  kind: 'forbid-import',
  severity: 'block',
  waiver: { by: 'anyone', approvals: 0, maxDays: 30 },
  because: 'Queries in the UI tier cannot be cached.',
  instead: 'Call src/api/client.',
  rule: {},
  digest: digest('ab'.repeat(32)),
  at: { path, line: 9, column: 5 },
};
const view: DecisionView = { decision, invariants: [invariant], enforced: 'yes' };

test('the list of decisions tells what is enforced', () => {
  const proposal: DecisionView = {
    decision: { ...decision, id: 'ADR-0008', title: 'Migrations are append-only', status: 'proposed' },
    invariants: [],
    enforced: 'no',
  };
  const prose: DecisionView = {
    decision: { ...decision, id: 'ADR-0001', title: 'Record decisions', invariants: [] },
    invariants: [],
    enforced: 'no',
  };
  const fresh: DecisionView = {
    ...view,
    decision: { ...decision, id: 'ADR-0009' },
    enforced: 'once-committed',
  };
  assert.equal(
    renderDecisionList([prose, view, proposal, fresh], style),
    `ADR-0001  accepted  prose only                      Record decisions
ADR-0007  accepted  1 invariant                     The UI reaches data only through the API client
ADR-0008  proposed  1 invariant, not enforced       Migrations are append-only
ADR-0009  accepted  1 invariant, not committed yet  The UI reaches data only through the API client

4 decisions, 1 invariant enforced
`,
  );
  assert.equal(
    renderDecisionList([], style),
    'No decisions yet. Write one: npx --no-install lintel decisions new "TITLE"\n',
  );
});

test('a decision whole: status, invariants, and its own text, made safe to print', () => {
  assert.equal(
    renderDecision(view, '---\nid: ADR-0007\n---\n# The \u001b[31mUI\r\n', style),
    `ADR-0007  The UI reaches data only through the API client
  status      accepted
  written     .architecture/decisions/0007-ui.md:3
  date        2026-03-02
  deciders    alice@example.com
  enforced    yes, on every change

  ui-off-the-database  forbid-import
    because     Queries in the UI tier cannot be cached.
    instead     Call src/api/client.
    severity    block
    waiver      by anyone, for 30 days at most
    written     .architecture/decisions/0007-ui.md:9:5

  │ ---
  │ id: ADR-0007
  │ ---
  │ # The \\x1b[31mUI
`,
  );
});

test('decisions for a path, and for one that none speaks about', () => {
  assert.equal(
    renderDecisionsFor(
      [
        { path: 'src/ui/list.ts', invariants: [{ invariant, title: decision.title }] },
        { path: 'README.md', invariants: [] },
      ],
      style,
    ),
    `src/ui/list.ts
  ADR-0007  The UI reaches data only through the API client
    invariant   ui-off-the-database (forbid-import, block)
    because     Queries in the UI tier cannot be cached.
    instead     Call src/api/client.

README.md
  no decision speaks about it
`,
  );
});

test('accepting a decision says what is in force, and when', () => {
  assert.equal(
    renderAccepted(view, 'now'),
    `ADR-0007 is accepted: The UI reaches data only through the API client
Its 1 invariant (ui-off-the-database) judges every change from the commit that holds this edit on,
that commit included. What stood before is counted, not blocked.

  git add -- .architecture/decisions/0007-ui.md
  git commit -m 'Accept ADR-0007'
`,
  );
  assert.equal(
    renderAccepted(view, 'already'),
    'ADR-0007 was accepted already; nothing changed: The UI reaches data only through the API client\n',
  );
  assert.equal(
    renderCreated('ADR-0008', '.architecture/decisions/0008-x.md'),
    `ADR-0008 is written to .architecture/decisions/0008-x.md, with status proposed: nothing blocks yet.
Fill it in, then accept it:
  npx --no-install lintel decisions accept ADR-0008
`,
  );
});

const waiver: Waiver = {
  version: 1,
  id: 'W-2026-11-21-1a2b',
  decision: 'ADR-0007',
  invariants: [{ id: invariant.id, digest: invariant.digest }],
  requestedBy: 'alice@example.com',
  requestedAt: '2026-11-21T10:00:00.000Z',
  findings: [{ fingerprint: finding().fingerprint, path: 'src/ui/list.ts', subject: 'src/db/pool.ts' }],
  reason: 'legacy page, replaced in Q1',
  ticket: 'WEB-12',
  until: isoDate('2026-12-21'),
  path: repoPath('.architecture/waivers/W-2026-11-21-1a2b.yaml'),
};

test('waivers: what needs attention first, and a line of counts', () => {
  assert.equal(
    renderWaivers(
      [
        { waiver, state: 'live', note: null },
        {
          waiver: { ...waiver, id: 'W-0', until: isoDate('2026-10-01') },
          state: 'expired',
          note: 'expired on 2026-10-01',
        },
      ],
      style,
    ),
    `W-0  expired  until 2026-10-01
  because     legacy page, replaced in Q1
  covers      1 finding of ADR-0007: src/ui/list.ts
  asked by    alice@example.com on 2026-11-21
  ticket      WEB-12
  file        .architecture/waivers/W-2026-11-21-1a2b.yaml
  note        expired on 2026-10-01

W-2026-11-21-1a2b  live  holds until 2026-12-21
  because     legacy page, replaced in Q1
  covers      1 finding of ADR-0007: src/ui/list.ts
  asked by    alice@example.com on 2026-11-21
  ticket      WEB-12
  file        .architecture/waivers/W-2026-11-21-1a2b.yaml

2 waivers: 1 expired, 1 live
`,
  );
  assert.equal(renderWaivers([], style), 'No waivers.\n');
});

test('a written waiver: what it covers, and the path to name under `commit -- PATH`', () => {
  assert.equal(
    renderWritten([waiver], style),
    `W-2026-11-21-1a2b  1 finding of ADR-0007 waived
  covers      src/ui/list.ts
  until       2026-12-21
  because     legacy page, replaced in Q1
  staged      .architecture/waivers/W-2026-11-21-1a2b.yaml

Now commit again; under \`git commit -- PATH…\`, name the waiver among the paths:
  git commit -- PATH… .architecture/waivers/W-2026-11-21-1a2b.yaml
To take it back: git rm -f -- .architecture/waivers/W-2026-11-21-1a2b.yaml
`,
  );
});

test('the log marks what was not judged and says what that means', () => {
  assert.equal(
    renderLog(
      [
        {
          commit: COMMIT,
          state: 'unjudged',
          at: '2026-11-21T10:00:00.000Z',
          branch: 'main',
          subject: 'Quick fix',
        },
        {
          commit: COMMIT,
          state: 'judged',
          at: '2026-11-20T09:30:00.000Z',
          branch: null,
          subject: 'Policy',
          waivers: ['W-1'],
        },
      ],
      style,
    ),
    `3f2a9c1  unjudged  2026-11-21 10:00  main        Quick fix
3f2a9c1  judged    2026-11-20 09:30  (detached)  Policy (W-1)

2 commits, 1 unjudged
Unjudged: no receipt (--no-verify, a rebase, a clean revert). The push judges them;
or judge a range now: npx --no-install lintel check --base REV
`,
  );
  assert.equal(renderLog([], style), 'No commits recorded here yet.\n');
});

test('doctor: each problem with its mend, then what client hooks can do', () => {
  const checks = [
    { state: 'ok', what: 'git is 2.39.5', mend: null },
    { state: 'problem', what: '.husky/pre-push is not executable', mend: 'chmod +x .husky/pre-push' },
    { state: 'warn', what: `src/legacy/** matches nothing${' at all'.repeat(9)}`, mend: null },
  ] as const;
  assert.equal(
    renderDoctor(checks, 'Hooks are tedious to pass by, not impossible.', style),
    `ok       git is 2.39.5
problem  .husky/pre-push is not executable
         mend        chmod +x .husky/pre-push
warning  src/legacy/** matches nothing at all at all at all at all at all at all
         at all at all at all

Hooks are tedious to pass by, not impossible.

lintel doctor: 1 problem, 1 warning
`,
  );
});

test('a finding explained: the finding, its state, its fingerprint, where to read on', () => {
  assert.equal(
    renderExplainedFinding(finding(), verdict(), null, { ...style, commitForm: 'index' }),
    `ADR-0007  The UI reaches data only through the API client

  src/ui/list.ts:3:22  ui-off-the-database  7876369

    expected    ui must not import database, but imports src/db/pool.ts
    because     Queries in the UI tier cannot be authorised or cached.
    instead     Call src/api/client.
    decision    .architecture/decisions/0007-ui-reaches-data-through-the-api.md:9
    in force    since 3f2a9c1 by Alice Example <alice@example.com>
    waive       npx --no-install lintel waive 7876369 --reason "…"

    state       introduced by this change (commit on 2026-11-21)
    rule        ADR-0007/ui-off-the-database (forbid-import)
    subject     src/db/pool.ts value
    fingerprint ${finding().fingerprint}
    more        npx --no-install lintel explain ADR-0007
`,
  );
});
