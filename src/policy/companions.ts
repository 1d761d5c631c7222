import type { RepoPath } from '../model/brand.js';
import type { CompiledPolicy } from '../model/decision.js';
import { stem } from './naming.js';

/**
 * The files of one decision: the one that states its status first (what `decisions accept` edits), then the
 * prose or YAML beside it. Empty for an id that the policy doesn't hold.
 */
export function decisionFiles(policy: CompiledPolicy, id: string): readonly RepoPath[] {
  const summary = policy.decisions.find(decision => decision.id === id);
  if (summary === undefined) return [];
  const beside = policy.sources.filter(
    ({ path }) => path !== summary.path && path !== policy.configPath && stem(path) === stem(summary.path),
  );
  return [summary.path, ...beside.map(({ path }) => path)];
}
