import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal.js';
import type { Place } from './place.js';

/**
 * `<git-common-dir>/lintel/node`: the program that hooks start before they look on PATH (a graphical client may
 * have none). `<git-common-dir>/lintel/entry`: this package, for linked worktrees without node_modules.
 * One path each, ended by a newline. Never in a committed file: they hold for this machine.
 */
export function recordPaths(place: Place, journal: Journal): readonly string[] {
  const wanted = [
    [nodeFile(place), process.execPath],
    [entryFile(place), place.lintelFolder],
  ] as const;
  return wanted.flatMap(([path, value]) => {
    if (readLine(path) === value) return [];
    journal.write(path, `${value}\n`);
    return [`${path}: ${value}`];
  });
}

export function forgetPaths(place: Place): void {
  rmSync(nodeFile(place), { force: true });
  rmSync(entryFile(place), { force: true });
}

export function nodeFile(place: Place): string {
  return join(place.commonDirectory, 'lintel', 'node');
}

export function entryFile(place: Place): string {
  return join(place.commonDirectory, 'lintel', 'entry');
}

/** The first line of a file; `null`: there is no such file. */
export function readLine(path: string): string | null {
  return existsSync(path) ? (readFileSync(path, 'utf8').split('\n', 1)[0] ?? '') : null;
}
