import type { CodeMatch } from '../facts/code/query.js';
import { mayMatch } from '../facts/code/words.js';
import type { RepoPath } from '../model/brand.js';
import { codeKind, shown } from './code-rule.js';
import type { Violation } from './kind.js';

/**
 * Code that must not occur, looked for in the syntax tree.
 *
 * - `in`: components or paths; of them the files of the language.
 * - `language`: what the rule is written in.
 * - `rule`: a pattern (`console.log($$$)`), or ast-grep's rule object; `constraints` and `utils` stand beside it.
 * - `lines`: `introduced` (default): matches that the change brings in; two are the same when their first lines
 *   are. `all`: a change that touches a file answers for every match in it.
 *
 * A stretch that the grammar can't read, and in which a match may hide, is a violation too.
 */
export const forbidCode = codeKind({
  name: 'forbid-code',
  summary: 'code that must not occur, by a pattern of its syntax',
  lines:
    '`introduced` (default): only matches that the change brings in. `all`: every match in a file that it touches.',
  violationsIn(rule, path, { matches, gaps }) {
    const seen = new Map<string, number>();
    return [
      ...matches.map(match =>
        violation(
          path,
          match,
          match.firstLine,
          seen,
          `${path} must not contain ${shown(match.firstLine)} (${rule.label})`,
        ),
      ),
      ...gaps.map(gap =>
        violation(
          path,
          gap,
          `unreadable: ${gap.firstLine}`,
          seen,
          `${path} can't be read as ${rule.query.language} at ${shown(gap.firstLine)}, so it may hide ${rule.label}`,
        ),
      ),
    ];
  },
  // Nothing cheap tells an old match from a new one: more than its own text decides what matches.
  mayBringIn: (rule, _file, headText) => mayMatch(rule.query, headText),
});

function violation(
  path: RepoPath,
  { line, column }: CodeMatch,
  subject: string,
  seen: Map<string, number>,
  message: string,
): Violation {
  const ordinal = seen.get(subject) ?? 0;
  seen.set(subject, ordinal + 1);
  return { path, line, column, subject, subjectIsText: true, ordinal, message };
}
