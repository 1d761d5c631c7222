import type { Oid } from '../../model/brand.js';
import { hiddenByShallow } from '../errors.js';

/** Commits whose parents a shallow clone lacks; `null`: the clone is whole. */
export type Boundary = ReadonlySet<string> | null;

type ListRange = (range: { include: readonly Oid[]; exclude: readonly Oid[] }) => Promise<readonly Oid[]>;

/**
 * Merge bases that were computed in a shallow clone, if they can be trusted. What the boundary hides lies
 * below its commits: with a single base, and no boundary commit on the way to it from either side, all that
 * is hidden is older than the base. With several bases a hidden path might join them.
 */
export async function trustedBases(
  [a, b]: readonly [Oid, Oid],
  bases: readonly Oid[],
  boundary: Boundary,
  list: ListRange,
): Promise<readonly Oid[]> {
  if (boundary === null) return bases;
  const [only] = bases;
  if (only === undefined || bases.length > 1 || (await meets(boundary, [a, b], only, list)))
    throw hiddenByShallow(`the merge base of ${a} and ${b}`);
  return bases;
}

/** A "no" in a shallow clone holds only where the walk down never met the boundary. */
export async function trustedNotAncestor(
  ancestor: Oid,
  descendant: Oid,
  boundary: Boundary,
  list: ListRange,
): Promise<false> {
  if (boundary !== null && (await meets(boundary, [descendant], ancestor, list)))
    throw hiddenByShallow(`whether ${ancestor} is an ancestor of ${descendant}`);
  return false;
}

async function meets(
  boundary: ReadonlySet<string>,
  include: readonly Oid[],
  exclude: Oid,
  list: ListRange,
): Promise<boolean> {
  return (await list({ include, exclude: [exclude] })).some(id => boundary.has(id));
}
