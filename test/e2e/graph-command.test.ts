/** `lintel graph` as built, on real repositories. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { buildIfStale, CLI } from '../support/dist.js';
import {
  type FileContent,
  type RunResult,
  type TestRepository,
  withRepository,
} from '../support/repository.js';
import { CONFORMS, GOVERNED, VIOLATES } from './governed.js';

before(buildIfStale);

function at(
  options: { readonly files?: Readonly<Record<string, FileContent>> },
  use: (repository: TestRepository) => void,
): Promise<void> {
  return withRepository(async repository => use(repository), options);
}

function graph(repository: TestRepository, ...args: readonly string[]): RunResult {
  return repository.run(process.execPath, [CLI, 'graph', ...args], { expectFailure: true });
}

const CODE = {
  'src/ui/list.ts': VIOLATES,
  'src/db/pool.ts':
    "import type { Api } from '../api/client';\nexport const pool = import(String(1));\nimport 'npm';\n",
  'src/api/client.ts': "import { pool } from '../db/pool';\nexport const api = pool;\nexport type Api = 1;\n",
  'tool/run.py': 'import os\n',
};

interface Json {
  readonly commit: string;
  readonly edges: readonly object[];
  readonly groups: readonly {
    readonly from: string;
    readonly to: string;
    readonly violations: readonly object[];
  }[];
}

test('a repository without a policy: every import, one by one', () =>
  at({ files: CODE }, repository => {
    const { code, stdout, stderr } = graph(repository, '--format', 'json');
    assert.equal(stderr, '');
    assert.equal(code, 0);
    const json = JSON.parse(stdout) as Json;
    assert.equal(json.commit, repository.revision('HEAD'));
    const named = (from: string, to: string, specifier: string | null, kind: string, line: number) => ({
      from,
      to,
      specifier,
      kind,
      line,
    });
    assert.deepEqual(
      json.edges.filter(edge => 'to' in edge && !String(edge.to).startsWith('pypi:')),
      [
        named('src/api/client.ts', 'src/db/pool.ts', '../db/pool', 'value', 1),
        named('src/db/pool.ts', 'src/api/client.ts', '../api/client', 'type', 1),
        named('src/db/pool.ts', 'computed', null, 'dynamic', 2),
        named('src/db/pool.ts', 'npm:npm', 'npm', 'side-effect', 3),
        named('src/ui/list.ts', 'src/db/pool.ts', '../db/pool', 'value', 1),
        ...json.edges.filter(edge => 'from' in edge && edge.from === 'tool/run.py'),
      ],
    );
  }));

test('violations and circles are marked; a path narrows it; nothing is written', () =>
  at({ files: { ...GOVERNED, ...CODE } }, repository => {
    const { code, stdout, stderr } = graph(repository, 'src', '--format', 'text');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^src\/ui {2}1 file\n {2}1 → src\/db {2}1 against a decision$/m);
    assert.match(stdout, /^ {2}2 folders: src\/api, src\/db$/m);
    assert.match(
      stdout,
      /^ADR-0001 The UI stays off the database \(ui-off-the-database\)\n {2}src\/ui\/list\.ts:1 → src\/db\/pool\.ts$/m,
    );
    const narrow = graph(repository, '.', '--decision', 'ADR-0001', '--format', 'json');
    const { groups } = JSON.parse(narrow.stdout) as Json;
    assert.deepEqual(
      groups.map(({ from, to, violations }) => [from, to, violations.length]),
      [['src/ui', 'src/db', 1]],
    );
    assert.equal(repository.git(['status', '--porcelain']).stdout, '');
  }));

test('HEAD, not the working tree; --rev another commit', () =>
  at({ files: { 'a.ts': "import './b';\n", 'b.ts': '' } }, repository => {
    repository.commitFiles('gone', { 'a.ts': 'export {};\n' });
    repository.write({ 'a.ts': "import './b';\nimport './b';\n" });
    const edges = (...args: readonly string[]) =>
      (JSON.parse(graph(repository, '--format', 'json', ...args).stdout) as Json).edges.length;
    assert.equal(edges(), 0);
    assert.equal(edges('--rev', 'HEAD~1'), 1);
    const wrong = graph(repository, '--rev', 'nowhere');
    assert.equal(wrong.code, 3);
    assert.match(wrong.stderr, /nowhere names no commit/);
    assert.doesNotMatch(wrong.stderr, /\n\s+at /);
  }));

test('no commit yet: an error that says so', () =>
  at({}, repository => {
    repository.write(CODE);
    const { code, stdout, stderr } = graph(repository);
    assert.notEqual(code, 0);
    assert.equal(stdout, '');
    assert.match(stderr, /there is no commit yet/);
  }));

test('a policy that does not compile is said, and the folders are drawn', () =>
  at(
    { files: { ...GOVERNED, ...CODE, '.architecture/config.yaml': 'version: 1\ncomponents: { Ui: 3 }\n' } },
    repository => {
      const { code, stdout, stderr } = graph(repository);
      assert.equal(code, 0);
      assert.match(stderr, /^lintel: the policy does not compile, .*config\.yaml:2: /);
      assert.match(stdout, /^src\/ui /m);
    },
  ));

test('a file that cannot be read is named, the rest is drawn, and the exit code is 3', () =>
  at({ files: { ...CODE, 'src/broken.ts': 'import { from from ;;; "' } }, repository => {
    const { code, stdout, stderr } = graph(repository);
    assert.equal(code, 3);
    assert.match(stderr, /^lintel: the imports of src\/broken\.ts are missing here: /m);
    assert.match(stdout, /^src\/ui /m);
  }));

test('the page is one file that asks no network', () =>
  at(
    { files: { 'src/ui.ts': CONFORMS, '</script><img onerror=alert(1)>.ts': "import './src/ui';\n" } },
    repository => {
      const { code, stdout, stderr } = graph(repository, '--format', 'html');
      assert.equal(code, 0, stderr);
      assert.equal(stdout.match(/<script/g)?.length, 2);
      assert.equal(stdout.match(/<\/script>/g)?.length, 2);
      assert.doesNotMatch(stdout, /<img|src=|href=|url\(["']?http/);
    },
  ));
