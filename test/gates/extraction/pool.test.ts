import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type CodeBlob, importsIn } from '../../../src/facts/extraction.js';
import { openExtractionPool } from '../../../src/gates/extraction/pool.js';
import { hashObject } from '../../../src/git/objects/hash.js';
import { oid, repoPath } from '../../../src/model/brand.js';
import { buildIfStale, CHECKOUT } from '../../support/dist.js';
import { createRepository } from '../../support/repository.js';

const folder = mkdtempSync(join(tmpdir(), 'lintel-pool-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Speaks as the real worker does, and breaks down in a way that the name of a file asks for. */
const FRAGILE = `
process.on('message', ({ number, paths, oids, fileBytes }) => {
  if (paths.includes('git')) return process.send({ number, facts: null });
  const facts = paths.map((path, at) => {
    if (path.endsWith('exit')) process.exit(7);
    if (path.endsWith('throw')) throw new Error('broken');
    if (path.endsWith('late')) for (;;);
    if (path.endsWith('memory')) for (let all = []; ; ) all.push(new Array(100000).fill(all.length));
    return { ok: true, value: { sites: [], declares: [path, oids[at], String(fileBytes)] } };
  });
  // The later question is answered first.
  setTimeout(() => process.send({ number, facts: JSON.stringify(facts) }), number % 2 === 1 ? 20 : 0);
});
`;

const place = { cwd: folder, environment: process.env };
const blob = (path: string): CodeBlob => ({
  path: repoPath(path),
  oid: hashObject('sha1', 'blob', Buffer.from(path)),
});

function fragilePool(patience?: number): NonNullable<ReturnType<typeof openExtractionPool>> {
  const script = join(folder, 'fragile.cjs');
  writeFileSync(script, FRAGILE);
  const pool = openExtractionPool(place, script, ['--max-old-space-size=32'], patience);
  assert.ok(pool !== null);
  return pool;
}

for (const way of ['exit', 'throw', 'memory']) {
  test(`a file that ends its worker (${way}) is an error that names it; the others are read`, async () => {
    const pool = fragilePool();
    const files = [blob('a.ts'), blob(`b.${way}`), blob('ünï.ts'), blob('d.ts')];
    const facts = await pool.extract(files, 17);
    pool.close();
    assert.equal(facts?.length, 4);
    const declared = facts.map(fact => (fact.ok ? fact.value.declares : 'error'));
    const expected = files.map(({ path, oid }) => [path, oid, '17']);
    assert.deepEqual(declared, [expected[0], 'error', expected[2], expected[3]]);
    const broken = facts?.[1];
    assert.ok(broken !== undefined && !broken.ok);
    assert.equal(broken.error.code, 'unparsable');
    assert.equal(broken.error.path, `b.${way}`);
    assert.match(broken.error.message, /reader of imports broke down on b\./);
  });
}

test('a file on which its reader loops is an error that names it; the others are read', async () => {
  const pool = fragilePool(1500);
  const facts = await pool.extract([blob('a.ts'), blob('b.late'), blob('c.ts')], 17);
  pool.close();
  assert.deepEqual(
    facts?.map(fact => (fact.ok ? fact.value.declares?.[0] : fact.error.message)),
    ['a.ts', 'the reader of imports took longer than 1.5 seconds on b.late', 'c.ts'],
  );
});

test('many batches at once, some of which end their worker with what else it was asked', async () => {
  const pool = fragilePool();
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 5 }, (__, at) =>
      blob(`${batch}/${at}.${batch % 4 === 1 && at === 2 ? 'exit' : 'ts'}`),
    ),
  );
  const answers = await Promise.all(batches.map(batch => pool.extract(batch, 1)));
  pool.close();
  answers.forEach((facts, batch) => {
    facts?.forEach((fact, at) => {
      assert.equal(fact.ok, !(batch % 4 === 1 && at === 2), `${batch}/${at}`);
      if (fact.ok) assert.equal(fact.value.declares?.[0], batches[batch]?.[at]?.path);
    });
    assert.equal(facts?.length, 5);
  });
});

test('a worker whose git fails says so: who asked reads for itself', async () => {
  const pool = fragilePool();
  assert.equal(await pool.extract([blob('a.ts'), blob('git')], 1), null);
  assert.equal((await pool.extract([blob('a.ts')], 1))?.length, 1);
  pool.close();
});

test('sources that run unbundled have no worker', () => {
  assert.equal(openExtractionPool(place), null);
});

test('the built worker says what is said here, out of the repository that it is started in', async () => {
  buildIfStale();
  const root = join(import.meta.dirname, '../../../src/facts/graph');
  const files: Record<string, string | Uint8Array> = {
    'broken.ts': "import { from 'x",
    'tree.ts': "const x = require('y');\nimport('./z');",
    'binary.ts': 'a\0b',
    'large.ts': `import './x';${' '.repeat(100_000)}`,
    'nested.ts': '('.repeat(900_000),
  };
  for (const name of readdirSync(root)) files[name] = readFileSync(join(root, name));
  // The native parser runs out of stack on this one, and takes its process along.
  const hostile = `require(x);\n${'!'.repeat(300_000)}x`;
  const repository = await createRepository({ files: { ...files, 'hostile.ts': hostile } });
  const pool = openExtractionPool(
    { cwd: repository.path, environment: repository.env },
    join(CHECKOUT, 'dist/extract-worker.js'),
  );
  assert.ok(pool !== null);
  const asked = [...Object.keys(files), 'hostile.ts'].map(name => ({
    path: repoPath(name),
    oid: oid(repository.revision(`HEAD:${name}`)),
  }));
  const absent = { path: repoPath('absent.ts'), oid: oid('0123456789'.repeat(4)) };
  const limit = 2_000_000;
  const facts = [...((await pool.extract([...asked, absent], limit)) ?? [])];
  const [large] =
    (await pool.extract(
      asked.filter(({ path }) => path === 'large.ts'),
      99_999,
    )) ?? [];
  pool.close();
  await repository.dispose();
  const missing = facts.pop();
  assert.ok(missing !== undefined && !missing.ok && missing.error.code === 'missing-object');
  assert.ok(large !== undefined && !large.ok && large.error.code === 'oversized');
  const last = facts.pop();
  assert.ok(last !== undefined && !last.ok);
  assert.match(last.error.message, /broke down on hostile\.ts/);
  const expected = Object.entries(files).map(([name, text]) =>
    importsIn({ path: repoPath(name), bytes: Buffer.from(text) }),
  );
  assert.deepEqual(facts, JSON.parse(JSON.stringify(expected)));
});
