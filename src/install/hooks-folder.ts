import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Place } from './place.js';

/** Where git looks for hooks: `core.hooksPath`, and who set it. */
export interface HooksPath {
  /** As written. */
  readonly value: string;
  /** Absolute. */
  readonly folder: string;
  /** `system`, `global`, `local`, `worktree` or `command` (the environment). */
  readonly scope: string;
  /** The file that sets it, as git prints it: `file:.git/config`. */
  readonly origin: string;
}

/** Every setting of `core.hooksPath`, the effective one last. */
export function hooksPaths(place: Place): readonly HooksPath[] {
  const answer = place.git(
    'config',
    '-z',
    '--show-scope',
    '--show-origin',
    '--type=path',
    '--get-all',
    'core.hooksPath',
  );
  if (answer.status !== 0) return [];
  const fields = answer.stdout.split('\0');
  const found: HooksPath[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [scope = '', origin = '', value = ''] = fields.slice(at, at + 3);
    found.push({ scope, origin, value, folder: resolve(place.root, value) });
  }
  return found;
}

export function effectiveHooksPath(place: Place): HooksPath | null {
  // An empty value means "not set".
  const last = hooksPaths(place).at(-1);
  return last === undefined || last.value === '' ? null : last;
}

/** Git's own hooks folder: shared by all linked worktrees. Used by git only while `core.hooksPath` is unset. */
export function gitHooksFolder(place: Place): string {
  return join(place.commonDirectory, 'hooks');
}

/** Where git looks now. */
export function activeHooksFolder(place: Place): string {
  return effectiveHooksPath(place)?.folder ?? gitHooksFolder(place);
}

export const LAUNCHER_MARK = '# lintel:launcher';

/** Hooks that somebody wrote by hand: no samples, no copies of lintel's or of a hook manager's. */
export function handWrittenHooks(place: Place): readonly string[] {
  const folder = gitHooksFolder(place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => /^[a-z][a-z0-9-]*$/.test(name) && !name.endsWith('.sample'))
    .filter(name => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true)
    .filter(
      name =>
        !/lintel:launcher|lefthook|pre-commit\.com|pre_commit|SKIP_SIMPLE_GIT_HOOKS/.test(
          readFileSync(join(folder, name), 'utf8'),
        ),
    )
    .sort();
}
