import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lend, MAX_LOANS } from '../src/domain/loan.js';

const book = { isbn: '9780141439518', title: 'Pride and Prejudice', author: 'Jane Austen', copies: 1 };
const member = { id: 7, name: 'Ada', suspended: false };

test('a book is lent for four weeks', () => {
  assert.deepEqual(lend(book, member, [], '2026-03-02'), { isbn: book.isbn, member: 7, due: '2026-03-30' });
});

test('nobody holds more than five', () => {
  const open = Array.from({ length: MAX_LOANS }, (_, n) => ({
    isbn: `97801000000${n}0`,
    member: 7,
    due: '2026-04-01',
  }));
  assert.equal(lend(book, member, open, '2026-03-02'), 'too-many-loans');
});
