import type { Command } from 'commander';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';

interface LogOptions {
  readonly unjudged?: true;
  readonly format: Format;
}

export function register(program: Command, host: CommandHost): void {
  program
    .command('log')
    .description('the commits made here, and which of them were not judged')
    .option('--unjudged', 'only commits without a receipt')
    .addOption(formatOption())
    .addHelpText('after', examples('log --unjudged'))
    .action((options: LogOptions) => host.run(() => log(host.io, options)));
}

async function log(io: Io, { unjudged, format }: LogOptions): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async ({ store }) => {
    const newestFirst = [...store.log()].reverse();
    const entries = unjudged === true ? newestFirst.filter(({ state }) => state === 'unjudged') : newestFirst;
    if (format === 'json') {
      const { renderJson } = await import('../../report/json.js');
      io.stdout.write(renderJson({ schema: 'lintel.log/v1', entries }));
      return 0;
    }
    const { renderLog } = await import('../../report/log.js');
    const { styleFor } = await import('../present.js');
    io.stdout.write(renderLog(entries, styleFor(io, io.stdout)));
    return 0;
  });
}
