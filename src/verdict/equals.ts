import type { Violation } from '../invariants/kind.js';
import type { RepoPath } from '../model/brand.js';
import { keySubject } from './keys.js';

/**
 * Equal lines of one file share a subject and are told apart by their place among equals. When one more
 * is added above the old ones, the diff says which is new: the old ones keep their ordinals, the new
 * ones come after them, so that waivers and standing findings stay with the lines that they are about.
 *
 * @param introduced lines of the head's file that the diff says are new; `null` when there is no base file
 */
export function orderEquals(
  violations: readonly Violation[],
  introduced: (path: RepoPath) => ReadonlySet<number> | null,
): readonly Violation[] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const name = `${violation.path}\0${keySubject(violation)}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [violation]);
    else group.push(violation);
  }
  const result: Violation[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const fresh = group.length === 1 ? null : introduced(first.path);
    if (fresh === null) {
      result.push(...group);
      continue;
    }
    const isNew = (violation: Violation): boolean => violation.line !== null && fresh.has(violation.line);
    const ordered = [...group.filter(violation => !isNew(violation)), ...group.filter(isNew)];
    result.push(...ordered.map((violation, ordinal) => ({ ...violation, ordinal })));
  }
  return result;
}

/** Paths in which some subject occurs more than once: only there the diff is needed. */
export function pathsWithEquals(violations: readonly Violation[]): ReadonlySet<RepoPath> {
  const seen = new Set<string>();
  const paths = new Set<RepoPath>();
  for (const violation of violations) {
    const name = `${violation.path}\0${keySubject(violation)}`;
    if (seen.has(name)) paths.add(violation.path);
    seen.add(name);
  }
  return paths;
}
