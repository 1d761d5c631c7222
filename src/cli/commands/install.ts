import type { Command } from 'commander';
import { type CommandHost, examples } from '../command.js';
import type { Io } from '../io.js';

export function register(program: Command, host: CommandHost): void {
  program
    .command('install')
    .description('make the hooks live in this clone; `prepare` runs it after every npm install')
    .addHelpText('after', examples('install'))
    .action(() => host.run(() => install(host.io)));
}

async function install(io: Io): Promise<number> {
  const { say } = await import('../say.js');
  const { install: setUp } = await io.services.install();
  const { state } = await setUp({ cwd: io.cwd, environment: io.environment, say: say(io.stdout) });
  // Lines that a person has to add are a configuration that is not done.
  return state === 'incomplete' ? 2 : 0;
}
