import { api } from '../api/client.js';
import type { BookRow } from '../api/types.js';
import { escapeHtml } from './html.js';

function row(book: BookRow): string {
  const cells = [escapeHtml(book.title), escapeHtml(book.author), String(book.available)];
  return `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`;
}

/** The catalogue as table rows. */
export async function bookList(): Promise<string> {
  const books = await api.books();
  return books.map(row).join('\n');
}
