import type { PrefetchedChange } from './prefetch.js';
import type { QuickState } from './state.js';

/** Of files that no language but those of the web reads, imports, or takes for its configuration. */
const EXTENSIONS = new Set(
  'js jsx cjs mjs ts tsx cts mts vue svelte astro json md mdx html css scss less svg png jpg jpeg gif webp avif ico woff woff2'.split(
    ' ',
  ),
);
/** But for these, of which other resolvers are made. */
const OF_OTHERS = new Set(['composer.json', 'installed.json', 'compile_commands.json', 'pyrightconfig.json']);

export function isWebFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return dot !== -1 && EXTENSIONS.has(name.slice(dot + 1)) && !OF_OTHERS.has(name);
}

/**
 * May the bundle that knows the web's languages alone judge this change? In a repository that holds others, too, a file
 * that comes or goes may be where one of their imports ends.
 */
export function isWebOnly(changes: readonly PrefetchedChange[], { contexts }: QuickState): boolean {
  const hasOthers = Object.values(contexts).some(({ languages }) => Object.keys(languages).length > 0);
  return changes.every(({ path, letter }) => isWebFile(path) && (letter === 'M' || !hasOthers));
}
