import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksum } from '../model/checksum.js';
import type { LogEntry } from './store.js';

/**
 * Commits made here, judged or not, one a line and only ever appended to:
 *
 *     <checksum of the JSON> <JSON of the entry>\n
 */
const FILE = 'log.jsonl';

/** @throws what the file system says. */
export function appendLog(directory: string, entry: LogEntry): void {
  const json = JSON.stringify(entry);
  const line = `${checksum(json)} ${json}\n`;
  const path = join(directory, FILE);
  try {
    appendFileSync(path, line);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(directory, { recursive: true });
    appendFileSync(path, line);
  }
}

/** Oldest first; lines that were torn are left out. */
export function readLog(directory: string): readonly LogEntry[] {
  let text: string;
  try {
    text = readFileSync(join(directory, FILE), 'utf8');
  } catch {
    return [];
  }
  const entries: LogEntry[] = [];
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space < 0) continue;
    const json = line.slice(space + 1);
    if (checksum(json) === line.slice(0, space)) entries.push(JSON.parse(json) as LogEntry);
  }
  return entries;
}
