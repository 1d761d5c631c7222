import { findMember } from '../db/loans.js';
import { addDays, type Day } from '../shared/dates.js';
import type { Book } from './book.js';
import type { Member } from './member.js';

export const LOAN_DAYS = 28;
export const MAX_LOANS = 5;

export interface Loan {
  readonly isbn: string;
  readonly member: number;
  readonly due: Day;
}

export type Refusal = 'suspended' | 'too-many-loans' | 'no-copy-left';

function today(): Day {
  return new Date().toISOString().slice(0, 10);
}

/** @returns the loan, or why there can be none. */
export function lend(book: Book, member: Member, open: readonly Loan[], day: Day = today()): Loan | Refusal {
  if (member.suspended) return 'suspended';
  if (open.filter(loan => loan.member === member.id).length >= MAX_LOANS) return 'too-many-loans';
  if (open.filter(loan => loan.isbn === book.isbn).length >= book.copies) return 'no-copy-left';
  return { isbn: book.isbn, member: member.id, due: addDays(day, LOAN_DAYS) };
}

export async function isSuspended(id: number): Promise<boolean> {
  return (await findMember(id))?.suspended ?? true;
}

export function isOverdue(loan: Loan, day: Day): boolean {
  return loan.due < day;
}
