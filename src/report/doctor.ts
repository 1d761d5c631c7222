import { prose } from './escape.js';
import { count } from './messages.js';
import { renderProse, renderRows, type Style } from './rows.js';

export interface CheckView {
  readonly state: 'ok' | 'warn' | 'problem';
  /** What was found, one sentence. */
  readonly what: string;
  /** The command or edit that mends it. */
  readonly mend: string | null;
}

const MARKS = { ok: 'ok', warn: 'warning', problem: 'problem' } as const;
const MARK_COLUMNS = 9;

/**
 * Each check on its line, its mend below it.
 * @param limits what hooks on a developer's machine can't do, and what closes that.
 */
export function renderDoctor(checks: readonly CheckView[], limits: string, style: Style): string {
  const { palette } = style;
  const paint = { ok: palette.admitted, warn: palette.warned, problem: palette.blocked };
  const lines: string[] = [];
  for (const { state, what, mend } of checks) {
    const [first = '', ...more] = renderProse(prose(what), MARK_COLUMNS, style);
    lines.push(
      `${paint[state](MARKS[state])}${first.slice(MARKS[state].length)}`,
      ...more,
      ...(mend === null ? [] : renderRows([{ label: 'mend', text: prose(mend) }], MARK_COLUMNS, style)),
    );
  }
  const numbers = (['problem', 'warn'] as const)
    .map(state => ({ state, number: checks.filter(check => check.state === state).length }))
    .filter(({ number }) => number > 0)
    .map(({ state, number }) => paint[state](count(number, MARKS[state])));
  lines.push(
    '',
    ...renderProse(prose(limits), 0, style),
    '',
    `lintel doctor: ${numbers.length === 0 ? palette.admitted('all is in order') : numbers.join(', ')}`,
  );
  return `${lines.join('\n')}\n`;
}
