import { join } from 'node:path';
import { readText } from '../files.js';
import { activeHooksFolder, effectiveHooksPath, LAUNCHER_MARK } from '../hooks-folder.js';
import { detectManager } from '../managers/index.js';
import { LINTEL } from '../messages.js';
import type { Place } from '../place.js';
import { worktreesCovered } from '../worktrees.js';
import type { Check } from './check.js';

/** What one hook manager does differently from git. */
export function managerChecks(place: Place): readonly Check[] {
  const { manager, evidence } = detectManager(place);
  switch (manager.id) {
    case 'husky':
      return evidence === null ? [] : huskyChecks(place);
    case 'pre-commit':
      return preCommitChecks(place);
    case 'lefthook':
    case 'simple-git-hooks':
    case 'hooks-path':
    case 'git':
      return [];
  }
}

function huskyChecks(place: Place): readonly Check[] {
  const path = effectiveHooksPath(place);
  if (path === null || !path.value.endsWith('/_')) return [];
  const id = 'husky-worktrees';
  return worktreesCovered(place)
    ? [{ id, state: 'ok', what: 'linked worktrees are covered, though husky’s path is relative', mend: null }]
    : [
        {
          id,
          state: 'problem',
          what: 'husky’s core.hooksPath is relative: linked worktrees are silently without hooks',
          mend: `${LINTEL} install`,
        },
      ];
}

/** pre-commit gives a hook only the first ref of a push that isn't deleted. */
function preCommitChecks(place: Place): readonly Check[] {
  const id = 'pre-commit-push';
  const hook = readText(join(activeHooksFolder(place), 'pre-push')) ?? '';
  if (hook.includes(LAUNCHER_MARK))
    return [
      {
        id,
        state: 'ok',
        what: 'pre-push is lintel’s own hook, which sees every ref of a push; pre-commit’s is chained to it',
        mend: null,
      },
    ];
  return [
    {
      id,
      state: 'problem',
      what: 'pre-push goes through pre-commit, which passes on a single ref of a push: the others are not judged',
      mend: `${LINTEL} install`,
    },
  ];
}
