import { fileURLToPath } from 'node:url';
import { python } from '../../src/facts/imports/python.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/**
 * CPython's own `ast`, of the `python3` that is installed. What it can't parse (newer or older syntax) is told as
 * unread.
 */
export function compare(repo: string): Promise<OracleResult> {
  const script = fileURLToPath(new URL('./python/imports.py', import.meta.url));
  return compareWith(repo, python, { command: 'python3', args: [script] });
}
