import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { goMod } from '../../../../src/facts/manifests/go/go-mod.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

const parse = (text: string, path = 'go.mod'): DependencyFile => goMod.parse(repoPath(path), text);

/** id, name, version, where from. */
function brief({
  id,
  name,
  alias,
  version,
  range,
  direct,
  source,
  line,
  role,
  scope,
}: DependencyEntry): string {
  const place = source.type === 'path' ? ` ${source.path}` : source.type === 'workspace' ? ' own' : '';
  return [
    `${line} ${role} ${id}: ${name}`,
    alias === undefined ? '' : ` as ${alias}`,
    ` ${version ?? '-'} (${range ?? '-'})`,
    direct ? '' : ' indirect',
    scope === 'production' ? '' : ` ${scope}`,
    place,
  ].join('');
}

test('a go.mod as the go command writes it', () => {
  const file = parse(`module example.com/shop/v2

go 1.24.0

toolchain go1.24.3

godebug default=go1.21

tool (
	golang.org/x/tools/cmd/stringer
	example.com/shop/v2/internal/gen
	example.com/unknown/cmd
)

require (
	github.com/lib/pq v1.10.9
	golang.org/x/tools v0.30.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect; kept
)

require github.com/Azure/go-autorest v14.2.0+incompatible // indirectly

exclude github.com/lib/pq v1.10.8

replace (
	github.com/lib/pq => github.com/evil/pq v1.10.9
	gopkg.in/yaml.v3 v3.0.1 => ../yaml
	golang.org/x/tools => ./third_party/tools
)

ignore ./node_modules

retract (
	v2.0.0 // broken
	[v2.1.0, v2.1.3]
)
`);
  assert.equal(file.project.name, 'example.com/shop/v2');
  assert.deepEqual(file.entries.map(brief), [
    '16 dependency require/github.com/lib/pq: github.com/lib/pq v1.10.9 (v1.10.9)',
    '17 dependency require/golang.org/x/tools: golang.org/x/tools v0.30.0 (v0.30.0) indirect',
    '18 dependency require/gopkg.in/yaml.v3: gopkg.in/yaml.v3 v3.0.1 (v3.0.1) indirect',
    '21 dependency require/github.com/Azure/go-autorest: github.com/Azure/go-autorest v14.2.0+incompatible (v14.2.0+incompatible)',
    '23 definition exclude/github.com/lib/pq@v1.10.8: github.com/lib/pq - (!v1.10.8)',
    '26 redirect replace/github.com/lib/pq: github.com/evil/pq as github.com/lib/pq v1.10.9 (v1.10.9)',
    '27 redirect replace/gopkg.in/yaml.v3@v3.0.1: gopkg.in/yaml.v3 as gopkg.in/yaml.v3 - (-) null',
    '28 redirect replace/golang.org/x/tools: golang.org/x/tools as golang.org/x/tools - (-) third_party/tools',
    '10 dependency tool/golang.org/x/tools/cmd/stringer: golang.org/x/tools as golang.org/x/tools/cmd/stringer v0.30.0 (v0.30.0) development',
    '11 dependency tool/example.com/shop/v2/internal/gen: example.com/shop/v2 as example.com/shop/v2/internal/gen - (-) development own',
    '12 dependency tool/example.com/unknown/cmd: example.com/unknown/cmd - (-) development',
  ]);
  assert.deepEqual(file.exports, { retract: 'v2.0.0 [v2.1.0, v2.1.3]' });
});

test('odd but right', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['// only a comment\n', []],
    ['module a\r\nrequire b.c/d v1.2.3\r\n', ['2 dependency require/b.c/d: b.c/d v1.2.3 (v1.2.3)']],
    ['module a\nrequire\tb.c/d\tv1\t//indirect', ['2 dependency require/b.c/d: b.c/d v1.0.0 (v1) indirect']],
    ['module (\n\t"a"\n)\nrequire "b.c/d" "v1.2.3"', ['4 dependency require/b.c/d: b.c/d v1.2.3 (v1.2.3)']],
    ['module a\nrequire ()\nrequire ( // none\n)\n', []],
    ['module a\nrequire b.c/d master', ['2 dependency require/b.c/d: b.c/d - (master)']],
    [
      'module a\nrequire b.c/d v1.0.0\nrequire b.c/d v1.1.0',
      [
        '2 dependency require/b.c/d: b.c/d v1.0.0 (v1.0.0)',
        '3 dependency require/b.c/d#2: b.c/d v1.1.0 (v1.1.0)',
      ],
    ],
    [
      'module a\nrequire b.c/__proto__ v1.0.0',
      ['2 dependency require/b.c/__proto__: b.c/__proto__ v1.0.0 (v1.0.0)'],
    ],
  ];
  for (const [text, entries] of cases) assert.deepEqual(parse(text).entries.map(brief), entries, text);
});

test('what the go command refuses', () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['module a\nrequire (\n\tb.c/d v1.0.0\n', 2, /no end/],
    ['module a\nmodule b', 2, /repeated module/],
    ['module a\ngo 1.2\ngo 1.3', 3, /repeated go/],
    ['module a\ngo latest', 2, /go version/],
    ['require b.c/d v1.0.0', 1, /no module/],
    ['module a\n<<<<<<< HEAD\nrequire b.c/d v1.0.0', 2, /unknown directive/],
    ['module a\nrequires b.c/d v1.0.0', 2, /unknown directive/],
    ['module a\nrequires (\n)', 2, /unknown kind of block/],
    ['module a\nrequire b.c/d', 2, /can’t be read/],
    ['module a\nrequire b.c/d v2.0.0', 2, /can’t have the version/],
    ['module a\nrequire b.c/d/v2 v1.0.0', 2, /can’t have the version/],
    ['module a\nrequire b.c/d/v1 v1.0.0', 2, /no module’s path/],
    ['module a\nrequire gopkg.in/yaml v1.0.0', 2, /no module’s path/],
    ['module a\nrequire "b.c/d v1.0.0', 2, /quoted word has no end/],
    ["module a\nrequire 'b.c/d' v1.0.0", 2, /can quote/],
    ['module a\n/* no */', 2, /comments/],
    ['module a\nreplace b.c/d v1.0.0', 2, /replace/],
    ['module a\nreplace b.c/d => e.f/g', 2, /no version/],
    ['module a\nreplace b.c/d => ./g v1.0.0', 2, /can’t have a version/],
    ['module a\nreplace b.c/d => ./g\nreplace b.c/d => ./h', 3, /conflicting/],
    ['module a\nretract [v1.0.0', 2, /retract/],
    ['module a\nrequire b.c/d v1.0.0 \u200b', 2, /unexpected character/],
  ];
  for (const [text, line, message] of cases)
    assert.throws(
      () => parse(text),
      (error: unknown) =>
        error instanceof ManifestError && error.line === line && message.test(error.message),
      text,
    );
});

test('a folder that replaces a module is called what its own go.mod says', () => {
  const other = parse('module example.com/fork\n', 'third_party/pq/go.mod');
  const file = parse('module a\nreplace github.com/lib/pq => ./third_party/pq\n');
  const files = { file: (path: string) => (path === other.path ? other : null), all: () => [file, other] };
  const [entry] = goMod.link?.(file, files).entries ?? [];
  assert.equal(entry?.name, 'example.com/fork');
  assert.equal(entry?.alias, 'github.com/lib/pq');
});
