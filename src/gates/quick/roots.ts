import type { CompiledPolicy } from '../../model/decision.js';
import { CODE_PLACES, CONFIG_PLACES, HOME, MISPLACED, PACKAGE_JSON } from '../../policy/places.js';

const FIXED: readonly string[] = [HOME, PACKAGE_JSON, ...CONFIG_PLACES, ...CODE_PLACES, ...MISPLACED];

/** Names in the root tree under which anything of the policy may lie. */
export function policyNames(
  policy: Pick<CompiledPolicy, 'decisionsFolders' | 'waiversFolder'>,
): ReadonlySet<string> {
  const paths = [...FIXED, ...policy.decisionsFolders, policy.waiversFolder];
  return new Set(paths.map(path => path.split('/', 1)[0] ?? path));
}
