import type { Command } from 'commander';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';

export function register(program: Command, host: CommandHost): void {
  program
    .command('waivers')
    .description('the waivers on record: live, expiring, expired, unused, void')
    .addOption(formatOption())
    .addHelpText('after', examples('waivers'))
    .action((options: { readonly format: Format }) => host.run(() => waivers(host.io, options.format)));
}

async function waivers(io: Io, format: Format): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const { listWaivers } = await io.services.gates();
    const reports = await listWaivers(context);
    if (format === 'json') {
      const { renderJson } = await import('../../report/json.js');
      io.stdout.write(renderJson({ schema: 'lintel.waivers/v1', asOf: context.asOf, waivers: reports }));
      return 0;
    }
    const { renderWaivers } = await import('../../report/waivers.js');
    const { styleFor } = await import('../present.js');
    io.stdout.write(renderWaivers(reports, styleFor(io, io.stdout)));
    return 0;
  });
}
