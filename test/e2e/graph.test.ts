/** Rules over the graph, with real git and the installed hooks: what a commit closes or completes may lie in files that it doesn't touch. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { type Governed, scenario, withPackage } from './governed.js';

withPackage();

const GRAPH = '.architecture/decisions/0003-how-parts-hang-together.md';
const DECISION = `---
id: ADR-0003
title: The pages reach the tables only through the API
status: accepted
invariants:
  - id: no-way-to-the-tables
    forbid-import: { from: "app/pages/**", to: "app/tables/**", transitive: true, via: "app/api/**" }
    because: A query that a page sets off can't be authorised.
    instead: Ask app/api.
  - id: no-circles
    acyclic: { in: "app/**" }
    because: A circle loads in an order that nobody chose.
---
# The pages reach the tables only through the API
`;

const APP = {
  [GRAPH]: DECISION,
  'app/pages/home.ts':
    "import { date } from '../lib/date';\nimport { ask } from '../api/ask';\nexport const home = [date, ask];\n",
  'app/lib/date.ts': 'export const date = 1;\n',
  'app/lib/zone.ts': 'export const zone = 1;\n',
  'app/api/ask.ts': "import { rows } from '../tables/rows';\nexport const ask = rows;\n",
  'app/tables/rows.ts': 'export const rows = 1;\n',
};

function start(at: Governed): void {
  at.repository.write(APP);
  at.repository.stage();
  at.repository.commit('the app', '--no-verify');
}

describe('chains', () => {
  scenario('a chain that is completed two files away is blocked, with every hop', at => {
    start(at);
    at.admits({ 'app/lib/date.ts': "import { zone } from './zone';\nexport const date = zone;\n" });
    const { stderr } = at.blocks(
      {
        'app/lib/zone.ts':
          "// where we are\nimport { rows } from '../tables/rows';\nexport const zone = rows;\n",
      },
      'ADR-0003',
    );
    assert.match(stderr, /^ {2}app\/pages\/home\.ts:1 /m);
    assert.match(
      stderr.replace(/\s+/g, ' '),
      /through app\/pages\/home\.ts:1 → app\/lib\/date\.ts:1 → app\/lib\/zone\.ts:2 → app\/tables\/rows\.ts/,
    );
    assert.match(stderr, /Ask app\/api\./);
  });

  scenario('the permitted way is open, and what stood before does not block', at => {
    start(at);
    at.admits({ 'app/pages/other.ts': "import { ask } from '../api/ask';\nexport const other = ask;\n" });
    at.repository.write({
      'app/lib/zone.ts': "import { rows } from '../tables/rows';\nexport const zone = rows;\n",
    });
    at.repository.write({ 'app/lib/date.ts': "import { zone } from './zone';\nexport const date = zone;\n" });
    at.repository.stage();
    at.repository.commit('debt', '--no-verify');
    at.admits({ 'app/pages/home.ts': `${APP['app/pages/home.ts']}// touched\n` });
    at.admits({
      'app/lib/date.ts': "// touched\nimport { zone } from './zone';\nexport const date = zone;\n",
    });
  });

  scenario('a file that moves under an old name completes a chain', at => {
    start(at);
    at.admits({ 'app/lib/date.ts': "import { zone } from './zones';\nexport const date = zone;\n" });
    at.blocks(
      { 'app/lib/zones.ts': "import { rows } from '../tables/rows';\nexport const zone = rows;\n" },
      'ADR-0003',
    );
  });
});

describe('circles', () => {
  scenario('the import that closes a circle is named, with the way round and the cheapest cut', at => {
    start(at);
    at.admits({ 'app/lib/date.ts': "import { zone } from './zone';\nexport const date = zone;\n" });
    const { stderr } = at.blocks(
      { 'app/lib/zone.ts': "import { date } from './date';\nexport const zone = () => date;\n" },
      'ADR-0003',
    );
    assert.match(
      stderr.replace(/\s+/g, ' '),
      /through app\/lib\/zone\.ts:1 → app\/lib\/date\.ts:1 → app\/lib\/zone\.ts /,
    );
    assert.match(stderr.replace(/\s+/g, ' '), /cheapest/);
    // One new import, one finding: the other edges of the circle stood before.
    assert.match(stderr, /blocked — 1 finding /);
  });

  scenario('a merge answers for the circle that neither side had', at => {
    start(at);
    at.git(['checkout', '-q', '-b', 'topic']);
    at.admits({ 'app/lib/zone.ts': "import { date } from './date';\nexport const zone = () => date;\n" });
    at.git(['checkout', '-q', 'main']);
    at.admits({ 'app/lib/date.ts': "import { zone } from './zone';\nexport const date = zone;\n" });
    at.stops(['merge', '--no-edit', 'topic'], { decision: 'ADR-0003' });
  });

  scenario('an import of types alone closes none', at => {
    start(at);
    at.admits({ 'app/lib/date.ts': "import { zone } from './zone';\nexport const date = zone;\n" });
    at.admits({
      'app/lib/zone.ts': "import type { date } from './date';\nexport const zone = 1 as typeof date;\n",
    });
  });
});
