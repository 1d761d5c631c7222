import { mayMatch } from '../facts/code/words.js';
import { codeKind } from './code-rule.js';

/**
 * Code that every file must hold, looked for in the syntax tree.
 *
 * - `in`: components or paths; of them the files of the language.
 * - `language`, `rule`, `constraints`, `utils`: as for `forbid-code`.
 * - `lines`: `introduced` (default): a change must not add a file without it or take it out of one. `all`: a
 *   change that touches a file must leave it there, even if it lacked before.
 */
export const requireCode = codeKind({
  name: 'require-code',
  summary: 'code that every file must hold, by a pattern of its syntax',
  lines: '`introduced` (default): files that newly lack it. `all`: every file that the change touches.',
  violationsIn: (rule, path, { matches }) =>
    matches.length > 0
      ? []
      : [
          {
            path,
            line: null,
            column: null,
            subject: '',
            ordinal: 0,
            message: `${path} must contain code that matches ${rule.label}`,
          },
        ],
  // Where it lacked before, it lacks still or has been mended.
  mayBringIn: ({ lines, query }, { baseText }) =>
    lines === 'all' || baseText === null || mayMatch(query, baseText),
});
