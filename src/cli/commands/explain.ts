import type { Command } from 'commander';
import type { GateContext } from '../../gates/types.js';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';

export function register(program: Command, host: CommandHost): void {
  program
    .command('explain')
    .description('show a finding of the last verdict, or a decision, whole; without an id, the last verdict')
    .argument('[id]', 'the id of a finding or of a decision')
    .addOption(formatOption())
    .addHelpText('after', examples('explain 7f3a2c1', 'explain ADR-0007'))
    .action((id: string | undefined, options: { readonly format: Format }) =>
      host.run(async () => {
        const { withSession } = await import('../session.js');
        return withSession(host.io, context =>
          id === undefined
            ? explainLast(host.io, context, options.format)
            : explain(host.io, context, id, options.format),
        );
      }),
    );
}

async function explainLast(io: Io, { store }: GateContext, format: Format): Promise<number> {
  const verdicts = store.lastVerdicts();
  if (verdicts.length === 0)
    throw new UsageError('nothing has been judged here yet', 'npx --no-install lintel check --staged');
  if (format === 'json') {
    const { renderVerdictsJson } = await import('../../report/json.js');
    io.stdout.write(renderVerdictsJson(verdicts));
    return 0;
  }
  const { lastVerdictText } = await import('../present.js');
  io.stdout.write(await lastVerdictText(store, verdicts, io));
  return 0;
}

async function explain(io: Io, context: GateContext, id: string, format: Format): Promise<number> {
  const { findSubject } = await import('../subjects.js');
  const subject = await findSubject(io, context, id);
  const { renderJson } = await import('../../report/json.js');
  const { styleFor, commitForm } = await import('../present.js');
  const style = { ...styleFor(io, io.stdout), commitForm: commitForm(io) };
  if (subject.type === 'finding') {
    const { finding, verdict } = subject;
    const { renderExplainedFinding } = await import('../../report/explain.js');
    const { keptFrames } = await import('../frames.js');
    const frame = await keptFrames(context.store)(finding, verdict);
    io.stdout.write(
      format === 'json' ? renderJson(finding) : renderExplainedFinding(finding, verdict, frame, style),
    );
    return 0;
  }
  const { renderDecision } = await import('../../report/decisions.js');
  const { view, source } = subject;
  io.stdout.write(format === 'json' ? renderJson({ ...view, source }) : renderDecision(view, source, style));
  return 0;
}
