import type { Book } from '../domain/book.js';
import { pool } from './pool.js';

export async function findBook(isbn: string): Promise<Book | null> {
  const { rows } = await pool.query<Book>('select isbn, title, author, copies from books where isbn = $1', [isbn]);
  return rows[0] ?? null;
}

export async function listBooks(): Promise<Book[]> {
  const { rows } = await pool.query<Book>('select isbn, title, author, copies from books order by title');
  return rows;
}
