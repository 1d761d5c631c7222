import { pending } from './files.js';
import { lintStagedCommand, lintStagedConfiguration, mentionsLintStaged } from './lint-staged.js';
import type { HookManager } from './managers/manager.js';
import { type Place, readManifest } from './place.js';

/**
 * The command that runs lint-staged before lintel; `null` where none is configured, or a hook of the
 * repository's own runs it already.
 */
export function lintStagedWanted(place: Place, manager: HookManager): string | null {
  if (lintStagedConfiguration(place) === null) return null;
  const settings = JSON.stringify(
    readManifest(place.packageFolder ?? place.root)?.['simple-git-hooks'] ?? '',
  );
  const mentioned =
    mentionsLintStaged(manager.hookSources(place)) ||
    (manager.id === 'simple-git-hooks' && settings.includes('lint-staged'));
  return mentioned && !addedByLintel(place, manager) ? null : lintStagedCommand(place);
}

/** Was it lintel that put it there? Then it is wanted still. */
function addedByLintel(place: Place, manager: HookManager): boolean {
  const { edits } = manager.plan(place, { lintStaged: lintStagedCommand(place) });
  return edits.length > 0 && edits.every(edit => pending(edit) === 'unchanged');
}
