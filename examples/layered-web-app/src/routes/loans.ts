import type { LoanRequest, LoanResponse } from '../api/types.js';
import { lendBook } from '../services/lending.js';

/** POST /loans */
export async function postLoan(request: LoanRequest): Promise<LoanResponse> {
  const today = new Date().toISOString().slice(0, 10);
  const outcome = await lendBook(request.isbn, request.member, today);
  return typeof outcome === 'string' ? { refused: outcome } : { due: outcome.due };
}
