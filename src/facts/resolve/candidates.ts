import type { Probe } from './language-resolver.js';
import { baseName, below } from './paths.js';

/** What a written extension may stand for, in the order in which TypeScript looks (`tryAddingExtensions`). */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.jsx': ['.tsx', '.ts', '.d.ts', '.jsx', '.js'],
  '.mjs': ['.mts', '.d.mts', '.mjs'],
  '.cjs': ['.cts', '.d.cts', '.cjs'],
  '.ts': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.tsx': ['.tsx', '.ts', '.d.ts', '.jsx', '.js'],
  '.mts': ['.mts', '.d.mts', '.mjs'],
  '.cts': ['.cts', '.d.cts', '.cjs'],
};

/** What is added to a name: TypeScript's and Node's first, then those of the usual bundlers. */
const ADDED: readonly string[] =
  '.ts .tsx .d.ts .js .jsx .mts .cts .d.mts .d.cts .mjs .cjs .json .node .vue .svelte .astro'.split(' ');

/** The extension with its dot; `''`: there is none, or the name begins with its only dot. */
function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

/** A path that may lack its extension, or bear that of the compiler's output. */
export function probeFile(path: string, probe: Probe): boolean {
  if (path === '') return false;
  const extension = extensionOf(path);
  const stands = STANDS_FOR[extension];
  if (stands !== undefined) {
    const stem = path.slice(0, -extension.length);
    for (const other of stands) if (probe(stem + other)) return true;
  } else if (extension !== '') {
    if (probe(path) || probe(`${path.slice(0, -extension.length)}.d${extension}.ts`)) return true;
  }
  for (const added of ADDED) if (probe(path + added)) return true;
  return extension === '' && probe(path);
}

export function probeIndex(folder: string, probe: Probe): boolean {
  return ADDED.some(added => probe(below(folder, `index${added}`)));
}
