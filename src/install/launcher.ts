import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHER_MARK } from './hooks-folder.js';
import type { Journal } from './journal.js';
import { LINT_STAGED } from './lint-staged.js';
import type { Place } from './place.js';
import type { HookName } from './types.js';

/** `hooks/launcher.sh` with its two settings filled in. */
export function launcherText(place: Place, options: { readonly lintStaged: boolean }): string {
  const template = readFileSync(join(place.lintelFolder, 'hooks', 'launcher.sh'), 'utf8');
  return template
    .replace("lintel_prefix=''", () => `lintel_prefix=${singleQuoted(place.prefix)}`)
    .replace(
      "lintel_lint_staged=''",
      () => `lintel_lint_staged=${singleQuoted(options.lintStaged ? LINT_STAGED : '')}`,
    );
}

export function isLauncher(text: string): boolean {
  return text.split('\n', 2)[1]?.startsWith(LAUNCHER_MARK) === true;
}

/**
 * Writes the launcher as a hook of git's own folder. A hook that is there is renamed to
 * `NAME.lintel-chained`, with its bytes and mode, and the launcher runs it first.
 * @returns what it did; empty when all was in place.
 */
export function writeLauncher(
  place: Place,
  journal: Journal,
  target: { readonly folder: string; readonly hook: HookName; readonly lintStaged: boolean },
): readonly string[] {
  const path = join(target.folder, target.hook);
  const text = launcherText(place, { lintStaged: target.lintStaged && target.hook === 'pre-commit' });
  const did: string[] = [];
  if (existsSync(path)) {
    const now = readFileSync(path, 'utf8');
    if (now === text && (statSync(path).mode & 0o111) === 0o111) return [];
    if (!isLauncher(now)) {
      const chained = freeName(path);
      renameSync(path, chained);
      did.push(`${target.hook}: your own hook is kept as ${chained} and runs first`);
    }
  }
  journal.write(path, text, 0o755);
  did.push(`${target.hook}: hook in ${target.folder}`);
  return did;
}

/** Takes the launcher away; a hook that it chained gets its name back. */
export function removeLauncher(folder: string, hook: HookName): readonly string[] {
  const path = join(folder, hook);
  const did: string[] = [];
  if (existsSync(path) && isLauncher(readFileSync(path, 'utf8'))) {
    rmSync(path);
    did.push(`removed the hook ${path}`);
  }
  const [chained] = chainedHooks(folder, hook);
  if (chained !== undefined && !existsSync(path)) {
    renameSync(chained, path);
    did.push(`restored your own hook ${path}`);
  }
  return did;
}

/** What the launcher of this hook runs first; absolute, in that order. */
export function chainedHooks(folder: string, hook: HookName): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => name.startsWith(`${hook}.lintel-chained`))
    .sort()
    .map(name => join(folder, name));
}

function freeName(path: string): string {
  for (let n = 1; ; n += 1) {
    const name = `${path}.lintel-chained${n === 1 ? '' : `-${n}`}`;
    if (!existsSync(name)) return name;
  }
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
