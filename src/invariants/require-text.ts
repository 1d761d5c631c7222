import { holdsMatch } from '../facts/text/matches.js';
import type { RepoPath } from '../model/brand.js';
import type { Violation } from './kind.js';
import { type TextRule, textKind, textSchema, whereText } from './text-rule.js';

/**
 * Text that every file must hold.
 *
 * - `in`: components or paths.
 * - `pattern`: a regular expression (RE2's syntax), looked for in the whole text: `^` and `$` are its ends
 *   (`(?m)` makes them those of lines), a match may span lines.
 * - `where`: only matches whose first character lies in `code`, a `comment` or a `string`.
 * - `lines`: `introduced` (default): a change must not add a file without it or take it out of one. `all`: a
 *   change that touches a file must leave it there, even if it lacked before.
 */
export const requireText = textKind({
  name: 'require-text',
  summary: 'text that every file must hold',
  schema: textSchema(
    'A regular expression (RE2), matched in the whole text; `(?m)` makes `^` and `$` match at lines.',
    '`introduced` (default): files that newly lack it. `all`: every file that the change touches.',
  ),
  violationsIn,
  mayBringIn(rule, file, headText) {
    if (holds(rule, file.path, headText)) return false;
    const lackedBefore = file.baseText !== null && !holds(rule, file.path, file.baseText);
    return !(rule.lines === 'introduced' && lackedBefore);
  },
});

function violationsIn(rule: TextRule, path: RepoPath, text: string): readonly Violation[] {
  if (holds(rule, path, text)) return [];
  return [
    {
      path,
      line: null,
      column: null,
      subject: '',
      ordinal: 0,
      message: `${path} must contain text that matches ${rule.pattern}${whereText(rule.where)}`,
    },
  ];
}

function holds(rule: TextRule, path: RepoPath, text: string): boolean {
  return holdsMatch(text, rule.pattern, rule.where === undefined ? null : { path, kinds: rule.where });
}
