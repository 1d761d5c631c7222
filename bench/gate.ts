/**
 * `npm run bench`: what the pre-commit gate costs, beside its floor and beside `git commit` without hooks.
 * The figures in the docs come from here; nothing in the tests looks at a clock.
 */
import { cpus } from 'node:os';
import { type Figures, measure } from './figures.js';
import { type Options, readOptions, USAGE } from './options.js';
import { git } from './process.js';
import { table } from './report.js';
import { cloned, generated } from './repositories.js';

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const rules = options.graph ? 'graph' : 'direct';
  const all: Figures[] = [];
  for (const size of options.sizes) {
    say(`${size} generated files …`);
    all.push(measure(await generated(size, rules), options));
  }
  if (options.repo !== null) {
    say(`${options.repo} …`);
    all.push(measure(cloned(options.repo, rules), options));
  }
  process.stdout.write(
    options.json ? `${JSON.stringify(asJson(all, options), null, 2)}\n` : printed(all, options),
  );
  return 0;
}

function printed(all: readonly Figures[], options: Options): string {
  const { node, git, cores } = machine();
  return `${table(all)}\nNode ${node}, ${git}, ${cores} cores; ${options.runs} runs of each measure in random order, ${options.staged} files with new content staged before each${options.graph ? '; with graph rules' : ''}.\n`;
}

function asJson(all: readonly Figures[], options: Options): object {
  return {
    machine: machine(),
    runs: options.runs,
    staged: options.staged,
    graph: options.graph,
    seed: options.seed,
    repositories: all,
  };
}

function machine(): { readonly node: string; readonly git: string; readonly cores: number } {
  return { node: process.versions.node, git: git('.', ['--version']).trim(), cores: cpus().length };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
