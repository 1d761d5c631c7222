import { api } from '../api/client.js';
import { escapeHtml } from './html.js';

/** The catalogue as table rows. */
export async function bookList(): Promise<string> {
  const books = await api.books();
  return books
    .map(book => `<tr><td>${escapeHtml(book.title)}</td><td>${book.available}</td></tr>`)
    .join('\n');
}
