import { type Command, Option } from 'commander';
import { type CommandHost, examples } from '../command.js';
import type { Io } from '../io.js';

interface InitOptions {
  readonly yes?: true;
  readonly hooks?: 'husky' | 'git';
}

export function register(program: Command, host: CommandHost): void {
  program
    .command('init')
    .description('set lintel up in this repository: configuration, an example decision, hooks')
    .option('--yes', 'never ask')
    .addOption(
      new Option('--hooks <how>', "husky, or git's own hooks folder; without it, what is in use").choices([
        'husky',
        'git',
      ]),
    )
    .addHelpText('after', examples('init', 'init --yes --hooks git'))
    .action((options: InitOptions) => host.run(() => init(host.io, options)));
}

async function init(io: Io, { yes, hooks }: InitOptions): Promise<number> {
  const { today } = await import('../session.js');
  const { say } = await import('../say.js');
  const { init: setUp } = await io.services.install();
  const report = await setUp({
    cwd: io.cwd,
    environment: io.environment,
    say: say(io.stdout),
    yes: yes === true,
    asOf: today(io),
    ...(hooks === undefined ? {} : { hooks }),
    ...(io.stdin.isTTY && io.stdout.isTTY ? { ask: (question: string) => confirm(io, question) } : {}),
  });
  return report.confirmed ? 0 : 2;
}

/** Enter means yes: what will be written has just been shown. */
async function confirm(io: Io, question: string): Promise<boolean> {
  const answer = await io.stdin.ask(`${question} [Y/n] `);
  return answer !== null && /^(?:y|yes|)$/i.test(answer.trim());
}
