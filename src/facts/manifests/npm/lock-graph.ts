import type { DependencyEntry, DependencyScope } from '../../../model/dependency.js';

/** One project's wish: the first edge of every chain. */
export interface Want {
  /** Folder of the project, from the repository's root. */
  readonly folder: string;
  readonly id: string;
  readonly scope: DependencyScope;
}

/** Of the entry with this id, the ids in `requires` that it can do without. */
export type OptionalEdges = ReadonlyMap<string, ReadonlySet<string>>;

/** From what must be there to what need not: a package wanted in several ways counts as the first of them. */
const ORDER: readonly DependencyScope[] = ['production', 'optional', 'development', 'peer', 'build'];
const OPTIONAL = ORDER.indexOf('optional');

/**
 * What each entry is there for, by the wishes it can be reached from: `production` if there is a way without an
 * optional step. Linear in the edges.
 * @returns by id; absent: nobody's wish leads there
 */
function scopesOf(
  requires: ReadonlyMap<string, readonly string[]>,
  wants: readonly Want[],
  optional: OptionalEdges,
): ReadonlyMap<string, DependencyScope> {
  const ranks = new Map<string, number>();
  const queues: string[][] = ORDER.map(() => []);
  const reach = (id: string, rank: number): void => {
    if ((ranks.get(id) ?? ORDER.length) <= rank) return;
    ranks.set(id, rank);
    queues[rank]?.push(id);
  };
  for (const want of wants) reach(want.id, ORDER.indexOf(want.scope));
  // A step leads to the same rank or, from production, to optional: later queues only grow before their turn.
  for (const [rank, queue] of queues.entries())
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (ranks.get(id) !== rank) continue;
      const without = optional.get(id);
      for (const required of requires.get(id) ?? [])
        reach(required, rank === 0 && without?.has(required) === true ? OPTIONAL : rank);
    }
  const scopes = new Map<string, DependencyScope>();
  for (const [id, rank] of ranks) scopes.set(id, ORDER[rank] ?? 'production');
  return scopes;
}

/** `roots` of a lock file. */
export function rootsOf(
  folders: Iterable<string>,
  wants: readonly Want[],
): Readonly<Record<string, readonly string[]>> {
  const roots = new Map<string, Set<string>>();
  for (const folder of folders) roots.set(folder, new Set());
  for (const { folder, id } of wants) {
    const ids = roots.get(folder) ?? new Set<string>();
    roots.set(folder, ids.add(id));
  }
  return Object.fromEntries([...roots].map(([folder, ids]) => [folder, [...ids]]));
}

/** What the wishes tell of an entry. */
export type Placed = Pick<DependencyEntry, 'scope' | 'direct'>;

/** Of each entry by its id: `production` where no wish leads. */
export function placedBy(
  requires: ReadonlyMap<string, readonly string[]>,
  wants: readonly Want[],
  optional: OptionalEdges,
): (id: string) => Placed {
  const scopes = scopesOf(requires, wants, optional);
  const direct = new Set(wants.map(want => want.id));
  return id => ({ scope: scopes.get(id) ?? 'production', direct: direct.has(id) });
}

/** `direct` by the wishes, and the scope by what leads there (`production` where nothing does). */
export function withWants(
  entries: readonly DependencyEntry[],
  wants: readonly Want[],
  optional: OptionalEdges,
): readonly DependencyEntry[] {
  const requires = new Map(entries.map(entry => [entry.id, entry.requires ?? []]));
  const placed = placedBy(requires, wants, optional);
  return entries.map(entry => (entry.role === 'dependency' ? { ...entry, ...placed(entry.id) } : entry));
}
