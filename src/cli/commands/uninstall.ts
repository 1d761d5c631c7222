import type { Command } from 'commander';
import { type CommandHost, examples } from '../command.js';
import type { Io } from '../io.js';

export function register(program: Command, host: CommandHost): void {
  program
    .command('uninstall')
    .description('put back what init and install changed')
    .addHelpText('after', examples('uninstall'))
    .action(() => host.run(() => uninstall(host.io)));
}

async function uninstall(io: Io): Promise<number> {
  const { say } = await import('../say.js');
  const { uninstall: takeOut } = await io.services.install();
  await takeOut({ cwd: io.cwd, environment: io.environment, say: say(io.stdout) });
  return 0;
}
