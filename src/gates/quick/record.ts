import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawDiffText } from '../../change/raw-diff.js';
import { languageOf } from '../../facts/imports/registry.js';
import { isGovernancePath } from '../../policy/compiled.js';
import { appendLog } from '../../store/commit-log.js';
import { hasReceipt, trimReceipts } from '../../store/receipts.js';
import type { QuickPlace } from './admit.js';
import type { PrefetchedCommit } from './prefetch.js';
import { policyNames } from './roots.js';
import { concernsResolution } from './screen.js';
import { policyRoots, quickDirectory, readFilters, readQuickState, writeQuickState } from './state.js';
import { addStems } from './stems.js';
import { quickSites, quickText } from './text.js';

/** Past this load the filters say yes too often: they are made anew by the next full judge. */
const MAX_LOAD = 0.6;

/**
 * After an ordinary commit whose change was judged: ties the receipt to it, and carries what the quick gate
 * knows from the parent's tree to its own. @returns false for anything else, which `recordCommit` looks into.
 */
export function recordQuickly(made: PrefetchedCommit | null, place: QuickPlace, now: Date): boolean {
  if (made === null) return false;
  const [header = '', ...message] = made.commit.content.toString('utf8').split('\n\n');
  if (header.split('\n').filter(line => line.startsWith('parent ')).length !== 1) return false;
  if (!hasReceipt(place.store, { bases: [made.parentTree], rawDiff: rawDiffText(made.changes) }))
    return false;
  appendLog(place.store, {
    commit: made.commit.oid,
    state: 'judged',
    at: now.toISOString(),
    branch: branchName(place.gitDirectory),
    subject: message.join('\n\n').split('\n')[0] ?? '',
  });
  // Now and then is often enough.
  if (made.commit.oid.endsWith('0')) trimReceipts(place.store, now.getTime());
  carry(made, place);
  return true;
}

function branchName(gitDirectory: string): string | null {
  const head = readFileSync(join(gitDirectory, 'HEAD'), 'utf8').trim();
  return head.startsWith('ref: ') ? head.slice('ref: '.length).replace(/^refs\/heads\//, '') : null;
}

/** Where the commit touched something that the knowledge rests on, the next commit is judged in full once. */
function carry({ tree, parentTree, changes }: PrefetchedCommit, { gitDirectory, tool }: QuickPlace): void {
  const directory = quickDirectory(gitDirectory);
  const state = readQuickState(directory);
  if (state === null || state.headTree !== parentTree || state.tool !== tool) return;
  const shaken = changes.some(
    change => isGovernancePath(change.path, state.policy) || concernsResolution(change, state),
  );
  const filters = shaken ? null : readFilters(directory, parentTree);
  if (filters === null || filters.paths.load() > MAX_LOAD) return;
  // What only serves added and deleted files may be lost without losing the rest.
  let stemsKnown = state.stemsKnown && filters.stems.load() <= MAX_LOAD;
  for (const change of changes) {
    if (change.after === null) continue;
    if (change.before === null) filters.paths.add(change.path);
    if (!stemsKnown || languageOf(change.path) === null) continue;
    const sites = quickSites(change.path, quickText(change.after.content));
    // An import that can't be read could end anywhere.
    if (sites === null) stemsKnown = false;
    else
      for (const context of Object.values(state.contexts))
        addStems(context, change.path, sites, filters.stems);
  }
  const roots = policyRoots(tree.content, tree.oid.length / 2, policyNames(state.policy));
  writeQuickState(directory, { ...state, headTree: tree.oid, policyRoots: roots, stemsKnown }, filters);
}
