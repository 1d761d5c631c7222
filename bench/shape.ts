import type { Shape } from './policy.js';

const LAYER_COUNT = 5;

/**
 * A policy shape fitting any repository: its largest folders are the components. Old violations are
 * expected (they stand, and must cost nothing); what a run stages imports only from its own folder.
 * @throws Error when the repository has too few folders with TypeScript in them.
 */
export function shapeOf(sources: readonly string[]): Shape {
  const folders = largestFolders(sources, LAYER_COUNT + 3);
  const [guarded, library, ...siblings] = folders.slice(LAYER_COUNT);
  const layers = folders.slice(0, LAYER_COUNT);
  if (guarded === undefined || library === undefined || siblings.length === 0)
    throw new Error(`only ${folders.length} folders hold TypeScript; the policy wants ${LAYER_COUNT + 3}`);
  const globs = layers.map(folder => `${folder}/**`);
  return {
    layers: Object.fromEntries(globs.map((glob, n) => [`layer-${n}`, glob])),
    siblings: [...siblings.map(folder => `${folder}/**`), `${library}/**`],
    guarded: { paths: `${guarded}/**`, importers: [`${guarded}/**`, ...globs] },
    library: { paths: `${library}/**`, entries: [`${library}/**/index.ts`] },
    sources: '**/*.{ts,tsx}',
    fileName: '^[^ ]+$',
    maxLines: 50_000,
  };
}

/** Folders at the shallowest depth at which there are enough of them, most files first. */
function largestFolders(sources: readonly string[], wanted: number): string[] {
  for (let depth = 1; depth <= 6; depth++) {
    const counts = new Map<string, number>();
    for (const path of sources) {
      const parts = path.split('/');
      // A folder whose name is glob syntax would have to be escaped; there are always others.
      if (parts.length <= depth || /[*?{}]/.test(path)) continue;
      const folder = parts.slice(0, depth).join('/');
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    const large = [...counts].filter(([, count]) => count >= 10).sort((a, b) => b[1] - a[1]);
    if (large.length >= wanted) return large.slice(0, wanted).map(([folder]) => folder);
  }
  return [];
}
