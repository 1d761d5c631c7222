import type { GateContext } from '../gates/types.js';
import { type ExitCode, exitCode, type Verdict } from '../model/verdict.js';
import { wantsColour } from '../report/colour.js';
import { readableWidth } from '../report/columns.js';
import type { FindingStyle } from '../report/finding.js';
import { COMMAND } from '../report/messages.js';
import { createPalette } from '../report/palette.js';
import type { Style } from '../report/rows.js';
import { renderText } from '../report/text.js';
import type { Store } from '../store/store.js';
import { headFrames, keepFrames, keptFrames } from './frames.js';
import type { Io, Output } from './io.js';

export function styleFor(io: Io, stream: Output): Style {
  return {
    width: readableWidth(stream.columns),
    palette: createPalette(wantsColour(io.environment, stream) ? 'colour' : 'plain'),
  };
}

/** `git commit -- PATH…` commits an index of its own, `next-index-<pid>.lock`; what is staged later is not in it. */
export function commitForm(io: Io): FindingStyle['commitForm'] {
  return /(?:^|[\\/])next-index-\d+\.lock$/.test(io.environment['GIT_INDEX_FILE'] ?? '')
    ? 'pathspec'
    : 'index';
}

/** The gravest of several: could not judge, wrong configuration, blocked, admitted. */
export function gravest(verdicts: readonly Verdict[]): ExitCode {
  const codes = verdicts.map(exitCode);
  return ([3, 2, 1] as const).find(code => codes.includes(code)) ?? 0;
}

/** The text of verdicts just judged; what `explain` needs later is kept. */
export async function verdictText(
  context: GateContext,
  verdicts: readonly Verdict[],
  io: Io,
  to: { readonly stream: Output | 'file'; readonly limit: number },
): Promise<string> {
  const frame = headFrames(context.repository);
  const text = await renderText(verdicts, {
    width: readableWidth(to.stream === 'file' ? undefined : to.stream.columns),
    colour: to.stream !== 'file' && wantsColour(io.environment, to.stream) ? 'colour' : 'plain',
    limit: to.limit,
    seeAll: `${COMMAND} explain`,
    commitForm: commitForm(io),
    frame,
  });
  await keepFrames(context, verdicts, frame);
  return text;
}

/** The last verdicts in full, from what was kept of them. */
export function lastVerdictText(store: Store, verdicts: readonly Verdict[], io: Io): Promise<string> {
  return renderText(verdicts, {
    width: readableWidth(io.stdout.columns),
    colour: wantsColour(io.environment, io.stdout) ? 'colour' : 'plain',
    limit: Number.POSITIVE_INFINITY,
    seeAll: `${COMMAND} explain`,
    frame: keptFrames(store),
  });
}
