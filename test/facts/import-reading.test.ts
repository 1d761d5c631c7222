import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Extractor } from '../../src/facts/extraction.js';
import { ImportReading, type Unread } from '../../src/facts/import-reading.js';
import { hashObject } from '../../src/git/objects/hash.js';
import { type Oid, repoPath } from '../../src/model/brand.js';

/** What only the native parser can tell begins so: to be read by the extractor, where there is one. */
const UNPROVED = 'const x = require(y);';

class Blobs {
  private readonly contents = new Map<Oid, Buffer>();
  /** Ticks of the event loop that the next read takes. */
  constructor(private readonly delay: () => number) {}

  file(name: string, text: string): Unread {
    const content = Buffer.from(text);
    const oid = hashObject('sha1', 'blob', content);
    this.contents.set(oid, content);
    return { path: repoPath(name), oid, cacheName: 'ts' };
  }

  async readBlob(oid: Oid): Promise<Buffer> {
    for (let tick = this.delay(); tick > 0; tick--) await new Promise(resolve => setImmediate(resolve));
    const content = this.contents.get(oid);
    if (content === undefined) throw new Error('git is gone');
    return content;
  }

  async blobSizes(): Promise<readonly number[]> {
    throw new Error('not asked for');
  }
}

function extractor(batches: number, delay: () => number, fails: () => boolean): Extractor {
  return {
    worthwhile: 0,
    batches,
    async extract(files) {
      for (let tick = delay(); tick > 0; tick--) await new Promise(resolve => setImmediate(resolve));
      if (fails()) return null;
      return files.map(({ path }) => ({ ok: true, value: { sites: [], declares: [path] } }));
    },
  };
}

test('every file is told once, however workers, helpers and git take turns', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(300), fc.boolean()), { minLength: 1, maxLength: 4 }),
      fc.nat(3),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 40 }),
      async (sizes, batches, delays) => {
        let turn = 0;
        const delay = (): number => delays[turn++ % delays.length] ?? 0;
        const blobs = new Blobs(delay);
        const told = new Map<string, number>();
        const expected: string[] = [];
        const readings = sizes.map(([size, unproved], group) => {
          const files = Array.from({ length: size }, (_, at) =>
            blobs.file(
              `${group}/${at}.ts`,
              unproved && at % 3 === 0 ? `${UNPROVED} // ${at}` : `// ${group} ${at}`,
            ),
          );
          expected.push(...files.map(({ path }) => path));
          const pool = batches === 0 ? null : extractor(batches, delay, () => delay() === 3);
          return new ImportReading(
            files,
            { reader: blobs, fileBytes: 1000, extractor: pool, ahead: group % 2 === 0 },
            (file, fact) => {
              assert.ok(fact.ok);
              told.set(file.path, (told.get(file.path) ?? 0) + 1);
            },
          );
        });
        for (const reading of readings) await reading.helpOut();
        for (const reading of readings) await reading.finish();
        assert.deepEqual([...told.keys()].sort(), expected.sort());
        assert.ok([...told.values()].every(times => times === 1));
      },
    ),
    { numRuns: 60 },
  );
});

test('what git says is thrown where it is waited for', async () => {
  const blobs = new Blobs(() => 1);
  const lost: Unread = {
    path: repoPath('lost.ts'),
    oid: hashObject('sha1', 'blob', Buffer.from('?')),
    cacheName: 'ts',
  };
  const files = [
    blobs.file('a.ts', ''),
    lost,
    ...Array.from({ length: 100 }, (_, at) => blobs.file(`${at}.ts`, `//${at}`)),
  ];
  for (const pool of [
    null,
    extractor(
      2,
      () => 1,
      () => true,
    ),
  ]) {
    const sources = { reader: blobs, fileBytes: 1000, extractor: pool, ahead: true };
    const reading = new ImportReading(files, sources, () => {});
    await assert.rejects(reading.finish(), /git is gone/);
  }
});
