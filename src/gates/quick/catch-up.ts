import { GitError } from '../../git/repository.js';
import { isOid, type Oid } from '../../model/brand.js';
import type { ChangeStatus, FileChange } from '../../model/tree.js';
import type { GateContext } from '../types.js';
import { carryOver } from './carry.js';
import type { PrefetchedChange, PrefetchedSide } from './prefetch.js';
import { rootsOf } from './roots-of.js';
import { quickDirectory, readQuickState } from './state.js';

/** Past this many differences the knowledge is made anew rather than carried over. */
const MAX_CHANGES = 2000;
/** Bytes; a larger file's imports are not known, so stems are not either. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * After HEAD has moved in another way than by an ordinary commit (amended, unjudged, pulled, switched):
 * carries the quick gate's knowledge over to its tree, where git still has the old one.
 */
export async function catchUp(context: GateContext, headTree: Oid): Promise<void> {
  const { repository, tool } = context;
  const directory = quickDirectory(repository.gitDirectory);
  const state = readQuickState(directory);
  if (state === null || state.tool !== tool.digest || state.headTree === headTree) return;
  if (!isOid(state.headTree) || (await repository.objectType(state.headTree)) !== 'tree') return;
  const changes = await repository.diffTrees(state.headTree, headTree);
  if (changes.length > MAX_CHANGES) return;
  const read = await Promise.all(changes.map(change => asPrefetched(context, change)));
  const roots = await rootsOf(context, headTree, state.policy);
  context.store.attempt(() => carryOver(directory, state, read, headTree, roots));
}

const LETTERS: Readonly<Record<ChangeStatus, string>> = { add: 'A', modify: 'M', delete: 'D', type: 'T' };

async function asPrefetched(context: GateContext, change: FileChange): Promise<PrefetchedChange> {
  const { path, status, before, after } = change;
  return {
    path,
    letter: LETTERS[status],
    // Only the new side is read from.
    before: before === null ? null : { ...before, content: Buffer.alloc(0) },
    after: after === null ? null : await sideOf(context, after),
  };
}

async function sideOf(
  { repository }: GateContext,
  side: NonNullable<FileChange['after']>,
): Promise<PrefetchedSide> {
  if (side.mode === '160000') return { ...side, content: Buffer.alloc(0) };
  try {
    return { ...side, content: await repository.readBlob(side.oid, MAX_BYTES) };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // Reads as binary: what it imports is unknown.
    return { ...side, content: Buffer.alloc(1) };
  }
}
