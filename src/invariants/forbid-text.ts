import { type LineMatch, matchingLines } from '../facts/text/matches.js';
import type { RepoPath } from '../model/brand.js';
import type { ScreenedFile, Violation } from './kind.js';
import { type TextRule, textKind, textSchema, whereText } from './text-rule.js';

/**
 * Text that must not occur.
 *
 * - `in`: components or paths.
 * - `pattern`: a regular expression (RE2's syntax), looked for in each line by itself: `^` and `$` are the
 *   ends of the line, no match spans lines.
 * - `where`: only matches whose first character lies in `code`, a `comment` or a `string`.
 * - `lines`: `introduced` (default): lines that the change brings in. `all`: a change that touches a file
 *   answers for every line of it.
 */
export const forbidText = textKind({
  name: 'forbid-text',
  summary: 'text that must not occur in a file',
  schema: textSchema(
    'A regular expression (RE2), matched in each line by itself.',
    '`introduced` (default): only lines that the change brings in. `all`: every line of a file that it touches.',
  ),
  violationsIn,
  mayBringIn: bringsInMatch,
});

function violationsIn(rule: TextRule, path: RepoPath, text: string): readonly Violation[] {
  const seen = new Map<string, number>();
  return matchesIn(rule, path, text).map(({ line, column, subject, matched }) => {
    const ordinal = seen.get(subject) ?? 0;
    seen.set(subject, ordinal + 1);
    return {
      path,
      line,
      column,
      subject,
      subjectIsText: true,
      ordinal,
      message: `${path} must not contain ${shown(matched)}${whereText(rule.where)} (pattern ${rule.pattern})`,
    };
  });
}

function bringsInMatch(rule: TextRule, file: ScreenedFile, head: string): boolean {
  if (rule.lines === 'introduced' && head === file.baseText) return false;
  const after = matchesIn(rule, file.path, head);
  if (after.length === 0) return false;
  if (rule.lines === 'all' || file.baseText === null) return true;
  // Introduced is what the base has fewer of: equal lines are told apart by their number alone.
  const left = new Map<string, number>();
  for (const { subject } of matchesIn(rule, file.path, file.baseText)) {
    left.set(subject, (left.get(subject) ?? 0) + 1);
  }
  return after.some(({ subject }) => {
    const count = left.get(subject) ?? 0;
    left.set(subject, count - 1);
    return count === 0;
  });
}

function matchesIn(rule: TextRule, path: RepoPath, text: string): readonly LineMatch[] {
  return matchingLines(text, rule.pattern, rule.where === undefined ? null : { path, kinds: rule.where });
}

const SHOWN = 60;

function shown(matched: string): string {
  const text = matched.trim();
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
