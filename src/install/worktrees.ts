import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal.js';
import type { Place } from './place.js';

/**
 * husky's `core.hooksPath` (`.husky/_`) is relative, and git resolves it in the working tree that a command runs
 * in. A linked worktree has no `.husky/_` (it is ignored by git), so git finds no hook there and says nothing.
 *
 * A conditional include, which git applies to this repository's linked worktrees and to nothing else, sends those to
 * `<git-common-dir>/lintel/husky/`, whose scripts run the worktree's own `.husky/NAME` as husky would. So
 * - worktrees made before and after are covered, without touching them;
 * - husky may set `core.hooksPath` again whenever it likes: the include stands behind it in the file and wins;
 * - each worktree runs the hooks of its own branch, whatever the main one has checked out;
 * - the main working tree keeps husky's relative path, which a container that mounts it elsewhere needs.
 */
const INCLUDE = 'includeIf.gitdir:./worktrees/**';
const SETTINGS = 'lintel/worktrees.gitconfig';

const HUSKY_HOOKS = [
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-rebase',
  'post-rewrite',
  'post-checkout',
  'post-merge',
  'pre-push',
  'pre-auto-gc',
];

function worktreeHooksFolder(place: Place): string {
  return join(place.commonDirectory, 'lintel', 'husky');
}

/** @param folder husky's, relative to the root. @returns what it did; empty when all was in place. */
export function coverWorktrees(place: Place, journal: Journal, folder: string): readonly string[] {
  const hooks = worktreeHooksFolder(place);
  const template = readFileSync(join(place.lintelFolder, 'hooks', 'worktree-hook.sh'), 'utf8');
  const text = template.replace(
    "lintel_husky='.husky'",
    () => `lintel_husky='${folder.replaceAll("'", "'\\''")}'`,
  );
  for (const hook of HUSKY_HOOKS) {
    const path = join(hooks, hook);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) journal.write(path, text, 0o755);
  }
  const settings = join(place.commonDirectory, SETTINGS);
  const file = (...args: string[]) => place.git('config', '--file', settings, ...args);
  if (!existsSync(settings) || file('--get', 'core.hooksPath').stdout !== `${hooks}\n`)
    journal.change(settings, () => file('core.hooksPath', hooks));
  if (worktreesCovered(place)) return [];
  journal.change(join(place.commonDirectory, 'config'), () => {
    // Taken out first, so that it comes to stand behind core.hooksPath.
    place.git('config', '--local', '--remove-section', INCLUDE);
    place.git('config', '--local', `${INCLUDE}.path`, SETTINGS);
  });
  return ['linked worktrees: made before or after, they run their own .husky hooks'];
}

/** Is the include there, and behind every `core.hooksPath` of the same file, so that it wins? */
export function worktreesCovered(place: Place): boolean {
  const answer = place.git('config', '--local', '--no-includes', '--name-only', '--list');
  const keys = answer.stdout.split('\n');
  const include = keys.lastIndexOf(`${INCLUDE.replace('includeIf', 'includeif')}.path`);
  return include !== -1 && include > keys.lastIndexOf('core.hookspath');
}

export function uncoverWorktrees(place: Place, journal: Journal): readonly string[] {
  const did: string[] = [];
  if (place.git('config', '--local', '--get', `${INCLUDE}.path`).status === 0) {
    journal.change(join(place.commonDirectory, 'config'), () =>
      place.git('config', '--local', '--remove-section', INCLUDE),
    );
    did.push('linked worktrees: git’s setting for them is removed');
  }
  rmSync(worktreeHooksFolder(place), { recursive: true, force: true });
  rmSync(join(place.commonDirectory, SETTINGS), { force: true });
  return did;
}
