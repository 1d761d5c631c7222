import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateContext } from '../gates/types.js';
import { type RepoPath, repoPath } from '../model/brand.js';
import type { DecisionView } from '../report/decisions.js';
import type { Io } from './io.js';
import type { DecisionBook } from './policy-view.js';
import { writeInWorktree } from './stage.js';
import { UsageError } from './usage.js';

const DEFAULT_FOLDER = '.architecture/decisions';
const LONGEST_SLUG = 60;

function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  let slug = '';
  for (const word of words ?? []) {
    if (slug.length + word.length > LONGEST_SLUG) break;
    slug += slug === '' ? word : `-${word}`;
  }
  return slug === '' ? 'decision' : slug;
}

/** Numbers as the folder has them: `0008` after `0007`, `ADR-8` after `ADR-7`. */
function nextNumber(book: DecisionBook): { readonly id: string; readonly number: string } {
  let next = 1;
  let width = 4;
  let prefix = 'ADR-';
  for (const { decision } of book.views) {
    const named = /^(?<prefix>.*?)(?<digits>\d+)$/.exec(decision.id)?.groups;
    // `2026-03-02-name.md` has a date, not a number.
    const filed =
      /(?:^|\/)(?:[A-Za-z]+[-_ ]?)?(?!\d{4}-\d\d-\d\d)(?<digits>\d{1,5})(?![A-Za-z0-9])[^/]*$/.exec(
        decision.path,
      )?.groups?.['digits'];
    if (named !== undefined) prefix = named['prefix'] ?? prefix;
    const digits = filed ?? named?.['digits'];
    if (digits === undefined || Number(digits) < next) continue;
    next = Number(digits) + 1;
    width = digits.length;
  }
  const number = String(next).padStart(width, '0');
  return { id: `${prefix}${number}`, number };
}

/** Writes the file of a new decision; never over one that is there. */
export async function newDecision(
  io: Io,
  context: GateContext,
  book: DecisionBook,
  worktree: string,
  title: string,
): Promise<{ readonly id: string; readonly path: RepoPath }> {
  if (title.trim() === '')
    throw new UsageError('a decision needs a title', 'say in one sentence what is decided');
  const { renderNewDecision } = await io.services.policy();
  const { id, number } = nextNumber(book);
  const path = repoPath(
    `${book.policy?.decisionsFolders[0] ?? DEFAULT_FOLDER}/${number}-${slugOf(title)}.md`,
  );
  if (existsSync(join(worktree, path)))
    throw new UsageError(`${path} is there already`, 'give the decision another title');
  writeInWorktree(worktree, path, renderNewDecision({ id, title, date: context.asOf }));
  return { id, path };
}

/** Changes the status of a decision's file on disk, and nothing else in it. */
export async function acceptFile(io: Io, worktree: string, { decision }: DecisionView): Promise<void> {
  const { acceptDecision } = await io.services.policy();
  const accepted = acceptDecision(readFileSync(join(worktree, decision.path), 'utf8'), decision.path);
  if ('error' in accepted) throw new UsageError(accepted.error);
  writeInWorktree(worktree, decision.path, accepted.text);
}
