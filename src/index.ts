/**
 * lintel as a library: judge a change and get the verdict as data.
 *
 * ```ts
 * import { openLintel } from 'lintel';
 *
 * const lintel = await openLintel({ cwd: '/path/to/repository' });
 * const verdict = await lintel.judgeStaged();
 * if (verdict.result !== 'admitted') console.error(verdict.findings, verdict.errors);
 * await lintel.close();
 * ```
 */
import { existsSync } from 'node:fs';
import { tool } from './cli/tool.js';
import { judgeAll, judgeCommit, judgePush, judgeRange } from './gates/index.js';
import type { GateContext, Progress, PushLine, PushTarget } from './gates/types.js';
import { openRepository } from './git/index.js';
import type { Repository } from './git/repository.js';
import { type IsoDate, isoDate } from './model/brand.js';
import type { Verdict } from './model/verdict.js';
import { openStore } from './store/index.js';
import { createMemoryStore } from './store/memory-store.js';

export type { Progress, PushLine, PushTarget } from './gates/types.js';
export { createMemoryRepository } from './git/memory.js';
export { GitError, type GitErrorCode, type Repository } from './git/repository.js';
export type {
  ChangeSource,
  ExitCode,
  Finding,
  FindingState,
  GovernanceChange,
  Result,
  Verdict,
  VerdictError,
} from './model/verdict.js';
export { exitCode } from './model/verdict.js';

export interface LintelOptions {
  /** Anywhere in the repository. Default: the current directory. */
  readonly cwd?: string;
  /** Read instead of `cwd`: another backend, or a tree held in memory. Closed by `close()`. */
  readonly repository?: Repository;
  /** Default: git's plumbing where a git binary is found, else the embedded reader. */
  readonly backend?: 'auto' | 'git' | 'embedded';
  /** Default: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** `YYYY-MM-DD`, the day on which waivers are held against their end. Default: today in UTC. */
  readonly asOf?: string;
  /** Told once when lintel's cache can't be written; the verdict does not depend on it. */
  readonly warn?: (message: string) => void;
  readonly progress?: (progress: Progress) => void;
}

/** A repository, opened for judging. Every method throws `GitError` when the answer can't be known. */
export interface Lintel {
  /** The index that would be committed now, against HEAD and any head that is being merged. */
  judgeStaged(): Promise<Verdict>;
  /** `head` (default HEAD) against its merge bases with `base`, by the policy at the tip of `base`. */
  judgeRange(base: string, head?: string): Promise<Verdict>;
  /** What a push would bring to a remote: one verdict a ref. */
  judgePush(target: PushTarget, lines: readonly PushLine[]): Promise<readonly Verdict[]>;
  /** Every file of HEAD: what stands. */
  judgeAll(): Promise<Verdict>;
  /** Ends the git processes. */
  close(): Promise<void>;
}

/** @throws GitError when there is no repository, or git is too old or missing. */
export async function openLintel(options: LintelOptions = {}): Promise<Lintel> {
  const environment = options.environment ?? process.env;
  const repository =
    options.repository ??
    (await openRepository({
      cwd: options.cwd ?? process.cwd(),
      environment,
      ...(options.backend === undefined ? {} : { backend: options.backend }),
    }));
  const asOf: IsoDate = isoDate(options.asOf ?? new Date().toISOString().slice(0, 10));
  // A tree held in memory has no folder to keep a cache in.
  const store = existsSync(repository.commonDirectory)
    ? openStore(repository.commonDirectory, options.warn === undefined ? {} : { warn: options.warn })
    : createMemoryStore();
  const context: GateContext = {
    repository,
    store,
    asOf,
    tool: tool(),
    environment,
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  };
  return {
    judgeStaged: () => judgeCommit(context),
    judgeRange: (base, head = 'HEAD') => judgeRange(context, { base, head }),
    judgePush: (target, lines) => judgePush(context, target, lines),
    judgeAll: () => judgeAll(context),
    close: () => repository.close(),
  };
}
