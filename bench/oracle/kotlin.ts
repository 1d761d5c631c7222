import { fileURLToPath } from 'node:url';
import { kotlin } from '../../src/facts/imports/kotlin.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/** The oracle is tree-sitter-kotlin; tree-sitter.ts says what it needs. */
export async function compare(repo: string): Promise<OracleResult> {
  const program = fileURLToPath(new URL('tree-sitter-program.ts', import.meta.url));
  const loader = import.meta.resolve('tsx');
  return compareWith(repo, kotlin, {
    command: process.execPath,
    args: ['--import', loader, program, 'kotlin'],
  });
}
