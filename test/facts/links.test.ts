import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Links, throughLinks } from '../../src/facts/links.js';
import { createListing } from '../../src/git/listing.js';
import { oid, repoPath } from '../../src/model/brand.js';
import type { TreeEntry } from '../../src/model/tree.js';

const id = oid('a'.repeat(40));

/** Links are written `path -> target`. */
function tree(...lines: readonly string[]): { listing: ReturnType<typeof createListing>; links: Links } {
  const targets = new Map<string, string>();
  const entries = lines.map((line): TreeEntry => {
    const [path = '', target] = line.split(' -> ');
    if (target !== undefined) targets.set(path, target);
    return { path: repoPath(path), mode: target === undefined ? '100644' : '120000', oid: id };
  });
  const listing = createListing(entries.sort((a, b) => (a.path < b.path ? -1 : 1)));
  return { listing, links: new Links(listing, targets) };
}

describe('symbolic links of a tree', () => {
  it('lead to files, through folders and through one another', () => {
    const { links } = tree(
      'src/db/pool.ts',
      'src/ui/pool.ts -> ../db/pool.ts',
      'data -> src/db',
      'again -> data',
    );
    assert.equal(links.real(repoPath('src/ui/pool.ts')), 'src/db/pool.ts');
    assert.equal(links.real(repoPath('data/pool.ts')), 'src/db/pool.ts');
    assert.equal(links.real(repoPath('again/pool.ts')), 'src/db/pool.ts');
    assert.deepEqual(links.follow('again'), { type: 'folder', path: 'src/db' });
  });

  it('never lead out of the tree, by whatever spelling', () => {
    const { links } = tree('a -> ../outside', 'b -> /etc/passwd', 'c/d -> ../../x', 'e -> c/../../y');
    for (const path of ['a', 'b', 'c/d', 'e']) assert.equal(links.follow(path)?.type, 'outside', path);
  });

  it('that dangle or go in a circle say so', () => {
    const { links } = tree('gone -> nowhere', 'one -> two', 'two -> one');
    assert.equal(links.follow('gone')?.type, 'dangling');
    assert.equal(links.follow('one')?.type, 'dangling');
    assert.equal(links.follow('no/such/file'), null);
  });

  it('make a listing in which paths through them exist', () => {
    const { listing, links } = tree('src/db/pool.ts', 'data -> src/db');
    const through = throughLinks(listing, links);
    assert.equal(through.has('data/pool.ts'), true);
    assert.equal(through.has('data/other.ts'), false);
    assert.equal(through.hasFolder('data'), true);
    assert.deepEqual(through.children('data'), ['pool.ts']);
    assert.equal(through.entry(repoPath('data/pool.ts'))?.path, 'data/pool.ts');
  });
});
