import { type Breakdown, breakdown, install, peakMemory } from './lintel.js';
import { Bench, COMMITS, isCommit, MEASURES, type Measure } from './measures.js';
import type { Options } from './options.js';
import { git, type Timed } from './process.js';
import { seeded, shuffled } from './random.js';
import { type BenchRepository, reset } from './repositories.js';
import { Stager } from './stage.js';
import { median, quantile } from './statistics.js';

const WARM_UPS = 2;
/** Runs for memory and for the breakdown; apart from the timed ones, which nothing may slow. */
const EXTRA_RUNS = 7;

export interface Figure {
  readonly median: number;
  readonly p90: number;
  readonly runs: readonly number[];
}

export interface Figures {
  readonly repository: string;
  readonly files: number;
  readonly sources: number;
  readonly staged: number;
  readonly measures: Readonly<Record<Measure, Figure>>;
  readonly coldMs: number;
  readonly peakKb: number | null;
  readonly breakdown: Breakdown;
  /** How many of the runs for the breakdown took the quick path, and what sent the others to the judge. */
  readonly quick: { readonly runs: number; readonly of: number; readonly otherwise: readonly string[] };
}

/**
 * Measures one repository: every run of every measure has content staged that no run has seen, and the runs
 * come in random order, so that a slow minute of the machine falls on all measures alike.
 * @throws Error when the gate answers wrongly: a figure of a gate that does not judge would be worth nothing.
 */
export function measure(repository: BenchRepository, options: Options): Figures {
  reset(repository);
  install(repository);
  const random = seeded(options.seed);
  const bench = new Bench(repository);
  const stager = new Stager(repository, options.staged, random);
  const cold = withStaged(stager, bench, () => expectAdmitted('gate', bench.run('gate')));
  expectBlocks(repository, stager, bench);

  const runs = new Map<Measure, number[]>(MEASURES.map(name => [name, []]));
  for (let round = -WARM_UPS; round < options.runs; round++) {
    for (const name of shuffled(MEASURES, random)) {
      const result = isCommit(name)
        ? withCommit(repository, stager, COMMITS[name], () => bench.run(name))
        : withStaged(stager, bench, () => bench.run(name));
      expectAdmitted(name, result);
      if (round >= 0) runs.get(name)?.push(result.milliseconds);
    }
  }
  // Each after a commit of its own, as a day's work is: what one commit leaves behind, the next gate starts from.
  const told = times(EXTRA_RUNS, () => {
    expectAdmitted(
      'commit',
      withCommit(repository, stager, 'hooks', () => bench.run('commit, hooks')),
    );
    return withStaged(stager, bench, () => breakdown(repository));
  });
  const quick = told.filter(({ fullBecause }) => fullBecause === null);
  const figures = Object.fromEntries([...runs].map(([name, values]) => [name, figure(values)]));
  return {
    repository: repository.name,
    files: repository.files,
    sources: repository.sources.length,
    staged: options.staged,
    measures: figures as Record<Measure, Figure>,
    coldMs: cold.milliseconds,
    peakKb: largest(times(EXTRA_RUNS, () => withStaged(stager, bench, () => peakMemory(repository)))),
    breakdown: middle(quick.length > 0 ? quick : told),
    quick: {
      runs: quick.length,
      of: told.length,
      otherwise: [...new Set(told.flatMap(({ fullBecause }) => fullBecause ?? []))],
    },
  };
}

function withStaged<T>(stager: Stager, bench: Bench, run: () => T): T {
  const paths = stager.stage();
  bench.prepare();
  const result = run();
  stager.unstage(paths);
  return result;
}

/**
 * A commit without hooks is taken back afterwards: HEAD would be one that lintel's post-commit has never seen, and
 * the next gate, in whatever measure, would pay for it.
 */
function withCommit(
  repository: BenchRepository,
  stager: Stager,
  hooks: 'hooks' | 'none',
  run: () => Timed,
): Timed {
  const head = (): string => git(repository.path, ['rev-parse', 'HEAD']).trim();
  const before = head();
  stager.stage();
  const result = run();
  if (result.status === 0 && head() === before) throw new Error('git commit made no commit');
  if (hooks === 'none') git(repository.path, ['reset', '--quiet', '--hard', before]);
  return result;
}

function expectAdmitted(name: string, result: Timed): Timed {
  if (result.status !== 0)
    throw new Error(`${name} exited with ${result.status} on a legal change:\n${result.output}`);
  return result;
}

function expectBlocks(repository: BenchRepository, stager: Stager, bench: Bench): void {
  const path = stager.stageViolation();
  const result = bench.run('gate');
  if (result.status !== 1 || !result.output.includes('ADR-0001'))
    throw new Error(
      `${repository.name}: the gate should have blocked ${path} (exit ${result.status}):\n${result.output}`,
    );
  stager.unstage([path]);
}

function figure(runs: readonly number[]): Figure {
  return { median: median(runs), p90: quantile(runs, 0.9), runs };
}

function times<T>(count: number, run: () => T): T[] {
  return Array.from({ length: count }, run);
}

function largest(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (most, value) => (value === null ? most : Math.max(most ?? 0, value)),
    null,
  );
}

/** Medians of each stage; the most memory of any run. */
function middle(told: readonly Breakdown[]): Breakdown {
  const names = new Set(told.flatMap(({ stages }) => Object.keys(stages)));
  return {
    stages: Object.fromEntries(
      [...names].map(name => [name, median(told.map(({ stages }) => stages[name] ?? 0))]),
    ),
    totalMs: median(told.map(({ totalMs }) => totalMs)),
    maxRssKb: Math.max(...told.map(({ maxRssKb }) => maxRssKb)),
    fullBecause: null,
  };
}
