import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Extractor } from '../../../src/facts/extraction.js';
import { graphSource } from '../../../src/facts/graph/snapshot-source.js';
import { Snapshot } from '../../../src/facts/snapshot.js';
import { createListing } from '../../../src/git/index.js';
import { hashObject } from '../../../src/git/objects/hash.js';
import { type Oid, type RepoPath, repoPath } from '../../../src/model/brand.js';
import { memoryCache } from './random-trees.js';

/** Every hundredth file is empty: copies of one another. Some name what only the extractor can read. */
function textOf(at: number): string {
  if (at % 100 === 0) return '';
  return at % 37 === 0 ? `import './x${at}';\nconst y = require(z);` : `import './x${at}';`;
}

function snapshotOf(count: number, extractor: Extractor | null): { snapshot: Snapshot; paths: RepoPath[] } {
  const blobs = new Map<Oid, Buffer>();
  const entries = Array.from({ length: count }, (_, at) => {
    const text = Buffer.from(textOf(at));
    const oid = hashObject('sha1', 'blob', text);
    blobs.set(oid, text);
    return { path: repoPath(`f${String(at).padStart(6, '0')}.ts`), mode: '100644' as const, oid };
  });
  const snapshot = new Snapshot({
    listing: createListing(entries),
    cache: memoryCache(),
    fileBytes: 1000,
    extractor,
    reader: {
      readBlob: async id => blobs.get(id) ?? Buffer.alloc(0),
      blobSizes: async ids => ids.map(id => blobs.get(id)?.length ?? null),
    },
  });
  return { snapshot, paths: entries.map(({ path }) => path) };
}

/** Answers late, and says which file it was. */
const slow: Extractor = {
  worthwhile: 1,
  batches: 2,
  async extract(files) {
    await new Promise(resolve => setTimeout(resolve, 2));
    return files.map(({ path }) => ({ ok: true, value: { sites: [], declares: [path] } }));
  },
};

for (const [name, extractor] of [
  ['here', null],
  ['with workers', slow],
] as const)
  test(`a large tree is visited file by file, once, and let go of: ${name}`, async () => {
    const { snapshot, paths } = snapshotOf(12_000, extractor);
    const source = await graphSource(snapshot, await snapshot.context({}));
    const visited = new Set<string>();
    let most = 0;
    let last = 0;
    await source.read(
      paths,
      ({ path, edges }) => {
        assert.ok(!visited.has(path), path);
        assert.ok(edges?.ok, path);
        visited.add(path);
        if (visited.size % 500 === 0)
          most = Math.max(most, paths.filter(each => snapshot.hasImports(each)).length);
      },
      done => {
        assert.ok(done >= last && done <= paths.length);
        last = done;
      },
    );
    assert.equal(visited.size, paths.length);
    assert.ok(most < 3000, `${most} files at once`);
  });
