import { inPaths, type PathSet } from '../../model/path-set.js';

/** What is one node of a picture. */
const LEVELS = ['file', 'folder', 'component'] as const;
export type Level = (typeof LEVELS)[number];

/** Files that belong to no component are drawn as one. */
const NO_COMPONENT = '(no component)';

/** The node that a file belongs to. */
export function grouping(
  components: Readonly<Record<string, PathSet>>,
  level: Level,
): (path: string) => string {
  if (level === 'file') return path => path;
  if (level === 'folder') return path => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
  const sets = Object.entries(components);
  return once(path => sets.find(([, set]) => inPaths(set, path))?.[0] ?? NO_COMPONENT);
}

/** Asked once a path: thousands of imports begin in the same file. */
export function once<T>(answer: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return path => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const found = answer(path);
    known.set(path, found);
    return found;
  };
}
