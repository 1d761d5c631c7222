import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ImportMap } from '../../gates/index.js';
import type { GateContext } from '../../gates/types.js';
import type { Level } from '../../report/map/grouping.js';
import type { Picture } from '../../report/map/picture.js';
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

async function graph(io: Io, typed: readonly string[], options: GraphOptions): Promise<number> {
  const { withSession } = await import('../session.js');
  return withSession(io, async context => {
    const paths = await pathsOf(io, context, typed);
    const { readMap } = await io.services.gates();
    const map = await readMap(context, options.rev);
    const text = await draw(io, map, paths, options);
    if (options.output === undefined) io.stdout.write(text);
    else {
      const { writeFileAtomically } = await import('../atomic-file.js');
      writeFileAtomically(resolve(io.cwd, options.output), text);
      io.stdout.write(`lintel: ${options.output} is written\n`);
    }
    const { doubts } = await import('../../report/map/doubts.js');
    const { notes, isWhole } = doubts(map);
    for (const note of notes) io.stderr.write(`lintel: ${note}\n`);
    return isWhole ? 0 : 3;
  });
}

/** As paths of the repository. Empty: all of it, which is what its root means, too. */
async function pathsOf(
  io: Io,
  { repository: { worktree } }: GateContext,
  typed: readonly string[],
): Promise<readonly string[]> {
  const { inRepository } = await import('../repository-path.js');
  const isRoot = (path: string): boolean =>
    worktree === null
      ? path === '.'
      : resolve(io.cwd, path) === resolve(worktree) || isSame(io, path, worktree);
  if (typed.some(isRoot)) return [];
  return typed.map(path => inRepository(io, worktree, path));
}

function isSame(io: Io, path: string, worktree: string): boolean {
  try {
    return realpathSync(resolve(io.cwd, path)) === realpathSync(worktree);
  } catch (error) {
    // It may be a path of another revision only.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

async function draw(
  io: Io,
  map: ImportMap,
  paths: readonly string[],
  options: GraphOptions,
): Promise<string> {
  const { toPicture } = await import('../../report/map/picture.js');
  const hasComponents = Object.keys(map.components).length > 0;
  const level = options.level ?? (hasComponents ? 'component' : 'folder');
  if (level === 'component' && !hasComponents)
    throw new UsageError(
      'no components are defined',
      'define them in the configuration, or say --level folder',
    );
  const { decision = null, packages = false } = options;
  if (decision !== null && !map.rules.some(rule => rule.decision === decision))
    throw new UsageError(
      `no rule of a decision ${decision} looks at imports`,
      'npx --no-install lintel decisions list',
    );
  for (const path of paths)
    if (!map.files.some(file => file === path || file.startsWith(`${path}/`)))
      throw new UsageError(
        `no code file lies in ${path}`,
        `is it committed? The graph is that of ${options.rev}`,
      );
  const source = { ...map, findings: map.verdict?.findings ?? [] };
  const isPage = options.format === 'html';
  const picture = toPicture(source, { level: isPage ? 'file' : level, paths, decision, packages });
  return isPage ? page(picture, map, level) : render(io, picture, map, options);
}

async function page(picture: Picture, map: ImportMap, level: Level): Promise<string> {
  const { pageParts } = await import('../../report/map/parts.js');
  const parts = pageParts();
  if (parts === null) throw new UsageError('the page comes with the built package', 'npm run build');
  const { renderHtml } = await import('../../report/map/html.js');
  const { grouping } = await import('../../report/map/grouping.js');
  const component = level === 'component' ? grouping(map.components, level) : null;
  return renderHtml(picture, { ...parts, commit: map.commit, component, unread: map.unread });
}

async function render(io: Io, picture: Picture, map: ImportMap, options: GraphOptions): Promise<string> {
  switch (options.format) {
    case 'mermaid': {
      const { MERMAID_EDGES, renderMermaid } = await import('../../report/map/diagrams.js');
      if (picture.edges.length > MERMAID_EDGES)
        io.stderr.write(
          `lintel: Mermaid draws at most ${MERMAID_EDGES} edges, and there are ${picture.edges.length}: name a path, or a coarser level\n`,
        );
      return renderMermaid(picture);
    }
    case 'dot': {
      const { renderDot } = await import('../../report/map/diagrams.js');
      return renderDot(picture);
    }
    case 'json': {
      const { renderJson } = await import('../../report/json.js');
      const { mapJson } = await import('../../report/map/map-json.js');
      return renderJson(mapJson(picture, map.commit));
    }
    case 'svg': {
      const { renderSvg } = await import('../../report/map/svg.js');
      return renderSvg(picture);
    }
    default: {
      const { renderMapText } = await import('../../report/map/map-text.js');
      const { styleFor } = await import('../present.js');
      const { palette } = styleFor(
        io,
        options.output === undefined ? io.stdout : { ...io.stdout, isTTY: false },
      );
      const isRead = options.output === undefined && io.stdout.isTTY;
      return renderMapText(picture, { palette, length: isRead ? 'short' : 'whole' });
    }
  }
}
