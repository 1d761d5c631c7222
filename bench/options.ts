import { parseArgs } from 'node:util';

export interface Options {
  /** Sizes of the generated repositories, in TypeScript files. */
  readonly sizes: readonly number[];
  /** A repository that exists (bare or not); it is cloned, never touched. */
  readonly repo: string | null;
  readonly runs: number;
  readonly staged: number;
  readonly seed: number;
  /** Rules that need the whole import graph, in place of those that look at one import only. */
  readonly graph: boolean;
  readonly json: boolean;
}

export const USAGE = `Measures the pre-commit gate beside its floor.

  npm run bench                          generated repositories of 1,000, 10,000, 27,000 and 100,000 files
  npm run bench -- --files 27000         one size (may be repeated)
  npm run bench -- --repo PATH           a clone of any repository
  --runs N      runs of each measure (default 20)
  --staged N    TypeScript files with new content staged before each run (default 10)
  --seed N      order of runs and choice of files (default 1)
  --graph       layers over chains of imports, no cycles, one forbidden chain
  --json        print the figures as JSON
`;

const DEFAULT_SIZES = [1_000, 10_000, 27_000, 100_000];

/** @throws TypeError for a flag that does not exist or is no positive number. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string', multiple: true },
      repo: { type: 'string' },
      runs: { type: 'string', default: '20' },
      staged: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      graph: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const sizes = values.files?.map(text => positive('--files', text));
  return {
    sizes: sizes ?? (values.repo === undefined ? DEFAULT_SIZES : []),
    repo: values.repo ?? null,
    runs: positive('--runs', values.runs),
    staged: positive('--staged', values.staged),
    seed: positive('--seed', values.seed),
    graph: values.graph,
    json: values.json,
  };
}

function positive(flag: string, text: string): number {
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(number) || number < 1)
    throw new TypeError(`${flag} wants a positive whole number, not "${text}"`);
  return number;
}
