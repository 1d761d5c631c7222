export type CheckState = 'ok' | 'warn' | 'problem';

/** One thing that was looked at. */
export interface Check {
  /** Stable: `git-version`, `hook-pre-commit`, `policy`, … */
  readonly id: string;
  readonly state: CheckState;
  /** What was found, one sentence. */
  readonly what: string;
  /** The command or edit that mends it; `null` where there is nothing to mend. */
  readonly mend: string | null;
}
