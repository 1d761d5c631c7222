import type { Place } from '../place.js';
import type { HookManagerId } from '../types.js';
import { gitHooks } from './git-hooks.js';
import { hooksPathFolder } from './hooks-path.js';
import { huskyHooks } from './husky.js';
import { lefthook } from './lefthook.js';
import type { HookManager } from './manager.js';
import { preCommit } from './pre-commit.js';
import { simpleGitHooks } from './simple-git-hooks.js';

/**
 * In the order in which they are looked for. A `core.hooksPath` that isn't husky's comes first, because nothing
 * else is reached while it is set; hand-written hooks last, because a manager's own would be taken for them.
 */
export const HOOK_MANAGERS_IN_ORDER: readonly HookManager[] = [
  hooksPathFolder,
  huskyHooks,
  lefthook,
  preCommit,
  simpleGitHooks,
  gitHooks,
];

export function managerOf(id: HookManagerId): HookManager {
  const found = HOOK_MANAGERS_IN_ORDER.find(manager => manager.id === id);
  if (found === undefined) throw new Error(`no hook manager is called ${id}`);
  return found;
}

/** The manager in use and what shows it; husky, npm repositories' habit, where there is none. */
export function detectManager(place: Place): {
  readonly manager: HookManager;
  readonly evidence: string | null;
} {
  for (const manager of HOOK_MANAGERS_IN_ORDER) {
    const evidence = manager.detect(place);
    if (evidence !== null) return { manager, evidence };
  }
  return { manager: huskyHooks, evidence: null };
}
