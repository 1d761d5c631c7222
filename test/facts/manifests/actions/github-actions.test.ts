// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of the files under test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubActions } from '../../../../src/facts/manifests/actions/github-actions.js';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyFile } from '../../../../src/model/dependency.js';

const WORKFLOW = '.github/workflows/ci.yml';
const SHA = '11bd71901bbe5b1630ceea73d27597364c9af683';

const parse = (text: string, path = WORKFLOW): DependencyFile => githubActions.parse(repoPath(path), text);

function uses(text: string, path = WORKFLOW): readonly string[] {
  return parse(text, path).entries.map(
    ({ id, ecosystem, name, alias, version, range, integrity, source, line }) =>
      [
        `${line} ${id}: ${ecosystem} ${name}`,
        alias === undefined ? '' : `(${alias})`,
        version === range ? (version ?? '-') : `${version ?? '-'} (${range})`,
        integrity.length > 0 ? 'pinned' : '',
        source.type === 'path' ? `path ${source.path}` : '',
      ]
        .filter(part => part !== '')
        .join(' '),
  );
}

test('a workflow', () => {
  const text = `name: CI
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:20
    services:
      db:
        image: postgres:17@sha256:${'0a'.repeat(32)}
      cache: {image: "ghcr.io/x/redis"}
      none:
        image: ''
      maybe:
        image: \${{ matrix.image }}
      version:
        image: mysql:\${{ matrix.mysql }}
    steps:
      - uses: Actions/Checkout@${SHA} # v4.2.2
      - name: scan
        uses: 'github/codeql-action/init@v3'
      - uses: github/codeql-action/init@v3
      - uses: ./.github/actions/own
      - uses: $/actions/other
      - uses: ./../out
      - uses: docker://alpine:3.20
      - run: echo "uses - evil/action@v1"
  call:
    uses: octo/shared/.github/workflows/build.yml@main
  own:
    uses: ./.github/workflows/other.yml
  bare:
    container:
      image: node:22
`;
  const expected = [
    `18 jobs/build/Actions/Checkout: gha actions/checkout ${SHA} pinned`,
    '20 jobs/build/github/codeql-action/init: gha github/codeql-action (github/codeql-action/init) v3',
    '21 jobs/build/github/codeql-action/init#2: gha github/codeql-action (github/codeql-action/init) v3',
    '22 jobs/build/./.github/actions/own: gha ./.github/actions/own - path .github/actions/own',
    '23 jobs/build/$/actions/other: gha $/actions/other - path actions/other',
    '24 jobs/build/./../out: gha ./../out - path null',
    '25 jobs/build/alpine: docker alpine 3.20',
    '6 jobs/build/container/node: docker node 20',
    '9 jobs/build/services/db/postgres: docker postgres 17 pinned',
    '10 jobs/build/services/cache/ghcr.io/x/redis: docker ghcr.io/x/redis -',
    '14 jobs/build/services/maybe/?${{ matrix.image }}: docker ?${{ matrix.image }} -',
    '16 jobs/build/services/version/mysql: docker mysql - (${{ matrix.mysql }})',
    '28 jobs/call/octo/shared/.github/workflows/build.yml: gha octo/shared (octo/shared/.github/workflows/build.yml) main',
    '30 jobs/own/./.github/workflows/other.yml: gha ./.github/workflows/other.yml - path .github/workflows/other.yml',
    '33 jobs/bare/container/node: docker node 22',
  ];
  assert.deepEqual(uses(text), expected);
  assert.deepEqual(uses(text.replaceAll('\n', '\r\n')), expected);
  assert.equal(parse(text).project.name, 'CI');
});

test('anchors, and what is empty', () => {
  const text = `jobs:
  a:
    steps: &steps
      - uses: a/b@v1
  b:
    steps: *steps
  c:
    steps:
`;
  assert.deepEqual(uses(text), ['4 jobs/a/a/b: gha a/b v1', '4 jobs/b/a/b: gha a/b v1']);
  for (const empty of ['', '# nothing\n', 'name: x\n', 'jobs:\n']) assert.deepEqual(uses(empty), []);
});

test('actions of one’s own', () => {
  assert.deepEqual(
    uses('name: x\nruns:\n  using: composite\n  steps:\n    - uses: actions/cache@v4\n', 'tools/action.yml'),
    ['5 runs/actions/cache: gha actions/cache v4'],
  );
  assert.deepEqual(uses('runs:\n  using: docker\n  image: docker://a/b:1\n', 'action.yaml'), [
    '3 runs/a/b: docker a/b 1',
  ]);
  assert.deepEqual(uses('runs:\n  using: docker\n  image: Dockerfile\n', 'action.yaml'), []);
  assert.deepEqual(uses('runs:\n  using: node20\n  main: index.js\n', 'action.yaml'), []);
  // Somebody else's.
  assert.deepEqual(uses('- a\n- b\n', 'home/action.yml'), []);
});

test('what GitHub refuses', () => {
  const step = (line: string): string => `jobs:\n  a:\n    steps:\n      - ${line}\n`;
  for (const [text, line] of [
    ['jobs: [\n', 2],
    ['- a\n', 1],
    ['a: 1\n---\nb: 2\n', 2],
    ['jobs:\n  a: {}\n<<<<<<< HEAD\n  b: {}\n', 3],
    ['jobs:\n  a:\n    uses: x/y/z@1\n    uses: ./own\n', 4],
    [step('uses: a/b@1\n        Uses: ./x'), 5],
    [step('<<: *x'), 4],
    [step('uses: a/b'), 4],
    [step('uses: a@v1'), 4],
    [step('uses: a/b@'), 4],
    [step('uses: 3'), 4],
    [step('just text'), 4],
    ['jobs:\n  a:\n    steps: none\n', 3],
    [`${'['.repeat(20000)}`, null],
  ] as const)
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof ManifestError && (line === null || error.line === line),
      text.slice(0, 80),
    );
});
