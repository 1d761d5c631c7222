import type { GateContext } from '../gates/types.js';
import { type IsoDate, isoDate } from '../model/brand.js';
import { progressLine } from '../report/progress.js';
import type { Io } from './io.js';
import { tool } from './tool.js';

/** Today in UTC: the same change gets the same verdict wherever the clock hangs. */
export function today(io: Io): IsoDate {
  return isoDate(io.now().toISOString().slice(0, 10));
}

/**
 * Opens the repository and lintel's store around `io.cwd`, hands them to `work`, and closes them whatever
 * happens. Long work shows a progress line on a terminal.
 */
export async function withSession<T>(
  io: Io,
  work: (context: GateContext) => Promise<T>,
  asOf: IsoDate = today(io),
): Promise<T> {
  const { cwd, environment } = io;
  const repository = await io.services.openRepository({ cwd, environment });
  const { openExtractionPool } = await import('../gates/extraction/pool.js');
  const extractor = openExtractionPool({ cwd, environment });
  const progress = progressLine(io.stderr, () => io.now().getTime());
  try {
    const store = await io.services.openStore(repository.commonDirectory, {
      warn(message) {
        progress.clear();
        io.stderr.write(`lintel: ${message}\n`);
      },
    });
    return await work({
      repository,
      store,
      asOf,
      tool: tool(),
      environment,
      extractor,
      progress(state) {
        if (state.done >= state.total) progress.clear();
        else progress.update(state);
      },
    });
  } finally {
    progress.clear();
    extractor?.close();
    await repository.close();
  }
}
