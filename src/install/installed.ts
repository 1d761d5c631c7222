import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationOf } from './architecture.js';
import { readText } from './files.js';
import { HOOK_MANAGERS_IN_ORDER, managerOf } from './managers/index.js';
import type { HookManager } from './managers/manager.js';
import type { Place } from './place.js';

/**
 * The manager whose files hold lintel already, so that a fresh clone needs no settings of its own: what init wrote
 * and the team committed says it. Git's own hooks folder leaves nothing to commit, so it is what remains.
 * @returns `null`: nothing of lintel is here at all.
 */
export function installedManager(place: Place): HookManager | null {
  for (const manager of HOOK_MANAGERS_IN_ORDER) {
    const { edits } = manager.plan(place, { lintStaged: null });
    const holds = edits.some(edit => {
      const text = readText(edit.path);
      return text !== null && edit.remove(text) !== text;
    });
    if (holds || runsByHand(manager, place)) return manager;
  }
  const governed =
    configurationOf(place) !== null || existsSync(join(place.root, '.architecture', 'decisions'));
  return governed ? managerOf('git') : null;
}

/** A person has added the printed lines to a hook that lintel does not write to. */
function runsByHand(manager: HookManager, place: Place): boolean {
  if (manager.id === 'git' || manager.detect(place) === null) return false;
  return manager
    .hookSources(place)
    .some(path => existsSync(path) && readFileSync(path, 'utf8').includes('.architecture/run-hook'));
}
