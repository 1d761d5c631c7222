import { fileURLToPath } from 'node:url';
import { c } from '../../src/facts/imports/c.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/**
 * The oracle is libclang's lexer; needs its Python bindings (Debian: python3-clang, for the system's own python3).
 * It tells the tokens of a file that nobody has configured; a few lines of Python find the directives among them.
 */
export async function compare(repo: string): Promise<OracleResult> {
  const script = fileURLToPath(new URL('c/oracle.py', import.meta.url));
  return compareWith(repo, c, { command: '/usr/bin/python3', args: [script] });
}
