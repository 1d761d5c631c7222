import { fileURLToPath } from 'node:url';
import { csharp } from '../../src/facts/imports/csharp.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/** The oracle is tree-sitter-c-sharp; tree-sitter.ts says what it needs. */
export async function compare(repo: string): Promise<OracleResult> {
  const program = fileURLToPath(new URL('tree-sitter-program.ts', import.meta.url));
  const loader = import.meta.resolve('tsx');
  return compareWith(repo, csharp, {
    command: process.execPath,
    args: ['--import', loader, program, 'csharp'],
  });
}
