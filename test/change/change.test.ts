import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { introducedLines, MAX_EDITS } from '../../src/change/introduced-lines.js';
import { rawDiffText } from '../../src/change/raw-diff.js';
import { findRenames, MAX_PAIRS } from '../../src/change/renames.js';
import { type Oid, oid, repoPath } from '../../src/model/brand.js';
import type { FileChange } from '../../src/model/tree.js';

const id = (digit: string): Oid => oid(digit.repeat(40));

describe('introduced lines', () => {
  it('are those that the diff adds', () => {
    assert.deepEqual([...introducedLines('a\nb\nc\n', 'a\nx\nb\nc\n')], [2]);
    assert.deepEqual([...introducedLines(null, 'a\nb')], [1, 2]);
    assert.deepEqual(
      [...introducedLines('a\r\nb\r\n', 'a\nb\n')],
      [],
      'a changed line ending is no new line',
    );
  });

  it('past the bound of edits every line counts as new, and it does not take for ever', () => {
    const before = Array.from({ length: MAX_EDITS }, (_, index) => `old ${index}`).join('\n');
    const after = Array.from({ length: MAX_EDITS }, (_, index) => `new ${index}`).join('\n');
    assert.equal(introducedLines(before, after).size, MAX_EDITS);
  });
});

describe('renames', () => {
  const added = (path: string, blob: Oid): FileChange => ({
    path: repoPath(path),
    status: 'add',
    before: null,
    after: { mode: '100644', oid: blob },
  });
  const deleted = (path: string, blob: Oid): FileChange => ({
    path: repoPath(path),
    status: 'delete',
    before: { mode: '100644', oid: blob },
    after: null,
  });
  const contents = new Map<Oid, string>([
    [id('a'), 'one\ntwo\nthree\nfour\nfive\n'],
    [id('b'), 'one\ntwo\nthree\nfour\nsix\n'],
    [id('c'), 'nothing\nlike\nit\nat\nall\n'],
  ]);
  const read = async (blob: Oid): Promise<Buffer | null> => Buffer.from(contents.get(blob) ?? '');

  it('pairs equal blobs, then those that are 60 % alike', async () => {
    const changes = [deleted('a.ts', id('a')), added('b.ts', id('b')), added('c.ts', id('c'))];
    const renames = await findRenames(changes, new Set([repoPath('b.ts'), repoPath('c.ts')]), read);
    assert.deepEqual([...renames], [['b.ts', 'a.ts']]);
  });

  it('looks only at the paths that are asked for', async () => {
    const changes = [deleted('a.ts', id('a')), added('b.ts', id('a'))];
    assert.equal((await findRenames(changes, new Set(), read)).size, 0);
  });

  it('past the bound of pairs only equal blobs are paired, and nothing is read', async () => {
    const changes = [deleted('same.ts', id('a')), added('moved.ts', id('a'))];
    for (let index = 0; index <= MAX_PAIRS; index++) changes.push(deleted(`old${index}.ts`, id('c')));
    changes.push(added('like.ts', id('b')));
    const wanted = new Set([repoPath('moved.ts'), repoPath('like.ts')]);
    const renames = await findRenames(changes, wanted, () => assert.fail('nothing should be read'));
    assert.deepEqual([...renames], [['moved.ts', 'same.ts']]);
  });
});

describe('the raw diff as text', () => {
  it('does not depend on the order in which changes come', () => {
    const one: FileChange = {
      path: repoPath('a'),
      status: 'add',
      before: null,
      after: { mode: '100644', oid: id('a') },
    };
    const two: FileChange = {
      path: repoPath('b'),
      status: 'delete',
      before: { mode: '100755', oid: id('b') },
      after: null,
    };
    assert.equal(rawDiffText([one, two]), rawDiffText([two, one]));
    assert.notEqual(rawDiffText([one]), rawDiffText([{ ...one, after: { mode: '100755', oid: id('a') } }]));
  });
});
