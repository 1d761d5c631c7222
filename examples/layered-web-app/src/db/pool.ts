import pg from 'pg';

/** One pool a process; DATABASE_URL names the database. */
export const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
