import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { activeHooksFolder, effectiveHooksPath } from '../hooks-folder.js';
import type { Place } from '../place.js';
import { hookLines, joinHook, leaveHook, unjoinable } from '../shell-hook.js';
import { HOOK_NAMES, type HookName, type ManualStep } from '../types.js';
import type { HookManager } from './manager.js';

/**
 * A folder that somebody has sent git to with `core.hooksPath`. Only where the team tracks it, inside the working
 * tree, may lintel write there; a folder outside, or set for every repository of this person, is theirs.
 */
export const hooksPathFolder: HookManager = {
  id: 'hooks-path',
  title: 'a custom core.hooksPath',

  detect: place => {
    const active = effectiveHooksPath(place);
    if (active === null || isHuskys(active.folder)) return null;
    return `core.hooksPath = ${active.value} (${active.scope} configuration, ${active.origin})`;
  },

  hookSources: place => [join(activeHooksFolder(place), 'pre-commit')],

  plan: (place, { lintStaged }) => {
    const folder = activeHooksFolder(place);
    const reason = foreign(place, folder);
    if (reason !== null)
      return { edits: [], manual: HOOK_NAMES.map(hook => byHand(folder, hook, reason, lintStaged)) };
    const obstacles = HOOK_NAMES.map(hook => [hook, obstacleOf(join(folder, hook))] as const);
    return {
      edits: obstacles
        .filter(([, obstacle]) => obstacle === null)
        .map(([hook]) => ({
          path: join(folder, hook),
          what: `${hook} runs ${lintStaged !== null && hook === 'pre-commit' ? 'lint-staged, then lintel' : 'lintel'}, last`,
          mode: 0o755,
          apply: (before: string | null) => joinHook(before, hook, { lintStaged, shebang: true }),
          remove: leaveHook,
        })),
      manual: obstacles.flatMap(([hook, obstacle]) =>
        obstacle === null ? [] : [byHand(folder, hook, obstacle, lintStaged)],
      ),
    };
  },

  // The setting is there, or this manager would not have been chosen.
  activate: () => ({ done: [], manual: [] }),
  deactivate: () => [],

  hookFile: (place, hook) => join(activeHooksFolder(place), hook),
};

/** husky's folders have a manager of their own. */
function isHuskys(folder: string): boolean {
  return (
    /[\\/]\.husky(?:[\\/]_)?$/.test(folder) ||
    existsSync(join(folder, 'h')) ||
    existsSync(join(folder, 'husky.sh'))
  );
}

function foreign(place: Place, folder: string): string | null {
  const inside = relative(place.root, folder).split(sep).join('/');
  if (inside === '' || inside.startsWith('../') || inside === '..')
    return 'that folder lies outside this repository';
  const tracked = place.git('ls-files', '--', `:(literal)${inside}`);
  return tracked.status === 0 && tracked.stdout !== ''
    ? null
    : 'that folder is not tracked by this repository';
}

function obstacleOf(path: string): string | null {
  const found = existsSync(path) ? unjoinable(readFileSync(path, 'utf8')) : null;
  if (found === null) return null;
  return {
    'not-shell': 'it is no shell script; run these from it, with the same arguments and standard input',
    exec: 'its `exec` ends the script; put these before it',
    exit: 'it may exit before its last line; put these where every run passes',
  }[found];
}

function byHand(folder: string, hook: HookName, why: string, lintStaged: string | null): ManualStep {
  return { where: join(folder, hook), why, lines: hookLines(hook, { lintStaged }) };
}
