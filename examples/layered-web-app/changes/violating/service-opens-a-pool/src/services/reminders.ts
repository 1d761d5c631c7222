import pg from 'pg';
import { logger } from '../shared/logger.js';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });

export async function remind(): Promise<void> {
  const { rowCount } = await pool.query('select 1 from loans where due < now() and returned is null');
  logger.note('overdue', { loans: rowCount ?? 0 });
}
