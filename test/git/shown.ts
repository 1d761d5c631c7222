import type { FileChange, TreeEntry } from './imports.js';

/** `add src/a.ts`, one a line: what a reader of a test wants to compare. */
export function shown(changes: readonly FileChange[]): readonly string[] {
  return changes.map(({ status, path }) => `${status} ${path}`);
}

export function paths(entries: readonly TreeEntry[]): readonly string[] {
  return entries.map(({ path }) => path);
}
