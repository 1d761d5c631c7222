import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { ScreenedFile } from './kind.js';
import type { LevelRule } from './level.js';
import { inAny } from './path-sets.js';
import { emptyPlaces } from './unused-places.js';

/** Does the file count for the rule? */
export function inLevel(rule: LevelRule, path: RepoPath): boolean {
  const { members } = rule;
  if (members !== undefined)
    return members.some(({ set }) => set.paths !== undefined && inAny([set.paths], path));
  return rule.in === undefined || inAny(rule.in, path);
}

/** Only a new edge can break a rule about the shape of the graph, and an edge is the importing file's own. */
export function screenEdges(rule: LevelRule, file: ScreenedFile): 'clear' | 'candidate' {
  if (file.status === 'delete' || !inLevel(rule, file.path)) return 'clear';
  if (!file.regular) return 'candidate';
  const edges = file.newEdges();
  return edges === null || edges.length > 0 ? 'candidate' : 'clear';
}

export function unusedLevel(rule: LevelRule, facts: TreeFacts): readonly string[] {
  if (rule.members !== undefined) return emptyPlaces(rule.members, facts);
  const { in: inside = [] } = rule;
  return emptyPlaces(
    inside.map(paths => ({ label: paths.include.map(({ glob }) => glob).join(', '), set: { paths } })),
    facts,
  );
}
