import type { Waiver } from '../model/decision.js';
import { prose, shellWord, visible } from './escape.js';
import { count } from './messages.js';
import { type Row, renderRows, type Style } from './rows.js';

type WaiverState = 'live' | 'expiring' | 'expired' | 'unused' | 'void';

export interface WaiverView {
  readonly waiver: Waiver;
  readonly state: WaiverState;
  /** Why it is void, or what will be of it. */
  readonly note: string | null;
}

const ORDER: readonly WaiverState[] = ['expired', 'void', 'expiring', 'unused', 'live'];

function waiverRows({ waiver, note }: WaiverView): readonly Row[] {
  const rows: Row[] = [
    { label: 'because', text: prose(waiver.reason) },
    {
      label: 'covers',
      text: `${count(waiver.findings.length, 'finding')} of ${visible(waiver.decision)}: ${waiver.findings.map(({ path }) => visible(path)).join(', ')}`,
    },
    {
      label: 'asked by',
      text: `${visible(waiver.requestedBy)} on ${visible(waiver.requestedAt.slice(0, 10))}`,
    },
  ];
  if (waiver.ticket !== undefined) rows.push({ label: 'ticket', text: visible(waiver.ticket) });
  rows.push({ label: 'file', text: visible(waiver.path) });
  if (note !== null) rows.push({ label: 'note', text: prose(note) });
  return rows;
}

/** What needs attention first; a line of counts at the end. */
export function renderWaivers(views: readonly WaiverView[], style: Style): string {
  if (views.length === 0) return 'No waivers.\n';
  const { palette } = style;
  const paint = {
    live: palette.admitted,
    expiring: palette.warned,
    unused: palette.quiet,
    expired: palette.blocked,
    void: palette.blocked,
  };
  const blocks: string[] = [];
  for (const state of ORDER)
    for (const view of views.filter(each => each.state === state)) {
      const until = state === 'expired' ? 'until' : 'holds until';
      const heading = `${visible(view.waiver.id)}  ${paint[state](state)}  ${until} ${view.waiver.until}`;
      blocks.push([heading, ...renderRows(waiverRows(view), 2, style)].join('\n'));
    }
  const counts = ORDER.map(state => ({ state, number: views.filter(each => each.state === state).length }))
    .filter(({ number }) => number > 0)
    .map(({ state, number }) => `${number} ${state}`);
  return `${blocks.join('\n\n')}\n\n${count(views.length, 'waiver')}: ${counts.join(', ')}\n`;
}

/** What `waive` says after it has written and staged the files. */
export function renderWritten(written: readonly Waiver[], style: Style): string {
  const lines: string[] = [];
  for (const waiver of written) {
    const what = `${count(waiver.findings.length, 'finding')} of ${visible(waiver.decision)} waived`;
    lines.push(
      `${style.palette.title(visible(waiver.id))}  ${what}`,
      ...renderRows(
        [
          { label: 'covers', text: waiver.findings.map(({ path }) => visible(path)).join(', ') },
          { label: 'until', text: waiver.until },
          { label: 'because', text: prose(waiver.reason) },
          { label: 'staged', text: visible(waiver.path) },
        ],
        2,
        style,
      ),
      '',
    );
  }
  const paths = written.map(({ path }) => shellWord(path)).join(' ');
  lines.push(
    'Now commit again; under `git commit -- PATH…`, name the waiver among the paths:',
    `  git commit -- PATH… ${paths}`,
    `To take it back: git rm -f -- ${paths}`,
  );
  return `${lines.join('\n')}\n`;
}
