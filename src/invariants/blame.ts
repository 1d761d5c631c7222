import type { TreeFacts } from '../facts/tree-facts.js';
import { repoPath } from '../model/brand.js';
import type { GroupEdge } from './group-edges.js';
import type { BaseFacts, LeftOut } from './kind.js';
import { type Layout, layoutOf } from './layout.js';
import type { LevelRule } from './level.js';

/**
 * Does some base lack the edge between these two groups of the head? A cycle that the change closes has such an edge,
 * and so is told once; what was there before and is only drawn into it is not to blame.
 */
export function someBaseLacks(
  rule: LevelRule,
  head: TreeFacts,
  [from, to]: GroupEdge,
  bases: readonly BaseFacts[],
  leftOut: LeftOut,
): boolean {
  const layout = layoutOf(rule, head.graph(), leftOut);
  return bases.some(base => {
    const before = layoutOf(rule, base.facts.graph(), leftOut);
    const source = earlier(layout, before, head, base, from);
    const target = earlier(layout, before, head, base, to);
    return source === -1 || target === -1 || !hasEdge(before, source, target);
  });
}

function hasEdge({ edges }: Layout, from: number, to: number): boolean {
  for (let edge = edges.starts[from] ?? 0; edge < (edges.starts[from + 1] ?? 0); edge++)
    if (edges.targets[edge] === to) return true;
  return false;
}

/**
 * The group in the base: the one of that name; else the one that the most of its files were moved from, if that one
 * is no more. A folder that was split or lost a file was not renamed.
 */
function earlier(head: Layout, before: Layout, facts: TreeFacts, base: BaseFacts, group: number): number {
  const same = before.find(head.group(group).label);
  if (same !== -1) return same;
  const { names } = facts.graph();
  const old = base.facts.graph();
  const votes = new Map<number, number>();
  const name = (number: number): string => before.group(number).label;
  for (const node of head.members(group)) {
    const path = repoPath(names.at(node));
    const was = base.before(path);
    const place = was === path ? -1 : old.names.find(was);
    const from = place === -1 ? -1 : (before.of[place] ?? -1);
    if (from !== -1 && head.find(name(from)) === -1) votes.set(from, (votes.get(from) ?? 0) + 1);
  }
  const [best] = [...votes].sort(([a, m], [b, n]) => n - m || (name(a) < name(b) ? -1 : 1));
  return best?.[0] ?? -1;
}
