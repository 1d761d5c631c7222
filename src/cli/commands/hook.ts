import type { Command } from 'commander';
import { type CommandHost, examples } from '../command.js';

export function register(program: Command, host: CommandHost): void {
  program
    .command('hook')
    .description('what git hooks call: pre-commit, pre-merge-commit, post-commit, pre-push')
    .argument('<name>', "the hook's name")
    .argument('[args...]', 'what git gave the hook')
    // A remote's URL may begin with a dash; git's arguments are not options of ours.
    .allowUnknownOption()
    .addHelpText('after', examples('hook pre-commit'))
    .action((name: string, args: readonly string[]) =>
      host.run(async () => {
        const { runHook } = await import('../hook.js');
        return runHook(name, args, host.io);
      }),
    );
}
