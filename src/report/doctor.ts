import { prose, visible } from './escape.js';
import { count } from './messages.js';
import { type Row, renderProse, renderRows, type Style } from './rows.js';

export interface CheckView {
  /** What was looked at: `git version`, `pre-commit hook`. */
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'problem';
  /** What was found. */
  readonly message: string;
  /** The command or edit that mends it. */
  readonly remedy: string | null;
}

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'problem' } as const;

export const CLIENT_HOOKS =
  'Client hooks are tedious to pass by, not impossible: `git commit --no-verify` skips them, and so does a clone without `npm install`. The push hook judges what the commit hook missed; what closes the gap is a required check in CI: lintel check --base ORIGIN/TRUNK.';

export function renderDoctor(checks: readonly CheckView[], style: Style): string {
  const { palette } = style;
  const paint = { ok: palette.admitted, warning: palette.warned, problem: palette.blocked };
  const lines: string[] = [];
  for (const { name, state, message, remedy } of checks) {
    lines.push(`${paint[state](MARKS[state])}  ${visible(name)}: ${prose(message)}`);
    if (remedy !== null) {
      const row: Row = { label: 'remedy', text: prose(remedy) };
      lines.push(...renderRows([row], 9, style));
    }
  }
  const problems = checks.filter(({ state }) => state === 'problem').length;
  const warnings = checks.filter(({ state }) => state === 'warning').length;
  const verdict =
    problems === 0 ? palette.admitted('lintel is in order') : palette.blocked(count(problems, 'problem'));
  lines.push(
    '',
    ...renderProse(CLIENT_HOOKS, 0, style),
    '',
    `lintel doctor: ${verdict}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}`,
  );
  return `${lines.join('\n')}\n`;
}
