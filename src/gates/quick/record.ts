import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawDiffText } from '../../change/raw-diff.js';
import { appendLog } from '../../store/commit-log.js';
import { hasReceipt, trimReceipts } from '../../store/receipts.js';
import type { QuickPlace } from './admit.js';
import { carryOver } from './carry.js';
import type { PrefetchedCommit } from './prefetch.js';
import { policyNames } from './roots.js';
import { policyRoots, quickDirectory, readQuickState } from './state.js';

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

function carry(made: PrefetchedCommit, { gitDirectory, tool }: QuickPlace): void {
  const directory = quickDirectory(gitDirectory);
  const state = readQuickState(directory);
  if (state === null || state.headTree !== made.parentTree || state.tool !== tool) return;
  const { oid, content } = made.tree;
  carryOver(
    directory,
    state,
    made.changes,
    oid,
    policyRoots(content, oid.length / 2, policyNames(state.policy)),
  );
}
