import { fileURLToPath } from 'node:url';
import { java } from '../../src/facts/imports/java.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/** The oracle is javac's own syntax tree (com.sun.source); needs a JDK, and knows that JDK's syntax. */
export async function compare(repo: string): Promise<OracleResult> {
  const source = fileURLToPath(new URL('java/Imports.java', import.meta.url));
  return compareWith(repo, java, { command: 'java', args: ['-Dfile.encoding=UTF-8', source] });
}
