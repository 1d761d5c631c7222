import { join } from 'node:path';
import { effectiveHooksPath, gitHooksFolder, handWrittenHooks } from '../hooks-folder.js';
import { removeLauncher, writeLauncher } from '../launcher.js';
import { HOOK_NAMES } from '../types.js';
import type { HookManager } from './manager.js';

/** Git's own hooks folder: no manager at all. It serves linked worktrees, made before or after, by itself. */
export const gitHooks: HookManager = {
  id: 'git',
  title: 'git’s own hooks folder',

  detect: place => {
    const own = handWrittenHooks(place);
    return own.length === 0 ? null : `hand-written hooks in ${gitHooksFolder(place)}: ${own.join(', ')}`;
  },

  hookSources: place => [join(gitHooksFolder(place), 'pre-commit'), join(gitHooksFolder(place), 'pre-commit.lintel-chained')],

  // Nothing that the team shares: each clone's `lintel install` writes the hooks.
  plan: () => ({ edits: [], manual: [] }),

  activate: (place, journal, { lintStaged }) => {
    const shadow = effectiveHooksPath(place);
    if (shadow !== null)
      return {
        done: [],
        manual: [
          {
            where: shadow.origin,
            why: `core.hooksPath = ${shadow.value} (${shadow.scope}) sends git away from its own hooks folder; then run init again`,
            lines: [`git config --${shadow.scope} --unset core.hooksPath`],
          },
        ],
      };
    const folder = gitHooksFolder(place);
    return {
      done: HOOK_NAMES.flatMap(hook => writeLauncher(place, journal, { folder, hook, lintStaged })),
      manual: [],
    };
  },

  deactivate: place => HOOK_NAMES.flatMap(hook => removeLauncher(gitHooksFolder(place), hook)),

  hookFile: (place, hook) => join(gitHooksFolder(place), hook),
};
