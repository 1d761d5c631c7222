import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText } from '../../../src/facts/text/decode.js';
import { contentEnd, lineCount, lineStart, nextLine } from '../../../src/facts/text/lines.js';
import { repoPath } from '../../../src/model/brand.js';

const path = repoPath('a.txt');

test('UTF-8 is decoded, a byte order mark dropped, wrong bytes told', () => {
  assert.deepEqual(decodeText(path, Buffer.from('\ufeffé\r\n')), {
    ok: true,
    value: { text: 'é\r\n', lossy: false, bytes: 7 },
  });
  assert.deepEqual(decodeText(path, Buffer.from([0x61, 0xff])), {
    ok: true,
    value: { text: 'a\ufffd', lossy: true, bytes: 2 },
  });
  // A replacement character that someone wrote is no damage.
  assert.deepEqual(decodeText(path, Buffer.from('\ufffd')), {
    ok: true,
    value: { text: '\ufffd', lossy: false, bytes: 3 },
  });
});

test('binary files and Git LFS pointers have no text, and say what to do', () => {
  const binary = decodeText(path, Buffer.from([0x89, 0x50, 0]));
  assert.ok(!binary.ok && binary.error.code === 'binary' && binary.error.remedy?.includes('except'));
  assert.ok(decodeText(path, Buffer.concat([Buffer.alloc(8000, 97), Buffer.from([0])])).ok);
  const pointer = decodeText(
    path,
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 5\n'),
  );
  assert.ok(!pointer.ok && pointer.error.code === 'lfs-pointer');
  assert.ok(
    decodeText(path, Buffer.from(`version https://git-lfs.github.com/spec/v1\n${'x'.repeat(1000)}`)).ok,
  );
});

test('lines are counted as wc does, and one more for an unfinished one', () => {
  const counts = ['', 'a', 'a\n', 'a\nb', '\n\n', 'a\r\nb\r\n', 'a\rb'].map(lineCount);
  assert.deepEqual(counts, [0, 1, 1, 2, 2, 2, 1]);
});

test('a CR belongs to the line end before an LF only', () => {
  assert.equal(contentEnd('ab\r\nc', 0), 2);
  assert.equal(contentEnd('a\rb', 0), 3);
  assert.equal(contentEnd('a\r', 0), 2);
  assert.equal(lineStart('a\nbc', 3), 2);
  assert.equal(nextLine('a\n', 0), null);
  assert.equal(nextLine('a\nb', 0), 2);
});
