import type { DependencyFile } from '../../../model/dependency.js';
import { splitDescriptor } from './lock-entry.js';
import type { OptionalEdges } from './lock-graph.js';

/** What a yarn.lock hands on to `link`: which entry answers a descriptor, and which steps are optional. */
const WANT = 'want:';
const OPTIONAL = 'optional:';

export function yarnExports(
  answers: ReadonlyMap<string, string>,
  optional: OptionalEdges,
): Readonly<Record<string, string>> {
  const all: [string, string][] = [];
  for (const [descriptor, id] of answers) all.push([WANT + descriptor, id]);
  for (const [id, edges] of optional) all.push([OPTIONAL + id, [...edges].join('\n')]);
  return Object.fromEntries(all);
}

export interface YarnFacts {
  /** What a package is called → ranges that are locked for it, and the entry's id. */
  readonly byName: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly optional: OptionalEdges;
}

export function yarnFacts(file: DependencyFile): YarnFacts {
  const byName = new Map<string, Map<string, string>>();
  const optional = new Map<string, ReadonlySet<string>>();
  for (const [key, value] of Object.entries(file.exports ?? {})) {
    if (key.startsWith(OPTIONAL)) optional.set(key.slice(OPTIONAL.length), new Set(value.split('\n')));
    else if (key.startsWith(WANT)) {
      const { called, range } = splitDescriptor(key.slice(WANT.length));
      const ranges = byName.get(called) ?? new Map<string, string>();
      byName.set(called, ranges.set(range, value));
    }
  }
  return { byName, optional };
}
