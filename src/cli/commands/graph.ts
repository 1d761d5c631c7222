import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ImportMap } from '../../gates/index.js';
import type { GateContext } from '../../gates/types.js';
import type { Level, Picture } from '../../report/map/picture.js';
import { type CommandHost, examples } from '../command.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';

const FORMATS = ['text', 'mermaid', 'dot', 'json', 'svg', 'html'] as const;

interface GraphOptions {
  readonly level?: Level;
  readonly format: (typeof FORMATS)[number];
  readonly decision?: string;
  readonly packages?: true;
  readonly rev: string;
  readonly output?: string;
}

export function register(program: Command, host: CommandHost): void {
  program
    .command('graph')
    .argument('[path...]', 'only what these files and folders import, or are imported by')
    .description('draw what imports what')
    .addOption(
      new Option('--level <level>', 'what is one node (component where there are some, else folder)').choices(
        ['file', 'folder', 'component'],
      ),
    )
    .addOption(new Option('--format <format>', 'how to draw').choices(FORMATS).default('text'))
    .option('--decision <id>', 'only imports that this decision speaks about')
    .option('--packages', 'packages and built-in modules, too')
    .option('--rev <rev>', 'the commit to draw', 'HEAD')
    .option('--output <file>', 'write to a file')
    .addHelpText('after', examples('graph --level component', 'graph src/ui --format html --output map.html'))
    .action((paths: readonly string[], options: GraphOptions) =>
      host.run(() => graph(host.io, paths, options)),
    );
}

async function graph(io: Io, paths: readonly string[], options: GraphOptions): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const { readMap } = await io.services.gates();
    const map = await readMap(context, options.rev);
    const picture = await draw(io, context, map, paths, options);
    const text = await render(picture, map, options);
    if (options.output === undefined) io.stdout.write(text);
    else {
      const { writeFileAtomically } = await import('../atomic-file.js');
      writeFileAtomically(resolve(io.cwd, options.output), text);
      io.stdout.write(`lintel: ${options.output} is written\n`);
    }
    for (const { path, message } of map.unread)
      io.stderr.write(`lintel: the imports of ${path} are missing here: ${message}\n`);
    return map.unread.length === 0 ? 0 : 3;
  });
}

async function draw(
  io: Io,
  { repository }: GateContext,
  map: ImportMap,
  typed: readonly string[],
  options: GraphOptions,
): Promise<Picture> {
  const { inRepository } = await import('../repository-path.js');
  const { toPicture } = await import('../../report/map/picture.js');
  const hasComponents = Object.keys(map.components).length > 0;
  const level = options.level ?? (hasComponents ? 'component' : 'folder');
  if (level === 'component' && !hasComponents)
    throw new UsageError(
      'no components are defined',
      'define them in the configuration, or say --level folder',
    );
  const { decision } = options;
  if (decision !== undefined && !map.rules.some(rule => rule.decision === decision))
    throw new UsageError(
      `no rule of a decision ${decision} looks at imports`,
      'npx --no-install lintel decisions list',
    );
  const paths = typed.map(path => inRepository(io, repository.worktree, path));
  for (const path of paths)
    if (!map.files.some(file => file === path || file.startsWith(`${path}/`)))
      throw new UsageError(
        `no code file lies in ${path}`,
        `is it committed? The graph is that of ${options.rev}`,
      );
  return toPicture(
    { ...map, findings: map.verdict?.findings ?? [] },
    { level, paths, decision: decision ?? null, packages: options.packages === true },
  );
}

async function render(picture: Picture, map: ImportMap, { format }: GraphOptions): Promise<string> {
  const formats = await import('../../report/map/formats.js');
  switch (format) {
    case 'text':
      return formats.renderMapText(picture);
    case 'mermaid':
      return formats.renderMermaid(picture);
    case 'dot':
      return formats.renderDot(picture);
    case 'json': {
      const { renderJson } = await import('../../report/json.js');
      return renderJson(formats.mapJson(picture, map.commit));
    }
    case 'svg': {
      const { renderSvg } = await import('../../report/map/svg.js');
      return renderSvg(picture);
    }
    case 'html': {
      const { renderHtml } = await import('../../report/map/html.js');
      return renderHtml(picture, map.commit);
    }
  }
}
