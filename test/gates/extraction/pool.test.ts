import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { importsIn, type RawFile } from '../../../src/facts/extraction.js';
import { openExtractionPool } from '../../../src/gates/extraction/pool.js';
import { repoPath } from '../../../src/model/brand.js';
import { buildIfStale, CHECKOUT } from '../../support/dist.js';

const folder = mkdtempSync(join(tmpdir(), 'lintel-pool-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Speaks as the real worker does, and breaks down in a way that the text of a file asks for. */
const FRAGILE = `
process.on('message', ({ paths, ends, bytes }) => {
  const facts = paths.map((path, at) => {
    const start = ends[at - 1] ?? 0;
    const text = Buffer.from(bytes.subarray(start, ends[at])).toString();
    if (text === 'exit') process.exit(7);
    if (text === 'throw') throw new Error('broken');
    if (text === 'memory') for (let all = []; ; ) all.push(new Array(100000).fill(all.length));
    return { ok: true, value: { sites: [], declares: [path, text] } };
  });
  process.send({ facts: JSON.stringify(facts) });
});
`;

const file = (path: string, text: string): RawFile => ({ path: repoPath(path), bytes: Buffer.from(text) });

function fragilePool(): NonNullable<ReturnType<typeof openExtractionPool>> {
  const script = join(folder, 'fragile.cjs');
  writeFileSync(script, FRAGILE);
  const pool = openExtractionPool(script, ['--max-old-space-size=32']);
  assert.ok(pool !== null);
  return pool;
}

for (const way of ['exit', 'throw', 'memory']) {
  test(`a file that ends its worker (${way}) is an error that names it; the others are read`, async () => {
    const pool = fragilePool();
    const files = [file('a.ts', 'one'), file('b.ts', way), file('c.ts', 'ünï'), file('d.ts', '')];
    const facts = await pool.extract(files);
    pool.close();
    assert.equal(facts.length, 4);
    for (const [at, text] of [
      [0, 'one'],
      [2, 'ünï'],
      [3, ''],
    ] as const) {
      const fact = facts[at];
      assert.ok(fact?.ok);
      assert.deepEqual(fact.value.declares, [files[at]?.path, text]);
    }
    const broken = facts[1];
    assert.ok(broken !== undefined && !broken.ok);
    assert.equal(broken.error.code, 'unparsable');
    assert.equal(broken.error.path, 'b.ts');
    assert.match(broken.error.message, /b\.ts/);
  });
}

test('many batches at once, some of which end their worker', async () => {
  const pool = fragilePool();
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 5 }, (__, at) =>
      file(`${batch}/${at}.ts`, batch % 4 === 1 && at === 2 ? 'exit' : `${at}`),
    ),
  );
  const answers = await Promise.all(batches.map(batch => pool.extract(batch)));
  pool.close();
  answers.forEach((facts, batch) => {
    facts.forEach((fact, at) => {
      assert.equal(fact.ok, !(batch % 4 === 1 && at === 2), `${batch}/${at}`);
      if (fact.ok) assert.deepEqual(fact.value.declares, [`${batch}/${at}.ts`, `${at}`]);
    });
  });
});

test('sources that run unbundled have no worker', () => {
  assert.equal(openExtractionPool(), null);
});

test('the built worker says what is said here', async () => {
  buildIfStale();
  const pool = openExtractionPool(join(CHECKOUT, 'dist/extract-worker.js'));
  assert.ok(pool !== null);
  const root = join(import.meta.dirname, '../../../src/facts/graph');
  const files = readdirSync(root).map(name => file(name, readFileSync(join(root, name), 'utf8')));
  files.push(
    file('broken.ts', "import { from 'x"),
    file('tree.ts', "const x = require('y');\nimport('./z');"),
  );
  // The native parser runs out of stack on this one, and takes its process along.
  const hostile = file('hostile.ts', `require(x);\n${'!'.repeat(300_000)}x`);
  files.push(file('binary.ts', 'a\0b'), file('nested.ts', '('.repeat(900_000)));
  const expected = files.map(importsIn);
  const facts = [...(await pool.extract([...files, hostile]))];
  const last = facts.pop();
  pool.close();
  assert.ok(last !== undefined && !last.ok);
  assert.match(last.error.message, /broke down on hostile\.ts/);
  assert.deepEqual(facts, JSON.parse(JSON.stringify(expected)));
});
