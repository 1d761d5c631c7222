import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../process.js';
import { type Random, shuffled } from '../random.js';
import { BASE } from '../repositories.js';
import { measured, type Sample } from './process.js';
import type { Findings } from './rules.js';
import type { Measure, Prepared, Tool, Workspace } from './tool.js';

export interface Measurement {
  readonly tool: Tool;
  readonly measure: Measure;
  readonly samples: readonly Sample[];
  /** Of the first run; `null`: the measure has none, or failed. */
  readonly findings: Findings | null;
  /** Runs whose findings were not those of the first. */
  readonly differing: number;
  /** Why there are no figures, or fewer than asked for. */
  readonly failure: string | null;
}

export interface MeasureOptions {
  /** Only measures whose name begins with it. */
  readonly measure: string;
  readonly runs: number;
  /** A measure whose first run takes longer than `longMs` is run this often. */
  readonly longRuns: number;
  readonly longMs: number;
  readonly timeoutMs: number;
  readonly say: (text: string) => void;
}

interface Row {
  readonly tool: Tool;
  readonly measure: Measure;
  readonly samples: Sample[];
  findings: Findings | null;
  differing: number;
  failure: string | null;
}

/** Every measure of every tool once a round, each round in another order: a slow minute falls on all alike. */
export async function measureAll(
  workspace: Workspace,
  tools: readonly Tool[],
  options: MeasureOptions,
  random: Random,
): Promise<readonly Measurement[]> {
  const rows = tools.flatMap(tool =>
    tool.measures
      .filter(({ name }) => name.startsWith(options.measure))
      .map((measure): Row => ({ tool, measure, samples: [], findings: null, differing: 0, failure: null })),
  );
  for (let round = 0; round < options.runs; round++)
    for (const row of shuffled(rows, random)) {
      const isLong = (row.samples[0]?.wallMs ?? 0) > options.longMs;
      if (row.failure !== null || (isLong && round >= options.longRuns)) continue;
      await once(row, workspace, options);
      const sample = row.samples.at(-1);
      const told = sample === undefined ? '' : `${(sample.wallMs / 1000).toFixed(2)} s`;
      options.say(`  ${round + 1}: ${row.tool.name}, ${row.measure.name}: ${row.failure ?? told}`);
    }
  return rows;
}

async function once(row: Row, workspace: Workspace, options: MeasureOptions): Promise<void> {
  const { measure, tool } = row;
  const folder = join(workspace.scratch, 'output');
  mkdirSync(folder, { recursive: true });
  const stem = join(folder, `${tool.name} ${measure.name}`.replace(/[^a-z0-9]+/gi, '-'));
  let prepared: Prepared;
  try {
    prepared = measure.prepare();
  } catch (cause) {
    // What it staged or edited so far must not be measured by the next one.
    git(workspace.repository.path, ['reset', '--quiet', '--hard', BASE]);
    row.failure = `could not be prepared: ${cause instanceof Error ? cause.message : cause}`;
    return;
  }
  const { command, undo } = prepared;
  let sample: Sample;
  try {
    sample = await measured(command, {
      output: `${stem}.out`,
      errors: `${stem}.err`,
      report: `${stem}.time`,
      timeoutMs: options.timeoutMs,
    });
  } finally {
    undo();
  }
  const dirty = git(workspace.repository.path, ['status', '--porcelain']);
  if (dirty !== '') throw new Error(`${tool.name}, ${measure.name} left changes behind:\n${dirty}`);
  row.failure = failureOf(sample, measure, `${stem}.err`, options.timeoutMs);
  if (row.failure !== null) return;
  const findings = readFindings(row, `${stem}.out`, `${stem}.err`);
  if (row.failure !== null) return;
  if (row.samples.length === 0) row.findings = findings;
  else if (findings !== null && !same(findings, row.findings)) row.differing++;
  row.samples.push(sample);
}

function failureOf(sample: Sample, measure: Measure, errors: string, timeoutMs: number): string | null {
  if (sample.timedOut) return `not ready after ${timeoutMs / 60_000} minutes`;
  // GNU time ends with 128 and the signal's number where the program was ended by one.
  const { status } = sample;
  const ended = status === null || status >= 128;
  if (!ended && (measure.exits === undefined || measure.exits.includes(status))) return null;
  return `exited with ${status}: ${lastLines(errors)}`;
}

function readFindings(row: Row, output: string, errors: string): Findings | null {
  try {
    return row.measure.findings?.(readFileSync(output, 'utf8')) ?? null;
  } catch (cause) {
    row.failure = `${cause instanceof Error ? cause.message : cause}; ${lastLines(errors)}`;
    return null;
  }
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().slice(-600);
}

function same(one: Findings, other: Findings | null): boolean {
  const told = (findings: Findings | null): string =>
    JSON.stringify(Object.entries(findings ?? {}).map(([rule, pairs]) => [rule, [...pairs].sort()]));
  return told(one) === told(other);
}
