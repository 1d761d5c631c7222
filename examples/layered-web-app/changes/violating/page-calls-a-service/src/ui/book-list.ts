import { catalogue } from '../services/catalogue.js';
import { escapeHtml } from './html.js';

/** The catalogue as table rows. */
export async function bookList(): Promise<string> {
  const entries = await catalogue();
  return entries
    .map(({ book, available }) => `<tr><td>${escapeHtml(book.title)}</td><td>${available}</td></tr>`)
    .join('\n');
}
