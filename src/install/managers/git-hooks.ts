import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectiveHooksPath, gitHooksFolder, handWrittenHooks } from '../hooks-folder.js';
import { chainedHooks, isLauncher, removeLauncher, writeLauncher } from '../launcher.js';
import { HOOK_NAMES } from '../types.js';
import type { HookManager } from './manager.js';

/** Git's own hooks folder: no manager at all. It serves linked worktrees, made before or after, by itself. */
export const gitHooks: HookManager = {
  id: 'git',
  title: 'git’s own hooks folder',

  detect: place => {
    const folder = gitHooksFolder(place);
    const own = [
      ...handWrittenHooks(place),
      ...HOOK_NAMES.filter(hook => chainedHooks(folder, hook).length > 0),
    ];
    if (own.length > 0) return `hand-written hooks in ${folder}: ${own.join(', ')}`;
    const launcher = join(folder, 'pre-commit');
    return existsSync(launcher) && isLauncher(readFileSync(launcher, 'utf8'))
      ? `lintel’s own hooks in ${folder}`
      : null;
  },

  hookSources: place => {
    const folder = gitHooksFolder(place);
    const own = join(folder, 'pre-commit');
    const isOwn = existsSync(own) && !isLauncher(readFileSync(own, 'utf8'));
    return [...(isOwn ? [own] : []), ...chainedHooks(folder, 'pre-commit')];
  },

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
