import type { Journal } from '../journal.js';
import type { Place } from '../place.js';
import type { HookManagerId, HookName, HookPlan, ManualStep } from '../types.js';

/** What making the hooks live in this clone has done, and what it could not do. */
export interface Activation {
  readonly done: readonly string[];
  readonly manual: readonly ManualStep[];
}

/** One way by which git comes to run lintel. */
export interface HookManager {
  readonly id: HookManagerId;
  readonly title: string;
  /** What of it stands in this repository, for the reader; `null`: it is not used here. */
  detect(place: Place): string | null;
  /** Files that run hooks for it: looked through for a lint-staged that is there already. */
  hookSources(place: Place): readonly string[];
  /** What changes in files that the team shares. */
  plan(place: Place, options: { readonly lintStaged: string | null }): HookPlan;
  /** What each clone needs besides: run by init, and again by every install. Changes nothing the second time. */
  activate(place: Place, journal: Journal, options: { readonly lintStaged: boolean }): Activation;
  /** Undoes `activate`. @returns what it did. */
  deactivate(place: Place, journal: Journal): readonly string[];
  /** The file that must exist for git to run lintel at this hook; absolute. */
  hookFile(place: Place, hook: HookName): string;
}
