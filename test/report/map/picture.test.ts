import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type MapSource,
  type Picture,
  type PictureOptions,
  toPicture,
} from '../../../src/report/map/picture.js';
import { below, found, imported, RULE, source } from './source.js';

const ALL: PictureOptions = { level: 'folder', paths: [], decision: null, packages: false };

/** `from → to count`, `*` in a circle, `!` against a decision, `~` waived. */
function edges({ edges: drawn }: Picture): string[] {
  return drawn.map(({ from, to, imports, cyclic, violations }) => {
    const marks = violations.map(({ waived }) => (waived ? '~' : '!')).join('');
    return `${from} → ${to} ${imports.length}${cyclic ? '*' : ''}${marks}`;
  });
}

const COMPONENTS = { components: { ui: below('src/ui/'), db: below('src/db/') } };
const GOVERNED = { rules: [RULE] };

const CASES: readonly {
  readonly name: string;
  readonly imports: readonly string[];
  readonly source?: Partial<MapSource>;
  readonly options?: Partial<PictureOptions>;
  readonly edges: readonly string[];
  readonly nodes?: readonly string[];
}[] = [
  {
    name: 'folders: imports are counted, those inside a folder draw no arrow',
    imports: ['a/x.ts -> b/y.ts', 'a/z.ts -> b/y.ts', 'a/x.ts -> a/z.ts', 'top.ts -> a/x.ts'],
    edges: ['. → a 1', 'a → b 2'],
    nodes: ['.', 'a', 'b'],
  },
  {
    name: 'files: each is a node; one that imports itself is a circle',
    imports: ['a.ts -> b.ts', 'b.ts -> b.ts'],
    options: { level: 'file' },
    edges: ['a.ts → b.ts 1', 'b.ts → b.ts 1*'],
  },
  {
    name: 'components: what belongs to none is one node',
    imports: ['src/ui/a.ts -> src/db/b.ts', 'lib/c.ts -> src/ui/a.ts', 'x.ts -> lib/c.ts'],
    source: COMPONENTS,
    options: { level: 'component' },
    edges: ['(no component) → ui 1', 'ui → db 1'],
    nodes: ['(no component)', 'db', 'ui'],
  },
  {
    name: 'circles: only the edges between their members',
    imports: ['a/x.ts -> b/x.ts', 'b/x.ts -> c/x.ts', 'c/x.ts -> a/x.ts', 'c/x.ts -> d/x.ts'],
    edges: ['a → b 1*', 'b → c 1*', 'c → a 1*', 'c → d 1'],
  },
  {
    name: 'packages are drawn where asked for, one node a package',
    imports: ['a/x.ts -> npm:@s/p/sub', 'a/x.ts -> npm:@s/p', 'a/x.ts -> node:fs', 'a/x.ts -> computed'],
    options: { packages: true },
    edges: ['a → node:fs 1', 'a → npm:@s/p 2'],
    nodes: ['a', 'node:fs', 'npm:@s/p'],
  },
  {
    name: 'a package that a decision forbids is drawn unasked',
    imports: ['ui/x.ts -> npm:pg', 'ui/x.ts -> npm:react'],
    source: { ...GOVERNED, findings: [found('ui/x.ts', 'npm:pg (value)')] },
    edges: ['ui → npm:pg 1!'],
  },
  {
    name: 'a folder that is imported whole, and a file that is missing',
    imports: ['a/x.go -> b/', 'a/x.go -> c/gone.go?'],
    edges: ['a → b 1', 'a → c 1'],
  },
  {
    name: 'paths: what begins or ends there, and no neighbour called alike',
    imports: ['a/x.ts -> b/y.ts', 'b/y.ts -> c/z.ts', 'ab/x.ts -> c/z.ts', 'c/z.ts -> b/y.ts'],
    options: { paths: ['a', 'b/y.ts'] },
    edges: ['a → b 1', 'b → c 1*', 'c → b 1*'],
    nodes: ['a', 'b', 'c'],
  },
  {
    name: 'a decision: only what its rules look at',
    imports: ['ui/x.ts -> b/y.ts', 'b/y.ts -> ui/x.ts'],
    source: GOVERNED,
    options: { decision: 'ADR-0001' },
    edges: ['ui → b 1'],
  },
  {
    name: 'violations: value and type imports of one target are two subjects; a waived one is told apart',
    imports: [
      'ui/x.ts:1 -> db/y.ts (type)',
      'ui/x.ts:2 -> db/y.ts',
      'ui/z.ts -> db/y.ts',
      'ui/q.ts -> api/a.ts',
    ],
    source: {
      ...GOVERNED,
      findings: [
        found('ui/x.ts', 'db/y.ts (value)'),
        found('ui/z.ts', 'db/y.ts (value)', { state: 'waived' }),
        found('ui/q.ts', 'db/y.ts (value)'),
        found('ui/x.ts', 'db/y.ts (value)', { invariant: 'no-long-lines' }),
      ],
    },
    edges: ['ui → api 1', 'ui → db 3!~'],
  },
  {
    name: 'a chain stands at its first hop',
    imports: ['ui/x.ts:4 -> lib/m.ts', 'ui/x.ts:5 -> lib/n.ts', 'lib/m.ts:2 -> db/y.ts'],
    source: {
      ...GOVERNED,
      findings: [
        found('ui/x.ts', 'db/y.ts (indirect)', {
          chain: [
            { path: 'ui/x.ts', line: 4 },
            { path: 'lib/m.ts', line: 2 },
            { path: 'db/y.ts', line: null },
          ],
        }),
      ],
    },
    options: { level: 'file' },
    edges: ['lib/m.ts → db/y.ts 1', 'ui/x.ts → lib/m.ts 1!', 'ui/x.ts → lib/n.ts 1'],
  },
];

for (const { name, imports, source: given, options, edges: expected, nodes } of CASES)
  test(name, () => {
    const picture = toPicture(source(imports, given), { ...ALL, ...options });
    assert.deepEqual(edges(picture), expected);
    if (nodes !== undefined)
      assert.deepEqual(
        picture.nodes.map(({ id }) => id),
        nodes,
      );
  });

test('a violation inside a node, one of a file and one of a computed import are all told', () => {
  const picture = toPicture(
    source(['ui/a.ts -> ui/b.ts', 'ui/a.ts -> computed', 'ui/c.ts -> ui/a.ts'], {
      rules: [RULE],
      findings: [
        found('ui/a.ts', 'ui/b.ts (value)'),
        found('ui/a.ts', 'computed (value)'),
        found('ui/c.ts', ''),
        found('other.ts', ''),
      ],
    }),
    { ...ALL, paths: ['ui'] },
  );
  assert.deepEqual(
    picture.nodes.map(({ violations }) => violations.map(({ to }) => to)),
    [['ui/b.ts']],
  );
  assert.deepEqual(
    picture.elsewhere.map(({ path, to }) => [path, to]),
    [
      ['ui/c.ts', null],
      ['ui/a.ts', 'computed'],
    ],
  );
});

test('decisions that speak about an edge are those that govern where it begins', () => {
  const { edges: drawn } = toPicture(
    source(['ui/a.ts -> b/x.ts', 'b/x.ts -> ui/a.ts'], { rules: [RULE] }),
    ALL,
  );
  assert.deepEqual(
    drawn.map(({ from, decisions }) => [from, decisions]),
    [
      ['b', []],
      ['ui', ['ADR-0001 (ui-off-the-database)']],
    ],
  );
});

const FILE = fc.constantFrom('a/x.ts', 'a/y.ts', 'b/x.ts', 'b/c/x.ts', 'top.ts', 'ui/z.ts');
const END = fc.oneof(
  FILE,
  fc.constantFrom('npm:pg', 'npm:@s/p/q', 'node:fs', 'computed', 'b/', 'a/gone.ts?'),
);
const IMPORT = fc
  .tuple(FILE, fc.integer({ min: 1, max: 9 }), END)
  .map(([from, line, to]) => `${from}:${line} -> ${to}`);

test('every import is in exactly one edge, or inside one node, or loose; an edge is drawn between its ends', () => {
  fc.assert(
    fc.property(
      fc.array(IMPORT, { maxLength: 30 }),
      fc.constantFrom('file', 'folder', 'component'),
      fc.boolean(),
      fc.subarray(['a', 'b/x.ts', 'ui']),
      (lines, level, packages, paths) => {
        const components = { one: below('a/'), two: below('b/') };
        const given = source(lines, { components });
        const picture = toPicture(given, { level, packages, paths, decision: null });
        const isIn = (path: string) =>
          paths.length === 0 || paths.some(one => path === one || path.startsWith(`${one}/`));
        const wanted = lines.map(imported).filter(({ from, to }) => isIn(from) || isIn(to));
        const placed = [
          ...picture.edges.flatMap(({ imports }) => imports),
          ...picture.nodes.flatMap(({ inside }) => inside),
          ...picture.loose,
        ];
        const text = (all: readonly unknown[]) => all.map(one => JSON.stringify(one)).sort();
        assert.deepEqual(text(placed), text(wanted));
        assert.equal(
          picture.loose.some(({ type }) => type === 'file' || type === 'folder'),
          false,
        );
        const ids = new Set(picture.nodes.map(({ id }) => id));
        for (const { from, to } of picture.edges) assert.ok(ids.has(from) && ids.has(to));
        assert.equal(ids.size, picture.nodes.length);
      },
    ),
  );
});
