import type { BookRow, LoanRequest, LoanResponse } from './types.js';

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

export const api = {
  books: (): Promise<BookRow[]> => call('/books'),
  lend: (request: LoanRequest): Promise<LoanResponse> =>
    call('/loans', { method: 'POST', body: JSON.stringify(request) }),
};
