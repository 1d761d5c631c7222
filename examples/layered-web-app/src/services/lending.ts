import { findBook } from '../db/books.js';
import { findMember, insertLoan, openLoans } from '../db/loans.js';
import { lend, type Loan, type Refusal } from '../domain/loan.js';
import { logger } from '../shared/logger.js';
import type { Day } from '../shared/dates.js';

export async function lendBook(isbn: string, memberId: number, today: Day): Promise<Loan | Refusal | 'unknown'> {
  const [book, member] = await Promise.all([findBook(isbn), findMember(memberId)]);
  if (book === null || member === null) return 'unknown';
  const outcome = lend(book, member, await openLoans(), today);
  if (typeof outcome === 'string') return outcome;
  await insertLoan(outcome);
  logger.note('lent', { isbn, member: memberId });
  return outcome;
}
