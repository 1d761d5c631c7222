import type { Environment } from './command.js';

export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

export const HOOK_MANAGERS = [
  'husky',
  'lefthook',
  'pre-commit',
  'simple-git-hooks',
  'hooks-path',
  'git',
] as const;
/** `hooks-path`: a custom `core.hooksPath`; `git`: git's own hooks folder. */
export type HookManagerId = (typeof HOOK_MANAGERS)[number];

/** What every command of this folder gets from the command line. */
export interface InstallContext {
  readonly cwd: string;
  readonly environment: Environment;
  /** This package's folder, with `hooks/` and `dist/`. Default: the one that this module lies in. */
  readonly lintelFolder?: string;
  /** Prints one line. */
  say(line: string): void;
}

/** One file that is to be changed: how to put lintel in, and how to take it out again. */
export interface FileEdit {
  /** Absolute. */
  readonly path: string;
  /** What the edit is, for the reader. */
  readonly what: string;
  /** Permission bits of a file that is created, or that must have them. */
  readonly mode?: number;
  /** The text with lintel in it; equal when it is in already. `null` before: the file doesn't exist. */
  apply(before: string | null): string;
  /** The text without lintel; `null`: nothing is left of it, delete the file. */
  remove(now: string): string | null;
}

/** Lines that a person has to add, because adding them would not be safe. */
export interface ManualStep {
  /** File, or where the lines belong. */
  readonly where: string;
  readonly why: string;
  readonly lines: readonly string[];
}

export interface HookPlan {
  readonly edits: readonly FileEdit[];
  readonly manual: readonly ManualStep[];
}
