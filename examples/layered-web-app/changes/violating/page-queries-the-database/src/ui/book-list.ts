import { pool } from '../db/pool.js';
import { escapeHtml } from './html.js';

/** The catalogue as table rows. */
export async function bookList(): Promise<string> {
  const { rows } = await pool.query<{ title: string; available: number }>(
    'select title, copies as available from books order by title',
  );
  return rows
    .map(book => `<tr><td>${escapeHtml(book.title)}</td><td>${book.available}</td></tr>`)
    .join('\n');
}
