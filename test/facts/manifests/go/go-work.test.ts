import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { goMod } from '../../../../src/facts/manifests/go/go-mod.js';
import { goWork } from '../../../../src/facts/manifests/go/go-work.js';
import { manifestFormat } from '../../../../src/facts/manifests/names.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

const parse = (text: string, path = 'go.work'): DependencyFile => goWork.parse(repoPath(path), text);

function brief({ id, name, alias, version, source, line, role }: DependencyEntry): string {
  const place = source.type === 'path' || source.type === 'workspace' ? ` ${source.type} ${source.path}` : '';
  return `${line} ${role} ${id}: ${name}${alias === undefined ? '' : ` as ${alias}`} ${version ?? '-'}${place}`;
}

const WORK = `go 1.24.0

toolchain go1.24.3

godebug default=go1.21

use (
	. // the root
	./a
	"./b/"
)
use ../../outside

replace github.com/good/x => github.com/bad/y v1.0.0

replace (
	example.com/z v1.0.0 => ./third_party/z
	example.com/w => ../w
)
`;

test('a go.work: what it uses and replaces', () => {
  assert.equal(manifestFormat('services/go.work'), 'go-work');
  const file = parse(WORK, 'services/go.work');
  assert.deepEqual(file.entries.map(brief), [
    '8 dependency use/.: ?. - workspace services',
    '9 dependency use/./a: ?./a - workspace services/a',
    '10 dependency use/./b/: ?./b/ - workspace services/b',
    '12 redirect use/../../outside: ?../../outside - path null',
    '14 redirect replace/github.com/good/x: github.com/bad/y as github.com/good/x v1.0.0',
    '17 redirect replace/example.com/z@v1.0.0: example.com/z as example.com/z - path services/third_party/z',
    '18 redirect replace/example.com/w: example.com/w as example.com/w - path w',
  ]);
  assert.deepEqual(file.members, ['services', 'services/a', 'services/b']);
  assert.equal(file.format, 'go-work');
});

test('folders are called what their go.mod says', () => {
  const file = parse(WORK, 'services/go.work');
  const modules = new Map(
    [
      ['services/go.mod', 'example.com/services'],
      ['services/a/go.mod', 'github.com/bad/y'],
      ['w/go.mod', 'example.com/fork'],
    ].map(([path = '', name]) => [path, goMod.parse(repoPath(path), `module ${name}\n`)]),
  );
  const files = { file: (path: string) => modules.get(path) ?? null, all: () => modules.values() };
  assert.deepEqual(
    goWork.link?.(file, files).entries.map(({ name }) => name),
    [
      'example.com/services',
      'github.com/bad/y',
      '?./b/',
      '?../../outside',
      'github.com/bad/y',
      'example.com/z',
      'example.com/fork',
    ],
  );
});

test('odd but right', () => {
  for (const [text, entries] of [
    ['', []],
    ['use ()\n', []],
    ['go 1.24\r\nuse a\r\n', ['2 dependency use/a: ?a - workspace a']],
    ['use /abs', ['1 redirect use//abs: ?/abs - path null']],
    ['use ./__proto__', ['1 dependency use/./__proto__: ?./__proto__ - workspace __proto__']],
  ] as const)
    assert.deepEqual(parse(text).entries.map(brief), entries, text);
});

test('what the go command refuses', () => {
  for (const [text, line, message] of [
    ['go 1.24\nrequire a.b/c v1.0.0', 2, /unknown directive/],
    ['module a', 1, /unknown directive/],
    ['<<<<<<< HEAD', 1, /unknown directive/],
    ['go 1.24\ngo 1.24', 2, /repeated go/],
    ['go x', 1, /go version/],
    ['use ./a ./b', 1, /exactly one/],
    ['use (\n\t./a\n', 1, /no end/],
    ['use ./a\nuse ./b/../a', 2, /twice/],
    ['replace a.b/c => ./q\nreplace a.b/c => ./r', 2, /conflicting/],
    ['replace a.b/c => d.e/f', 1, /no version/],
  ] as const)
    assert.throws(
      () => parse(text),
      (error: unknown) =>
        error instanceof ManifestError && error.line === line && message.test(error.message),
      text,
    );
});
