import type { LeftOut } from '../invariants/kind.js';
import type { CompiledInvariant } from '../model/decision.js';
import { inPaths } from '../model/path-set.js';

type Leaving = Pick<CompiledInvariant, 'except' | 'ignore'>;

/**
 * Does the rule leave this path out, by its `except` or the policy's `ignore`? The quick gate asks it too:
 * this module is to import nothing that its bundle would have to carry.
 */
export function leftOut({ except, ignore }: Leaving, path: string): boolean {
  return (except !== undefined && inPaths(except, path)) || (ignore !== undefined && inPaths(ignore, path));
}

export function leftOutOf(invariant: Leaving): LeftOut {
  return path => leftOut(invariant, path);
}
