import type { Loan } from '../domain/loan.js';
import type { Member } from '../domain/member.js';
import { pool } from './pool.js';

export async function findMember(id: number): Promise<Member | null> {
  const { rows } = await pool.query<Member>('select id, name, suspended from members where id = $1', [id]);
  return rows[0] ?? null;
}

export async function openLoans(): Promise<Loan[]> {
  const { rows } = await pool.query<Loan>('select isbn, member, due::text from loans where returned is null');
  return rows;
}

export async function insertLoan(loan: Loan): Promise<void> {
  await pool.query('insert into loans (isbn, member, due) values ($1, $2, $3)', [loan.isbn, loan.member, loan.due]);
}
