import type { Oid } from '../../model/brand.js';
import { DateQueue, isReachable, type ReadNode } from './graph.js';

const LEFT = 1;
const RIGHT = 2;
const STALE = 4;
const COMMON = LEFT | RIGHT;

/**
 * All best common ancestors, as `git merge-base --all` gives them: both sides are painted downwards, newest
 * first; where the colours meet is a candidate, and all below it is stale (git's paint_down_to_common).
 * With lying dates a candidate may be an ancestor of another one, so those are taken out at the end.
 */
export async function bestCommonAncestors(a: Oid, b: Oid, read: ReadNode): Promise<readonly Oid[]> {
  if (a === b) return [(await read(a)).oid];
  const candidates = await paintDown(a, b, read);
  const best: Oid[] = [];
  for (const candidate of candidates) {
    let isBelow = false;
    for (const other of candidates) {
      if (other !== candidate && (await isReachable(candidate, other, read))) isBelow = true;
    }
    if (!isBelow) best.push(candidate);
  }
  return best;
}

async function paintDown(a: Oid, b: Oid, read: ReadNode): Promise<readonly Oid[]> {
  const colours = new Map<Oid, number>();
  const queue = new DateQueue();
  const candidates = new Set<Oid>();
  const paint = async (id: Oid, colour: number): Promise<void> => {
    const present = colours.get(id) ?? 0;
    if ((present & colour) === colour) return;
    colours.set(id, present | colour);
    queue.push(await read(id));
  };
  await paint(a, LEFT);
  await paint(b, RIGHT);
  while (queue.some(node => ((colours.get(node.oid) ?? 0) & STALE) === 0)) {
    const node = queue.pop();
    if (node === undefined) break;
    let colour = colours.get(node.oid) ?? 0;
    if ((colour & (COMMON | STALE)) === COMMON) candidates.add(node.oid);
    if ((colour & COMMON) === COMMON) colour |= STALE;
    for (const parent of node.parents) await paint(parent, colour);
  }
  return [...candidates].filter(id => ((colours.get(id) ?? 0) & STALE) === 0);
}
