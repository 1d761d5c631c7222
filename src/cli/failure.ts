import { GitError } from '../git/repository.js';
import { prose, visible } from '../report/escape.js';
import type { Io } from './io.js';
import { UsageError } from './usage.js';

interface Failure {
  readonly message: string;
  readonly remedy: string | null;
  readonly code: 2 | 3;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

const SYSTEM_REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'give yourself the permission, or run as the owner of the folder',
  EPERM: 'give yourself the permission, or run as the owner of the folder',
  EROFS: 'the file system is read-only: write elsewhere',
  ENOSPC: 'make room on the disk',
  EFBIG: 'raise the limit on file sizes (ulimit -f)',
  ENOENT: 'check the path',
  EISDIR: 'name a file, not a folder',
};

function describe(error: unknown): Failure {
  if (error instanceof UsageError) return { message: error.message, remedy: error.remedy, code: 2 };
  if (error instanceof GitError) return { message: error.message, remedy: error.remedy, code: 3 };
  // Known by its name: the class lies behind code that only the commands of installation load.
  if (error instanceof Error && error.name === 'InstallError')
    return { message: error.message.replace(/^lintel: /, ''), remedy: null, code: 2 };
  if (isSystemError(error))
    return { message: error.message, remedy: SYSTEM_REMEDIES[error.code ?? ''] ?? null, code: 3 };
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: `internal error: ${message}`,
    remedy: 'run the same command with --debug (a hook: LINTEL_DEBUG=1) and report what it prints',
    code: 3,
  };
}

/** Debugging is asked for with `--debug`, and for hooks, which git calls, with LINTEL_DEBUG=1. */
function wantsDebug(io: Io): boolean {
  return (io.environment['LINTEL_DEBUG'] ?? '') !== '';
}

/** Says what went wrong and how to mend it; @returns the exit code. */
export function reportFailure(error: unknown, io: Io): 2 | 3 {
  const { message, remedy, code } = describe(error);
  io.stderr.write(`lintel: ${message.split('\n').map(visible).join('\n')}\n`);
  if (remedy !== null) io.stderr.write(`  remedy: ${prose(remedy)}\n`);
  if (wantsDebug(io) && error instanceof Error && error.stack !== undefined)
    io.stderr.write(`${error.stack}\n`);
  return code;
}
