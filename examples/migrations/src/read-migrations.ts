import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Migration, migrationId } from './migration.js';

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder).flatMap(name => {
    const id = migrationId(name);
    return id === null ? [] : [{ id, sql: readFileSync(join(folder, name), 'utf8') }];
  });
}
