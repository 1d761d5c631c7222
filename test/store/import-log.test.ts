import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { oid } from '../../src/model/brand.js';
import { EDGE_KINDS, type FileImports } from '../../src/model/edges.js';
import { formatLine, parseLine } from '../../src/store/import-lines.js';
import { ImportLog } from '../../src/store/import-log.js';

const blob = (number: number, prefix = 'ab'): ReturnType<typeof oid> =>
  oid(prefix + number.toString(16).padStart(38, '0'));
const imports = (specifier: string): FileImports => ({
  sites: [{ specifier, kind: 'value', typeOnly: false, line: 3, column: 7, names: ['x'] }],
});

describe('the log of imports', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what was written, whatever it is', () => {
    const text = fc.string({ unit: 'binary' });
    const site = fc.record(
      {
        specifier: fc.option(text),
        kind: fc.constantFrom(...EDGE_KINDS),
        typeOnly: fc.boolean(),
        line: fc.nat(),
        column: fc.nat(),
        names: fc.array(text),
        form: text,
      },
      { requiredKeys: ['specifier', 'kind', 'typeOnly', 'line', 'column'] },
    );
    const file = fc.record({ sites: fc.array(site), declares: fc.array(text) }, { requiredKeys: ['sites'] });
    fc.assert(
      fc.property(file, one => {
        const line = formatLine(blob(1), one);
        assert.equal(line.indexOf('\n'), line.length - 1);
        // As it comes back from a file.
        assert.deepEqual(
          parseLine(Buffer.from(line).toString().slice(0, -1), blob(1)),
          JSON.parse(JSON.stringify(one)),
        );
      }),
    );
  });

  it('a line that was cut off is absent, and takes nothing along', async () => {
    const one = new ImportLog(folder);
    one.add(blob(1), imports('./one'));
    one.add(blob(2), imports('./two'));
    await one.flush();
    const path = join(folder, 'ab');
    writeFileSync(path, readFileSync(path).subarray(0, -9));
    const two = new ImportLog(folder);
    assert.deepEqual(two.get(blob(1)), imports('./one'));
    assert.equal(two.get(blob(2)), null);
    two.add(blob(3), imports('./three'));
    await two.flush();
    const three = new ImportLog(folder);
    assert.deepEqual(three.get(blob(1)), imports('./one'));
    assert.deepEqual(three.get(blob(3)), imports('./three'));
  });

  it('any flipped bit costs its own line only', async () => {
    const log = new ImportLog(folder);
    log.add(blob(1), imports('./one'));
    log.add(blob(2), imports('./two'));
    await log.flush();
    const path = join(folder, 'ab');
    const whole = readFileSync(path);
    for (let at = 0; at < whole.indexOf(10); at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      const reader = new ImportLog(folder);
      const first = reader.get(blob(1));
      assert.ok(first === null || JSON.stringify(first) === JSON.stringify(imports('./one')), `${at}`);
      if (!damaged.subarray(0, whole.indexOf(10)).includes(10))
        assert.deepEqual(reader.get(blob(2)), imports('./two'), `${at}`);
    }
  });

  it('past its limit it lets go of what was not asked for', async () => {
    const large = imports(`./${'x'.repeat(700_000)}`);
    for (let round = 0; round < 12; round++) {
      const log = new ImportLog(folder);
      // In use: asked for every time.
      if (round > 0) assert.deepEqual(log.get(blob(999)), imports('./used'), `round ${round}`);
      else log.add(blob(999), imports('./used'));
      log.add(blob(round), large);
      await log.flush();
      const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
      assert.ok(bytes < 7 * 1024 * 1024, `${bytes} bytes in round ${round}`);
    }
    assert.equal(new ImportLog(folder).get(blob(0)), null);
  });

  it('what could not be written once is no reason not to write the next', async () => {
    const log = new ImportLog(folder);
    log.add(blob(1), imports('./one'));
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    await assert.rejects(log.flush());
    assert.deepEqual(log.get(blob(1)), imports('./one'), 'known all the same');
    rmSync(folder);
    log.add(blob(2), imports('./two'));
    await log.flush();
    assert.deepEqual(new ImportLog(folder).get(blob(2)), imports('./two'));
  });

  it('what was written is kept for those who ask next, and then left to the disk', async () => {
    const log = new ImportLog(folder);
    log.add(blob(1), imports('./one'));
    await log.flush();
    assert.equal(log.get(blob(1)), log.get(blob(1)));
    await log.flush();
    rmSync(join(folder, 'ab'));
    assert.equal(log.get(blob(1)), null);
  });

  it('two logs past the limit at once: each writes its own', async () => {
    const large = imports(`./${'x'.repeat(2_200_000)}`);
    const first = new ImportLog(folder);
    first.add(blob(1), large);
    await first.flush();
    const logs = [2, 3, 4].map(number => {
      const log = new ImportLog(folder);
      log.add(blob(number), imports(`./${number}`));
      return log;
    });
    await Promise.all(logs.map(log => log.flush()));
  });

  it('what another process appends meanwhile stays', async () => {
    const one = new ImportLog(folder);
    one.add(blob(1), imports('./one'));
    one.get(blob(2));
    appendFileSync(join(folder, 'ab'), formatLine(blob(2), imports('./two')));
    await one.flush();
    assert.deepEqual(one.get(blob(2)), imports('./two'));
    assert.deepEqual(one.get(blob(1)), imports('./one'));
  });
});
