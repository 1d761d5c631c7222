import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { GateContext } from '../../gates/types.js';
import { isIsoDate } from '../../model/brand.js';
import type { Verdict } from '../../model/verdict.js';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';

interface CheckOptions {
  readonly staged?: true;
  readonly base?: string;
  readonly head?: string;
  readonly all?: true;
  readonly format: Format;
  readonly output?: string;
  readonly asOf?: string;
}

export function register(program: Command, host: CommandHost): void {
  program
    .command('check')
    .description('judge what is staged, a range of commits, or the whole of HEAD')
    .addOption(new Option('--staged', 'judge the index (the default)').conflicts(['base', 'all']))
    .addOption(new Option('--base <rev>', 'judge what --head adds to this revision').conflicts('all'))
    .addOption(
      new Option('--head <rev>', 'the end of the range (HEAD unless given)').conflicts(['staged', 'all']),
    )
    .addOption(new Option('--all', 'judge HEAD as a whole and list what stood before'))
    .addOption(formatOption())
    .option('--output <file>', 'write the report to a file; print only its summary')
    .addOption(new Option('--as-of <date>', 'judge waivers as of this UTC date (YYYY-MM-DD)').hideHelp())
    .addHelpText('after', examples('check --staged', 'check --base origin/main --format json'))
    .action((options: CheckOptions) => host.run(() => check(host.io, options)));
}

async function judge(io: Io, context: GateContext, options: CheckOptions): Promise<Verdict> {
  const gates = await io.services.gates();
  if (options.all === true) return gates.judgeAll(context);
  if (options.base !== undefined)
    return gates.judgeRange(context, { base: options.base, head: options.head ?? 'HEAD' });
  return gates.judgeCommit(context);
}

async function check(io: Io, options: CheckOptions): Promise<number> {
  if (options.head !== undefined && options.base === undefined)
    throw new UsageError('--head needs --base', 'add --base REV');
  if (options.asOf !== undefined && !isIsoDate(options.asOf))
    throw new UsageError(`--as-of is not a date: ${options.asOf}`, 'write it as YYYY-MM-DD');
  const { withSession } = await import('../session.js');
  const work = async (context: GateContext): Promise<number> => {
    const verdict = await judge(io, context, options);
    await print(io, context, verdict, options);
    const { exitCode } = await import('../../model/verdict.js');
    return exitCode(verdict);
  };
  return options.asOf === undefined ? withSession(io, work) : withSession(io, work, options.asOf);
}

async function print(io: Io, context: GateContext, verdict: Verdict, options: CheckOptions): Promise<void> {
  const { verdictText } = await import('../present.js');
  const stream = options.output === undefined ? io.stdout : 'file';
  const text = await verdictText(context, [verdict], io, { stream, limit: Number.POSITIVE_INFINITY });
  const { renderVerdictsJson } = await import('../../report/json.js');
  const report = options.format === 'json' ? renderVerdictsJson([verdict]) : text;
  if (options.output === undefined) {
    io.stdout.write(report);
    return;
  }
  const { writeFileAtomically } = await import('../atomic-file.js');
  const { summaryLine } = await import('../../report/messages.js');
  writeFileAtomically(resolve(io.cwd, options.output), report);
  io.stdout.write(`${summaryLine(verdict)}\n`);
}
