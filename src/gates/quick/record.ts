import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawDiffText } from '../../change/raw-diff.js';
import { appendLog } from '../../store/commit-log.js';
import { hasReceipt, trimReceipts } from '../../store/receipts.js';
import { OTHER_LANGUAGES, type QuickPlace } from './admit.js';
import { carryOver } from './carry.js';
import type { PrefetchedCommit } from './prefetch.js';
import { policyNames } from './roots.js';
import { policyRoots, type QuickState, quickDirectory, readQuickState } from './state.js';
import { isWebOnly } from './web-only.js';

const NOT_ORDINARY = 'not an ordinary commit with a receipt';

/**
 * After an ordinary commit whose change was judged: ties the receipt to it, and carries what the quick gate
 * knows from the parent's tree to its own. @returns why not, for anything else, which `recordCommit` looks into;
 * `null`: done
 */
export function recordQuickly(made: PrefetchedCommit | null, place: QuickPlace, now: Date): string | null {
  if (made === null) return NOT_ORDINARY;
  const [header = '', ...message] = made.commit.content.toString('utf8').split('\n\n');
  if (header.split('\n').filter(line => line.startsWith('parent ')).length !== 1) return NOT_ORDINARY;
  if (!hasReceipt(place.store, { bases: [made.parentTree], rawDiff: rawDiffText(made.changes) }))
    return NOT_ORDINARY;
  const state = readQuickState(quickDirectory(place.gitDirectory));
  const known =
    state !== null && state.headTree === made.parentTree && state.tool === place.tool ? state : null;
  if (known !== null && place.languages === 'web' && !isWebOnly(made.changes, known)) return OTHER_LANGUAGES;
  appendLog(place.store, {
    commit: made.commit.oid,
    state: 'judged',
    at: now.toISOString(),
    branch: branchName(place.gitDirectory),
    subject: message.join('\n\n').split('\n')[0] ?? '',
  });
  // Now and then is often enough.
  if (made.commit.oid.endsWith('0')) trimReceipts(place.store, now.getTime());
  if (known !== null) carry(made, known, place);
  return null;
}

function branchName(gitDirectory: string): string | null {
  const head = readFileSync(join(gitDirectory, 'HEAD'), 'utf8').trim();
  return head.startsWith('ref: ') ? head.slice('ref: '.length).replace(/^refs\/heads\//, '') : null;
}

function carry(made: PrefetchedCommit, state: QuickState, { gitDirectory }: QuickPlace): void {
  const { oid, content } = made.tree;
  carryOver(
    quickDirectory(gitDirectory),
    state,
    made.changes,
    oid,
    policyRoots(content, oid.length / 2, policyNames(state.policy)),
  );
}
