import { edgesOf, type Project } from './project.js';

export interface NaiveQuery {
  /** Absent: all. */
  readonly kinds?: readonly string[];
  isSource(path: string): boolean;
  isTarget(path: string): boolean;
  /** Chains do not run through it. */
  closed(path: string): boolean;
}

export const DEFAULT: NaiveQuery = {
  isSource: path => path.startsWith('src/ui/'),
  isTarget: path => path.startsWith('src/db/'),
  closed: () => false,
};

/** File → the files that it imports, by a kind that counts. */
export function importsOf(project: Project, kinds?: readonly string[]): Map<string, Set<string>> {
  return new Map(
    Object.entries(project).map(([path, text]) => [
      path,
      new Set(
        edgesOf(String(text)).flatMap(({ target, site }) =>
          target.type === 'file' && (kinds?.includes(site.kind) ?? true) ? [target.path as string] : [],
        ),
      ),
    ]),
  );
}

/** `source target` → length of the shortest chain of two imports or more, by a search from every source. */
export function naivePairs(project: Project, query: NaiveQuery): Map<string, number> {
  const imports = importsOf(project, query.kinds);
  const isInner = (path: string): boolean =>
    !query.isSource(path) && !query.isTarget(path) && !query.closed(path);
  const pairs = new Map<string, number>();
  for (const source of [...imports.keys()].filter(query.isSource)) {
    let level = [...(imports.get(source) ?? [])].filter(isInner);
    const seen = new Set(level);
    for (let length = 2; level.length > 0; length++) {
      const next: string[] = [];
      for (const node of level)
        for (const to of imports.get(node) ?? []) {
          const key = `${source} ${to}`;
          if (query.isTarget(to) && !pairs.has(key)) pairs.set(key, length);
          if (!isInner(to) || seen.has(to)) continue;
          seen.add(to);
          next.push(to);
        }
      level = next;
    }
  }
  return pairs;
}

/** Edges from which their source can be reached again, and loops: `from to`, by a search from every edge. */
export function naiveCycleEdges(imports: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  for (const [from, targets] of imports)
    for (const to of targets)
      if (to === from || distance(imports, to, from) !== null) found.add(`${from} ${to}`);
  return found;
}

/** Imports on the shortest way; `null`: there is none. */
export function distance(
  imports: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): number | null {
  const seen = new Set([from]);
  let level = [from];
  for (let length = 0; level.length > 0; length++) {
    if (level.includes(to)) return length;
    level = level.flatMap(node => [...(imports.get(node) ?? [])]).filter(node => !seen.has(node));
    for (const node of level) seen.add(node);
    level = [...new Set(level)];
  }
  return null;
}
