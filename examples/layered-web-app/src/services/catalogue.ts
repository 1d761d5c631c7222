import { listBooks } from '../db/books.js';
import { openLoans } from '../db/loans.js';
import type { Book } from '../domain/book.js';

export interface CatalogueEntry {
  readonly book: Book;
  readonly available: number;
}

export async function catalogue(): Promise<CatalogueEntry[]> {
  const [books, loans] = await Promise.all([listBooks(), openLoans()]);
  return books.map(book => ({
    book,
    available: book.copies - loans.filter(loan => loan.isbn === book.isbn).length,
  }));
}
