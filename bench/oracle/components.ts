import { fileURLToPath } from 'node:url';
import type { ImportLanguage } from '../../src/facts/imports/language.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/**
 * The oracle finds a component's scripts by the compiler of its own framework, and their imports by TypeScript's
 * syntax tree. `LINTEL_COMPILERS` must name a folder where npm installed @vue/compiler-sfc, svelte and
 * \@astrojs/compiler.
 */
export function comparing(name: string, language: ImportLanguage): (repo: string) => Promise<OracleResult> {
  const script = fileURLToPath(new URL('components/program.ts', import.meta.url));
  const args = ['--import', import.meta.resolve('tsx'), script, name];
  return repo => compareWith(repo, language, { command: process.execPath, args });
}
