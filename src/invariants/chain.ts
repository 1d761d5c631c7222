import type { RepoPath } from '../model/brand.js';

/** One file of a chain of imports, and the line that leads on; the last has none. */
export interface Hop {
  readonly path: RepoPath;
  readonly line: number | null;
}

/** `src/ui/a.ts:3 → src/lib/x.ts:1 → src/db/pool.ts` */
export function chainText(chain: readonly Hop[]): string {
  return chain.map(({ path, line }) => (line === null ? path : `${path}:${line}`)).join(' → ');
}
