/**
 * The silent and false results of the peers that check imports (facts/imports.md), one story each: what slipped through
 * there is stopped here, and what was stopped wrongly passes.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { type Governed, scenario, withPackage } from './governed.js';

withPackage();

const GRAPH = '.architecture/decisions/0003-how-parts-hang-together.md';

function decision(...invariants: readonly string[]): string {
  const items = invariants.map(text => `  - ${text}\n`).join('');
  return `---\nid: ADR-0003\ntitle: How the parts hang together\nstatus: accepted\ninvariants:\n${items}---\n# Parts\n`;
}

const CHAINS =
  'id: chains\n    forbid-import: { from: "app/pages/**", to: ["app/tables/**", "npm:pg"], transitive: true }';
const CIRCLES = 'id: circles\n    acyclic: { in: "app/**" }';
const FOLDERS = 'id: folders\n    acyclic: { in: "app/**", level: folder }';

/** Commits without the hooks: what stands before the story begins. */
function stands(at: Governed, files: Readonly<Record<string, string | null>>): void {
  at.repository.write(files);
  at.repository.stage();
  at.repository.commit('as it was', '--no-verify');
}

const APP = {
  'app/pages/home.ts': "import { date } from '../lib/date';\nexport const home = date;\n",
  'app/lib/date.ts': 'export const date = 1;\n',
  'app/lib/zone.ts': 'export const zone = 1;\n',
  'app/tables/rows.ts': 'export const rows = 1;\n',
  'app/tables/keys.ts': 'export const keys = 1;\n',
};
const TO_TABLES = "import { rows } from '../tables/rows';\nexport const date = rows;\n";

describe('a rule that could not look is no rule that found nothing', () => {
  scenario(
    'dependency-cruiser: a parser that reads no file; here a file that does not parse is an error',
    at => {
      stands(at, { ...APP, [GRAPH]: decision(CHAINS, CIRCLES) });
      const { code, stderr } = at.tries({ 'app/lib/date.ts': "import { from '../tables/rows'; `${" });
      assert.notEqual(code, 0);
      assert.match(stderr, /app\/lib\/date\.ts/);
    },
  );

  scenario('ArchUnit, Nx: the store or the graph is gone, or is no graph; the rule runs all the same', at => {
    stands(at, { ...APP, [GRAPH]: decision(CHAINS) });
    at.admits({ 'app/lib/zone.ts': 'export const zone = 2;\n' });
    at.repository.run('sh', ['-c', 'rm -rf .git/lintel/v1']);
    at.blocks({ 'app/lib/date.ts': TO_TABLES }, 'ADR-0003');
    at.repository.run('sh', [
      '-c',
      'find .git/lintel -type f -size +0 -path "*v1*" -exec sh -c \'head -c 40 "$1" > x; cat x > "$1"; rm x\' _ {} \\;',
    ]);
    at.blocks({ 'app/lib/date.ts': TO_TABLES }, 'ADR-0003');
  });

  scenario('Tach, ArchUnit: a rule that matches nothing, an allowance that nothing needs', at => {
    const { stderr } = at.tries({
      [GRAPH]: decision(
        'id: gone\n    forbid-import: { from: "app/gone/**", to: "src/db/**" }',
        'id: allows\n    allow-import: { from: "src/ui/**", to: ["src/api/**", "npm:react"] }',
      ),
    });
    const said = `${stderr}${at.lintel('check', '--all').stdout}`.replace(/\s+/g, ' ');
    assert.match(said, /app\/gone\/\*\* names no file, so nothing is judged there/);
    assert.match(said, /nothing in src\/ui\/\*\* imports npm:react: the allowance is not used/);
    assert.doesNotMatch(said, /imports src\/api\/\*\*: the allowance/);
  });
});

describe('imports end where they end, however they are written', () => {
  scenario('eslint-plugin-boundaries: a workspace package is no external one', at => {
    stands(at, {
      'package.json': '{ "name": "root", "workspaces": ["packages/*"] }\n',
      'packages/tables/package.json': '{ "name": "@own/tables", "main": "src/index.ts" }\n',
      'packages/tables/src/index.ts': 'export const rows = 1;\n',
      'packages/pages/package.json': '{ "name": "@own/pages" }\n',
      'packages/pages/lib.ts': 'export const lib = 1;\n',
      'packages/pages/ui/home.ts': "import { lib } from '../lib';\nexport const home = lib;\n",
      [GRAPH]: decision(
        'id: apart\n    forbid-import: { from: "packages/pages/ui/**", to: "packages/tables/**", transitive: true }',
      ),
    });
    at.blocks(
      { 'packages/pages/ui/a.ts': "import { rows } from '@own/tables';\nexport const a = rows;\n" },
      'ADR-0003',
    );
    at.blocks({ 'packages/pages/lib.ts': "export { rows as lib } from '@own/tables';\n" }, 'ADR-0003');
  });

  scenario('turbo, Nx: aliases of tsconfig, and `.js` written for `.tsx`', at => {
    stands(at, {
      ...APP,
      'app/tables/view.tsx': 'export const view = 1;\n',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "#/*": ["./app/*"] } } }\n',
      [GRAPH]: decision(CHAINS),
    });
    at.blocks(
      { 'app/pages/a.ts': "import { rows } from '#/tables/rows';\nexport const a = rows;\n" },
      'ADR-0003',
    );
    at.blocks({ 'app/lib/date.ts': "export { view as date } from '#/tables/view.js';\n" }, 'ADR-0003');
    // An alias that is turned to the tables turns imports of files that did not change.
    at.admits({ 'app/lib/date.ts': "export { zone as date } from '@zone';\n" });
    at.blocks(
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@zone": ["./app/tables/rows.ts"] } } }\n' },
      'ADR-0003',
    );
  });

  scenario('Nx: a package that only the root declares', at => {
    stands(at, {
      ...APP,
      'package.json': '{ "name": "root", "dependencies": { "pg": "1" } }\n',
      'app/package.json': '{ "name": "app" }\n',
      [GRAPH]: decision(CHAINS),
    });
    at.blocks({ 'app/lib/date.ts': "import pg from 'pg';\nexport const date = pg;\n" }, 'ADR-0003');
  });
});

describe('debt stands by its identity, not by its number', () => {
  const DEBT = { ...APP, 'app/lib/date.ts': TO_TABLES, [GRAPH]: decision(CHAINS) };

  scenario('ESLint: one mended and one added is one added', at => {
    stands(at, DEBT);
    at.blocks(
      { 'app/lib/date.ts': "import { keys } from '../tables/keys';\nexport const date = keys;\n" },
      'ADR-0003',
    );
  });

  scenario('packwerk, ESLint: more in a file that has some is more, and only that is told', at => {
    stands(at, DEBT);
    const { stderr } = at.blocks(
      { 'app/lib/date.ts': `import { keys } from '../tables/keys';\n${TO_TABLES}export const k = keys;\n` },
      'ADR-0003',
    );
    assert.match(stderr, /blocked — 1 finding /);
    assert.match(stderr, /app\/tables\/keys\.ts/);
  });

  scenario('ArchUnit, dependency-cruiser: lines that shift and files that move bring nothing in', at => {
    stands(at, DEBT);
    at.admits({
      'app/lib/date.ts': `// a comment\n\n${TO_TABLES}`,
      'app/pages/home.ts': `\n\n${APP['app/pages/home.ts']}`,
    });
    at.admits({ 'app/pages/home.ts': null, 'app/pages/start.ts': `\n\n${APP['app/pages/home.ts']}` });
    at.admits({ 'app/lib/date.ts': APP['app/lib/date.ts'] });
  });

  scenario('dependency-cruiser: circles of folders stand as those of files do', at => {
    stands(at, {
      ...APP,
      'app/tables/rows.ts': "import { home } from '../pages/home';\nexport const rows = () => home;\n",
      'app/lib/date.ts': TO_TABLES,
      [GRAPH]: decision(FOLDERS, CIRCLES),
    });
    at.admits({ 'app/lib/zone.ts': "import { date } from './date';\nexport const zone = date;\n" });
    // The folder is renamed: its circles come along.
    at.repository.run('git', ['mv', 'app/tables', 'app/store']);
    at.admits({ 'app/lib/date.ts': TO_TABLES.replace('tables', 'store') });
    at.blocks(
      { 'app/lib/zone.ts': "import { home } from '../pages/home';\nexport const zone = home;\n" },
      'ADR-0003',
    );
  });

  scenario('Tach: what is deprecated may shrink, not grow', at => {
    stands(at, {
      'app/lib/old.ts': 'export const old = 1;\n',
      'app/pages/a.ts': "import { old } from '../lib/old';\nexport const a = old;\n",
      'app/pages/b.ts': 'export const b = 1;\n',
      [GRAPH]: decision(
        'id: shrinking\n    allow-import: { from: "app/pages/**", to: "node:*", deprecated: "app/lib/**" }',
      ),
    });
    at.admits({ 'app/pages/a.ts': "import { old } from '../lib/old';\nexport const a = [old];\n" });
    const { stderr } = at.blocks(
      { 'app/pages/b.ts': "import { old } from '../lib/old';\nexport const b = old;\n" },
      'ADR-0003',
    );
    assert.match(stderr.replace(/\s+/g, ' '), /deprecated: its uses may shrink, not grow/);
    at.admits({ 'app/pages/a.ts': 'export const a = 1;\n' });
  });

  scenario('packwerk: a waiver whose file is gone is named', at => {
    stands(at, { ...APP, [GRAPH]: decision(CHAINS) });
    at.repository.write({ 'app/lib/date.ts': TO_TABLES });
    at.repository.stage();
    const found = JSON.parse(at.lintel('check', '--staged', '--format', 'json').stdout) as {
      readonly findings: readonly { readonly id: string }[];
    };
    const [finding] = found.findings;
    assert.equal(at.lintel('waive', finding?.id ?? '', '--reason', 'until it is moved').code, 0);
    at.repository.stage();
    at.git(['commit', '-m', 'waived']);
    at.admits({ 'app/lib/date.ts': APP['app/lib/date.ts'] });
    assert.match(at.lintel('waivers').stdout, /unused/);
  });
});

describe('what is judged is the change, whole and always alike', () => {
  scenario('ifttt-lint: no word of a commit message switches anything off', at => {
    stands(at, { ...APP, [GRAPH]: decision(CHAINS) });
    at.repository.write({ 'app/lib/date.ts': TO_TABLES });
    at.repository.stage();
    at.stops(['commit', '-m', 'x', '-m', 'NO_IFTTT=later\nNO_LINTEL=1\n[skip ci] lintel-ignore'], {
      decision: 'ADR-0003',
    });
  });

  scenario(
    'steiger, packwerk: of two staged halves of a chain none is judged alone, whatever paths are named',
    at => {
      stands(at, { ...APP, [GRAPH]: decision(CHAINS, CIRCLES) });
      at.repository.write({
        'app/lib/date.ts': "import { zone } from './zone';\nexport const date = zone;\n",
        'app/lib/zone.ts': "import { rows } from '../tables/rows';\nexport const zone = rows;\n",
      });
      at.stops(['commit', '-m', 'x', '--', 'app/lib'], { decision: 'ADR-0003' });
      at.git(['commit', '-m', 'one half only', '--', 'app/lib/date.ts']);
      at.stops(['commit', '-m', 'the other', '--', 'app/lib/zone.ts'], { decision: 'ADR-0003' });
    },
  );

  scenario('Nx: circles and chains are told alike in every run, with caches and without', at => {
    stands(at, {
      ...APP,
      'app/lib/date.ts':
        "import { zone } from './zone';\nimport { rows } from '../tables/rows';\nexport const date = [zone, rows];\n",
      'app/lib/zone.ts':
        "import { date } from './date';\nimport { keys } from '../tables/keys';\nexport const zone = () => [date, keys];\n",
      [GRAPH]: decision(CHAINS, CIRCLES, FOLDERS),
    });
    const verdict = (): string => at.lintel('check', '--all', '--format', 'json').stdout;
    const first = verdict();
    assert.equal((JSON.parse(first) as { findings: unknown[] }).findings.length, 4);
    assert.equal(verdict(), first);
    at.repository.run('rm', ['-rf', '.git/lintel/v1']);
    assert.equal(verdict(), first);
  });
});
