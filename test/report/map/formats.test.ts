import assert from 'node:assert/strict';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { renderDot, renderMermaid } from '../../../src/report/map/diagrams.js';
import { renderHtml } from '../../../src/report/map/html.js';
import { mapJson } from '../../../src/report/map/map-json.js';
import { renderMapText } from '../../../src/report/map/map-text.js';
import type { Picture } from '../../../src/report/map/picture.js';
import { renderSvg } from '../../../src/report/map/svg.js';
import { createPalette } from '../../../src/report/palette.js';
import { found, picture, RULE } from './source.js';

const WHOLE = { palette: createPalette('plain'), length: 'whole' } as const;
const SHORT = { ...WHOLE, length: 'short' } as const;

const SMALL = picture(
  [
    'ui/x.ts:3 -> db/y.ts',
    'ui/x.ts -> ui/w.ts',
    'db/y.ts -> api/z.ts',
    'api/z.ts -> db/y.ts',
    'api/z.ts:2 -> db/q.ts',
    'ui/x.ts -> npm:pg',
    'ui/x.ts -> computed',
  ],
  'folder',
  { rules: [RULE], findings: [found('ui/x.ts', 'db/y.ts (value)')] },
);

test('text: what each imports, the heaviest first; circles and violations at the end', () => {
  assert.equal(
    renderMapText(SMALL, WHOLE),
    `api  1 file
  2 → db  in a circle
db  2 files
  1 → api  in a circle
ui  2 files, 1 import inside
  1 → db  1 against a decision

1 circle:
  2 folders: api, db

ADR-0001 The UI stays off the database (ui-off-the-database)
  ui/x.ts:3 → db/y.ts

3 folders, 3 edges of 4 imports, 1 inside, 1 of packages (--packages), 1 computed, 2 edges in circles, 1 against a decision
`,
  );
});

test('text: an empty picture says so', () => {
  assert.equal(renderMapText(picture([]), WHOLE), 'no code file is there to draw\n');
});

test('text: colours come on top of words', () => {
  const coloured = renderMapText(SMALL, { ...WHOLE, palette: createPalette('colour') });
  assert.notEqual(coloured, renderMapText(SMALL, WHOLE));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is taken away
  assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), renderMapText(SMALL, WHOLE));
});

test('text: a terminal gets the heaviest, and how many are left out; a file gets all', () => {
  const many = Array.from({ length: 90 }, (_, at) =>
    Array.from({ length: at + 1 }, (_, to) => `f${at}/x.ts -> t${to}/y.ts`),
  ).flat();
  const large = picture(many);
  const short = renderMapText(large, SHORT);
  const whole = renderMapText(large, WHOLE);
  assert.ok(short.split('\n').length < 500);
  assert.match(short, /^… and 50 folders more that import less/m);
  assert.match(short, /^f89 {2}1 file$/m);
  assert.doesNotMatch(short, /^f3 /m);
  assert.match(short, /^ {2}… 82 more imports, of 82 others$/m);
  assert.equal(whole.match(/→/g)?.length, 4095);
  assert.equal(short.split('\n').at(-2), whole.split('\n').at(-2));
});

test('json: every import one by one, computed ones and those inside a node too; the picture as groups', () => {
  const json = mapJson(SMALL, 'c0ffee') as {
    readonly edges: readonly object[];
    readonly groups: readonly { readonly from: string; readonly imports: number; readonly cyclic: boolean }[];
    readonly nodes: readonly { readonly id: string; readonly inside: number }[];
  } & Record<string, unknown>;
  assert.deepEqual(json['commit'], 'c0ffee');
  assert.deepEqual(json['level'], 'folder');
  assert.deepEqual(json.edges, [
    { from: 'api/z.ts', to: 'db/y.ts', specifier: './db/y.ts', kind: 'value', line: 1 },
    { from: 'api/z.ts', to: 'db/q.ts', specifier: './db/q.ts', kind: 'value', line: 2 },
    { from: 'db/y.ts', to: 'api/z.ts', specifier: './api/z.ts', kind: 'value', line: 1 },
    { from: 'ui/x.ts', to: 'computed', specifier: null, kind: 'value', line: 1 },
    { from: 'ui/x.ts', to: 'npm:pg', specifier: './npm:pg', kind: 'value', line: 1 },
    { from: 'ui/x.ts', to: 'ui/w.ts', specifier: './ui/w.ts', kind: 'value', line: 1 },
    { from: 'ui/x.ts', to: 'db/y.ts', specifier: './db/y.ts', kind: 'value', line: 3 },
  ]);
  assert.deepEqual(
    json.groups.map(({ from, imports, cyclic }) => [from, imports, cyclic]),
    [
      ['api', 2, true],
      ['db', 1, true],
      ['ui', 1, false],
    ],
  );
  assert.deepEqual(
    json.nodes.map(({ id, inside }) => [id, inside]),
    [
      ['api', 0],
      ['db', 0],
      ['ui', 1],
    ],
  );
});

test('mermaid: names as labels, violations and circles by the place of their edge', () => {
  assert.equal(
    renderMermaid(SMALL),
    `flowchart LR
  n0["api"]
  n1["db"]
  n2["ui"]
  n0 -->|"2, in a circle"| n1
  n1 -->|"1, in a circle"| n0
  n2 -->|"1, 1 against a decision"| n1
  linkStyle 2 stroke:#d93636,stroke-width:3px
  linkStyle 0,1 stroke:#c96f00,stroke-dasharray:4
`,
  );
});

test('dot: names as ids, what is wrong as a label and a colour', () => {
  const lines = renderDot(SMALL).split('\n');
  assert.ok(lines.includes('  "ui";'));
  assert.ok(lines.includes('  "ui" -> "db" [label="1, 1 against a decision", color="#c62828", penwidth=2];'));
  assert.ok(lines.includes('  "db" -> "api" [label="1, in a circle", color="#b85c00", style=dashed];'));
});

/** Names that break out of quotes, of markup, of a terminal. */
const HOSTILE = [
  'a"b];x[label="',
  'back\\',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  "it's & <!-- --",
  'two\nlines',
  '\u001b[31mred',
  '\u202egnp.exe',
  'c;end`%%`{x}[y](z)|',
  'subgraph',
  'x'.repeat(300),
];
const ODD = picture(
  HOSTILE.map((name, at) => `${name} -> ${HOSTILE[(at + 1) % HOSTILE.length] ?? ''}`),
  'file',
);

test('hostile names stay inside one line of text, and act on no terminal', () => {
  const text = renderMapText(ODD, WHOLE);
  for (const active of ['\u001b', '\u202e']) assert.equal(text.includes(active), false);
  assert.ok(text.includes('two\\nlines'));
});

test('hostile names stay inside one quoted word of a diagram', () => {
  for (const line of renderMermaid(ODD).split('\n').slice(1, -1))
    assert.match(
      line,
      /^ {2}(?:n\d+\["[^"`<>\\;]*(?:#\d+;[^"`<>\\;]*)*"\]|n\d+ -->\|"[\w, ]+"\| n\d+|linkStyle [\d,]+ [\w#:,-]+)$/,
    );
  for (const line of renderDot(ODD).split('\n').slice(3, -2))
    assert.match(
      line,
      /^ {2}"(?:[^"\\]|\\["\\])*"(?: -> "(?:[^"\\]|\\["\\])*" \[label="[\w, ]+"[^[\]]*\])?;$/,
    );
});

test('a control character and its spelling are two nodes in DOT', () => {
  const dot = renderDot(picture(['a\nb.ts -> a\\nb.ts'], 'file'));
  const [first, second] = dot.split('\n').slice(3, 5);
  assert.notEqual(first, second);
});

for (const [name, drawn] of [
  ['a small picture', SMALL],
  ['hostile names', ODD],
  ['no picture', picture([])],
  [
    'many edges',
    picture(Array.from({ length: 900 }, (_, at) => `f${at % 30}/x.ts -> f${(at * 7) % 31}/y${at}.ts`)),
  ],
] as readonly (readonly [string, Picture])[])
  test(`svg: ${name} is well-formed, with a box a node and a line an edge`, () => {
    const svg = renderSvg(drawn);
    assert.equal(XMLValidator.validate(svg), true);
    const parsed: unknown = new XMLParser({ ignoreAttributes: false }).parse(svg);
    assert.ok(typeof parsed === 'object' && parsed !== null && 'svg' in parsed);
    assert.equal(svg.match(/<rect /g)?.length ?? 0, drawn.nodes.length);
    assert.equal(svg.match(/<path class="line/g)?.length ?? 0, drawn.edges.length);
    assert.doesNotMatch(svg, /NaN|undefined|<script|<img/);
  });

test('svg: every line lies within the picture', () => {
  const around = Array.from({ length: 12 }, (_, at) => [
    `f${at}/x.ts -> f${at + 1}/x.ts`,
    `f0/x.ts -> f${at + 2}/x.ts`,
  ]).flat();
  const svg = renderSvg(picture(around));
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
  for (const [, path = ''] of svg.matchAll(/<path class="line[^"]*" d="([^"]*)"/g)) {
    const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
    numbers.forEach((number, at) => {
      assert.ok(number >= 0 && number <= (at % 2 === 0 ? width : height), path);
    });
  }
});

const PARTS = { commit: 'c0ffee', style: 'body{}', component: null, unread: [] };

test("html: data stays data, and only the page's own script may run", () => {
  const script = 'const end = "</script><!--";';
  const page = renderHtml(ODD, { ...PARTS, script });
  assert.equal(page.match(/<script/g)?.length, 2);
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.doesNotMatch(page, /<img|<!--|https?:/);
  assert.match(page, /script-src 'sha256-[\w+/=]+'/);
  assert.doesNotMatch(page, /unsafe/);
  const data: unknown = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  assert.ok(typeof data === 'object' && data !== null && 'places' in data);
  assert.deepEqual(
    data.places,
    ODD.nodes.map(({ id }) => [id, -1]),
  );
});

test('html: a picture of another level is refused', () => {
  assert.throws(() => renderHtml(SMALL, { ...PARTS, script: '' }), /drawn from files/);
});
