import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/cli/program.js';
import type { ImportMap } from '../../src/gates/index.js';
import { repoPath } from '../../src/model/brand.js';
import { COMMIT, finding, verdict } from '../report/fixtures.js';
import { below, imported, RULE } from '../report/map/source.js';
import { fakeIo } from './fake-io.js';

const IMPORTS = ['ui/x.ts:3 -> db/y.ts', 'db/y.ts -> api/z.ts'];

function map(given: Partial<ImportMap> = {}): ImportMap {
  const imports = IMPORTS.map(imported) as unknown as ImportMap['imports'];
  const files = ['api/z.ts', 'db/y.ts', 'ui/x.ts'].map(repoPath);
  return {
    commit: COMMIT,
    files,
    imports,
    unread: [],
    components: {},
    rules: [],
    problems: [],
    verdict: null,
    ...given,
  };
}

const COMPONENTS = { components: { ui: below('ui/'), db: below('db/') } };
const RULES = { rules: [{ ...RULE, kind: 'forbid-import' }] };
const JUDGED = {
  ...RULES,
  verdict: verdict({
    findings: [
      finding({
        path: repoPath('ui/x.ts'),
        subject: 'db/y.ts (value)',
        invariant: RULE.invariant,
        decision: { ...finding().decision, id: RULE.decision, title: RULE.title },
        chain: [],
      }),
    ],
  }),
};

async function graph(
  args: readonly string[],
  given: Partial<ImportMap> = {},
  world: Parameters<typeof fakeIo>[0] = {},
) {
  const asked: string[] = [];
  const readMap = async (_: unknown, revision: string) => {
    asked.push(revision);
    return map(given);
  };
  const { io, out } = fakeIo({ ...world, gates: { readMap } });
  return { code: await run(['graph', ...args], io), ...out, asked };
}

for (const { name, args, given, code = 0, stdout, stderr = /^$/ } of [
  { name: 'no policy is needed: folders', args: [], stdout: /^db {2}1 file\n {2}1 → api\nui/ },
  {
    name: 'components where there are some',
    args: [],
    given: COMPONENTS,
    stdout: /^db {2}1 file\n {2}1 → \(no component\)\nui/,
  },
  {
    name: '--level wins',
    args: ['--level', 'file'],
    given: COMPONENTS,
    stdout: /^db\/y\.ts\n {2}1 → api\/z\.ts\n/,
  },
  {
    name: '--level component without any',
    args: ['--level', 'component'],
    code: 2,
    stdout: /^$/,
    stderr: /no components are defined/,
  },
  { name: 'a path', args: ['ui'], stdout: /^ui {2}1 file\n {2}1 → db\n\n2 folders, 1 edge / },
  { name: 'the root is everything', args: ['.'], stdout: /3 folders, 2 edges / },
  { name: 'a path without code', args: ['docs'], code: 2, stdout: /^$/, stderr: /no code file lies in docs/ },
  { name: 'a path outside', args: ['../x'], code: 2, stdout: /^$/, stderr: /outside the repository/ },
  {
    name: 'a decision',
    args: ['--decision', 'ADR-0001'],
    given: JUDGED,
    stdout: /^ui .*\n {2}1 → db {2}1 against a decision\n/,
  },
  {
    name: 'no such decision',
    args: ['--decision', 'ADR-9'],
    given: JUDGED,
    code: 2,
    stdout: /^$/,
    stderr: /no rule of a decision ADR-9 looks at imports/,
  },
  {
    name: 'another revision than HEAD',
    args: ['--rev', 'v1'],
    given: RULES,
    stdout: /, 0 against/,
    stderr: /^lintel: violations are marked only at HEAD/,
  },
  {
    name: 'a policy that does not compile',
    args: [],
    given: {
      problems: [
        {
          severity: 'error',
          message: 'no such kind',
          path: repoPath('.architecture/x.md'),
          line: 4,
          column: 1,
        },
      ],
    },
    stdout: /3 folders/,
    stderr: /^lintel: the policy does not compile, .*: \.architecture\/x\.md:4: no such kind\n$/,
  },
  {
    name: 'a file that could not be read: the picture is drawn, and 3',
    args: [],
    given: { unread: [{ path: repoPath('a\u001bb.ts'), message: 'too large' }] },
    code: 3,
    stdout: /3 folders/,
    stderr: /^lintel: the imports of a\\x1bb\.ts are missing here: too large\n$/,
  },
  {
    name: 'html from the sources',
    args: ['--format', 'html'],
    code: 2,
    stdout: /^$/,
    stderr: /the page comes with the built package/,
  },
  { name: 'a format that is none', args: ['--format', 'pdf'], code: 2, stdout: /^$/, stderr: /--format/ },
  { name: 'a level that is none', args: ['--level', 'class'], code: 2, stdout: /^$/, stderr: /--level/ },
] as readonly {
  readonly name: string;
  readonly args: readonly string[];
  readonly given?: Partial<ImportMap>;
  readonly code?: number;
  readonly stdout: RegExp;
  readonly stderr?: RegExp;
}[])
  test(`graph ${args.join(' ')}: ${name}`, async () => {
    const result = await graph(args, given);
    assert.match(result.stderr, stderr);
    assert.match(result.stdout, stdout);
    assert.equal(result.code, code);
  });

test('paths are relative to where one stands; --rev reaches the reader', async () => {
  const result = await graph(['../db', '--rev', 'v1'], {}, { cwd: '/repository/ui' });
  assert.match(result.stdout, /3 folders, 2 edges/);
  assert.deepEqual(result.asked, ['v1']);
});

for (const [format, start] of [
  ['mermaid', 'flowchart LR\n'],
  ['dot', 'digraph imports {\n'],
  ['json', '{"circles":'],
  ['svg', '<svg '],
] as const)
  test(`--format ${format} prints it, --output writes the same bytes`, async () => {
    const printed = await graph(['--format', format]);
    assert.ok(printed.stdout.startsWith(start), printed.stdout.slice(0, 80));
    assert.ok(printed.stdout.endsWith('\n'));
    const folder = mkdtempSync(join(tmpdir(), 'lintel-graph-'));
    try {
      const written = await graph(['--format', format, '--output', join(folder, 'out')]);
      assert.equal(readFileSync(join(folder, 'out'), 'utf8'), printed.stdout);
      assert.match(written.stdout, /^lintel: .*out is written\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

test('more edges than Mermaid draws are told of', async () => {
  const imports = Array.from({ length: 600 }, (_, at) =>
    imported(`f${at}/x.ts -> g/y.ts`),
  ) as unknown as ImportMap['imports'];
  const { code, stderr } = await graph(['--format', 'mermaid'], { imports });
  assert.equal(code, 0);
  assert.match(stderr, /Mermaid draws at most 500 edges, and there are 600/);
});

test('colour on a terminal, and never under NO_COLOR', async () => {
  const start = '\u001b[';
  const colour = await graph([], JUDGED, { terminal: 'terminal' });
  assert.ok(colour.stdout.includes(start));
  for (const world of [{}, { terminal: 'terminal', environment: { NO_COLOR: '1' } }] as const)
    assert.equal((await graph([], JUDGED, world)).stdout.includes(start), false);
});
