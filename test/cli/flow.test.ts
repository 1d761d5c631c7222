import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/program.js';
import { services } from '../../src/cli/services.js';
import { fakeIo } from './fake-io.js';

/** One repository, driven by real git and by the real parts behind the commands, in the order of the tests. */
let root = '';
let environment: Record<string, string> = {};

const FILES = {
  '.architecture/config.yaml': 'version: 1\ncomponents:\n  ui: src/ui/**\n  database: src/db/**\n',
  '.architecture/decisions/0007-ui.md': `---
id: ADR-0007
title: The UI reaches data only through the API client
status: accepted
invariants:
  - id: ui-off-the-database
    forbid-import: { from: ui, to: [database] }
    because: Queries in the UI tier cannot be cached.
---
# The UI reaches data only through the API client
`,
  'src/db/pool.ts': 'export const pool = 1;\n',
  'src/ui/list.ts': 'export const list = [];\n',
};

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, env: environment, encoding: 'utf8' });
}

/** Runs one command line in the repository. */
async function lintel(...args: readonly string[]) {
  const { io, out } = fakeIo();
  const real: Io = { ...io, environment, cwd: root, services };
  return { code: await run(args, real), ...out };
}

before(() => {
  root = mkdtempSync(join(tmpdir(), 'lintel-cli-'));
  environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    GIT_CONFIG_GLOBAL: join(root, 'no-such-file'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: tmpdir(),
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Alice');
  git('config', 'user.email', 'alice@example.com');
  write(FILES);
  git('add', '.');
  git('commit', '--quiet', '--message=Policy');
});
after(() => rmSync(root, { recursive: true, force: true }));

let id = '';

test('a violation is blocked with the staged text, whatever lies on disk', async () => {
  write({ 'src/ui/list.ts': "import { pool } from '../db/pool';\nexport const list = [pool];\n" });
  git('add', 'src');
  write({ 'src/ui/list.ts': '// nothing to see on disk\n' });
  const { code, stderr, stdout } = await lintel('hook', 'pre-commit');
  assert.equal(stdout, '');
  id = /waive ([0-9a-f]{7}) /.exec(stderr)?.[1] ?? '';
  const commit = git('rev-parse', '--short=7', 'HEAD').trim();
  assert.equal(
    stderr,
    `ADR-0007  The UI reaches data only through the API client

  src/ui/list.ts:1:22  ui-off-the-database  ${id}

    > 1 │ import { pool } from '../db/pool';
        │                      ^
      2 │ export const list = [pool];

    expected    src/ui/list.ts (ui) must not import src/db/pool.ts (database)
    because     Queries in the UI tier cannot be cached.
    decision    .architecture/decisions/0007-ui.md:6
    in force    since ${commit} by Alice <alice@example.com>
    waive       npx --no-install lintel waive ${id} --reason "…"
                holds for 30 days at most

lintel: blocked — 1 finding of 1 decision (1 invariant evaluated)
`,
  );
  assert.equal(code, 1);
});

test('explain shows the finding by the first digits of its id, and the decision by its id', async () => {
  const finding = await lintel('explain', id.slice(0, 5));
  assert.equal(finding.code, 0);
  assert.match(finding.stdout, /> 1 │ import \{ pool \} from/);
  const decision = await lintel('explain', 'adr-7');
  assert.match(decision.stdout, /^ADR-0007 {2}The UI reaches data/);
  const unknown = await lintel('explain', 'ADR-0008');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /remedy: did you mean ADR-0007\?/);
});

test('waive writes one file, stages it and nothing else; the commit passes and says until when', async () => {
  const { code, stdout } = await lintel('waive', id, '--reason', 'legacy page', '--days', '14');
  assert.equal(code, 0, stdout);
  const [file = ''] = readdirSync(join(root, '.architecture/waivers'));
  assert.match(stdout, new RegExp(`staged {6}\\.architecture/waivers/${file}`));
  assert.match(readFileSync(join(root, '.architecture/waivers', file), 'utf8'), /legacy page/);
  assert.equal(git('status', '--porcelain'), `A  .architecture/waivers/${file}\nMM src/ui/list.ts\n`);
  const commit = await lintel('hook', 'pre-commit');
  assert.equal(commit.code, 0, commit.stderr);
  assert.match(commit.stderr, /waived {6}until 2026-12-06 because legacy page/);
  assert.match(commit.stderr, /lintel: admitted — 1 finding waived \(1 invariant evaluated\)\n$/);
});

test('the judged commit is in the log, the waiver among the live', async () => {
  git('commit', '--quiet', '--message=List');
  assert.equal((await lintel('hook', 'post-commit')).code, 0);
  assert.match((await lintel('log')).stdout, /judged .+ main {2}List\n\n1 commit, 0 unjudged\n/);
  assert.match((await lintel('waivers')).stdout, /1 waiver: 1 live\n$/);
});

test('decisions new, accept and for work on the files on disk, staged or not', async () => {
  const created = await lintel('decisions', 'new', 'Migrations are append-only');
  assert.equal(created.code, 0, created.stderr);
  assert.ok(existsSync(join(root, '.architecture/decisions/0008-migrations-are-append-only.md')));
  assert.match((await lintel('decisions')).stdout, /^ADR-0008 {2}proposed {2}prose only/m);
  const accepted = await lintel('decisions', 'accept', 'ADR-0008');
  assert.match(accepted.stdout, /^ADR-0008 is accepted: Migrations are append-only\n/);
  assert.match((await lintel('decisions')).stdout, /^ADR-0008 {2}accepted/m);
  assert.match((await lintel('decisions', 'accept', 'ADR-0008')).stdout, /was accepted already/);
  assert.match((await lintel('decisions', 'for', 'src/ui/new.ts')).stdout, /ui-off-the-database/);
  const outside = await lintel('decisions', 'for', '../elsewhere.ts');
  assert.equal(outside.code, 2);
});

test('a decision that does not compile is told with file, line and column: exit 2', async () => {
  const path = '.architecture/decisions/0009-broken.md';
  write({
    [path]:
      '---\nid: ADR-0009\ntitle: x\nstatus: accepted\ninvariants:\n  - id: a\n    forbid-imprt: {}\n---\n# x\n',
  });
  const { code, stderr } = await lintel('decisions', 'list');
  assert.equal(code, 2);
  assert.match(stderr, /0009-broken\.md:7:\d+ .*forbid-imprt/);
  rmSync(join(root, path));
});
