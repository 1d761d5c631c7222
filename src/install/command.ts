import { spawnSync } from 'node:child_process';

export interface CommandResult {
  /** The exit code; `null`: it could not be started, `stderr` says why. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a program (no shell) and waits for it. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly environment: Environment },
): CommandResult {
  const result = spawnSync(program, args, {
    cwd: options.cwd,
    env: { ...options.environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (result.error !== undefined) return { status: null, stdout: '', stderr: result.error.message };
  // Ended by a signal: no code, and no success either.
  return { status: result.status ?? 128, stdout: result.stdout, stderr: result.stderr };
}

/** Something that installation needs and can't have. The message holds the remedy. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}
