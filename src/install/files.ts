import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Journal } from './journal.js';
import type { FileEdit } from './types.js';

/** What one edit came to. */
export type EditResult = 'created' | 'changed' | 'unchanged';

export function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

export function pending(edit: FileEdit): EditResult {
  const before = readText(edit.path);
  if (before === null) return 'created';
  const modeStands = edit.mode === undefined || (statSync(edit.path).mode & 0o111) === (edit.mode & 0o111);
  return edit.apply(before) === before && modeStands ? 'unchanged' : 'changed';
}

export function applyEdit(edit: FileEdit, journal: Journal): EditResult {
  const result = pending(edit);
  if (result === 'unchanged') return result;
  const before = readText(edit.path);
  const after = edit.apply(before);
  // A file that was there keeps its own bits, and gets the ones that it needs to run.
  const mode =
    before === null || edit.mode === undefined
      ? edit.mode
      : (statSync(edit.path).mode & 0o7777) | (edit.mode & 0o111);
  journal.write(edit.path, after, mode);
  return result;
}
