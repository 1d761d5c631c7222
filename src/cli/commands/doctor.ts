import type { Command } from 'commander';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';

export function register(program: Command, host: CommandHost): void {
  program
    .command('doctor')
    .description(
      'look whether hooks are reached, decisions compile and waivers hold; each problem with its mend',
    )
    .addOption(formatOption())
    .addHelpText('after', examples('doctor'))
    .action((options: { readonly format: Format }) => host.run(() => doctor(host.io, options.format)));
}

async function doctor(io: Io, format: Format): Promise<number> {
  const { today } = await import('../session.js');
  const { doctor: examine } = await io.services.install();
  const { state, checks, limits } = await examine({
    cwd: io.cwd,
    environment: io.environment,
    asOf: today(io),
  });
  const code = state === 'problem' ? 2 : 0;
  if (format === 'json') {
    const { renderJson } = await import('../../report/json.js');
    io.stdout.write(renderJson({ schema: 'lintel.doctor/v1', state, checks, limits }));
    return code;
  }
  const { renderDoctor } = await import('../../report/doctor.js');
  const { styleFor } = await import('../present.js');
  io.stdout.write(renderDoctor(checks, limits, styleFor(io, io.stdout)));
  return code;
}
