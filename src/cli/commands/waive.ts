import { type Command, InvalidArgumentError } from 'commander';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';

interface WaiveOptions {
  readonly reason: string;
  readonly days?: number;
  readonly ticket?: string;
  readonly format: Format;
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || !Number.isSafeInteger(days))
    throw new InvalidArgumentError('A whole number of days, 1 or more.');
  return days;
}

function notBlank(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Say why; it stays on record.');
  return text;
}

export function register(program: Command, host: CommandHost): void {
  program
    .command('waive')
    .description('let findings of the last verdict pass for a while, with a reason, on record')
    .argument('<finding...>', 'ids of findings, as the report prints them')
    .requiredOption('--reason <why>', 'why the exception is right; kept in the waiver', notBlank)
    .option('--days <n>', 'how long it holds (the decision may cap it)', wholeDays)
    .option('--ticket <ticket>', 'where the mend is tracked')
    .addOption(formatOption())
    .configureOutput({
      // No reason, no waiver: the one mistake that everybody makes here gets its own mend.
      outputError: (text, write) =>
        write(
          text.replace(/^error: /, 'lintel: ') +
            (text.includes('--reason')
              ? '  remedy: say why it is right: --reason "…"; it stays on record\n'
              : ''),
        ),
    })
    .addHelpText('after', examples('waive 7f3a2c1 --reason "legacy page, replaced in Q1" --days 14'))
    .action((findings: readonly string[], options: WaiveOptions) =>
      host.run(() => waive(host.io, findings, options)),
    );
}

async function waive(io: Io, findings: readonly string[], options: WaiveOptions): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const { repository } = context;
    const { worktree } = repository;
    if (worktree === null)
      throw new UsageError('a bare repository has no working tree to write a waiver to', 'run it in a clone');
    const by = await repository.config('user.email');
    if (by === null)
      throw new UsageError(
        'a waiver records who asked for it, and git does not know your address',
        'git config user.email YOU@EXAMPLE.COM',
      );
    const { waive: draftWaivers } = await io.services.gates();
    const { reason, days, ticket } = options;
    const outcome = await draftWaivers(context, {
      findings,
      reason,
      by,
      at: io.now().toISOString(),
      ...(days === undefined ? {} : { days }),
      ...(ticket === undefined ? {} : { ticket }),
    });
    if (!outcome.ok) {
      const { prose } = await import('../../report/escape.js');
      io.stderr.write(`lintel: ${prose(outcome.problem)}\n`);
      return outcome.code;
    }
    const { stage, writeInWorktree } = await import('../stage.js');
    for (const { path, text } of outcome.files) {
      writeInWorktree(worktree, path, text);
      stage(io, worktree, path);
    }
    const written = outcome.files.map(({ path, waiver }) => ({ ...waiver, path }));
    if (options.format === 'json') {
      const { renderJson } = await import('../../report/json.js');
      io.stdout.write(renderJson({ schema: 'lintel.waivers-written/v1', waivers: written }));
      return 0;
    }
    const { renderWritten } = await import('../../report/waivers.js');
    const { styleFor } = await import('../present.js');
    io.stdout.write(renderWritten(written, styleFor(io, io.stdout)));
    return 0;
  });
}
