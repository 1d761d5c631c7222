import type { BookRow } from '../api/types.js';
import { catalogue } from '../services/catalogue.js';

/** GET /books */
export async function getBooks(): Promise<BookRow[]> {
  const entries = await catalogue();
  return entries.map(({ book, available }) => ({
    isbn: book.isbn,
    title: book.title,
    author: book.author,
    available,
  }));
}
