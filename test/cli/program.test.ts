import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/program.js';
import { tool } from '../../src/cli/tool.js';
import { COMMIT, finding, verdict } from '../report/fixtures.js';
import { fakeIo } from './fake-io.js';

const COMMANDS = [
  'init',
  'install',
  'uninstall',
  'check',
  'explain',
  'decisions',
  'waive',
  'waivers',
  'graph',
  'log',
  'doctor',
  'hook',
];
const SUBCOMMANDS = ['list', 'show', 'for', 'new', 'accept'].map(name => ['decisions', name]);

test('the help lists the commands that exist, and no other', async () => {
  const { io, out } = fakeIo();
  assert.equal(await run(['--help'], io), 0);
  const listed = [...out.stdout.matchAll(/^ {2}([a-z][a-z-]*)(?: \[| <| {2})/gm)].map(match => match[1]);
  assert.deepEqual(listed, [...COMMANDS, 'help']);
});

for (const command of [...COMMANDS.map(name => [name]), ...SUBCOMMANDS])
  test(`lintel ${command.join(' ')} --help has an example that begins as it is called`, async () => {
    const { io, out } = fakeIo();
    assert.equal(await run([...command, '--help'], io), 0);
    assert.match(
      out.stdout,
      new RegExp(`\\nExamples?:\\n {2}npx --no-install lintel ${command.join(' ')}\\b`),
    );
    assert.equal(out.stderr, '');
  });

test('no command at all prints the help and is not "admitted"', async () => {
  const { io, out } = fakeIo();
  assert.equal(await run([], io), 2);
  assert.match(out.stdout, /^Usage: lintel /);
});

test('an unknown command or option: exit 2 with the nearest spelling', async () => {
  const command = fakeIo();
  assert.equal(await run(['chek'], command.io), 2);
  assert.equal(command.out.stderr, "lintel: unknown command 'chek'\n(Did you mean check?)\n");
  const option = fakeIo();
  assert.equal(await run(['check', '--stagd'], option.io), 2);
  assert.equal(option.out.stderr, "lintel: unknown option '--stagd'\n(Did you mean --staged?)\n");
  const subcommand = fakeIo();
  assert.equal(await run(['decisions', 'acept'], subcommand.io), 2);
  assert.equal(
    subcommand.out.stderr,
    'lintel: decisions has no command acept\n  remedy: did you mean accept?\n',
  );
});

test('--version prints the version of package.json', async () => {
  const { io, out } = fakeIo();
  assert.equal(await run(['--version'], io), 0);
  assert.equal(out.stdout, `${tool().version}\n`);
  assert.match(tool().version, /^\d+\.\d+\.\d+/);
});

const entry = (state: 'judged' | 'unjudged', at: string) => ({
  commit: COMMIT,
  state,
  at,
  branch: 'main',
  subject: state,
});

test('log prints the newest commit first; --unjudged leaves out the judged', async () => {
  const log = [entry('judged', '2026-11-20T09:00:00Z'), entry('unjudged', '2026-11-21T09:00:00Z')];
  const all = fakeIo({ log });
  assert.equal(await run(['log'], all.io), 0);
  assert.match(all.out.stdout, /^3f2a9c1 {2}unjudged .+\n3f2a9c1 {2}judged .+\n\n2 commits, 1 unjudged\n/);
  const json = fakeIo({ log });
  assert.equal(await run(['log', '--unjudged', '--format', 'json'], json.io), 0);
  assert.deepEqual(JSON.parse(json.out.stdout), { schema: 'lintel.log/v1', entries: [log[1]] });
});

test('explain without an id prints the last verdicts whole, without reading the repository again', async () => {
  const findings = Array.from({ length: 12 }, (_, line) => finding({ subject: `s${line}` }));
  const { io, out } = fakeIo({ lastVerdicts: [verdict({ findings })] });
  assert.equal(await run(['explain'], io), 0);
  assert.equal(out.stdout.match(/ expected /g)?.length, 12);
  assert.match(out.stdout, /lintel: blocked — 12 findings of 1 decision/);
});

test('explain before anything was judged is wrong usage with the command to run', async () => {
  const { io, out } = fakeIo();
  assert.equal(await run(['explain'], io), 2);
  assert.equal(
    out.stderr,
    'lintel: nothing has been judged here yet\n  remedy: npx --no-install lintel check --staged\n',
  );
});

test('waivers --format json is data', async () => {
  const { io, out } = fakeIo({ gates: { listWaivers: async () => [] } });
  assert.equal(await run(['waivers', '--format', 'json'], io), 0);
  assert.equal(out.stdout, '{"asOf":"2026-11-22","schema":"lintel.waivers/v1","waivers":[]}\n');
});

for (const args of [
  ['waive', 'abcd'],
  ['waive', '--reason', 'x'],
  ['waive', 'abcd', '--reason', '  '],
  ['waive', 'abcd', '--reason', 'x', '--days', '0'],
  ['waive', 'abcd', '--reason', 'x', '--days', '1.5'],
  ['waive', 'abcd', '--reason', 'x', '--days', '-3'],
])
  test(`${args.join(' ')}: exit 2, and nothing is opened`, async () => {
    const { io, opened, out } = fakeIo();
    assert.equal(await run(args, io), 2);
    assert.equal(opened.repositories, 0);
    assert.match(out.stderr, /^lintel: /);
  });

test('a waiver that the decision forbids writes nothing and exits 1', async () => {
  const { io, out } = fakeIo({
    gates: { waive: async () => ({ ok: false, code: 1, problem: 'ADR-0007 forbids waivers' }) },
    repository: { config: async () => 'alice@example.com' },
  });
  assert.equal(await run(['waive', 'abcd', '--reason', 'x'], io), 1);
  assert.deepEqual(out, { stdout: '', stderr: 'lintel: ADR-0007 forbids waivers\n' });
});

test('a waiver needs to know who asks', async () => {
  const { io, out } = fakeIo({ repository: { config: async () => null } });
  assert.equal(await run(['waive', 'abcd', '--reason', 'x'], io), 2);
  assert.match(out.stderr, /git config user\.email/);
});
