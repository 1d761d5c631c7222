import { holdsMatch } from '../facts/text/matches.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Kind, Violation } from './kind.js';
import { inAny } from './path-sets.js';
import { leavesInScope } from './scope.js';
import { compileText, type TextRule, textSchema, whereText } from './text-rule.js';

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
export const requireText: Kind<TextRule> = {
  name: 'require-text',
  summary: 'text that every file must hold',
  schema: textSchema(
    'A regular expression (RE2), matched in the whole text; `(?m)` makes `^` and `$` match at lines.',
    '`introduced` (default): files that newly lack it. `all`: every file that the change touches.',
  ),
  reads: 'text',
  modeOf: rule => (rule.lines === 'all' ? 'change' : 'state'),
  compile: compileText,
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluate(rule, facts, scope) {
    return [...leavesInScope(facts.tree, scope)].flatMap(path => violationsIn(rule, facts, path));
  },
  evaluateChange(rule, { head, changes }) {
    return changes
      .filter(change => change.status !== 'delete')
      .flatMap(change => violationsIn(rule, head, change.path));
  },
  screen(rule, file) {
    if (file.status === 'delete' || !inAny(rule.in, file.path)) return 'clear';
    if (!file.regular || file.headText === null) return 'candidate';
    if (holds(rule, file.path, file.headText)) return 'clear';
    const lackedBefore = file.baseText !== null && !holds(rule, file.path, file.baseText);
    return rule.lines === 'introduced' && lackedBefore ? 'clear' : 'candidate';
  },
};

function violationsIn(rule: TextRule, facts: TreeFacts, path: RepoPath): readonly Violation[] {
  if (!inAny(rule.in, path)) return [];
  const text = facts.text(path);
  if (text === null || !text.ok || holds(rule, path, text.value.text)) return [];
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
