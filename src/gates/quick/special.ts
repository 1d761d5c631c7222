import type { QuickState } from './state.js';

export const REGULAR: ReadonlySet<string> = new Set(['100644', '100755']);

/** Is the path a symbolic link of the tree, or below one? */
export function throughLink(path: string, state: QuickState): boolean {
  return state.links.some(link => path === link || path.startsWith(`${link}/`));
}
