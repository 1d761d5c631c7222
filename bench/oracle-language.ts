/**
 * Compares the imports that lintel finds with those of an independent reader, over every file of a language in a
 * git revision (HEAD):
 *
 *     node --import tsx bench/oracle-language.ts --language NAME --repo PATH [--samples N]
 *
 * Each oracle's file says what it needs to be installed. Exits with 1 when an import is missed, invented or differs.
 */
import { parseArgs } from 'node:util';
import { comparing } from './oracle/components.js';
import type { OracleResult } from './oracle/result.js';

type Compare = (repo: string) => Promise<OracleResult>;
/** A line a language. */
const ORACLES: Readonly<Record<string, () => Promise<{ readonly compare: Compare }>>> = {
  java: () => import('./oracle/java.js'),
  kotlin: () => import('./oracle/kotlin.js'),
  csharp: () => import('./oracle/csharp.js'),
  go: () => import('./oracle/go.js'),
  python: () => import('./oracle/python.js'),
  ruby: () => import('./oracle/ruby.js'),
  rust: () => import('./oracle/rust.js'),
  c: () => import('./oracle/c.js'),
  php: () => import('./oracle/php.js'),
  vue: async () => ({
    compare: comparing('vue', (await import('../src/facts/imports/vue.js')).vue),
  }),
  svelte: async () => ({
    compare: comparing('svelte', (await import('../src/facts/imports/svelte.js')).svelte),
  }),
  astro: async () => ({
    compare: comparing('astro', (await import('../src/facts/imports/astro.js')).astro),
  }),
};

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    repo: { type: 'string' },
    samples: { type: 'string', default: '20' },
  },
});
const load = ORACLES[values.language ?? ''];
if (load === undefined) throw new Error(`--language must be one of ${Object.keys(ORACLES).join(', ')}`);
if (values.repo === undefined) throw new Error('--repo PATH is missing');

const result = await (await load()).compare(values.repo);
const speed = result.seconds === 0 ? '' : ` (${Math.round(result.files / result.seconds)} files/s)`;
console.log(`files     ${result.files}${speed}`);
console.log(`imports   ${result.imports}`);
for (const what of ['missed', 'extra', 'differing', 'unread'] as const) {
  const list = result[what];
  console.log(`${what.padEnd(9)} ${list.length}`);
  for (const text of list.slice(0, Number(values.samples))) console.log(`  ${text}`);
}
process.exitCode = result.missed.length + result.extra.length + result.differing.length > 0 ? 1 : 0;
