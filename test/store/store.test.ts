import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Oid, oid } from '../../src/model/brand.js';
import type { FileImports } from '../../src/model/edges.js';
import { openStore, storeDirectory } from '../../src/store/index.js';
import type { Receipt } from '../../src/store/store.js';

const blob = (digit: string): Oid => oid(digit.repeat(40));
const sites: FileImports = {
  sites: [{ specifier: './a', kind: 'value', typeOnly: false, line: 1, column: 1 }],
};
const receipt: Receipt = {
  bases: [blob('a')],
  rawDiff: 'diff',
  policies: [null],
  waivers: [],
  tool: 't',
  asOf: '2026-11-21',
  result: 'admitted',
};

describe('the store', () => {
  let common = '';
  beforeEach(() => {
    common = mkdtempSync(join(tmpdir(), 'lintel-store-'));
  });
  afterEach(() => rmSync(common, { recursive: true, force: true }));

  it('keeps imports by blob and language', async () => {
    const store = openStore(common);
    store.saveImports(blob('a'), 'ts', sites);
    assert.deepEqual(store.imports(blob('a'), 'ts'), sites, 'before they are written');
    await store.flush();
    const other = openStore(common);
    assert.deepEqual(other.imports(blob('a'), 'ts'), sites);
    assert.equal(other.imports(blob('a'), 'tsx'), null);
    assert.equal(other.imports(blob('b'), 'ts'), null);
  });

  it('two writers at once lose nothing', async () => {
    const one = openStore(common);
    const two = openStore(common);
    one.saveImports(blob('a'), 'ts', sites);
    two.saveImports(blob('b'), 'ts', sites);
    await one.flush();
    await two.flush();
    const reader = openStore(common);
    assert.deepEqual(reader.imports(blob('a'), 'ts'), sites);
    assert.deepEqual(reader.imports(blob('b'), 'ts'), sites);
  });

  it('a damaged line counts as absent, the others stay', async () => {
    const store = openStore(common);
    store.saveImports(blob('a'), 'ts', sites);
    store.saveImports(blob('b'), 'ts', sites);
    await store.flush();
    const path = join(storeDirectory(common), 'sites', 'ts', 'aa');
    writeFileSync(path, readFileSync(path, 'utf8').replace('./a', './x'));
    const reader = openStore(common);
    assert.equal(reader.imports(blob('a'), 'ts'), null);
    assert.deepEqual(reader.imports(blob('b'), 'ts'), sites);
  });

  it('a damaged document counts as absent', () => {
    const store = openStore(common);
    store.saveDocument('d', { a: 1 });
    assert.deepEqual(store.document('d'), { a: 1 });
    const path = join(storeDirectory(common), 'd.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('1}', '2}'));
    assert.equal(store.document('d'), null);
  });

  it('knows a receipt by the whole change, not only by its name', () => {
    const store = openStore(common);
    store.saveReceipt(receipt);
    store.saveReceipt(receipt);
    assert.equal(store.hasReceipt(receipt), true);
    assert.equal(store.hasReceipt({ ...receipt, rawDiff: 'other' }), false);
    const folder = join(storeDirectory(common), 'receipts');
    const [name = ''] = readdirSync(folder);
    writeFileSync(join(folder, name), 'lintel1 0\n{}');
    assert.equal(store.hasReceipt(receipt), false, 'a damaged one is none');
    store.saveReceipt(receipt);
    assert.equal(store.hasReceipt(receipt), true, 'and is written anew');
  });

  it('a cache that cannot be written is told once and stops nothing', async () => {
    // A file where the folder should be.
    mkdirSync(join(common, 'lintel'));
    writeFileSync(storeDirectory(common), '');
    const warnings: string[] = [];
    const store = openStore(common, { warn: message => warnings.push(message) });
    store.saveReceipt(receipt);
    store.saveDocument('d', 1);
    store.saveImports(blob('a'), 'ts', sites);
    await store.flush();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /can't keep its cache/);
    assert.equal(store.hasReceipt(receipt), false);
    assert.deepEqual(store.log(), []);
  });

  it('log entries that were torn are left out', () => {
    const store = openStore(common);
    const entry = { commit: blob('a'), state: 'judged', at: 'now', branch: 'main', subject: 's' } as const;
    store.appendLog(entry);
    appendFileSync(join(storeDirectory(common), 'log.jsonl'), '0000 {"commit"');
    assert.deepEqual(store.log(), [entry]);
  });
});
