import type { Json } from '../../model/canonical.js';

/**
 * package.json `exports` and `imports` (Node's "Packages", PACKAGE_IMPORTS_EXPORTS_RESOLVE).
 * Where Node takes the first condition that holds, this gives every target that some condition leads to, the
 * most wanted condition first: the judged tree rarely holds all of them (`dist/` is not built).
 *
 * @param key `.`, `./sub/path` or `#name`
 * @returns targets as written, `*` filled in
 */
export function targetsFor(map: Json, key: string, conditions: readonly string[]): readonly string[] {
  const entry = entryFor(map, key);
  return entry === null ? [] : [...new Set(targets(entry.value, conditions, entry.star))];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Entry {
  readonly value: Json;
  readonly star: string | null;
}

function entryFor(map: Json, key: string): Entry | null {
  const isSubpaths =
    isObject(map) && Object.keys(map).some(name => name.startsWith('.') || name.startsWith('#'));
  if (!isSubpaths) return key === '.' ? { value: map, star: null } : null;
  const exact = Object.hasOwn(map, key) && !key.includes('*') ? map[key] : undefined;
  if (exact !== undefined) return { value: exact, star: null };
  let best: { readonly pattern: string; readonly entry: Entry } | null = null;
  for (const pattern of Object.keys(map)) {
    const value = map[pattern];
    const star = value === undefined ? null : starOf(pattern, key);
    if (value === undefined || star === null) continue;
    if (best === null || comesFirst(pattern, best.pattern)) best = { pattern, entry: { value, star } };
  }
  return best?.entry ?? null;
}

/** What `*` stands for; a key that ends in `/` (Node before 17) stands for everything below it. */
function starOf(pattern: string, key: string): string | null {
  const at = pattern.indexOf('*');
  if (at === -1) return pattern.endsWith('/') && key.startsWith(pattern) ? key.slice(pattern.length) : null;
  const head = pattern.slice(0, at);
  const tail = pattern.slice(at + 1);
  if (!key.startsWith(head) || !key.endsWith(tail) || key.length < pattern.length) return null;
  return key.slice(head.length, key.length - tail.length);
}

/** Node's PATTERN_KEY_COMPARE: the longer part before `*` first, then the longer pattern. */
function comesFirst(one: string, other: string): boolean {
  const head = (pattern: string): number =>
    pattern.includes('*') ? pattern.indexOf('*') + 1 : pattern.length;
  return head(one) > head(other) || (head(one) === head(other) && one.length > other.length);
}

function targets(value: Json | undefined, conditions: readonly string[], star: string | null): string[] {
  if (typeof value === 'string') {
    if (star === null) return [value];
    return [
      value.includes('*') ? value.replaceAll('*', () => star) : value.endsWith('/') ? value + star : value,
    ];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json) => targets(item, conditions, star));
  if (!isObject(value)) return [];
  // What no condition names comes last: `svelte`, `browser`, or a package's own for its sources.
  const others = Object.keys(value).filter(condition => !conditions.includes(condition));
  return [...conditions, ...others].flatMap(condition =>
    Object.hasOwn(value, condition) ? targets(value[condition], conditions, star) : [],
  );
}
