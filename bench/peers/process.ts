import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { type Command, cleanEnvironment } from '../process.js';

const TIME = '/usr/bin/time';
const PAGE_KB = 4;
/** Reading all of /proc takes one or two milliseconds. */
const POLL_MS = 100;

/** One run of one command. Memory is resident, in KiB. */
export interface Sample {
  readonly wallMs: number;
  /** User and system time of the process and of every child that it waited for. */
  readonly cpuMs: number;
  /** The largest process, by GNU time. */
  readonly largestKb: number;
  /** The sum over the process group at its worst, looked at ten times a second; shared pages count more than once. */
  readonly treeKb: number;
  /** `null`: ended by a signal. */
  readonly status: number | null;
  readonly timedOut: boolean;
}

export interface MeasuredOptions {
  /** Receives standard output. */
  readonly output: string;
  readonly errors: string;
  readonly timeoutMs: number;
  /** A place for GNU time's own report. */
  readonly report: string;
}

/** Needs GNU time. */
export function checkMeasuring(): void {
  if (!existsSync(TIME)) throw new Error(`${TIME} is missing: install GNU time`);
}

/** Runs a command to its end, or to the end of the time it is given, with its output in files. */
export async function measured(command: Command, options: MeasuredOptions): Promise<Sample> {
  const files = [
    openSync(command.stdin ?? devNull, 'r'),
    openSync(options.output, 'w'),
    openSync(options.errors, 'w'),
  ];
  const start = process.hrtime.bigint();
  const child = spawn(TIME, ['-q', '-f', '%U %S %M', '-o', options.report, command.file, ...command.args], {
    cwd: command.cwd,
    env: command.environment,
    stdio: files,
    // A group of its own: what has to be counted, and to be ended.
    detached: true,
  });
  const group = child.pid;
  let treeKb = 0;
  const poll = setInterval(() => {
    if (group !== undefined) treeKb = Math.max(treeKb, groupKb(group));
  }, POLL_MS);
  let timedOut = false;
  const alarm = setTimeout(() => {
    timedOut = true;
    if (group !== undefined) process.kill(-group, 'SIGKILL');
  }, options.timeoutMs);
  const [status] = (await once(child, 'close')) as [number | null];
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  clearInterval(poll);
  clearTimeout(alarm);
  for (const file of files) closeSync(file);
  const [user = 0, system = 0, largestKb = 0] = timedOut ? [] : timeReport(options.report);
  return {
    wallMs,
    cpuMs: (user + system) * 1000,
    largestKb,
    treeKb: Math.max(treeKb, largestKb),
    status,
    timedOut,
  };
}

function timeReport(file: string): number[] {
  return readFileSync(file, 'utf8').trim().split(' ').map(Number);
}

/** `pid (name) state ppid pgrp …`: a name may hold spaces and parentheses. */
function groupKb(group: number): number {
  let sum = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = readOrNull(join('/proc', pid, 'stat'));
    if (stat === null || Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) continue;
    const pages = readOrNull(join('/proc', pid, 'statm'))?.split(' ')[1];
    sum += Number(pages ?? 0) * PAGE_KB;
  }
  return sum;
}

/** A process may end while it is looked at. */
function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** A program of the tools' folder, or node, in the environment that everything is measured in. */
export function commandOf(
  cwd: string,
  file: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): Command {
  return { file, args, cwd, environment: cleanEnvironment(extra) };
}
