import type { Database } from './database.js';
import { pending } from './migration.js';
import { readMigrations } from './read-migrations.js';

/** Brings a database up to date. @returns the ids that were applied. */
export async function migrate(database: Database, folder: string): Promise<string[]> {
  const todo = pending(readMigrations(folder), await database.applied());
  for (const { id, sql } of todo) await database.apply(id, sql);
  return todo.map(migration => migration.id);
}
