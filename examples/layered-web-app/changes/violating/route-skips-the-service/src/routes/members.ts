import { findMember } from '../db/loans.js';

/** GET /members/:id */
export async function getMember(id: number): Promise<{ name: string } | null> {
  return findMember(id);
}
