import { Command, CommanderError } from 'commander';
import type { CommandHost, Register } from './command.js';
import * as check from './commands/check.js';
import * as decisions from './commands/decisions.js';
import * as doctor from './commands/doctor.js';
import * as explain from './commands/explain.js';
import * as graph from './commands/graph.js';
import * as hook from './commands/hook.js';
import * as init from './commands/init.js';
import * as install from './commands/install.js';
import * as log from './commands/log.js';
import * as uninstall from './commands/uninstall.js';
import * as waive from './commands/waive.js';
import * as waivers from './commands/waivers.js';
import { reportFailure } from './failure.js';
import type { Io } from './io.js';
import { tool } from './tool.js';

const COMMANDS: readonly { readonly register: Register }[] = [
  init,
  install,
  uninstall,
  check,
  explain,
  decisions,
  waive,
  waivers,
  graph,
  log,
  doctor,
  hook,
];

const DESCRIPTION =
  "Judges every change against the team's accepted architecture decisions before it enters the codebase.";

/** Settings are inherited by the commands added after this. */
function configure(program: Command, io: Io): Command {
  return program
    .exitOverride()
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'lintel: ')),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    .showHelpAfterError(false);
}

/**
 * Runs one command line.
 * @param args what follows the program's name.
 * @returns the exit code: 0 admitted, 1 blocked, 2 wrong usage or configuration, 3 could not judge.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  let ports = io;
  const program = configure(new Command('lintel'), io)
    .description(DESCRIPTION)
    .version(tool().version, '-V, --version', 'print the version')
    .option('--debug', 'show stack traces')
    .hook('preAction', (_, action) => {
      if (action.optsWithGlobals()['debug'] === true)
        ports = { ...io, environment: { ...io.environment, LINTEL_DEBUG: '1' } };
    });
  const host: CommandHost = {
    get io() {
      return ports;
    },
    async run(action) {
      try {
        code = await action();
      } catch (error) {
        code = reportFailure(error, ports);
      }
    },
  };
  for (const { register } of COMMANDS) register(program, host);
  // A script that lost its argument must not read "admitted".
  if (args.length === 0) {
    program.outputHelp();
    return 2;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error, ports);
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}
