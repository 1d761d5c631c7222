import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXTERNALS } from './source.js';

/**
 * Whether a new import of `to` in `from`, both of one folder of the working tree at `root`, breaks no rule of
 * policy.ts: it closes no cycle and lengthens no chain into a forbidden place.
 */
export type MayImport = (from: string, to: string, root: string) => boolean;

const SPECIFIER = /\b(?:from|import|require)\b[ \t\n]*\(?[ \t\n]*['"`]([^'"`\n]*)/g;
const HARMLESS: ReadonlySet<string> = new Set(EXTERNALS);

/** For any repository: a file that imports nothing of it leads nowhere. */
export function importsNothing(_from: string, to: string, root: string): boolean {
  const text = readFileSync(join(root, to), 'utf8');
  for (const [, specifier = ''] of text.matchAll(SPECIFIER))
    if (!specifier.startsWith('node:') && !HARMLESS.has(specifier)) return false;
  return true;
}
