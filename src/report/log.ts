import type { Oid } from '../model/brand.js';
import { prose, visible } from './escape.js';
import { COMMAND, count } from './messages.js';
import { renderTable, type Style } from './rows.js';

/** One line of the log, as post-commit recorded it. */
export interface LogView {
  readonly commit: Oid;
  readonly state: 'judged' | 'unjudged';
  readonly at: string;
  readonly branch: string | null;
  readonly subject: string;
  readonly waivers?: readonly string[];
}

/** Newest first. */
export function renderLog(entries: readonly LogView[], { palette }: Style): string {
  if (entries.length === 0) return 'No commits recorded here yet.\n';
  const rows = entries.map(entry => [
    entry.commit.slice(0, 7),
    entry.state,
    visible(entry.at.slice(0, 16).replace('T', ' ')),
    visible(entry.branch ?? '(detached)'),
    prose(entry.subject) +
      (entry.waivers !== undefined && entry.waivers.length > 0
        ? ` (${entry.waivers.map(visible).join(', ')})`
        : ''),
  ]);
  const table = renderTable(rows, 0).map((line, index) =>
    entries[index]?.state === 'unjudged' ? palette.warned(line) : line,
  );
  const unjudged = entries.filter(({ state }) => state === 'unjudged').length;
  const lines = [...table, '', `${count(entries.length, 'commit')}, ${unjudged} unjudged`];
  // Not "bypassed": git runs no pre-commit hook for a clean revert, cherry-pick or rebase either.
  if (unjudged > 0)
    lines.push(
      palette.quiet(`Unjudged: no receipt (--no-verify, a rebase, a clean revert). The push judges them;`),
      palette.quiet(`or judge a range now: ${COMMAND} check --base REV`),
    );
  return `${lines.join('\n')}\n`;
}
