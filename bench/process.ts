import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * The environment in which everything is measured: nothing of ours reaches git, and
 * `NODE_EXTRA_CA_CERTS` is unset for the floor as for the gate (it adds 60 ms to every start of node).
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('GIT_') || name.startsWith('LINTEL_') || name === 'NODE_EXTRA_CA_CERTS') continue;
    // Under CI no hooks are installed.
    if (name === 'CI') continue;
    if (name === 'NODE_OPTIONS') continue;
    environment[name] = value;
  }
  return {
    ...environment,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Bench',
    GIT_AUTHOR_EMAIL: 'bench@example.com',
    GIT_COMMITTER_NAME: 'Bench',
    GIT_COMMITTER_EMAIL: 'bench@example.com',
    ...extra,
  };
}

/** Runs git outside of any measurement. @throws Error with git's own words when it fails. */
export function git(
  cwd: string,
  args: readonly string[],
  input?: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  // Real repositories have files such as `[id].ts`.
  const result = spawnSync('git', ['--literal-pathspecs', ...args], {
    cwd,
    env: cleanEnvironment(environment),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...(input === undefined ? {} : { input }),
  });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0)
    throw new Error(`git ${args.join(' ')} exited with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

export interface Timed {
  readonly milliseconds: number;
  readonly status: number | null;
  readonly output: string;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Read as standard input; `null` is /dev/null, as git gives its hooks. */
  readonly stdin?: string;
}

/** Wall time of one process from its start to its end, output captured by a pipe as a terminal's would be. */
export function timed(command: Command): Timed {
  const stdin = openSync(command.stdin ?? devNull, 'r');
  const start = process.hrtime.bigint();
  const result = spawnSync(command.file, command.args, {
    cwd: command.cwd,
    env: command.environment,
    stdio: [stdin, 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  closeSync(stdin);
  if (result.error !== undefined) throw result.error;
  return { milliseconds, status: result.status, output: `${result.stdout}${result.stderr}` };
}
