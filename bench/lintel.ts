import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hookEnvironment } from './measures.js';
import { cleanEnvironment, timed } from './process.js';
import type { BenchRepository } from './repositories.js';

const CHECKOUT = dirname(dirname(fileURLToPath(import.meta.url)));
const TIME = '/usr/bin/time';

/**
 * Installs this checkout's hooks into git's own folder, as `npm install` and `lintel install` would.
 * @throws Error with lintel's own words when it refuses.
 */
export function install(repository: BenchRepository): void {
  const cli = join(CHECKOUT, 'dist/cli.js');
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run "npm run build" first');
  const packages = join(repository.path, 'node_modules');
  mkdirSync(packages, { recursive: true });
  rmSync(join(packages, 'lintel'), { force: true, recursive: true });
  symlinkSync(CHECKOUT, join(packages, 'lintel'));
  writeFileSync(join(repository.path, '.git/info/exclude'), '/node_modules/\n');
  const result = timed({
    file: process.execPath,
    args: [cli, 'install', '--hooks', 'git'],
    cwd: repository.path,
    environment: cleanEnvironment(),
  });
  if (result.status !== 0) throw new Error(`lintel install exited with ${result.status}:\n${result.output}`);
  if (!existsSync(join(repository.path, '.git/hooks/pre-commit')))
    throw new Error(`lintel install made no .git/hooks/pre-commit:\n${result.output}`);
}

/** Peak resident memory of the largest process that the gate starts, in KiB; `null` without GNU time. */
export function peakMemory(repository: BenchRepository): number | null {
  if (!existsSync(TIME)) return null;
  const report = join(repository.path, '.git/lintel-bench-memory');
  const result = timed({
    file: TIME,
    args: ['-f', '%M', '-o', report, 'sh', '.git/hooks/pre-commit'],
    cwd: repository.path,
    environment: hookEnvironment(),
  });
  if (result.status !== 0) throw new Error(`the gate exited with ${result.status}:\n${result.output}`);
  return Number(readFileSync(report, 'utf8').trim());
}

export interface Breakdown {
  /** Stage → milliseconds, in the order in which the gate reports them. */
  readonly stages: Readonly<Record<string, number>>;
  readonly maxRssKb: number;
}

/**
 * Asks the gate where its own time goes: with `LINTEL_TIMING=FILE` it appends one JSON line to the file.
 * `null`: the gate that is installed does not answer.
 */
export function breakdown(repository: BenchRepository): Breakdown | null {
  const file = join(repository.path, '.git/lintel-bench-timing');
  rmSync(file, { force: true });
  const result = timed({
    file: 'sh',
    args: ['.git/hooks/pre-commit'],
    cwd: repository.path,
    environment: hookEnvironment({ LINTEL_TIMING: file }),
  });
  if (result.status !== 0) throw new Error(`the gate exited with ${result.status}:\n${result.output}`);
  if (!existsSync(file)) return null;
  const line = readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
  return JSON.parse(line) as Breakdown;
}
