import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hookEnvironment } from './measures.js';
import { cleanEnvironment, git, timed } from './process.js';
import type { BenchRepository } from './repositories.js';

const CHECKOUT = dirname(dirname(fileURLToPath(import.meta.url)));
const TIME = '/usr/bin/time';

/**
 * Installs this checkout's hooks into git's own folder, as `npm install` and `lintel init --hooks git` would.
 * Files of the team that init changes are put back: the policy is here already, and only the hooks are wanted.
 * @throws Error with lintel's own words when it refuses.
 */
export function install(repository: Pick<BenchRepository, 'path'>): void {
  if (!existsSync(join(CHECKOUT, 'dist/cli.js')))
    throw new Error('dist/cli.js is missing: run "npm run build" first');
  // A copy, as npm would make: a rebuild of this checkout in the middle must not change what is measured.
  const copy = join(repository.path, 'node_modules/lintel');
  rmSync(copy, { force: true, recursive: true });
  for (const part of ['dist', 'hooks', 'templates', 'schema', 'package.json'])
    if (existsSync(join(CHECKOUT, part))) cpSync(join(CHECKOUT, part), join(copy, part), { recursive: true });
  symlinkSync(join(CHECKOUT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(repository.path, '.git/info/exclude'), '/node_modules/\n');
  const result = timed({
    file: process.execPath,
    args: [join(copy, 'dist/cli.js'), 'init', '--yes', '--hooks', 'git'],
    cwd: repository.path,
    environment: cleanEnvironment(),
  });
  if (result.status !== 0) throw new Error(`lintel init exited with ${result.status}:\n${result.output}`);
  if (!existsSync(join(repository.path, '.git/hooks/pre-commit')))
    throw new Error(`lintel init made no .git/hooks/pre-commit:\n${result.output}`);
  // A clone has no packages installed, and the time that lint-staged takes is not lintel's.
  for (const hook of ['pre-commit', 'pre-merge-commit']) {
    const file = join(repository.path, '.git/hooks', hook);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/^lintel_lint_staged=.*$/m, "lintel_lint_staged=''"),
    );
  }
  git(repository.path, ['reset', '--quiet', '--hard']);
  git(repository.path, ['clean', '--quiet', '--force', '-d']);
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

/** What the gate appends to the file that `LINTEL_TIMING` names (src/hook.ts). */
interface TimingLine {
  /** `quick`: admitted without the judge; `full`: the judge ran, because of `why`. */
  readonly path: 'quick' | 'full';
  readonly why: string | null;
  /** From the start of the process to the first line of the hook. */
  readonly bootstrapMs: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly totalMs: number;
  readonly maxRssKb: number;
}

/** Where one run's time went. */
export interface Breakdown {
  /** Stage → milliseconds, in the order in which they come; `node starts` first. */
  readonly stages: Readonly<Record<string, number>>;
  readonly totalMs: number;
  readonly maxRssKb: number;
  /** `null`: the quick path. */
  readonly fullBecause: string | null;
}

/**
 * Asks the gate where its own time goes.
 * @throws Error when the gate says nothing: a table without it would look complete.
 */
export function breakdown(repository: BenchRepository): Breakdown {
  const file = join(repository.path, '.git/lintel-bench-timing');
  rmSync(file, { force: true });
  const result = timed({
    file: 'sh',
    args: ['.git/hooks/pre-commit'],
    cwd: repository.path,
    environment: hookEnvironment({ LINTEL_TIMING: file }),
  });
  if (result.status !== 0) throw new Error(`the gate exited with ${result.status}:\n${result.output}`);
  if (!existsSync(file)) throw new Error('the installed gate does not answer LINTEL_TIMING');
  const line = JSON.parse(readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '') as TimingLine;
  const { bootstrapMs, stages, totalMs, maxRssKb } = line;
  return {
    stages: { 'node starts': bootstrapMs, ...stages },
    totalMs,
    maxRssKb,
    fullBecause: line.path === 'full' ? (line.why ?? 'unknown') : null,
  };
}
