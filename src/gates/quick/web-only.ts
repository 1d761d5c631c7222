import type { PrefetchedChange } from './prefetch.js';
import type { QuickState } from './state.js';

/** Files that no language but those of the web reads, imports, or takes for its configuration. */
const WEB =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|json|md|mdx|html|css|scss|less|svg|png|jpe?g|gif|webp|avif|ico|woff2?)$/i;
/** But for these, of which other resolvers are made. */
const OF_OTHERS = /(?:^|\/)(?:composer|installed|compile_commands|pyrightconfig)\.json$/i;

export function isWebFile(path: string): boolean {
  return WEB.test(path) && !OF_OTHERS.test(path);
}

/**
 * May the bundle that knows the web's languages alone judge this change? In a repository that holds others, too, a file
 * that comes or goes may be where one of their imports ends.
 */
export function isWebOnly(changes: readonly PrefetchedChange[], { contexts }: QuickState): boolean {
  const hasOthers = Object.values(contexts).some(({ languages }) => Object.keys(languages).length > 0);
  return changes.every(({ path, letter }) => isWebFile(path) && (letter === 'M' || !hasOthers));
}
