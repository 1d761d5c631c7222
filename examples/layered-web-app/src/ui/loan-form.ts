import { api } from '../api/client.js';

/** Sends the form and says in one line what came of it. */
export async function submitLoan(isbn: string, member: number): Promise<string> {
  const answer = await api.lend({ isbn, member });
  return 'due' in answer ? `Lent until ${answer.due}.` : `Not lent: ${answer.refused}.`;
}
