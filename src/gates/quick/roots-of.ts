import { type Oid, repoPath } from '../../model/brand.js';
import type { GateContext } from '../types.js';
import { policyNames } from './roots.js';
import { type QuickPolicy, rootsText } from './state.js';

/** As `policyRoots` reads it off the bytes of the tree. */
export async function rootsOf({ repository }: GateContext, tree: Oid, policy: QuickPolicy): Promise<string> {
  const entries = await Promise.all(
    [...policyNames(policy)].map(name => repository.treeEntry(tree, repoPath(name))),
  );
  return rootsText(entries.flatMap(entry => (entry === null ? [] : [entry])));
}
