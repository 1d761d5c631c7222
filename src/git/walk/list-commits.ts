import type { Oid } from '../../model/brand.js';
import type { Repository } from '../repository.js';
import { DateQueue, type GraphNode, type ReadNode, reachable } from './graph.js';

export type CommitQuery = Parameters<Repository['listCommits']>[0];

/** Are the query's paths the same in both commits? `null` stands for the empty tree. */
export type SamePaths = (commit: Oid, parent: Oid | null) => Promise<boolean>;

/** What `git rev-list --date-order` gives for the query, history simplified by its paths. */
export async function walkCommits(
  query: CommitQuery,
  read: ReadNode,
  same: SamePaths,
): Promise<readonly Oid[]> {
  const excluded = await reachable(query.exclude, read);
  const tips = new Set(query.exclude);
  // Git counts the excluded tips themselves among what the range is compared with, not what lies below.
  const isRelevant = (id: Oid): boolean => !excluded.has(id) || tips.has(id);
  const paths = query.paths ?? [];
  const walked = new Map<Oid, GraphNode>();
  const unchanged = new Set<Oid>();
  const stack = [...query.include];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (walked.has(id) || excluded.has(id)) continue;
    const node = await read(id);
    const simplified = paths.length === 0 ? null : await simplify(node, isRelevant, same);
    if (simplified?.isUnchanged === true) unchanged.add(id);
    const parents = simplified?.parents ?? node.parents;
    walked.set(id, { ...node, parents });
    stack.push(...parents);
  }
  const listed = childrenFirst(walked).filter(id => !unchanged.has(id));
  const limited = query.limit === undefined ? listed : listed.slice(0, query.limit);
  return query.oldestFirst === true ? [...limited].reverse() : limited;
}

interface Simplified {
  readonly parents: readonly Oid[];
  readonly isUnchanged: boolean;
}

/** git-log(1), *History Simplification*, default mode: a parent with the same content is followed alone. */
async function simplify(
  node: GraphNode,
  isRelevant: (id: Oid) => boolean,
  same: SamePaths,
): Promise<Simplified> {
  if (node.parents.length === 0) return { parents: [], isUnchanged: await same(node.oid, null) };
  let hasRelevant = false;
  let relevantChange = false;
  let otherChange = false;
  for (const parent of node.parents) {
    const relevant = isRelevant(parent);
    hasRelevant ||= relevant;
    if (await same(node.oid, parent)) {
      if (relevant) return { parents: [parent], isUnchanged: true };
    } else if (relevant) relevantChange = true;
    else otherChange = true;
  }
  return { parents: node.parents, isUnchanged: hasRelevant ? !relevantChange : !otherChange };
}

/** No commit before one of its children; newest first otherwise. */
function childrenFirst(nodes: ReadonlyMap<Oid, GraphNode>): readonly Oid[] {
  const children = new Map<Oid, number>();
  for (const { parents } of nodes.values())
    for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = new DateQueue();
  for (const node of nodes.values()) if (!children.has(node.oid)) ready.push(node);
  const order: Oid[] = [];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node.oid);
    for (const id of node.parents) {
      const left = (children.get(id) ?? 0) - 1;
      children.set(id, left);
      const parent = nodes.get(id);
      if (left === 0 && parent !== undefined) ready.push(parent);
    }
  }
  return order;
}
