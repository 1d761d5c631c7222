import type { Command } from 'commander';
import { type CommandHost, examples, type Format, formatOption } from '../command.js';
import type { Io } from '../io.js';
import { nearest, UsageError } from '../usage.js';

interface Printed {
  readonly format: Format;
}

export function register(program: Command, host: CommandHost): void {
  const decisions = program
    .command('decisions')
    .description('list, show, write and accept architecture decisions')
    // Without a subcommand, or with one that is misspelt.
    .argument('[command]')
    .usage('[list | show <id> | for <path...> | new <title> | accept <id>]')
    .addHelpText('after', examples('decisions list', 'decisions for src/ui/list.ts'))
    .action((name: string | undefined) =>
      host.run(async () => {
        if (name === undefined) return list(host.io, { format: 'text' });
        const known = decisions.commands.map(command => command.name());
        const near = await nearest(name, known);
        throw new UsageError(
          `decisions has no command ${name}`,
          near === null ? `known: ${known.join(', ')}` : `did you mean ${near}?`,
        );
      }),
    );
  decisions
    .command('list')
    .description('every decision with its status and how many invariants it enforces')
    .addOption(formatOption())
    .addHelpText('after', examples('decisions list'))
    .action((options: Printed) => host.run(() => list(host.io, options)));
  decisions
    .command('show')
    .description('a decision whole')
    .argument('<id>', 'the id of a decision')
    .addOption(formatOption())
    .addHelpText('after', examples('decisions show ADR-0007'))
    .action((id: string, options: Printed) => host.run(() => show(host.io, id, options)));
  decisions
    .command('for')
    .description('the invariants that speak about paths')
    .argument('<path...>', 'files, existing or not yet')
    .addOption(formatOption())
    .addHelpText('after', examples('decisions for src/ui/list.ts'))
    .action((paths: readonly string[], options: Printed) => host.run(() => about(host.io, paths, options)));
  decisions
    .command('new')
    .description('write the file of a new decision, with status proposed: nothing blocks yet')
    .argument('<title>', 'the decision in one sentence')
    .addHelpText('after', examples('decisions new "The UI reaches data only through the API client"'))
    .action((title: string) => host.run(() => create(host.io, title)));
  decisions
    .command('accept')
    .description('set the status of a decision to accepted')
    .argument('<id>', 'the id of a decision')
    .addHelpText('after', examples('decisions accept ADR-0007'))
    .action((id: string) => host.run(() => accept(host.io, id)));
}

async function list(io: Io, { format }: Printed): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const { readDecisions } = await import('../policy-view.js');
    const { views } = await readDecisions(io, context);
    if (format === 'json') {
      const { renderJson } = await import('../../report/json.js');
      io.stdout.write(renderJson({ schema: 'lintel.decisions/v1', decisions: views }));
      return 0;
    }
    const { renderDecisionList } = await import('../../report/decisions.js');
    const { styleFor } = await import('../present.js');
    io.stdout.write(renderDecisionList(views, styleFor(io, io.stdout)));
    return 0;
  });
}

async function show(io: Io, id: string, { format }: Printed): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const { readDecisions } = await import('../policy-view.js');
    const { requireDecision } = await import('../subjects.js');
    const book = await readDecisions(io, context);
    const view = await requireDecision(book, id);
    const source = await book.text(view.decision.path);
    if (format === 'json') {
      const { renderJson } = await import('../../report/json.js');
      io.stdout.write(renderJson({ ...view, source }));
      return 0;
    }
    const { renderDecision } = await import('../../report/decisions.js');
    const { styleFor } = await import('../present.js');
    io.stdout.write(renderDecision(view, source, styleFor(io, io.stdout)));
    return 0;
  });
}

async function about(io: Io, paths: readonly string[], { format }: Printed): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const { invariantsFor, readDecisions } = await import('../policy-view.js');
    const { inRepository } = await import('../repository-path.js');
    const book = await readDecisions(io, context);
    const views = [];
    for (const path of paths)
      views.push(await invariantsFor(book, inRepository(io, context.repository.worktree, path)));
    if (format === 'json') {
      const { renderJson } = await import('../../report/json.js');
      io.stdout.write(renderJson({ schema: 'lintel.decisions-for/v1', paths: views }));
      return 0;
    }
    const { renderDecisionsFor } = await import('../../report/decisions.js');
    const { styleFor } = await import('../present.js');
    io.stdout.write(renderDecisionsFor(views, styleFor(io, io.stdout)));
    return 0;
  });
}

function requireWorktree(worktree: string | null): string {
  if (worktree === null)
    throw new UsageError('a bare repository has no working tree to write decisions to', 'run it in a clone');
  return worktree;
}

async function create(io: Io, title: string): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const worktree = requireWorktree(context.repository.worktree);
    const { readDecisions } = await import('../policy-view.js');
    const { newDecision } = await import('../decision-files.js');
    const book = await readDecisions(io, context);
    const { path, id } = await newDecision(io, context, book, worktree, title);
    const { renderCreated } = await import('../../report/decisions.js');
    io.stdout.write(renderCreated(id, path));
    return 0;
  });
}

async function accept(io: Io, id: string): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const worktree = requireWorktree(context.repository.worktree);
    const { readDecisions } = await import('../policy-view.js');
    const { requireDecision } = await import('../subjects.js');
    const { acceptFile } = await import('../decision-files.js');
    const book = await readDecisions(io, context);
    const view = await requireDecision(book, id);
    const { renderAccepted } = await import('../../report/decisions.js');
    if (view.decision.status === 'accepted') {
      io.stdout.write(renderAccepted(view, 'already'));
      return 0;
    }
    await acceptFile(io, worktree, view);
    io.stdout.write(renderAccepted(view, 'now'));
    return 0;
  });
}
