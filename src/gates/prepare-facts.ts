import type { FactError, TreeFacts } from '../facts/tree-facts.js';
import type { Kind, Reads } from '../invariants/kind.js';
import { readsOf } from '../invariants/registry.js';
import type { RepoPath } from '../model/brand.js';
import type { CompiledInvariant } from '../model/decision.js';
import { queryOf } from './fact-errors.js';
import { leftOut } from './left-out.js';
import { type FactSide, governs, NO_SETTINGS } from './sides.js';

/** Reads what the rule will ask of these files. */
export async function prepareFacts(
  side: FactSide,
  invariant: CompiledInvariant,
  kind: Kind,
  paths: readonly RepoPath[],
  reads: Reads = readsOf(kind, invariant.rule),
): Promise<TreeFacts> {
  const { snapshot } = side;
  const settings = invariant.resolve ?? NO_SETTINGS;
  switch (reads) {
    case 'paths':
      return snapshot.facts(null);
    case 'size':
    case 'text':
      await snapshot.prepareSizes(paths);
      if (reads === 'text') await snapshot.prepareTexts(paths);
      return snapshot.facts(null);
    case 'imports':
      await snapshot.prepareImports(paths);
      return snapshot.facts(await side.resolver(settings));
    case 'graph':
      if (paths.length > 0) await snapshot.prepareImports(paths);
      return side.graphFacts(settings);
    case 'code':
      await snapshot.prepareCode(paths, queryOf(kind, invariant.rule));
      return snapshot.facts(null);
    case 'dependencies':
      return snapshot.facts(null, null, await snapshot.prepareDependencies());
    case 'imports-and-dependencies': {
      await snapshot.prepareImports(paths);
      const dependencies = await snapshot.prepareDependencies();
      return snapshot.facts(await side.resolver(settings), null, dependencies);
    }
  }
}

/** Manifests and lock files that the rule would read and can't. */
export function unreadableManifests(
  facts: TreeFacts,
  invariant: CompiledInvariant,
  reads: Reads,
): readonly FactError[] {
  if (reads === 'dependencies')
    return facts.dependencies().unreadable.filter(({ path }) => governs(invariant, path));
  // What code may import hangs on manifests that the rule does not govern.
  if (reads === 'imports-and-dependencies')
    return facts.dependencies().unreadable.filter(({ path }) => !leftOut(invariant, path));
  return [];
}
